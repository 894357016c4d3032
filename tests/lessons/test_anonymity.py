"""Who must not be named is named nowhere: pages, files, their names and their properties."""

import io
import re
import zipfile
from html import unescape
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader

from lessons.domain.audience import name_viewer
from lessons.domain.nameless import nameless_copy
from lessons.domain.recordings import recording_title
from lessons.domain.reports import rule_on_report
from lessons.domain.reviews import answer_review, begin_case_review
from lessons.models import LessonMember, LessonReport, Material, Review
from lessons.permissions import may_watch
from lessons.queries.anonymity import veiled
from notifications.models import Notification
from programmes.models import Programme
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import assign, make_lesson, make_outstanding
from videos.models import Rendition, Video

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
AUTHOR, MATE, SCHOOL = "欧阳知秋", "司马长风", "云山镇中心小学"
NAMES = (AUTHOR, MATE, SCHOOL)
REPORT = "同一班级在前一天已经完整演练过一遍，板书也是事先写好的。"
CORE = f"<p:core xmlns:p='x'><creator>{AUTHOR}</creator></p:core>"
CHANGE = f'<w:ins w:author="{AUTHOR}"><w:r><w:t>导入新课</w:t></w:r></w:ins>'
HREF = re.compile(r'(?:href|src|data-src|poster|action|data-[a-z-]+)="(/[^"#]*)"')
MEDIA = re.compile(r"/media/[^\s\"'&]+")


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def office(body="", **parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr("docProps/core.xml", CORE)
        container.writestr("docProps/app.xml", f"<Company>{SCHOOL}</Company>")
        container.writestr("word/document.xml", f"<w:document>{CHANGE}{body}</w:document>")
        for name, content in parts.items():
            container.writestr(name, content)
    return held.getvalue()


def pdf(text):
    """A page of one line, by an author whom its properties name."""
    name = ("\ufeff" + AUTHOR).encode("utf-16-be").hex()
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Author<{name}>>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 7\n0000000000 65535 f \n{table}{tail}".encode()


def put(lesson, kind, content, name):
    return Material.objects.create(
        lesson=lesson,
        kind=kind,
        file=ContentFile(content, name=f"stored.{name.rpartition('.')[2]}"),
        name=name,
        size_bytes=len(content),
        sha256="0" * 64,
        added_by=lesson.teacher,
    )


@pytest.fixture
def case():
    """A drawn lesson that names its people wherever people type, in a year that hides authors."""
    programme = make_programme(shift_to=timezone.localdate())
    programme.rule_pack["review"]["author_shown"] = False
    programme.save()
    school = make_branch()[-1]
    school.name = SCHOOL
    school.save()
    author = UserFactory(real_name=AUTHOR, school=school, username="author")
    lesson = make_lesson(
        programme, author, school, title=f"{AUTHOR}《桂花雨》", summary=f"{SCHOOL}的常态课"
    )
    LessonMember.objects.create(lesson=lesson, user=UserFactory(real_name=MATE))
    outstanding = make_outstanding(programme, lesson, commentary=f"<p>{MATE}与{AUTHOR}配合好</p>")
    video = lesson.recordings.get().video
    Video.objects.filter(pk=video.pk).update(original_name=f"{SCHOOL}{AUTHOR}.mp4")
    for kind in ("mp4", "poster"):
        held = ContentFile(b"bytes", name=f"{kind}.bin")
        Rendition.objects.create(video=video, kind=kind, file=held, size_bytes=5, sha256="0" * 64)
    put(lesson, "plan", office(), f"{SCHOOL}-{AUTHOR}.docx")
    put(lesson, "slides", pdf("Sweet osmanthus"), f"{AUTHOR}.pdf")
    put(lesson, "task_sheet", office("<w:t>执教 欧 阳</w:t><w:t>知秋</w:t>"), "b.docx")
    put(lesson, "exercises", b"\xd0\xcf\x11\xe0" + AUTHOR.encode(), "c.doc")
    enrolment = make_enrolment(programme)
    assignment = assign(enrolment, outstanding)
    review = begin_case_review(assignment)
    Review.objects.filter(pk=review.pk).update(state="sent", sent_at=timezone.now())
    review.refresh_from_db()
    answer_review(review, f"谢谢！{AUTHOR}", by=author)
    return assignment


def signed_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def said_by(response):
    """Everything an answer says: headers, body, and the parts of a container."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    said = [unquote(str(response.headers)), unescape(content.decode(errors="ignore"))]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            said += [container.read(name).decode(errors="ignore") for name in container.namelist()]
    if content[:4] == b"%PDF":
        said.append(str(PdfReader(io.BytesIO(content)).metadata))
    return "\n".join(said)


def addresses_of_lessons(lesson, assignment):
    """Every address of the app with each number that belongs to this lesson."""
    keys = {lesson.pk, assignment.pk, *lesson.materials.values_list("pk", flat=True)}
    keys |= set(Review.objects.values_list("pk", flat=True))
    apps = {getattr(part, "app_name", ""): part for part in get_resolver().url_patterns}
    found = set()
    for pattern in apps["lessons"].url_patterns:
        route = str(pattern.pattern)
        names = re.findall(r"<int:(\w+)>", route)
        if re.search(r"<(?!int)", route):
            continue
        for key in keys if names else [None]:
            found.add(reverse(f"lessons:{pattern.name}", kwargs=dict.fromkeys(names, key)))
    return found


def walk(client, begin):
    """Every answer that can be reached from ``begin`` by following what pages name."""
    waiting, seen, heard = list(begin), set(), {}
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/language", "/accounts/logout")):
            continue
        seen.add(address)
        response = client.get(address)
        heard[address] = response.status_code, said_by(response)
        if "html" in response.headers.get("Content-Type", "") and response.status_code == 200:
            page = unescape(heard[address][1])
            waiting += HREF.findall(page) + MEDIA.findall(page)
    return heard


def test_a_drawn_reviewer_finds_the_author_nowhere(case):
    lesson = case.lesson.lesson
    client = signed_in(case.user)
    begin = addresses_of_lessons(lesson, case) | {"/", reverse("lessons:receipt")}
    heard = walk(client, begin)
    assert {address for address, (_code, said) in heard.items() if names_in(said)} == set()
    assert heard[reverse("lessons:lesson", args=[lesson.pk])][0] == 404
    assert heard[reverse("lessons:review", args=[case.pk])][0] == 200
    assert any("/media/" in address for address, (code, _said) in heard.items() if code == 200)
    files = [said for address, (_code, said) in heard.items() if "/materials/" in address]
    assert any("导入新课" in said for said in files)
    assert may_watch(case.user, str(lesson.pk))


def test_a_reviewer_may_report_and_does_not_learn_from_the_ruling_whose_it_was(case):
    lesson = case.lesson.lesson
    client = signed_in(case.user)
    address = reverse("lessons:report_lesson", args=[lesson.pk])
    assert address in client.get(reverse("lessons:review", args=[case.pk])).text
    filed = client.post(address, {"kind": "rehearsal", "text": REPORT})
    assert filed["Location"] == reverse("lessons:cases")
    report = LessonReport.objects.get(reporter=case.user)
    rule_on_report(report, upheld=True, ruling=f"{SCHOOL}{AUTHOR}情况属实", by=UserFactory())
    told = Notification.objects.get(user=case.user, kind="lessons.report_upheld")
    assert told.parameters == {"title": "〇〇《桂花雨》", "why": "〇〇〇〇情况属实"}
    assert not may_watch(case.user, str(lesson.pk))


def names_in(said):
    return [name for name in NAMES if name in said or escaped(name) in said]


def escaped(name):
    """As it stands in JSON."""
    return name.encode("unicode-escape").decode()


def test_the_walk_finds_names_where_the_year_shows_them(case):
    pack = case.draw.programme.rule_pack
    pack["review"]["author_shown"] = True
    Programme.objects.filter(pk=case.draw.programme_id).update(rule_pack=pack)
    page = reverse("lessons:lesson", args=[case.lesson.lesson_id])
    (code, said), *_rest = walk(signed_in(case.user), {page}).values()
    assert (code, names_in(said)) == (200, list(NAMES))


def test_whoever_was_named_a_viewer_sees_the_page_all_the_same(case):
    lesson = case.lesson.lesson
    name_viewer(lesson, case.user, by=lesson.teacher)
    assert signed_in(case.user).get(reverse("lessons:lesson", args=[lesson.pk])).status_code == 200


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (office(f"<w:t>{AUTHOR[:2]}</w:t><w:t>{AUTHOR[2:]}</w:t>"), "a.docx"),
        (office(**{"word/media/1.jpg": SCHOOL.encode("gb18030")}), "a.docx"),
        (office(**{"word/embeddings/1.xlsx": b"PK"}), "a.docx"),
        (office(**{f"word/{AUTHOR}.xml": "<a/>"}), "a.docx"),
        (b"PK\x03\x04 broken", "a.docx"),
        (pdf(""), "a.pdf"),
        (b"anything", "a.zip"),
    ],
)
def test_a_file_that_names_somebody_or_cannot_be_read_is_not_given(case, content, name):
    material = put(case.lesson.lesson, "other", content, name)
    assert nameless_copy(material) is None


def test_an_author_does_not_learn_who_was_drawn(case):
    lesson = case.lesson.lesson
    client = signed_in(lesson.teacher)
    begin = addresses_of_lessons(lesson, case) | {"/"}
    heard = walk(client, begin)
    named = {a for a, (_code, said) in heard.items() if case.user.real_name in said}
    assert named == set()
    assert heard[reverse("lessons:reviews", args=[lesson.pk])][0] == 200


def test_names_are_covered_however_they_are_spaced():
    said = veiled(f"欧 阳知秋（欧阳 知秋）在{SCHOOL}", [AUTHOR, SCHOOL])
    assert said == "〇〇（〇〇）在〇〇"
    assert veiled("桂花雨", [""]) == "桂花雨"


def test_a_recording_is_not_called_by_its_teacher(case):
    lesson = case.lesson.lesson
    lesson.title = "桂花雨"
    assert recording_title(lesson) == "桂花雨"
