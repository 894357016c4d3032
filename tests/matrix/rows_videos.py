from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.row import Row, only
from tests.videos.audiences import SIGNED_IN
from videos.domain.addresses import study_token
from videos.domain.media_addresses import media_address
from videos.domain.synthetic import captions_for
from videos.domain.units import reading_unit
from videos.enums import VideoState
from videos.models import Rendition, Video

EDITORS = only("project_officer", "province_administrator", "editor")


def failed_video(world):
    """A video that could not be prepared; made once."""
    if "video" not in world.things:
        world.things["video"] = Video.objects.create(
            title="课例",
            original="videos/originals/absent.mp4",
            original_name="课例.mp4",
            size_bytes=4,
            sha256="0" * 64,
            state=VideoState.FAILED,
            added_by=world.people["editor"],
        )
    return world.things["video"]


def its_number(world):
    return {"pk": failed_video(world).pk}


def its_address(world):
    """The address that was signed for the home teacher."""
    rendition = Rendition(video=failed_video(world), kind=Rendition.Kind.MP4, size_bytes=4)
    rendition.file.save("matrix.mp4", ContentFile(b"four"), save=True)
    address = media_address(rendition, world.people["teacher_home"], SIGNED_IN)
    return {"token": address.rstrip("/").rsplit("/", 1)[1]}


def study_page(world):
    if "unit" not in world.things:
        world.things["unit"] = reading_unit("政策原文", 600)
    return {"token": study_token(world.people["teacher_home"], world.things["unit"])}


def recording(world):
    return {"title": "课例", "file": SimpleUploadedFile("a.mp4", b"no recording")}


def captions(world):
    return {"file": SimpleUploadedFile("a.vtt", captions_for(["甲"]).encode())}


ROWS = [
    Row("videos:list", EDITORS),
    Row("videos:list", EDITORS, query="?q=x&state=failed"),
    Row("videos:add", EDITORS),
    Row("videos:add", EDITORS, method="post", data=recording),
    Row("videos:detail", EDITORS, its_number),
    Row("videos:retry", EDITORS, its_number, method="post"),
    Row("videos:captions", EDITORS, its_number, method="post", data=captions),
    Row("videos:media", only("teacher_home"), its_address),
    Row("videos:beat", only("teacher_home"), method="post", data=study_page),
]
