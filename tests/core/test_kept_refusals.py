"""What was refused in one language is read in another, later."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from core.errors import DomainError, FailedRepeatedly
from core.kept_refusals import kept, told
from videos.errors import NotARecording


class Spoken(DomainError):
    """Makes its sentence of more than its parameters."""

    def __init__(self, word):
        super().__init__()
        self.word = word

    def __str__(self):
        return self.word


@pytest.mark.parametrize(
    "refusal",
    [
        FailedRepeatedly(error="ValueError", attempts=3),
        NotARecording(what="picture"),
        DomainError(gettext_lazy("Page not found")),
    ],
)
def test_a_refusal_kept_in_one_language_is_told_in_the_readers(refusal):
    with translation.override("zh-hans"):
        made_of, chinese = kept(refusal), str(refusal)
        assert told(made_of, "") == chinese
    with translation.override("en"):
        assert told(made_of, "") == str(refusal) != chinese


def test_a_day_is_kept_as_json_holds_it():
    made_of = kept(FailedRepeatedly(error=date(2026, 3, 1), attempts=1))
    assert made_of["parameters"] == {"error": "2026-03-01", "attempts": 1}


def test_what_cannot_be_made_again_leaves_the_sentence_as_it_was_written():
    assert kept(Spoken("no")) == {}
    assert kept(FailedRepeatedly(error=object(), attempts=1)) == {}
    assert told({}, "as written") == "as written"
    assert told({"kind": "videos.errors.Renamed", "parameters": {}}, "as written") == "as written"
    half = {"kind": "core.errors.FailedRepeatedly", "parameters": {"attempts": 1}}
    assert told(half, "as written") == "as written"
