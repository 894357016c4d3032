from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from videos.models.video import Video


class Fingerprint(models.Model):
    """What a recording looks and sounds like, small enough to be compared with all others.

    ``pictures`` holds a perceptual hash of a frame every two seconds, ``sounds`` a print of the
    spectrum about eight times a second. The words are the telling parts of both; another
    recording that shares a few of them is worth a closer look.
    """

    video = models.OneToOneField(
        Video, models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    pictures = ArrayField(models.BigIntegerField(), default=list)
    sounds = ArrayField(models.IntegerField(), default=list)
    picture_words = ArrayField(models.IntegerField(), default=list)
    sound_words = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            # A search asks for thousands of words one by one: no list of pending entries to read.
            GinIndex(fields=["picture_words"], name="fingerprint_by_picture", fastupdate=False),
            GinIndex(fields=["sound_words"], name="fingerprint_by_sound", fastupdate=False),
        ]

    def __str__(self):
        return f"{self.video_id}"
