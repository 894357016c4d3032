from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from videos.domain.audiences import may_download, may_watch
from videos.domain.byte_ranges import RangeNotSatisfiable, byte_span
from videos.domain.delivery import disposition, is_on_disk, personal_text, store_address
from videos.domain.media_addresses import read_media_address
from videos.enums import MediaKind
from videos.queries import media_file

AT_ONCE = 256 * 1024


@require_safe
def media(request, token):
    """One file to the one person whom the signed address names.

    Both are checked at every request: the address, and whether its holder still belongs to the
    audience for which it was made.
    """
    grant = read_media_address(token, request.user)
    allowed = may_download if grant and grant.kind == MediaKind.ORIGINAL else may_watch
    if grant is None or not allowed(request.user, grant.audience):
        raise PermissionDenied
    found = media_file(grant.kind, grant.pk)
    if found is None:
        raise PermissionDenied
    text = personal_text(found.rendition, grant) if found.rendition else None
    if text is not None:
        response = HttpResponse(text, content_type=found.content_type)
        response["Cache-Control"] = "private, no-store"
    else:
        response = _deliver(request, found)
    return _guarded(response, found, grant)


def _guarded(response, found, grant):
    # A cache may keep what is public, but has to ask each time: consent can be withdrawn.
    response.setdefault("Cache-Control", f"{'public' if grant.is_public else 'private'}, no-cache")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = disposition(found)
    return response


def _deliver(request, found):
    storage = found.file.storage
    if found.is_large and not is_on_disk(storage):
        response = HttpResponseRedirect(store_address(found))
        response["Cache-Control"] = "private, no-store"
        return response
    if request.headers.get("If-None-Match") == found.etag:
        return _tagged(HttpResponse(status=304), found)
    if is_on_disk(storage) and (prefix := settings.MEDIA_XACCEL):
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
