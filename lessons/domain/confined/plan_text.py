"""Reads the text of one document and prints it.

Run as a script in a confined process, never imported by the platform: this is where foreign
bytes meet a parser. Of a Word file only the one part with the text is unpacked, up to a limit;
a document type, by which such files grow without end, ends the reading.
"""

import sys
import zipfile
from xml.parsers import expat

LARGEST_PART = 32 * 2**20
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONGEST = 400_000  # characters


class Unreadable(Exception):
    pass


def main() -> None:
    path, kind = sys.argv[1:3]
    try:
        text = {"docx": docx_text, "pdf": pdf_text}[kind](path)
    except Exception as unreadable:  # noqa: BLE001 - whatever a foreign file provokes
        sys.exit(type(unreadable).__name__)
    sys.stdout.write(text[:LONGEST].replace("\x00", ""))


def docx_text(path: str) -> str:
    with zipfile.ZipFile(path) as container, container.open("word/document.xml") as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Unreadable
    pieces: list[str] = []
    inside = [False]

    def begins(name: str, _attributes: dict) -> None:
        inside[0] = name == f"{WORDS} t"

    def ends(name: str) -> None:
        inside[0] = False
        if name == f"{WORDS} p":
            pieces.append("\n")

    def says(text: str) -> None:
        if inside[0]:
            pieces.append(text)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)
    return "".join(pieces)


def refuse(*_declared) -> None:
    raise Unreadable


def pdf_text(path: str) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - a Word file does not need it

    pieces, length = [], 0
    for page in PdfReader(path).pages[:200]:
        pieces.append(page.extract_text() or "")
        length += len(pieces[-1])
        if length > LONGEST:
            break
    return "\n".join(pieces)


if __name__ == "__main__":
    main()
