"""Files to send, people who may send them, and senders that break off."""

import hashlib
from io import BytesIO

from accounts.enums import Role
from tests.factories import UserFactory, appoint, make_branch
from videos.domain.uploads import add_piece, begin_upload
from videos.domain.uploads_digest import finish_upload
from videos.domain.videos import COURSE_VIDEO
from videos.models import Upload

HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"


def film(size=10_000, seed=b"1"):
    """Bytes that begin like a recording and are the same for the same seed."""
    stream = hashlib.shake_256(seed).digest(max(0, size - len(HEAD)))
    return (HEAD + stream)[:size]


def make_editor(**fields):
    """Somebody who may send recordings for courses."""
    editor = UserFactory(**fields)
    appoint(editor, Role.EDITOR, make_branch()[0])
    return editor


def begin(by, content, **more):
    more = {"purpose": COURSE_VIDEO, "name": "第1课.mp4", "length": len(content)} | more
    return begin_upload(by=by, **more)


def send(upload, piece, offset=0, **more):
    return add_piece(upload, BytesIO(piece), offset=offset, size=len(piece), **more)


def finished(by, content=None):
    """An upload all of which has arrived and whose digest is known."""
    content = content or film()
    upload = begin(by, content)
    send(upload, content)
    finish_upload(upload.pk)
    return Upload.objects.get(pk=upload.pk)


class Broken:
    """A sender that goes away after some bytes."""

    def __init__(self, content):
        self._content = BytesIO(content)

    def read(self, size):
        piece = self._content.read(size)
        if not piece:
            raise ConnectionResetError
        return piece
