from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import UserFactory
from videos.domain.synthetic import captions_for, make_recording
from videos.domain.videos import add_video, replace_captions

SLIDES = ["第一张", "第二张"]


@pytest.fixture(scope="session")
def recording(tmp_path_factory) -> Path:
    """A real MP4 of four seconds with sound."""
    target = tmp_path_factory.mktemp("recordings") / "lesson.mp4"
    return make_recording(target, "短片", SLIDES, seconds=4)


@pytest.fixture
def upload(recording):
    return SimpleUploadedFile("第1课.MP4", recording.read_bytes(), content_type="video/mp4")


@pytest.fixture
def captions_file():
    text = captions_for(SLIDES, seconds=4).encode()
    return SimpleUploadedFile("captions.vtt", text, content_type="text/vtt")


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """Files of this test only."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def ready_video(upload, captions_file, django_capture_on_commit_callbacks):
    """A video that went through its job."""
    editor = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        video = add_video(upload, "短片", editor)
    video = replace_captions(video, captions_file, by=editor)
    video.refresh_from_db()
    return video
