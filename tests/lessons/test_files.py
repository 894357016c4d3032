import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from lessons.domain.materials import add_material, context_of, take_material, take_out_material
from lessons.domain.plans import read_plan
from lessons.domain.recordings import RECORDING, set_recording, take_recording
from lessons.enums import LessonState
from lessons.errors import FileRefused, LessonLocked, MaterialUnknown
from lessons.models import CopyHint, Material
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory
from tests.lessons.factories import make_lesson, make_video
from videos.domain.uploads_whole import receive_whole
from videos.errors import UploadForOtherUse, UploadNotAllowed
from videos.models import Video

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a plan"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.UPLOAD_ROOT = str(tmp_path / "uploads")


@pytest.fixture
def lesson():
    enrolment = make_enrolment(make_programme())
    return make_lesson(
        enrolment.programme,
        teacher=enrolment.user,
        school=enrolment.school,
        state=LessonState.SHOWN,
    )


def put(lesson, content=PDF, name="教案.pdf", kind="plan"):
    return add_material(lesson, kind, ContentFile(content, name), by=lesson.teacher)


def docx(text):
    content = io.BytesIO()
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    with zipfile.ZipFile(content, "w") as container:
        xml = f'<w:document xmlns:w="{WORD}"><w:body>{lines}</w:body></w:document>'
        container.writestr("word/document.xml", xml)
    return content.getvalue()


def test_a_replaced_file_stays_on_record_and_the_same_bytes_are_kept_once(lesson):
    first = put(lesson)
    assert put(lesson) == first
    second = put(lesson, b"%PDF-1.7 another")
    first.refresh_from_db()
    assert (first.replaced_at is None, second.replaced_at) == (False, None)
    take_out_material(second, by=lesson.teacher)
    assert not lesson.materials.filter(replaced_at=None).exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "教案.exe"),
        (b"", "教案.pdf"),
        (b"MZ\x90 a program", "教案.pdf"),
        (b"PK\x03\x04 no container", "教案.docx"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(lesson, content, name):
    with pytest.raises(FileRefused):
        put(lesson, content, name)


def test_a_container_without_a_text_is_no_word_file(lesson):
    with pytest.raises(FileRefused):
        put(lesson, _zip("readme.txt"), "教案.docx")


def _zip(name):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        container.writestr(name, "x")
    return content.getvalue()


def test_only_kinds_of_the_year_and_only_while_the_lesson_is_open(lesson):
    with pytest.raises(MaterialUnknown):
        put(lesson, kind="poem")
    lesson.state = LessonState.PROPOSED
    lesson.save()
    with pytest.raises(LessonLocked):
        put(lesson)


def test_a_file_sent_in_pieces_becomes_one_material(lesson):
    given = {"by": lesson.teacher, "purpose": "lessons.material"}
    upload = receive_whole(
        ContentFile(PDF, "教案.pdf"), context=context_of(lesson.pk, "plan"), **given
    )
    material = take_material(lesson, "plan", upload, by=lesson.teacher)
    upload.refresh_from_db()
    assert take_material(lesson, "plan", upload, by=lesson.teacher) == material
    assert (material.sha256, material.size_bytes) == (upload.sha256, len(PDF))
    with pytest.raises(UploadForOtherUse):
        take_material(lesson, "slides", upload, by=lesson.teacher)


def test_nobody_sends_files_to_a_lesson_of_others(lesson):
    stranger = UserFactory(school=lesson.school)
    with pytest.raises(UploadNotAllowed):
        receive_whole(
            ContentFile(b"x", "a.mp4"), by=stranger, purpose=RECORDING, context=str(lesson.pk)
        )


def test_a_new_recording_is_the_next_version_and_the_old_one_is_kept(lesson):
    first = set_recording(lesson, make_video(lesson.teacher), by=lesson.teacher)
    second = set_recording(lesson, make_video(lesson.teacher), by=lesson.teacher)
    assert [one.number for one in lesson.recordings.all()] == [2, 1]
    assert set_recording(lesson, second.video, by=lesson.teacher) == second
    newest = Video.objects.get(pk=second.video_id)
    assert (newest.replaces_id, newest.programme) == (first.video_id, lesson.programme)


def test_a_recording_sent_in_pieces_is_taken_once(lesson):
    head = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 600
    upload = receive_whole(
        ContentFile(head, "课.mp4"),
        by=lesson.teacher,
        purpose=RECORDING,
        context=str(lesson.pk),
    )
    recording = take_recording(lesson, upload, by=lesson.teacher)
    assert take_recording(lesson, upload, by=lesson.teacher) == recording
    assert recording.video.sha256 == upload.sha256


def test_files_go_out_as_downloads_to_those_who_may_open_the_lesson(lesson, client):
    material = put(lesson, b"%PDF-1.7 <script>alert(1)</script>")
    address = reverse("lessons:material", args=[material.pk])
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 404
    client.force_login(lesson.teacher, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_copied_plan_is_shown_beside_the_one_it_was_copied_from(lesson):
    text = "教学过程：学生先用折纸表示二分之一，再说出为什么，教师追问平均分的含义。" * 3
    read_plan(put(lesson, docx(f"我的教案\n{text}"), "a.docx").pk)
    other = make_lesson(lesson.programme, school=lesson.school, state=LessonState.SHOWN)
    copied = put(other, docx(f"另一份教案\n{text}"), "b.docx")
    assert read_plan(copied.pk)["found"] == 1
    assert read_plan(copied.pk)["found"] == 1
    hint = CopyHint.objects.get()
    assert (hint.lesson, hint.other_lesson) == (other, lesson)
    assert hint.here[0]["text"] == hint.there[0]["text"]
    assert hint.percent > 80


def test_a_plan_that_cannot_be_read_is_left_without_text(lesson):
    broken = put(lesson, docx("<!DOCTYPE x>") + b"\x00", "a.docx")
    assert read_plan(broken.pk)["found"] == 0
    assert Material.objects.get(pk=broken.pk).sketch == []
