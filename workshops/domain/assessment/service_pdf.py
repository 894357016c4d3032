"""The service certificate as PDF/A-2b, in Chinese with a line of English."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import timezone, translation

from core.domain.certificates import spaced
from core.domain.printing import chinese_date, printed_page
from workshops.enums.assessment import Grade
from workshops.models import ServiceCertificate

SOURCE = Path(__file__).resolve().parent.parent.parent / "service.typ"
TITLE = "志愿服务证书"
TITLE_EN = "Certificate of Voluntary Service as Workshop Host"


def service_pdf(certificate: ServiceCertificate) -> bytes:
    """The certificate's page; a revoked one says so."""
    return printed_page(
        SOURCE,
        _fields(certificate),
        folder=f"service-certificates/{certificate.year}",
        issued=date.fromisoformat(certificate.printed["issued_on"]),
    )


def _fields(certificate: ServiceCertificate) -> dict:
    printed = certificate.printed
    day = date.fromisoformat(printed["issued_on"])
    revoked_at = certificate.revoked_at
    return {
        "title": TITLE,
        "title_en": TITLE_EN,
        "name": printed["name"],
        "school": printed["school"],
        "workshop": printed["workshop_zh"],
        "workshop_en": printed["workshop_en"],
        "grade": _in("zh-hans", printed["grade"]),
        "grade_en": _in("en", printed["grade"]),
        "period": f"{_day(printed['from'])}至{_day(printed['to'])}",
        "lines": [
            {"title": "指南、简报、资源、答疑、主题与讨论", "text": f"{printed['acts']} 次"},
            {
                "title": "值班",
                "text": f"{printed['shifts']} 次，{printed['duty_hours']} 小时",
            },
            {"title": "参加主持人培训", "text": f"{printed['trainings']} 次"},
            {"title": "线下研讨", "text": f"{printed['seminars']} 次"},
        ],
        "issuer": printed["issuer"],
        "date": chinese_date(day),
        "issued": [day.year, day.month, day.day],
        "revoked": chinese_date(timezone.localdate(revoked_at)) if revoked_at else "",
        "number": spaced(certificate.number),
        "address": certificate.check_address,
    }


def _day(text: str) -> str:
    return chinese_date(date.fromisoformat(text))


def _in(language: str, grade: str) -> str:
    with translation.override(language):
        return str(Grade(grade).label)
