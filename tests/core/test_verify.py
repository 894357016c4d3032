import json

import pytest
from django.core.management import call_command

from core import invariants
from core.invariants import Invariant


@pytest.fixture
def rules(monkeypatch):
    """Two invariants of the test's own instead of the apps'."""
    kept = Invariant("kept", "Nothing is wrong here.", "SELECT 1 AS id WHERE false")
    broken = Invariant(
        "broken", "No number above 1.", "SELECT n AS id FROM generate_series(2, 9) n"
    )
    listed = [("core", kept), ("core", broken)]
    monkeypatch.setattr(invariants, "all_invariants", lambda: iter(listed))


@pytest.mark.django_db
def test_verify_names_the_first_rows_that_break_a_rule_and_exits_1(rules, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("verify", "--json")
    kept, broken = json.loads(capsys.readouterr().out)
    assert stop.value.code == 1
    assert (kept["kept"], kept["broken"], kept["rows"]) == (True, 0, [])
    assert (broken["kept"], broken["broken"]) == (False, 8)
    assert broken["rows"] == [{"id": n} for n in (2, 3, 4, 5, 6)]


@pytest.mark.django_db
def test_every_declared_invariant_runs_and_an_empty_database_breaks_none(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # files of other tests may lie in the suite's own
    assert [one for one in invariants.check_invariants() if not one.kept] == []
