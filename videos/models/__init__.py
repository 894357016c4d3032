from videos.models.fingerprint import Fingerprint
from videos.models.rendition import Rendition
from videos.models.study import StudyClock, StudyRecord, StudyUnit
from videos.models.upload import Upload
from videos.models.video import Video

__all__ = [
    "Fingerprint",
    "Rendition",
    "StudyClock",
    "StudyRecord",
    "StudyUnit",
    "Upload",
    "Video",
]
