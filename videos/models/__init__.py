from videos.models.study import StudyClock, StudyRecord, StudyUnit
from videos.models.upload import Upload
from videos.models.video import Rendition, Video

__all__ = ["Rendition", "StudyClock", "StudyRecord", "StudyUnit", "Upload", "Video"]
