"""What the file is, decided from its bytes before any part of it is parsed."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext_lazy as _

from bureau import policy
from bureau.errors import WorkbookRefused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MAIN_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ALIENS = (
    ("vbaproject", _("The workbook contains macros; save it as .xlsx without macros.")),
    (
        "xl/externallinks/",
        _(
            "The workbook refers to other files; copy the cells and paste them as values into "
            "the template."
        ),
    ),
    (
        "xl/activex/",
        _("The workbook contains controls or objects; copy the cells into the template."),
    ),
    (
        "xl/embeddings/",
        _("The workbook contains controls or objects; copy the cells into the template."),
    ),
    ("xl/workbook.bin", _("This is a binary workbook (.xlsb); save it as .xlsx.")),
)


def open_container(content: bytes) -> zipfile.ZipFile:
    """The workbook's container, when it is an ordinary .xlsx of bearable size.

    Nothing is unpacked here: sizes are those that the container declares, and Python's reader
    never returns more of an entry than declared.

    Raises: WorkbookRefused with what the file is and what to do.
    """
    if len(content) > policy.MAX_UPLOAD_BYTES:
        raise WorkbookRefused(
            _("The file is larger than %(limit)s MB; split it and upload each part."),
            limit=policy.MAX_UPLOAD_BYTES // 1024 // 1024,
        )
    if not content:
        raise WorkbookRefused(_("The file is empty; choose the filled-in template."))
    if content.startswith(OLE_MAGIC):
        raise WorkbookRefused(_ole_sentence(content))
    if not content.startswith(b"PK"):
        raise WorkbookRefused(
            _(
                "This is not an .xlsx workbook. CSV and text files lose leading zeros and garble "
                "names: open the template, paste the rows and save it as .xlsx."
            )
        )
    try:
        container = zipfile.ZipFile(io.BytesIO(content))
        _refuse_bombs(container.infolist())
        _refuse_aliens(container)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, OSError) as error:
        raise _damaged() from error
    return container


def _damaged() -> WorkbookRefused:
    return WorkbookRefused(
        _("The file is damaged and cannot be read; open it in Excel, save it again as .xlsx.")
    )


def _ole_sentence(content: bytes):
    if ENCRYPTED_STREAM in content:
        return _("The workbook is protected by a password; remove the password and save it again.")
    return _("This is an old .xls workbook; open it and save it as .xlsx.")


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    too_large = len(entries) > policy.MAX_ENTRIES
    too_large |= sum(entry.file_size for entry in entries) > policy.MAX_UNPACKED_BYTES
    too_large |= any(
        entry.file_size > policy.RATIO_APPLIES_FROM
        and entry.file_size > policy.MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if too_large:
        raise WorkbookRefused(
            _(
                "The workbook unpacks to far more than a list of people or schools needs; copy "
                "the rows into a fresh template."
            )
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WorkbookRefused(
            _("The workbook is protected by a password; remove the password and save it again.")
        )
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise _damaged()


def _refuse_aliens(container: zipfile.ZipFile) -> None:
    names = {name.lower() for name in container.namelist()}
    for part, sentence in ALIENS:
        if any(part in name for name in names):
            raise WorkbookRefused(sentence)
    if "[content_types].xml" not in names:
        raise _damaged()
    types = container.read("[Content_Types].xml").decode()
    if "macroEnabled" in types:
        raise WorkbookRefused(_("The workbook contains macros; save it as .xlsx without macros."))
    if MAIN_PART not in types:
        raise WorkbookRefused(
            _("This is not an .xlsx workbook; open the template, paste the rows and save it.")
        )
