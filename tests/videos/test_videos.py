import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from core.models import AuditRecord, Job, JobState
from tests.factories import UserFactory
from videos.domain import videos as rules
from videos.domain.preparation import prepare_video
from videos.domain.probing import probe
from videos.domain.videos import add_video, replace_captions, retry_preparation
from videos.enums import VideoState
from videos.errors import FAILURES, CaptionsUnreadable, FileEmpty, FileTooLarge, NotPreparing
from videos.models import Rendition, Video

pytestmark = pytest.mark.django_db

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
DISGUISED = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + PLAYLIST


def test_a_video_is_kept_unaltered_and_made_playable(prepared_video, recording, tmp_path):
    video = prepared_video
    digest = hashlib.sha256(recording.read_bytes()).hexdigest()
    with video.original.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == digest == video.sha256
    assert (video.state, video.failure, video.original_name) == (VideoState.READY, "", "第1课.MP4")
    assert (video.unit.length_seconds, video.duration_seconds) == (4, 4)
    assert (video.width, video.height) == (640, 360)
    made = probe(Path(video.rendition(Rendition.Kind.MP4).file.path), tmp_path)
    assert (made.video_codec, made.audio_codec) == ("h264", "aac")


def test_the_mp4_can_start_before_it_is_loaded(ready_video):
    head = Path(ready_video.rendition(Rendition.Kind.MP4).file.path).read_bytes()
    assert 0 < head.index(b"moov") < head.index(b"mdat")


def test_the_poster_is_a_jpeg(ready_video):
    poster = ready_video.rendition(Rendition.Kind.POSTER)
    with poster.file.open("rb") as file:
        content = file.read()
    assert content[:3] == b"\xff\xd8\xff"
    assert hashlib.sha256(content).hexdigest() == poster.sha256
    assert len(content) == poster.size_bytes


def test_the_name_on_the_disk_is_our_own(ready_video):
    name = ready_video.original.name
    assert "第" not in name
    assert name.endswith(".mp4")


def test_the_job_reports_what_it_does(prepared_video):
    job = prepared_video.preparing
    assert (job.kind, job.state, job.progress_done, job.progress_total) == (
        "videos.prepare", JobState.DONE, 4, 4,
    )  # fmt: skip
    assert job.result["url"] == f"/videos/{prepared_video.pk}/"


def test_a_job_that_runs_again_changes_nothing(ready_video):
    before = list(Rendition.objects.values())
    prepare_video(ready_video.pk)
    assert list(Rendition.objects.values()) == before


def test_a_killed_worker_leaves_nothing_in_the_way(ready_video, media_folder):
    """Killed between storing the files and writing the rows: the next try begins anew."""
    mp4 = Path(ready_video.rendition(Rendition.Kind.MP4).file.path)
    Rendition.objects.all().delete()
    Video.objects.update(state=VideoState.PROCESSING)
    mp4.write_bytes(mp4.read_bytes()[:1000])  # cut short
    (mp4.parent / "left.mp4").write_bytes(b"left")
    work = media_folder / "videos" / "work" / f"video{ready_video.pk}-left"
    work.mkdir(parents=True)
    unit = ready_video.unit_id
    video = prepare_video(ready_video.pk)
    assert video.unit_id == unit
    assert not work.exists()
    stored = {Path(made.file.path).name for made in video.renditions.all()}
    assert stored == {path.name for path in mp4.parent.iterdir()}
    sizes = [(Path(made.file.path).stat().st_size, made.size_bytes) for made in
             video.renditions.all()]  # fmt: skip
    assert all(real == noted for real, noted in sizes)


def test_whoever_lost_the_lease_publishes_nothing(upload):
    class Lost(Exception):
        pass

    def confirm():
        raise Lost

    video = add_video(upload, "短片", UserFactory())
    with pytest.raises(Lost):
        prepare_video(video.pk, confirm=confirm)
    assert not Rendition.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not a recording at all", "not a playable recording"),
        (PLAYLIST, "a playlist, which only names other files"),
        (DISGUISED, "damaged"),
        (b"\x1a\x45\xdf\xa3" + bytes(400), "damaged"),
        (bytes(5000), "not a playable recording"),
    ],
    ids=["text", "playlist", "disguised playlist", "broken matroska", "zeros"],
)
def test_what_is_no_recording_fails_with_a_sentence(
    content, why, django_capture_on_commit_callbacks
):
    editor = UserFactory(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        video = add_video(SimpleUploadedFile("a.mp4", content), "假的", editor)
    video.refresh_from_db()
    assert video.state == VideoState.FAILED
    with translation.override("en"):
        assert video.why_failed == video.preparing.reason
        assert why in video.why_failed
    with translation.override("zh-hans"):
        assert why not in video.why_failed
    assert video.preparing.state == JobState.FAILED
    assert not Rendition.objects.exists()


def test_a_recording_without_its_index_fails(recording, django_capture_on_commit_callbacks):
    half = recording.read_bytes()[: recording.stat().st_size // 3]
    broken = half[:4] + half[4:].replace(b"moov", b"xxxx")
    with django_capture_on_commit_callbacks(execute=True):
        video = add_video(SimpleUploadedFile("a.mp4", broken), "断了", UserFactory())
    video.refresh_from_db()
    assert video.state == VideoState.FAILED


def test_a_failed_video_can_be_retried_with_a_job_of_its_own(
    upload, django_capture_on_commit_callbacks
):
    editor = UserFactory()
    video = add_video(upload, "短片", editor)
    first = video.preparing
    Job.objects.update(state=JobState.FAILED)
    Video.objects.update(state=VideoState.FAILED, failure="…")
    with django_capture_on_commit_callbacks(execute=True):
        video = retry_preparation(video, by=editor)
    video.refresh_from_db()
    assert video.preparing != first
    assert (video.state, video.failure) == (VideoState.READY, "")


def test_a_ready_video_is_not_prepared_again(ready_video):
    with pytest.raises(NotPreparing):
        retry_preparation(ready_video, by=ready_video.added_by)


def test_a_video_under_way_is_not_prepared_twice(upload):
    video = add_video(upload, "短片", UserFactory())
    with pytest.raises(NotPreparing):
        retry_preparation(video, by=video.added_by)


def test_an_empty_file_is_refused(media_folder):
    with pytest.raises(FileEmpty):
        add_video(SimpleUploadedFile("a.mp4", b""), "空", UserFactory())
    assert not media_folder.exists()


def test_a_file_beyond_the_limit_is_refused(upload, monkeypatch):
    monkeypatch.setattr(rules, "FILE_BYTES", 1000)
    with pytest.raises(FileTooLarge):
        add_video(upload, "太大", UserFactory())
    assert not Video.objects.exists()


def test_every_move_is_audited(prepared_video):
    acts = AuditRecord.objects.filter(object_label="videos.video").order_by("pk")
    assert list(acts.values_list("verb", "from_state", "to_state"))[:3] == [
        ("video.add", "", "received"),
        ("video.move", "received", "processing"),
        ("video.move", "processing", "ready"),
    ]


def test_captions_replace_captions_and_go(ready_video, captions_file):
    first = Path(ready_video.captions.path)
    assert first.read_text().startswith("WEBVTT")
    captions_file.seek(0)
    video = replace_captions(ready_video, captions_file, by=ready_video.added_by)
    assert video.captions.path != str(first)
    assert not replace_captions(video, None, by=ready_video.added_by).captions


def test_captions_of_another_form_leave_the_old_ones(ready_video):
    other = SimpleUploadedFile("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nx\n")
    with pytest.raises(CaptionsUnreadable):
        replace_captions(ready_video, other, by=ready_video.added_by)
    assert Video.objects.get().captions.name == ready_video.captions.name


def test_every_failure_is_said_in_the_readers_language():
    parameters = {"too_long": {"limit": 120}, "another_file": {"what": "picture"}}
    for code, kind in FAILURES.items():
        video = Video(failure_code=code, failure_parameters=parameters.get(code, {}))
        said = set()
        for language in ("zh-hans", "en"):
            with translation.override(language):
                assert video.why_failed == str(kind(**video.failure_parameters))
                said.add(video.why_failed)
        assert len(said) == 2


def test_a_sentence_of_earlier_days_is_still_shown():
    assert Video(failure="没有画面").why_failed == "没有画面"
    assert Video().why_failed == ""
