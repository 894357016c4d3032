"""Whatever is sent ends playable or with a plain reason, in bounded time and memory."""

import time
from pathlib import Path

import pytest
from django.core.files import File

from tests.factories import UserFactory
from tests.videos import odd_files
from videos.domain.checking import findings_of
from videos.domain.preparation import prepare_video
from videos.domain.probing import probe
from videos.domain.videos import add_video
from videos.enums import Severity, VideoState
from videos.errors import (
    FileEmpty,
    NotARecording,
    PreparationFailed,
    RecordingBroken,
    RecordingTooLong,
    RecordingWithoutPicture,
)
from videos.models import Rendition

pytestmark = pytest.mark.django_db
PLAYABLE = {
    "portrait": ({"rotation"}, (54, 96)),
    "hevc_mov": ({"video_codec", "deep_colour", "high_range"}, (96, 54)),
    "silent": (set(), (96, 54)),
    "uneven": ({"uneven"}, (96, 54)),
    "old_camera": (
        {"container", "video_codec", "audio_codec", "pixel_aspect", "interlaced"},
        (768, 576),
    ),
    "fast": ({"fast"}, (96, 54)),
    "matroska": ({"container", "audio_codec"}, (96, 54)),
    "windows_avi": ({"container", "video_codec", "audio_codec"}, (96, 54)),
}
REFUSED = {
    "without_index": RecordingBroken,
    "ten_hours": RecordingTooLong,
    "playlist": NotARecording,
    "disguised_playlist": RecordingBroken,
    "zip_bomb": NotARecording,
    "moving_gif": NotARecording,
    "renamed_gif": NotARecording,
}


def sent(path: Path):
    with path.open("rb") as opened:
        return add_video(File(opened, name=path.name), "课例", UserFactory())


def codes(video, severity):
    return {found.code for found in findings_of(video) if found.severity == severity}


@pytest.mark.parametrize("name", PLAYABLE)
def test_what_can_be_decoded_is_repaired(name, tmp_path):
    repaired, size = PLAYABLE[name]
    video = prepare_video(sent(getattr(odd_files, name)(tmp_path)).pk)
    assert video.state == VideoState.READY
    assert codes(video, Severity.REPAIRED) == repaired
    made = probe(Path(video.rendition(Rendition.Kind.MP4).file.path), tmp_path)
    assert (made.width, made.height) == size
    assert (made.video_codec, made.bits, made.rotation, made.pixel_aspect) == ("h264", 8, 0, 1.0)
    assert made.frame_rate <= 31
    assert not made.interlaced


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_played_gets_a_plain_reason(name, tmp_path):
    video = sent(getattr(odd_files, name)(tmp_path))
    began = time.monotonic()
    with pytest.raises(REFUSED[name]) as refusal:
        prepare_video(video.pk)
    assert time.monotonic() - began < 60
    video.refresh_from_db()
    assert (video.state, video.why_failed) == (VideoState.FAILED, str(refusal.value))
    assert list(Path(video.original.storage.path("videos/work")).iterdir()) == []


def test_an_empty_file_is_refused_at_the_door(tmp_path):
    with pytest.raises(FileEmpty):
        sent(odd_files.empty(tmp_path))
    with pytest.raises(FileEmpty):
        probe(tmp_path / "empty.mp4", tmp_path)


@pytest.mark.parametrize("name", ["cut_short", "wrong_size"])
def test_what_was_cut_off_plays_as_far_as_it_goes(name, tmp_path):
    video = sent(getattr(odd_files, name)(tmp_path))
    try:
        video = prepare_video(video.pk)
    except (RecordingBroken, PreparationFailed):
        video.refresh_from_db()
        assert video.state == VideoState.FAILED
    else:
        assert video.state == VideoState.READY


def test_a_recording_cut_short_says_how_much_is_there(tmp_path):
    video = prepare_video(sent(odd_files.cut_short(tmp_path)).pk)
    found = next(one for one in findings_of(video) if one.code == "cut_short")
    assert found.severity == Severity.ACT
    assert found.numbers["promised"] == 3
    assert found.numbers["readable"] == video.duration_seconds < 3


def test_a_reference_to_another_file_is_not_followed(tmp_path):
    trap = odd_files.reference_movie(tmp_path, tmp_path / "secret.mov")
    follow = ("-enable_drefs", "1", "-use_absolute_path", "1")
    red, _green, blue = odd_files.colour(trap, *follow)
    assert blue < 50 < 200 < red  # the trap is a real one
    with pytest.raises(RecordingWithoutPicture):
        prepare_video(sent(trap).pk)
    assert not Rendition.objects.exists()


def test_subtitles_inside_a_recording_are_left_alone(tmp_path):
    secret = odd_files.draw(tmp_path / "secret.mp4")
    video = prepare_video(sent(odd_files.secret_subtitles(tmp_path, secret)).pk)
    for made in video.renditions.all():
        assert b"secret" not in Path(made.file.path).read_bytes()
