"""The certificate as PDF/A-2b. The same certificate always gives the same bytes."""

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
from django.urls import reverse
from django.utils import timezone

from credits.models import Certificate

SOURCE = Path(__file__).resolve().parent.parent / "certificate.typ"
WEIGHTS = ("400Regular", "700Bold")
FONT_FOLDER = "@expo-google-fonts/noto-serif-sc"
TITLE = "继续教育学分证书"
TITLE_EN = "Certificate of Continuing Education Credits for Teachers"


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate's page, from the cache when it was made before; a revoked one says so.

    The cached file is named after everything that is printed and after the layout, and ends in
    the SHA-256 of its own bytes; a file that no longer matches is made anew.
    """
    data = _fields(certificate)
    folder = f"certificates/{certificate.year}/{_key(data)}"
    known = _cached(folder)
    if known is not None:
        return known
    made = _compile(data)
    default_storage.save(f"{folder}/{hashlib.sha256(made).hexdigest()}.pdf", ContentFile(made))
    return made


def check_address(certificate: Certificate) -> str:
    """The public address behind the QR code."""
    path = reverse("credits:check_token", kwargs={"token": certificate.token})
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def spaced(number: str) -> str:
    """2017 00000001 59: year, count and check digits apart."""
    return f"{number[:4]} {number[4:12]} {number[12:]}"


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _fields(certificate: Certificate) -> dict:
    printed = certificate.printed
    day = date.fromisoformat(printed["registered_on"])
    revoked_at = certificate.revoked_at
    return {
        "title": TITLE,
        "title_en": TITLE_EN,
        "name": printed["name"],
        "unit": _unit(printed),
        "programme": printed["programme_zh"],
        "programme_en": printed["programme_en"],
        "parts": [
            {"title": part["title_zh"], "class_hours": part["class_hours"]}
            for part in printed["parts"]
        ],
        "class_hours": printed["class_hours"],
        "credits": printed["credits"],
        "issuer": printed["issuer"],
        "date": chinese_date(day),
        "issued": [day.year, day.month, day.day],
        "revoked": chinese_date(timezone.localdate(revoked_at)) if revoked_at else "",
        "number": spaced(certificate.number),
        "address": check_address(certificate),
    }


def _unit(printed: dict) -> str:
    """济南市历下区第一实验小学: no place is said twice."""
    unit = printed["school"]
    for above in (printed["county"], printed["city"]):
        if not unit.startswith(above):
            unit = f"{above}{unit}"
    return unit


def _qr(address: str) -> str:
    code = BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=0, dark="#14282c", xmldecl=False)
    return code.getvalue().decode()


def _key(data: dict) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode() + SOURCE.read_bytes()).hexdigest()


def _cached(folder: str) -> bytes | None:
    if not default_storage.exists(folder):
        return None
    for name in default_storage.listdir(folder)[1]:
        with default_storage.open(f"{folder}/{name}") as file:
            content = file.read()
        if name == f"{hashlib.sha256(content).hexdigest()}.pdf":
            return content
    return None


def _compile(data: dict) -> bytes:
    year, month, day = data["issued"]
    return typst.compile(
        SOURCE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data | {"qr": _qr(data["address"])}, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        pdf_tags=False,
        timestamp=int(datetime(year, month, day, tzinfo=UTC).timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Both weights, read once per process: 30 MB that every certificate shares."""
    folder = Path(settings.NODE_MODULES) / FONT_FOLDER
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder / weight) for weight in WEIGHTS],
    )
    if not fonts.families():
        raise FileNotFoundError(f"{folder} holds no font: run python3 run.py")
    return fonts
