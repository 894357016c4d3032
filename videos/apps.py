from django.apps import AppConfig


class VideosConfig(AppConfig):
    name = "videos"

    def ready(self):
        from videos.domain import audiences  # noqa: PLC0415 - needs the models to be ready
        from videos.permissions import EDITING, edits_videos  # noqa: PLC0415

        audiences.register(EDITING, edits_videos, may_download=edits_videos)
