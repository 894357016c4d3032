from django.db import models

from videos.models.video import Video


class Rendition(models.Model):
    """A file made from the original.

    The MP4 plays from any store that answers Range; the stream is the same pictures and sound
    cut into segments, one file that the playlist addresses by bytes; the sprite holds small
    pictures of the whole, which the track places on the time line. Playlist and track name
    their file by ``PLACEHOLDERS``: each viewer gets them with addresses of their own.
    """

    class Kind(models.TextChoices):
        MP4 = "mp4", "MP4"
        POSTER = "poster", "poster"
        STREAM = "stream", "stream"
        PLAYLIST = "playlist", "playlist"
        SPRITE = "sprite", "sprite"
        TRACK = "track", "track"

    video = models.ForeignKey(Video, models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.FileField(upload_to="videos/renditions/", max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rendition_once_per_kind", fields=["video", "kind"])
        ]

    def __str__(self):
        return f"{self.video_id} {self.kind}"


CONTENT_TYPES = {
    Rendition.Kind.MP4: "video/mp4",
    Rendition.Kind.POSTER: "image/jpeg",
    Rendition.Kind.STREAM: "video/mp4",
    Rendition.Kind.PLAYLIST: "application/vnd.apple.mpegurl",
    Rendition.Kind.SPRITE: "image/jpeg",
    Rendition.Kind.TRACK: "text/vtt; charset=utf-8",
}
PLACEHOLDERS = {
    Rendition.Kind.PLAYLIST: ("stream.mp4", Rendition.Kind.STREAM),
    Rendition.Kind.TRACK: ("sprite.jpg", Rendition.Kind.SPRITE),
}
