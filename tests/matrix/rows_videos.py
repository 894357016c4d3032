from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only
from tests.videos import audiences
from videos.domain.addresses import study_token
from videos.domain.media_addresses import media_address
from videos.domain.synthetic import captions_for
from videos.domain.units import reading_unit
from videos.domain.uploads import open_upload
from videos.domain.videos import COURSE_VIDEO
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
    address = media_address(rendition, world.people["teacher_home"], audiences.SIGNED_IN)
    return {"token": address.rstrip("/").rsplit("/", 1)[1]}


def study_page(world):
    if "unit" not in world.things:
        world.things["unit"] = reading_unit("政策原文", 600)
    return {"token": study_token(world.people["teacher_home"], world.things["unit"])}


def recording(world):
    return {"title": "课例", "file": SimpleUploadedFile("a.mp4", b"no recording")}


def captions(world):
    return {"file": SimpleUploadedFile("a.vtt", captions_for(["甲"]).encode())}


def half_sent(world):
    """A file that the editor has begun to send."""
    upload = open_upload(by=world.people["editor"], purpose=COURSE_VIDEO, name="a.mp4", length=4)
    return {"pk": upload.pk}


def tus(**more):
    return {"Tus-Resumable": "1.0.0", **{name.replace("_", "-"): more[name] for name in more}}


NEW = tus(Upload_Length="4", Upload_Metadata="purpose dmlkZW9zLmNvdXJzZQ==")
PIECE = tus(Upload_Offset="0", Content_Type="application/offset+octet-stream")
ITS_OWNER = only("editor")

ROWS = [
    Row("videos:list", EDITORS),
    Row("videos:list", EDITORS, query="?q=x&state=failed"),
    Row("videos:add", EDITORS),
    Row("videos:add", EDITORS, method="post", data=recording),
    Row("videos:detail", EDITORS, its_number),
    Row("videos:retry", EDITORS, its_number, method="post"),
    Row("videos:captions", EDITORS, its_number, method="post", data=captions),
    Row("videos:media", only("teacher_home"), its_address),
    Row("videos:uploads", SIGNED_IN),
    Row("videos:uploads", EVERYONE, method="options"),
    Row("videos:uploads", EDITORS, method="post", headers=NEW),
    Row("videos:upload", ITS_OWNER, half_sent),
    Row("videos:upload", ITS_OWNER, half_sent, method="head", headers=tus()),
    Row("videos:upload", ITS_OWNER, half_sent, method="patch", headers=PIECE),
    Row("videos:upload", ITS_OWNER, half_sent, method="delete", headers=tus()),
    Row("videos:end_upload", ITS_OWNER, half_sent, method="post"),
    Row("videos:beat", only("teacher_home"), method="post", data=study_page),
]
