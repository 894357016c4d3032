from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from videos.domain.addresses import read_media_address
from videos.domain.byte_ranges import RangeNotSatisfiable, byte_span
from videos.queries import media_file

AT_ONCE = 256 * 1024


@require_safe
def media(request, token):
    """One file to the one person whom the signed address names, checked at every request."""
    name = read_media_address(token, request.user) if request.user.is_authenticated else None
    found = media_file(name) if name else None
    if found is None:
        raise PermissionDenied
    response = _deliver(request, found)
    # Never in a cache that others share; the browser may keep it, but asks each time.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def _deliver(request, found):
    storage = found.file.storage
    if not isinstance(storage, FileSystemStorage):
        return HttpResponseRedirect(storage.url(found.file.name))  # signed and short-lived
    if request.headers.get("If-None-Match") == found.etag:
        return _tagged(HttpResponse(status=304), found)
    if prefix := settings.MEDIA_XACCEL:
        response = HttpResponse(content_type=found.content_type)
        response["X-Accel-Redirect"] = prefix + quote(found.file.name)
        return _tagged(response, found)
    return _stream(request, found)


def _stream(request, found):
    opened = found.file.storage.open(found.file.name, "rb")
    size = opened.size
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", found.etag) != found.etag:
        header = ""
    try:
        span = byte_span(header, size)
    except RangeNotSatisfiable:
        opened.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _tagged(response, found)
    start, end = span or (0, size - 1)
    opened.seek(start)
    response = _bytes_of(opened, end - start + 1)
    response["Content-Type"] = found.content_type
    response["Content-Length"] = str(end - start + 1)
    response.status_code = 206 if span else 200
    if span:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return _tagged(response, found)


def _bytes_of(opened, length):
    """A small part at once, so that its file is free; a large one piece by piece."""
    if length > AT_ONCE:
        return FileResponse(Slice(opened, length))
    with opened:
        return HttpResponse(opened.read(length))


def _tagged(response, found):
    response["ETag"] = found.etag
    response["Accept-Ranges"] = "bytes"
    return response


class Slice:
    """The next ``length`` bytes of an open file."""

    def __init__(self, file, length):
        self.file, self.length = file, length

    def read(self, size=-1):
        piece = self.file.read(min(self.length, size if size > 0 else self.length))
        self.length -= len(piece)
        return piece

    def close(self):
        self.file.close()
