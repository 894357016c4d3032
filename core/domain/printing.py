"""Pages as PDF/A-2b out of Typst sources. The same data always gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

WEIGHTS = ("400Regular", "700Bold")
FRAME = Path(__file__).resolve().parent.parent / "printed" / "frame.typ"
FONT_FOLDER = "@expo-google-fonts/noto-serif-sc"


def printed_page(source: Path, data: dict, *, folder: str, issued: date) -> bytes:
    """The page, from the cache below ``folder`` when it was made before.

    ``source`` says what stands inside the frame of all certificates (``core/printed/frame.typ``).
    ``data`` goes to both as JSON, with ``qr``, the code of ``data["address"]``. The cached
    file is named after everything that is printed and after the layout, and ends in the SHA-256
    of its own bytes; a file that no longer matches is made anew.
    """
    folder = f"{folder}/{_key(source, data)}"
    known = _cached(folder)
    if known is not None:
        return known
    made = _compile(source, data, issued)
    default_storage.save(f"{folder}/{hashlib.sha256(made).hexdigest()}.pdf", ContentFile(made))
    return made


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _qr(address: str) -> str:
    code = BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=0, dark="#14282c", xmldecl=False)
    return code.getvalue().decode()


def _key(source: Path, data: dict) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode() + _layout(source)).hexdigest()


def _layout(source: Path) -> bytes:
    return FRAME.read_bytes() + source.read_bytes()


def _cached(folder: str) -> bytes | None:
    if not default_storage.exists(folder):
        return None
    for name in default_storage.listdir(folder)[1]:
        with default_storage.open(f"{folder}/{name}") as file:
            content = file.read()
        if name == f"{hashlib.sha256(content).hexdigest()}.pdf":
            return content
    return None


def _compile(source: Path, data: dict, issued: date) -> bytes:
    return typst.compile(
        _layout(source),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data | {"qr": _qr(data["address"])}, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        pdf_tags=False,
        timestamp=int(datetime(issued.year, issued.month, issued.day, tzinfo=UTC).timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Both weights, read once per process: 30 MB that every page shares."""
    folder = Path(settings.NODE_MODULES) / FONT_FOLDER
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder / weight) for weight in WEIGHTS],
    )
    if not fonts.families():
        raise FileNotFoundError(f"{folder} holds no font: run python3 run.py")
    return fonts
