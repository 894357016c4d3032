"""A year at the size of two schools: every stage runs, and nothing is broken afterwards."""

import pytest

from core.invariants import check_invariants
from credits.enums import RegistrationState
from credits.models import LedgerEntry, Registration
from lessons.models import CaseAssignment, Review
from programmes.models import Enrolment
from rehearsal import year as rehearsal
from rehearsal.lesson_study import by_awards
from rehearsal.year import Year, stages


def hours(source):
    return LedgerEntry.objects.filter(source__startswith=source)


@pytest.mark.django_db(transaction=True)  # the seed of a draw needs the database's clock to go on
def test_a_small_year_runs_through_and_breaks_no_invariant(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(rehearsal, "SAMPLE", 6)
    settings.MEDIA_ROOT = tmp_path
    year = Year(teachers=120, seed=1)
    rows = {name: act(year) for name, act in stages()}
    assert (rows["people"], Enrolment.objects.approved().count()) == (120, 120)
    assert rows["settlement"] == hours("courses.").count()
    passed_over = by_awards(year)
    assert hours("lessons.national:").count() == 2 * (120 - len(passed_over))
    drawn = CaseAssignment.objects.standing().exclude(user__in=passed_over)
    assert hours("lessons.case:").count() == drawn.count() == Review.objects.count() > 0
    registered = Registration.objects.filter(state=RegistrationState.REGISTERED)
    assert registered.count() == rows["registration"] > 6
    assert [one.invariant.name for one in check_invariants() if not one.kept] == []
