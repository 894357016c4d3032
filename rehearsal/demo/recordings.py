"""The recordings that the demo's courses ask for, drawn and prepared like any other."""

import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile

from accounts.models import User
from courses.domain.demo_content import demo_videos
from videos.domain.preparation import prepare_video
from videos.domain.synthetic import captions_for, make_recording
from videos.domain.videos import add_video, replace_captions


def add_recordings() -> None:
    """Draw, add and prepare each recording; its slides become the captions."""
    editor = User.objects.get(username="bianji")
    with tempfile.TemporaryDirectory() as folder:
        for number, wanted in enumerate(demo_videos(), start=1):
            path = Path(folder) / f"{number}.mp4"
            seconds, slides = wanted["seconds"], wanted["slides"]
            make_recording(
                path, wanted["title"], slides, seconds=seconds, teacher=wanted["teacher"]
            )
            with path.open("rb") as recording:
                video = add_video(File(recording, name=f"{number}.mp4"), wanted["title"], editor)
            prepare_video(video.pk)
            captions = ContentFile(captions_for(slides, seconds=seconds).encode(), "captions.vtt")
            replace_captions(video, captions, by=editor)
