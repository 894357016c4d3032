import re
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from core.domain.certificates import check_digits, clean_number, same_name, spaced
from credits.domain.certificate_pdf import certificate_pdf
from credits.domain.certificates import (
    find_certificate,
    issue_certificates,
)
from credits.domain.registrations import revoke_registration
from credits.errors import CertificateUnknown
from credits.models import Certificate, Registration
from credits.policy import CHECK
from tests.credits.factories import enrol, make_officer, make_teacher, registered
from tests.factories import make_branch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_october")]
RARE = "欧阳䶮㛃"


@pytest.fixture
def officer():
    return make_officer(make_branch()[2])


@pytest.fixture
def certificate(programme, officer):
    teacher = make_teacher(real_name=RARE)
    enrol(teacher, programme)
    return registered(teacher, programme, make_officer(teacher.school), officer).certificate


def test_everything_printed_is_frozen_with_the_registration(certificate):
    school = certificate.registration.school
    assert certificate.printed == {
        "name": RARE,
        "programme_zh": "2017 年“互联网+教师专业发展”工程",
        "programme_en": "Internet+ Teacher Development 2017",
        "year": 2017,
        "parts": [
            {
                "key": "national_lessons",
                "title_zh": "国家级优课学习",
                "title_en": "National-level lessons",
                "class_hours": "4",
            },
            {
                "key": "lesson_reviews",
                "title_zh": "学科课例点评",
                "title_en": "Reviews of city-level lessons",
                "class_hours": "12",
            },
            {
                "key": "policy",
                "title_zh": "教育政策与法律法规",
                "title_en": "Education policy and law",
                "class_hours": "2",
            },
            {
                "key": "elective",
                "title_zh": "选修课程",
                "title_en": "Elective courses",
                "class_hours": "18",
            },
        ],
        "class_hours": "36",
        "credits": "36",
        "school": school.name,
        "county": school.parent.name,
        "city": school.parent.parent.name,
        "issuer": school.parent.parent.parent.name,
        "registered_on": "2017-10-16",
    }


@pytest.mark.parametrize("column", ["number", "printed", "token", "issued_at"])
def test_what_is_printed_cannot_be_changed(certificate, column):
    value = {"printed": {}, "number": "1", "token": "1" * 32, "issued_at": "2001-01-01T00:00Z"}
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        Certificate.objects.update(**{column: value[column]})


def test_a_certificate_cannot_be_deleted(certificate):
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        certificate.delete()


def test_numbers_count_within_the_year_without_gaps(programme, officer):
    for _turn in range(3):
        teacher = make_teacher()
        enrol(teacher, programme)
        registered(teacher, programme, make_officer(teacher.school), officer)
    numbers = list(Certificate.objects.order_by("pk").values_list("number", flat=True))
    assert [number[:12] for number in numbers] == ["201700000001", "201700000002", "201700000003"]
    assert [clean_number(number) for number in numbers] == numbers


def test_no_second_certificate_for_one_registration(certificate):
    with pytest.raises(DatabaseError), transaction.atomic():
        issue_certificates(certificate.registration.programme, [certificate.registration_id])


def test_check_digits_are_those_of_iso_7064():
    assert check_digits(794) == "44"  # the worked example of the standard
    assert int("794" + check_digits(794)) % 97 == 1


def test_one_wrong_digit_or_two_swapped_are_noticed(certificate):
    number = certificate.number
    wrong = {number[:n] + str((int(number[n]) + 1) % 10) + number[n + 1 :] for n in range(14)}
    swapped = {number[:n] + number[n + 1] + number[n] + number[n + 2 :] for n in range(13)}
    assert [clean_number(one) for one in (wrong | swapped) - {number}] == [None] * len(
        (wrong | swapped) - {number}
    )


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("阿卜杜·买买提", "阿卜杜买买提", True),
        ("阿卜杜•买买提", "阿卜杜·买买提", True),
        (" 张 伟 ", "张伟", True),
        ("张伟", "张玮", False),
        ("张伟", "", False),
    ],
)
def test_names_are_compared_as_people_type_them(one, another, same):
    assert same_name(one, another) is same


def test_the_pdf_is_archival_and_holds_every_printed_field(certificate, tmp_path):
    path = tmp_path / "c.pdf"
    path.write_bytes(certificate_pdf(certificate))
    reader = PdfReader(path)
    assert len(reader.pages) == 1
    assert b"<pdfaid:part>2</pdfaid:part>" in path.read_bytes()
    text = re.sub(r"\s", "", reader.pages[0].extract_text())
    printed = certificate.printed
    wanted = [RARE, printed["programme_zh"], printed["issuer"], spaced(certificate.number)]
    wanted += [part["title_zh"] for part in printed["parts"]]
    wanted += ["36学时", "36学分", "2017年10月16日", certificate.check_address]
    assert [one for one in wanted if re.sub(r"\s", "", one) not in text] == []


def test_every_font_of_the_pdf_is_embedded(certificate, tmp_path):
    path = tmp_path / "c.pdf"
    path.write_bytes(certificate_pdf(certificate))
    resources = PdfReader(path).pages[0]["/Resources"]["/Font"]
    descendants = [font.get_object()["/DescendantFonts"][0] for font in resources.values()]
    described = [one.get_object()["/FontDescriptor"].get_object() for one in descendants]
    names = {one["/FontName"].split("+")[1] for one in described}
    assert names == {"NotoSerifSC-Regular", "NotoSerifSC-Bold"}
    assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


def test_the_same_certificate_gives_the_same_bytes_and_a_spoilt_file_is_made_anew(
    certificate, settings
):
    first = certificate_pdf(certificate)
    (path,) = settings.MEDIA_ROOT.glob("certificates/2017/*/*.pdf")
    assert certificate_pdf(certificate) == first
    path.write_bytes(b"%PDF-spoilt")
    assert certificate_pdf(certificate) == first


def test_number_and_name_open_the_check(certificate, client):
    answer = client.post(
        reverse("credits:check"), {"number": spaced(certificate.number), "name": f" {RARE} "}
    )
    assert answer.status_code == 302
    page = client.get(answer.url)
    content = page.content.decode()
    for value in (RARE, certificate.printed["school"], certificate.printed["issuer"]):
        assert value in content
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["张伟", ""])
def test_the_number_alone_opens_nothing(certificate, name):
    with pytest.raises(CertificateUnknown):
        find_certificate(certificate.number, name, source="10.0.0.1")


def test_a_wrong_number_and_a_wrong_name_are_answered_alike(certificate, client):
    pages = [
        client.post(reverse("credits:check"), given).content.decode()
        for given in (
            {"number": certificate.number, "name": "张伟"},
            {"number": "20170000000999", "name": RARE},
        )
    ]
    shown = [re.search(r'role="alert".*?</p>', page, re.S)[0] for page in pages]
    assert shown[0] == shown[1]


def test_guessing_is_stopped(certificate, client):
    given = {"number": certificate.number, "name": "张伟"}
    for _turn in range(CHECK.per_account):
        client.post(reverse("credits:check"), given)
    right = client.post(reverse("credits:check"), given | {"name": RARE})
    assert right.status_code == 200


def test_a_revoked_certificate_says_so_with_day_and_reason(certificate, officer, client):
    registration = Registration.objects.get()
    revoke_registration(registration, by=officer, why="经核实，部分学时由他人代看")
    page = client.get(reverse("credits:check_token", args=[certificate.token])).content.decode()
    assert "经核实，部分学时由他人代看" in page
    assert RARE in page
    certificate.refresh_from_db()
    printed = PdfReader(BytesIO(certificate_pdf(certificate))).pages[0].extract_text()
    assert "已撤销" in re.sub(r"\s", "", printed)


def test_an_unknown_token_is_not_found(client, db):
    token = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("credits:check_token", args=[token])).status_code == 404


def test_the_check_page_costs_the_same_for_all(certificate, client, django_assert_num_queries):
    address = reverse("credits:check_token", args=[certificate.token])
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)
