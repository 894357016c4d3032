"""Hours given by two persons, with evidence: how somebody completes the year without the platform.

Whoever did the 16 hours of recorded lessons (R8, R9) offline gets them by a manual award with
evidence and a second person, and in no other way.
"""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from credits.domain.awards import approve_award, propose_award
from credits.domain.requirements import requirement_of
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

REASON = "按年度方案完成课例研修，线下组织，签到表与评课记录齐全。"
EVIDENCE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def complete_by_awards(
    user: User, programme: Programme, *, on: date, proposer: User, approver: User
) -> int:
    """Propose and approve what every part of the requirement still misses. Returns: awards."""
    parts = {part.key: part for part in rule_pack_of(programme).parts}
    given = 0
    for state in requirement_of(user, programme).parts:
        if not state.missing:
            continue
        award = propose_award(
            user=user,
            programme=programme,
            part=state.part.key,
            class_hours=state.missing,
            earned_on=on,
            subject=f"{parts[state.part.key].title_zh}（线下组织）",
            reason=REASON,
            files=[SimpleUploadedFile("签到与记录.pdf", EVIDENCE, "application/pdf")],
            by=proposer,
        )
        approve_award(award, by=approver)
        given += 1
    return given
