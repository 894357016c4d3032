import pytest
from django.utils.translation import override

from notifications.domain.texts import NoticeText, notice_texts, render_notice


def test_a_notice_is_made_when_shown_and_never_fails(monkeypatch):
    monkeypatch.setitem(
        notice_texts(),
        "tests.words",
        NoticeText("%(name)s and %(absent)s", "%(loud)s", lambda p: {"loud": p["name"].upper()}),
    )
    assert render_notice("tests.words", {"name": "ann"}) == ("ann and …", "ANN")
    assert render_notice("tests.words", {}) == ("… and …", "…")
    with override("en"):
        assert render_notice("tests.gone", {})[0] == "A notice that this version no longer knows"


@pytest.mark.parametrize("kind", sorted(notice_texts()))
def test_every_declared_notice_can_be_shown_in_both_languages(kind):
    for language in ("en", "zh-hans"):
        with override(language):
            title, _body = render_notice(kind, {})
            assert title
