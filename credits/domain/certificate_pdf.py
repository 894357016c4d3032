"""The certificate as PDF/A-2b. The same certificate always gives the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import timezone

from core.domain.certificates import spaced
from core.domain.printing import chinese_date, printed_page
from credits.models import Certificate

SOURCE = Path(__file__).resolve().parent.parent / "certificate.typ"
TITLE = "继续教育学分证书"
TITLE_EN = "Certificate of Continuing Education Credits for Teachers"


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate's page; a revoked one says so."""
    return printed_page(
        SOURCE,
        _fields(certificate),
        folder=f"certificates/{certificate.year}",
        issued=date.fromisoformat(certificate.printed["registered_on"]),
    )


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
        "address": certificate.check_address,
    }


def _unit(printed: dict) -> str:
    """济南市历下区第一实验小学: no place is said twice."""
    unit = printed["school"]
    for above in (printed["county"], printed["city"]):
        if not unit.startswith(above):
            unit = f"{above}{unit}"
    return unit
