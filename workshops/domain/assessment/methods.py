"""The formula of an office: drafted, tried on the real hosts, published, frozen (R39, R40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.domain.audit import record_act
from organisations.models import Organisation
from workshops.domain.assessment.scoring import DEFAULT, Formula, faults_of, score
from workshops.enums.assessment import Counted
from workshops.errors.assessment import FormulaFaulty, MethodPublished
from workshops.models import Method
from workshops.queries.assessment import host_counts

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme


def formula_of(method: Method) -> Formula:
    return Formula.read(method.terms, method.bands)


@transaction.atomic
def draft_method(programme: Programme, organisation: Organisation, *, by: User) -> Method:
    """The unit's draft: the one there is, or a new version that begins like the last one.

    Safe to repeat. The unit's row is locked, so that two officers get one draft.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    rows = Method.objects.filter(programme=programme, organisation=organisation)
    if held := rows.filter(published_at=None).first():
        return held
    last = Method.objects.filter(organisation=organisation).order_by("pk").last()
    formula = complete(formula_of(last)) if last else DEFAULT
    terms, bands = formula.stored()
    version = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
    method = Method.objects.create(
        programme=programme,
        organisation=organisation,
        version=version,
        intro=last.intro if last else "",
        terms=terms,
        bands=bands,
        written_by=by,
    )
    record_act("workshops.draft_method", method, by=by, to_state=str(version))
    return method


def complete(formula: Formula) -> Formula:
    """The same with a term for every kind that counts; kinds it did not know give nothing."""
    known = {one.kind: one for one in formula.terms}
    blank = Formula.read(
        [{"kind": kind, "weight": 0, "ceiling": 0} for kind in Counted.values], formula.bands
    )
    return Formula(tuple(known.get(one.kind, one) for one in blank.terms), formula.bands)


@transaction.atomic
def save_method(method: Method, formula: Formula, *, intro: str, by: User) -> None:
    """Keep a draft as it is, with or without faults. Raises: MethodPublished."""
    held = _draft(method)
    held.terms, held.bands = formula.stored()
    held.intro, held.written_by = intro, by
    held.save(update_fields=["terms", "bands", "intro", "written_by"])


@transaction.atomic
def publish_method(method: Method, *, by: User) -> None:
    """Let the draft be the formula for all to read; from now on nothing of it changes.

    Raises: MethodPublished; FormulaFaulty.
    Source: R39.
    """
    held = _draft(method)
    if faults := faults_of(formula_of(held)):
        raise FormulaFaulty(faults=len(faults))
    held.published_at, held.published_by = timezone.now(), by
    held.save(update_fields=["published_at", "published_by"])
    record_act("workshops.publish_method", held, by=by, to_state=str(held.version))


def tried(method: Method, formula: Formula) -> list[tuple[int, str]]:
    """What the formula would give the hosts of today for this year so far: points in whole tens
    and the grade, one pair per host. One query; nothing is kept."""
    year, today = method.programme, timezone.localdate()
    counted = host_counts(year, method.organisation, year.starts_on, max(today, year.starts_on))
    found = [score(formula, one.counts, {}) for one in counted]
    return [(min(int(one.total) // 10, 9), one.grade) for one in found]


def _draft(method: Method) -> Method:
    held = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    if held.published_at:
        raise MethodPublished
    return held
