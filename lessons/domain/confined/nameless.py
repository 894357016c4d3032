"""Copies one document without what it says about who made it, unless it names somebody.

Run as a script in a confined process, never imported by the platform: this is where foreign bytes
meet a parser. The properties of Office and PDF files are emptied, authors of remarks and changes
too. What still holds one of the names, cannot be read, or carries further files is refused.

    nameless.py SOURCE KIND TARGET NAMES (a JSON list)
"""

import html
import json
import re
import sys
import unicodedata
import zipfile

LARGEST_WHOLE = 400 * 2**20
MOST_PARTS = 5000
MOST_PAGES = 200
PLAIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org"
EMPTY = {
    "docprops/core.xml": f"{PLAIN}<coreProperties"
    f' xmlns="{OFFICE}/package/2006/metadata/core-properties"/>',
    "docprops/app.xml": f"{PLAIN}<Properties"
    f' xmlns="{OFFICE}/officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": f"{PLAIN}<Properties"
    f' xmlns="{OFFICE}/officeDocument/2006/custom-properties"/>',
}
# Who wrote a remark or a change, in documents and slides.
AUTHORS = re.compile(
    r'((?:\w+:)?(?:author|initials|lastModifiedBy|userId|providerId)\s*=\s*)"[^"]*"'
)
PERSON = re.compile(r'(<(?:\w+:)?(?:cmAuthor|author)\b[^>]*?\bname\s*=\s*)"[^"]*"')


class Named(Exception):
    """It names somebody, or nobody can tell."""


def main() -> None:
    source, kind, target, names = sys.argv[1:5]
    wanted = [plain(name) for name in json.loads(names) if plain(name)]
    try:
        {"docx": office, "pptx": office, "pdf": pdf}[kind](source, target, wanted)
    except Exception as refused:  # noqa: BLE001 - whatever a foreign file provokes
        sys.exit(type(refused).__name__)


def plain(text: str) -> str:
    """Names are compared without blanks, in one spelling."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def refuse_names(text: str, names: list[str]) -> None:
    said = plain(text)
    if any(name in said for name in names):
        raise Named


def refuse_bytes(content: bytes, names: list[str]) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        if any(name.encode(encoding) in content for name in names):
            raise Named


def office(source: str, target: str, names: list[str]) -> None:
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = old.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
            raise Named
        for part in parts:
            refuse_names(part.filename, names)
            if "embeddings/" in part.filename or part.filename.endswith((".bin", ".vml")):
                raise Named
            content = nameless_part(part.filename.lower(), old.read(part), names)
            new.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)


def nameless_part(path: str, content: bytes, names: list[str]) -> bytes:
    if path in EMPTY:
        return EMPTY[path].encode()
    if not path.endswith((".xml", ".rels")):
        refuse_bytes(content, names)
        return content
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    text = PERSON.sub(r'\1""', AUTHORS.sub(r'\1""', text))
    refuse_names(html.unescape(text), names)
    refuse_names(html.unescape(re.sub(r"<[^>]*>", "", text)), names)
    return text.encode()


def pdf(source: str, target: str, names: list[str]) -> None:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - an Office file does not need it

    reader = PdfReader(source)
    if len(reader.pages) > MOST_PAGES or reader.attachments:
        raise Named
    said = "".join(page.extract_text() or "" for page in reader.pages)
    if not said.strip():  # a scan: what it shows cannot be read
        raise Named
    refuse_names(said, names)
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    for page in writer.pages:
        for key in ("/Annots", "/Metadata", "/PieceInfo"):
            page.pop(key, None)
    writer.metadata = None
    writer.write(target)
    with open(target, "rb") as written:
        refuse_bytes(written.read(), names)


if __name__ == "__main__":
    main()
