"""One's own uploads, as a page; sending them is in ``videos.views.tus``."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from videos.domain.uploads import end_upload
from videos.domain.uploads_box import waiting_uploads
from videos.models import Upload


@login_required
def my_uploads(request):
    return render(request, "videos/uploads.html", {"waiting": waiting_uploads(request.user)})


@login_required
@require_POST
def end(request, pk):
    upload = get_object_or_404(Upload.objects.visible_to(request.user), pk=pk)
    end_upload(upload, by=request.user)
    messages.success(request, _("The upload is ended and what had arrived is removed."))
    back = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect(back)
    return redirect("videos:uploads")
