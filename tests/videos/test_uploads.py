"""A file that comes in piece by piece, by the rules alone."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from core.models import AuditRecord, JobState
from tests.factories import UserFactory
from tests.videos.uploading import Broken, begin, film, finished, make_editor, send
from videos import errors
from videos.domain import uploads_files as files
from videos.domain.uploads import add_piece, close_when_complete, end_upload, offset_of
from videos.domain.uploads_digest import finish_upload
from videos.domain.videos import COURSE_VIDEO
from videos.enums import UploadState
from videos.models import Upload

pytestmark = pytest.mark.django_db
CONTENT = film(10_000)


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def begun(editor):
    return begin(editor, CONTENT)


def kept(upload):
    return files.path_of(upload.pk).read_bytes()


def test_pieces_add_up_to_the_file_and_its_digest(begun, django_capture_on_commit_callbacks):
    assert send(begun, CONTENT[:6000]) == 6000
    with django_capture_on_commit_callbacks(execute=True):
        assert send(begun, CONTENT[6000:], 6000) == 10_000
    upload = Upload.objects.get()
    assert upload.state == UploadState.FINISHED
    assert upload.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert upload.finishing.state == JobState.DONE
    assert kept(upload) == CONTENT


@pytest.mark.parametrize("offset", [0, 3999, 4001, 10_000])
def test_a_piece_that_does_not_follow_is_refused_and_changes_nothing(begun, offset):
    send(begun, CONTENT[:4000])
    with pytest.raises(errors.WrongOffset) as refusal:
        send(begun, CONTENT[4000:5000], offset)
    assert refusal.value.params == {"offset": 4000}
    assert kept(begun) == CONTENT[:4000]


def test_a_piece_longer_than_what_is_missing_is_refused(begun):
    with pytest.raises(errors.PieceTooLong):
        send(begun, CONTENT + b"x")
    assert offset_of(begun) == 0


def test_what_came_before_the_sender_went_away_is_kept(begun):
    offset = add_piece(begun, Broken(CONTENT[:7000]), offset=0, size=10_000)
    assert offset == 7000
    assert kept(begun) == CONTENT[:7000]
    assert send(begun, CONTENT[7000:], 7000) == 10_000


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_piece_with_its_checksum_is_taken_when_it_is_right(begun, name):
    digest = hashlib.new(name, CONTENT[:5000]).digest()
    assert send(begun, CONTENT[:5000], checksum=(name, digest)) == 5000


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_damaged_piece_leaves_the_upload_as_it_was(begun, name):
    send(begun, CONTENT[:5000])
    digest = hashlib.new(name, CONTENT[5000:]).digest()
    damaged = CONTENT[5000:-1] + b"\x00"
    with pytest.raises(errors.ChecksumWrong):
        send(begun, damaged, 5000, checksum=(name, digest))
    assert kept(begun) == CONTENT[:5000]
    assert [path.name for path in files.folder().iterdir()] == [f"{begun.pk.hex}.part"]


def test_a_piece_with_a_checksum_that_breaks_off_leaves_nothing(begun):
    checksum = ("sha256", hashlib.sha256(CONTENT).digest())
    with pytest.raises(errors.ChecksumWrong):
        add_piece(begun, Broken(CONTENT[:9000]), offset=0, size=10_000, checksum=checksum)
    assert kept(begun) == b""


def test_a_second_writer_is_refused_while_the_first_writes(begun):
    with files.sole_writer(begun.pk), pytest.raises(errors.UploadBusy):
        send(begun, CONTENT)
    assert send(begun, CONTENT) == 10_000


@pytest.mark.parametrize("size", [4096, 40])
def test_a_file_of_another_kind_is_refused_as_soon_as_it_can_be_told(editor, size):
    upload = begin(editor, bytes(5000 if size == 4096 else size))
    with pytest.raises(errors.RecordingUnusable) as refusal:
        send(upload, b"MZ" + bytes(size - 2))
    upload.refresh_from_db()
    assert (upload.state, upload.why) == (UploadState.ENDED, str(refusal.value))
    with translation.override("en"):
        assert upload.why == str(refusal.value)
    with pytest.raises(errors.UploadGone):
        offset_of(upload)


def test_a_file_is_not_judged_before_enough_has_come(editor):
    upload = begin(editor, bytes(5000))
    assert send(upload, b"MZ") == 2


def test_the_last_bytes_written_by_a_process_that_died_close_the_upload(begun):
    files.path_of(begun.pk).write_bytes(CONTENT)
    assert close_when_complete(begun).state == UploadState.RECEIVED
    assert close_when_complete(begun).state == UploadState.RECEIVED
    assert finish_upload(begun.pk).sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert finish_upload(begun.pk).state == UploadState.FINISHED


def test_a_file_lost_before_its_digest_ends_the_upload(begun):
    files.path_of(begun.pk).write_bytes(CONTENT)
    close_when_complete(begun)
    files.remove(begun.pk)
    with pytest.raises(errors.UploadGone):
        finish_upload(begun.pk)
    with translation.override("en"):
        lost = "The file is no longer here: choose it again to send it anew."
        assert Upload.objects.get().why == lost


def test_whoever_lost_the_lease_notes_no_digest(begun):
    class Lost(Exception):
        pass

    def confirm():
        raise Lost

    files.path_of(begun.pk).write_bytes(CONTENT)
    close_when_complete(begun)
    with pytest.raises(Lost):
        finish_upload(begun.pk, confirm=confirm)
    assert Upload.objects.get().state == UploadState.RECEIVED


def test_an_upload_ended_is_gone_with_its_bytes(begun, django_capture_on_commit_callbacks):
    send(begun, CONTENT[:5000])
    with django_capture_on_commit_callbacks(execute=True):
        end_upload(begun, by=begun.owner)
        end_upload(begun, by=begun.owner)
    assert list(files.folder().iterdir()) == []
    begun.refresh_from_db()
    assert begun.state == UploadState.ENDED
    with pytest.raises(errors.UploadGone):
        send(begun, CONTENT[5000:], 5000)


def test_an_upload_ended_while_a_piece_arrives_takes_nothing_more(begun):
    class Ending:
        def read(self, size):
            files.remove(begun.pk)
            return CONTENT[:100]

    with pytest.raises(errors.UploadGone):
        add_piece(begun, Ending(), offset=0, size=100)
    assert files.size_of(begun.pk) is None


def test_bytes_that_come_begin_the_days_anew(begun):
    almost = timezone.now() + timedelta(minutes=5)
    Upload.objects.update(expires_at=almost)
    begun.refresh_from_db()
    send(begun, CONTENT[:100])
    begun.refresh_from_db()
    assert begun.expires_at - almost > timedelta(days=6)


def test_every_move_is_audited(editor):
    upload = finished(editor)
    acts = AuditRecord.objects.filter(object_key=str(upload.pk)).order_by("pk")
    assert list(acts.values_list("verb", "from_state", "to_state", "by")) == [
        ("upload.begin", "", "open", editor.pk),
        ("upload.move", "open", "received", editor.pk),
        ("upload.move", "received", "finished", None),
    ]


def test_nobody_sees_the_uploads_of_others(begun):
    assert not Upload.objects.visible_to(UserFactory()).exists()
    assert Upload.objects.visible_to(begun.owner).get() == begun


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"length": 0}, errors.FileEmpty),
        ({"length": 4 * 1024**3 + 1}, errors.FileTooLarge),
        ({"purpose": "videos.unknown"}, errors.UploadNotAllowed),
        ({"context": "lesson:1"}, errors.UploadNotAllowed),
    ],
)
def test_what_may_not_be_sent_is_refused_before_a_byte_comes(editor, change, refusal):
    with pytest.raises(refusal):
        begin(editor, CONTENT, **change)
    assert not Upload.objects.exists()


def test_whoever_may_not_use_a_file_may_not_send_one():
    with pytest.raises(errors.UploadNotAllowed):
        begin(UserFactory(), CONTENT)


def test_a_file_name_never_leads_out_of_the_folder(editor):
    upload = begin(editor, CONTENT, name="../../etc/课.mp4")
    assert (upload.name, upload.purpose) == ("课.mp4", COURSE_VIDEO)
    assert files.path_of(upload.pk).parent == files.folder()
