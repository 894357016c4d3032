"""tus 1.0 over HTTP: core, creation, creation with upload, termination, expiration, checksum.

Headers in, headers out; what may happen stands in ``videos.domain.uploads``. The site's own
CSRF check stays on: a client sends the token as the header ``X-CSRFToken``.
"""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views import View

from core.errors import DomainError
from videos import errors
from videos.domain.uploads import (
    CHECKSUMS,
    begin_upload,
    close_when_complete,
    end_upload,
    next_offset,
)
from videos.models import Upload
from videos.policy import FILE_BYTES
from videos.views.pieces import PIECE_TYPE, discard_body, receive_piece
from videos.views.tus_headers import MalformedRequest, read_metadata, read_whole_number
from videos.views.uploads import my_uploads

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
STATUS = {
    errors.UploadNotAllowed: 403,
    errors.TooManyUploads: 403,
    errors.QuotaReached: 403,
    errors.SchoolQuotaReached: 403,
    errors.FileEmpty: 400,
    errors.FileTooLarge: 413,
    errors.PieceTooLong: 413,
    errors.WrongOffset: 409,
    errors.UploadGone: 410,
    errors.UploadBusy: 423,
    errors.ChecksumWrong: 460,
    errors.TooManyPieces: 503,
    errors.NoRoom: 507,
}
OTHER_REFUSAL = 422  # the file is of a kind that is not taken


class TusView(View):
    """What both addresses share: version, sign-in, refusals as a status and a sentence."""

    def dispatch(self, request, *args, **kwargs):
        override = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and override in ("PATCH", "DELETE"):
            request.method = override  # for proxies that know only GET and POST
        try:
            self.require_protocol(request)
            response = super().dispatch(request, *args, **kwargs)
        except MalformedRequest as fault:
            response = JsonResponse({"error": str(fault)}, status=fault.status)
        except DomainError as refusal:
            response = refused(refusal)
        if response.status_code >= 400:
            discard_body(request)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def require_protocol(self, request):
        if request.method == "OPTIONS":
            return
        if request.method != "GET" and request.headers.get("Tus-Resumable") != VERSION:
            raise MalformedRequest("Tus-Resumable must be 1.0.0.", status=412)
        if not request.user.is_authenticated:
            sentence = _("You are signed out: sign in again; what has arrived is kept here.")
            raise MalformedRequest(sentence, status=401)

    def options(self, request, *args, **kwargs):
        response = HttpResponse(status=204)
        response["Tus-Version"] = VERSION
        response["Tus-Extension"] = EXTENSIONS
        response["Tus-Checksum-Algorithm"] = ",".join(CHECKSUMS)
        response["Tus-Max-Size"] = FILE_BYTES
        return response


class Uploads(TusView):
    """Where uploads begin, and the page of one's own for whoever opens it in a browser."""

    def get(self, request):
        return my_uploads(request)

    def post(self, request):
        told = read_metadata(request.headers.get("Upload-Metadata", ""))
        upload = begin_upload(
            by=request.user,
            purpose=told.get("purpose", ""),
            context=told.get("context", ""),
            name=told.get("filename", ""),
            length=read_whole_number(request, "Upload-Length"),
            fingerprint=told.get("fingerprint", ""),
        )
        offset = 0
        if request.content_type == PIECE_TYPE:
            offset = receive_piece(request, upload, offset=0)
        response = answer(upload, 201, offset)
        response["Location"] = reverse("videos:upload", args=[upload.pk])
        return response


class OneUpload(TusView):
    """One upload of the person's own; somebody else's is not there."""

    def get(self, request, pk):
        """What the browser asks while the digest is computed."""
        upload = its_upload(request.user, pk)
        told = {"state": upload.state, "sha256": upload.sha256, "reason": upload.why}
        if upload.finishing:
            told |= {"done": upload.finishing.progress_done, "job": upload.finishing.state}
            told["total"] = upload.finishing.progress_total
        return JsonResponse(told)

    def head(self, request, pk):
        upload = its_upload(request.user, pk)
        offset = next_offset(upload)
        close_when_complete(upload)
        response = answer(upload, 200, offset)
        response["Upload-Length"] = upload.length
        return response

    def patch(self, request, pk):
        upload = its_upload(request.user, pk)
        if request.content_type != PIECE_TYPE:
            raise MalformedRequest(f"The content type must be {PIECE_TYPE}.", status=415)
        offset = read_whole_number(request, "Upload-Offset")
        return answer(upload, 204, receive_piece(request, upload, offset=offset))

    def delete(self, request, pk):
        end_upload(its_upload(request.user, pk), by=request.user)
        return HttpResponse(status=204)


def its_upload(user, pk):
    uploads = Upload.objects.visible_to(user).select_related("finishing")
    upload = uploads.filter(pk=pk).first()
    if upload is None:
        sentence = _("There is no such upload: choose the file again to begin anew.")
        raise MalformedRequest(sentence, status=404)
    upload.owner = user
    return upload


def answer(upload, status, offset):
    response = HttpResponse(status=status)
    response["Upload-Offset"] = offset
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def refused(refusal):
    status = STATUS.get(type(refusal), OTHER_REFUSAL)
    response = JsonResponse({"error": str(refusal)}, status=status)
    if isinstance(refusal, errors.WrongOffset):
        response["Upload-Offset"] = refusal.params["offset"]
    if status == 503:
        response["Retry-After"] = "2"
    return response
