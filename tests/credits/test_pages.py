"""The pages: what they say, whom they ask, and that three rows cost no more than one."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from credits.domain.disputes import raise_dispute
from credits.models import HourDispute, ManualAward, Registration
from tests.credits.factories import (
    complete,
    enrol,
    make_officer,
    make_teacher,
    pdf_file,
    post,
    propose,
)
from tests.factories import make_branch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_october")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def officer(branch):
    return make_officer(branch[2])


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user, backend=BACKEND)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def enrolled(programme, school, **fields):
    teacher = make_teacher(school, **fields)
    enrol(teacher, programme)
    return teacher


def queries_of(client, address, connection_queries):
    client.get(address)
    with connection_queries as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_my_hours_say_what_is_missing_and_until_when(programme, branch, signed_in):
    teacher = enrolled(programme, branch[3])
    post(teacher, programme, "policy", 1, label="教育政策")
    page = signed_in(teacher).get(reverse("credits:mine")).content.decode()
    for text in ("35 class hours still missing", "教育政策", "days left"):
        assert text in page


def test_what_evidence_may_be_is_said_in_the_readers_language(programme, branch, signed_in):
    client = signed_in(enrolled(programme, branch[3]))
    page = client.get(reverse("credits:dispute_new")).content.decode()
    assert "PDF, JPEG or PNG, at most 5 files of 10 MB each." in page


def test_a_complete_year_says_so(programme, branch, signed_in):
    teacher = enrolled(programme, branch[3])
    complete(teacher, programme)
    page = signed_in(teacher).get(reverse("credits:mine")).content.decode()
    assert "All 36 class hours are there" in page


def test_without_a_programme_the_page_says_so(branch, signed_in):
    page = signed_in(make_teacher(branch[3])).get(reverse("credits:mine"))
    assert "No programme is under way" in page.content.decode()


@pytest.mark.parametrize("name", ["mine", "registrations", "awards", "disputes"])
def test_three_rows_cost_no_more_than_one(
    programme, branch, officer, signed_in, name, django_assert_max_num_queries
):
    principal = make_officer(branch[3], Role.PRINCIPAL)
    viewer = enrolled(programme, branch[3]) if name == "mine" else officer

    def more():
        teacher = viewer if name == "mine" else enrolled(programme, branch[3])
        if name == "mine":
            post(teacher, programme, "policy", "0.5")
        else:
            complete(teacher, programme)
        propose(teacher, programme, principal)
        number = str(HourDispute.objects.count())
        raise_dispute(user=teacher, programme=programme, part="policy", subject=number, text="x")

    client, address = signed_in(viewer), reverse(f"credits:{name}")
    more()
    one = queries_of(client, address, django_assert_max_num_queries(60))
    more()
    more()
    three = queries_of(client, address, django_assert_max_num_queries(60))
    assert three == one


def test_the_school_confirms_and_the_county_registers_over_the_site(
    programme, branch, officer, signed_in
):
    principal = make_officer(branch[3], Role.PRINCIPAL)
    teachers = [enrolled(programme, branch[3]) for _turn in range(3)]
    for teacher in teachers:
        complete(teacher, programme)
    chosen = list(Registration.objects.values_list("pk", flat=True))[:2]
    signed_in(principal).post(reverse("credits:confirm"), {"chosen": chosen})
    assert Registration.objects.filter(state="confirmed").count() == 2
    everybody = {"all": "1", "programme": programme.code}
    signed_in(principal).post(reverse("credits:confirm"), everybody)
    answer = signed_in(officer).post(reverse("credits:register"), everybody, follow=True)
    assert "3 people registered; their certificates are issued." in answer.content.decode()
    assert Registration.objects.filter(state="registered").count() == 3


def test_an_officer_elsewhere_moves_nobody(programme, branch, signed_in):
    complete(enrolled(programme, branch[3]), programme)
    stranger = make_officer(make_branch()[2])
    key = Registration.objects.get().pk
    signed_in(stranger).post(reverse("credits:confirm"), {"chosen": [key]})
    assert Registration.objects.get().state == "proposed"


def test_a_refused_form_keeps_what_was_typed(programme, branch, officer, signed_in):
    teacher = enrolled(programme, branch[3])
    given = {
        "part": "policy",
        "class_hours": "2",
        "earned_on": "2017-09-01",
        "subject": "法治培训",
        "reason": "线下",
        "evidence": [pdf_file("a.exe")],
    }
    address = f"{reverse('credits:award_new')}?user={teacher.pk}"
    page = signed_in(officer).post(address, given).content.decode()
    assert "法治培训" in page
    assert "not a PDF, JPEG or PNG" in page
    given["evidence"] = [pdf_file()]
    signed_in(officer).post(address, given)
    assert ManualAward.objects.get().subject == "法治培训"


def test_evidence_is_a_download_that_no_browser_opens(programme, branch, officer, signed_in):
    award = propose(enrolled(programme, branch[3]), programme, officer)
    address = reverse("credits:evidence", args=[award.evidence.get().pk])
    answer = signed_in(officer).get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    answer.close()


def test_a_name_is_found_only_in_ones_own_schools(programme, branch, officer, signed_in):
    enrolled(programme, branch[3], real_name="张伟")
    enrolled(programme, make_branch()[3], real_name="张伟华")
    page = signed_in(officer).get(reverse("credits:award_new"), {"q": "张"}).content.decode()
    assert ("张伟" in page, "张伟华" in page) == (True, False)
