"""A rubric's versions: drafted at the desk, published from a day, never changed afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from lessons.domain.reviews import begin_case_review
from lessons.domain.rubric_drafts import (
    discard_rubric_draft,
    draft_rubric,
    publish_rubric,
    recall_rubric,
    save_rubric_draft,
)
from lessons.domain.rubric_lint import lint_rubric
from lessons.domain.rubrics import current_rubric, load_rubrics
from lessons.errors import (
    RubricChangedElsewhere,
    RubricDayPast,
    RubricDraftThere,
    RubricFaulty,
    RubricInForce,
    RubricPublished,
)
from lessons.models import Rubric
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import assign, make_outstanding
from tests.threads import in_own_connection, wait_until_blocked

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    person = UserFactory()
    appoint(person, Role.PROJECT_OFFICER, make_branch()[0])
    return person


def content(rubric, **changed):
    return {name: getattr(rubric, name) for name in ("title_zh", "title_en", "lines")} | changed


def test_a_draft_begins_with_what_applies_and_there_is_one_only(officer):
    first = current_rubric()
    draft = draft_rubric(by=officer)
    assert draft_rubric(by=UserFactory()) == draft
    assert (draft.version, content(draft)) == (2, content(first))
    assert current_rubric() == first


def test_a_published_version_applies_from_its_day_and_reviews_keep_theirs(officer):
    enrolment = make_enrolment(make_programme(shift_to=timezone.localdate()))
    programme = enrolment.programme
    pool = [make_outstanding(programme, school=make_branch()[-1]) for _each in range(2)]
    before = begin_case_review(assign(enrolment, pool[0]))
    draft = draft_rubric(by=officer)
    save_rubric_draft(draft, content(draft, title_zh="新量表"), revision=1, by=officer)
    publish_rubric(draft, from_day=timezone.localdate(), by=officer)
    after = begin_case_review(assign(enrolment, pool[1], 2))
    assert (before.rubric.version, after.rubric.version) == (1, 2)
    assert after.rubric.title_zh == "新量表"


def test_a_version_of_a_later_day_waits_and_may_be_taken_back_until_then(officer):
    draft = draft_rubric(by=officer)
    publish_rubric(draft, from_day=timezone.localdate() + DAY, by=officer)
    assert current_rubric().version == 1
    other = draft_rubric(by=officer)
    with pytest.raises(RubricDraftThere):
        recall_rubric(draft, by=officer)
    discard_rubric_draft(other, by=officer)
    assert recall_rubric(draft, by=officer).applies_from is None
    publish_rubric(draft, from_day=timezone.localdate(), by=officer)
    with pytest.raises(RubricInForce):
        recall_rubric(draft, by=officer)


def test_what_was_published_changes_neither_by_verb_nor_behind_its_back(officer):
    draft = draft_rubric(by=officer)
    publish_rubric(draft, from_day=timezone.localdate(), by=officer)
    with pytest.raises(RubricPublished):
        save_rubric_draft(draft, content(draft), revision=1, by=officer)
    with pytest.raises(RubricPublished):
        discard_rubric_draft(draft, by=officer)
    published = Rubric.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        published.update(lines=[])
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        published._raw_delete("default")


def test_no_window_overwrites_another(officer):
    draft = draft_rubric(by=officer)
    save_rubric_draft(draft, content(draft, title_en="One"), revision=1, by=officer)
    with pytest.raises(RubricChangedElsewhere):
        save_rubric_draft(draft, content(draft, title_en="Two"), revision=1, by=officer)


def test_a_new_line_gets_a_key_of_its_own_and_old_lines_keep_theirs(officer):
    draft = draft_rubric(by=officer)
    lines = [{**draft.lines[0], "key": ""}, *draft.lines]
    saved = save_rubric_draft(draft, content(draft, lines=lines), revision=1, by=officer)
    assert [line["key"] for line in saved.lines[1:]] == [line["key"] for line in draft.lines]
    assert saved.lines[0]["key"] == "v2r1n1"


def test_faults_are_named_and_keep_a_draft_from_being_published(officer):
    draft = draft_rubric(by=officer)
    line = draft.lines[0]
    lines = [line, {**line, "title_en": "", "hint_en": ""}]
    faulty = content(draft, title_en="", lines=lines)
    assert len(lint_rubric(faulty)) == 4
    assert lint_rubric(content(draft)) == []
    assert len(lint_rubric(content(draft, lines=[]))) == 2
    levels = [{**line["levels"][0], "title_zh": ""}] * 2
    assert len(lint_rubric(content(draft, lines=[{**line, "levels": levels}]))) == 2
    save_rubric_draft(draft, faulty, revision=1, by=officer)
    with pytest.raises(RubricFaulty):
        publish_rubric(draft, from_day=timezone.localdate(), by=officer)
    assert current_rubric().version == 1


def test_no_version_applies_from_a_day_that_is_over(officer):
    with pytest.raises(RubricDayPast):
        publish_rubric(draft_rubric(by=officer), from_day=timezone.localdate() - DAY, by=officer)


def test_the_products_file_never_overrides_the_desk(officer):
    draft = draft_rubric(by=officer)
    save_rubric_draft(draft, content(draft, title_zh="新量表"), revision=1, by=officer)
    assert load_rubrics() == 0
    publish_rubric(draft, from_day=timezone.localdate(), by=officer)
    assert load_rubrics() == 0


def test_the_desk_by_its_pages(officer):
    client = Client()
    client.force_login(officer, backend=BACKEND)
    page = client.post(reverse("lessons:rubric_draft"), follow=True)
    forms = page.context
    posted = posted_from(forms["head"]) | posted_from(forms["levels"].management_form)
    posted |= posted_from(forms["lines"].management_form)
    for form in [*forms["levels"], *forms["lines"]]:
        posted |= posted_from(form)
    last = len(forms["lines"].forms) - 1
    posted |= {f"line-{last}-title_zh": "板书", f"line-{last}-title_en": "Board"}
    posted |= {f"line-{last}-ORDER": "1", "line-0-ORDER": "2", "line-1-DELETE": "on"}
    where = page.request["PATH_INFO"]
    shown = client.post(where, posted, follow=True)
    titles = [line["title_zh"] for line in Rubric.objects.get(version=2).lines]
    assert titles[:2] == ["板书", "目标与内容"]
    assert len(titles) == 5
    assert shown.context["faults"] == []
    stale = client.post(where, posted | {"title_zh": "旧窗口"})
    assert stale.status_code == 422
    assert "旧窗口" in stale.text
    day = timezone.localdate().isoformat()
    client.post(f"{shown.request['PATH_INFO']}publish/", {"from_day": day})
    assert current_rubric().version == 2


def posted_from(form):
    values = {}
    for field in form:
        value = field.value()
        if value is True:
            value = "on"
        if value not in (None, False):
            values[field.html_name] = value
    return values


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_begin_at_once_both_get_the_one_draft():
    current_rubric()
    officers = [UserFactory(), UserFactory()]
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        mine = draft_rubric(by=officers[0])
        other = pool.submit(in_own_connection(draft_rubric), by=officers[1])
        assert wait_until_blocked()
    assert other.result() == mine
