from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import UserFactory
from tests.videos.prepared import Prepared
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


@pytest.fixture(scope="session")
def prepared(recording, tmp_path_factory) -> Prepared:
    """The recording with everything that is made from it."""
    return Prepared(recording, tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def ready_video(prepared, captions_file):
    """A video that can be played, with captions."""
    editor = UserFactory()
    return replace_captions(prepared.video(editor), captions_file, by=editor)


@pytest.fixture
def prepared_video(upload, django_capture_on_commit_callbacks):
    """A video that went through its job."""
    with django_capture_on_commit_callbacks(execute=True):
        video = add_video(upload, "短片", UserFactory())
    video.refresh_from_db()
    return video
