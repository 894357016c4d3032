"""The body of a request on its way to the disk."""

import threading
from contextlib import contextmanager, suppress

from django.conf import settings

from videos.domain.uploads import add_piece
from videos.errors import TooManyPieces
from videos.views.tus_headers import read_checksum, read_whole_number

PIECE_TYPE = "application/offset+octet-stream"
AT_ONCE = 256 * 1024
DISCARDED_AT_MOST = 64 * 1024**2

# Receiving a piece may take minutes and holds a thread of this process; the others must go on.
places = threading.BoundedSemaphore(settings.UPLOADS_AT_ONCE)


def receive_piece(request, upload, *, offset):
    """Append the request's body to ``upload``; returns the new offset."""
    checksum = read_checksum(request.headers.get("Upload-Checksum", ""))
    size = read_whole_number(request, "Content-Length")
    with place_taken(), impatient(request):
        return add_piece(upload, request, offset=offset, size=size, checksum=checksum)


@contextmanager
def place_taken():
    if not places.acquire(blocking=False):
        raise TooManyPieces
    try:
        yield
    finally:
        places.release()


@contextmanager
def impatient(request):
    """A sender that falls silent loses its thread, and the lock on the upload, after a while.

    A cut line tells the server nothing: without this both would be held until TCP gives up,
    and the sender's own next try would be refused for as long.
    """
    socket = request.environ.get("gunicorn.socket")
    if socket is None:
        yield
        return
    before = socket.gettimeout()
    socket.settimeout(settings.UPLOAD_STALLED_SECONDS)
    try:
        yield
    finally:
        with suppress(OSError):
            socket.settimeout(before)


def discard_body(request):
    """Read what a refused sender is still sending: who gets no answer until then sees none."""
    left = DISCARDED_AT_MOST
    with suppress(OSError), impatient(request):
        while left > 0 and (piece := request.read(AT_ONCE)):
            left -= len(piece)
