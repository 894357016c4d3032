"""A file is what its first bytes say; its name proves nothing."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import PurePath

from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from lessons.errors import FileRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MAGIC = {
    "pdf": (b"%PDF-",),
    "doc": (OLE,),
    "ppt": (OLE,),
    "xls": (OLE,),
    "docx": (ZIP,),
    "pptx": (ZIP,),
    "xlsx": (ZIP,),
    "zip": (ZIP,),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}
PARTS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}  # what such a container must hold
MEGABYTE = 2**20
HEAD = 16


def safe_name(name: str) -> str:
    """The last part of what somebody called the file, as it is offered for download."""
    return PurePath(name.replace("\\", "/")).name.replace("\x00", "")[-150:]


def check_head(head: bytes, formats: Iterable[str]) -> None:
    """Raises: FileRefused when no file of ``formats`` begins with ``head``."""
    beginnings = {beginning for ending in formats for beginning in MAGIC.get(ending, ())}
    if not head.startswith(tuple(beginnings)):
        raise FileRefused(fault=_("its content is not of the kind that is asked for here."))


def checked_digest(file: File, formats: Iterable[str], *, maximum_megabytes: int) -> str:
    """The SHA-256 of a file of one of ``formats``; the file is at its beginning afterwards.

    Raises: FileRefused, see ``check_file``.
    """
    check_file(file, formats, maximum_megabytes=maximum_megabytes)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def check_file(file: File, formats: Iterable[str], *, maximum_megabytes: int) -> None:
    """Look at ending, size and beginning of a file; it is at its beginning afterwards.

    Raises: FileRefused with what to do, when they do not fit each other or ``formats``.
    """
    ending = PurePath(file.name or "").suffix.lower().lstrip(".")
    allowed = [one for one in formats if one in MAGIC]
    if ending not in allowed:
        listed = ", ".join(one.upper() for one in allowed)
        fault = _("save it as %(formats)s and choose it again.") % {"formats": listed}
        raise FileRefused(fault=fault)
    if not file.size:
        raise FileRefused(fault=_("it is empty; choose it again."))
    if file.size > maximum_megabytes * MEGABYTE:
        fault = _("it has %(size)s, and at most %(limit)s are taken; make it smaller.")
        limit = filesizeformat(maximum_megabytes * MEGABYTE)
        raise FileRefused(fault=fault % {"size": filesizeformat(file.size), "limit": limit})
    file.seek(0)
    fits = file.read(HEAD).startswith(MAGIC[ending]) and _holds_its_parts(file, ending)
    file.seek(0)
    if not fits:
        raise FileRefused(
            fault=_("its content is not what its name says; open it and save it anew.")
        )


def _holds_its_parts(file: File, ending: str) -> bool:
    """An Office file is a container with certain names in it; nothing is unpacked here."""
    part = PARTS.get(ending)
    if part is None:
        return True
    try:
        with zipfile.ZipFile(file) as container:
            return any(name.startswith(part) for name in container.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    finally:
        file.seek(0)
