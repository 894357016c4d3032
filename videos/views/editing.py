from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from videos.domain.checking import findings_of
from videos.domain.media_addresses import original_address
from videos.domain.uploads_box import upload_box
from videos.domain.uploads_taking import take_upload
from videos.domain.uploads_whole import sent_upload
from videos.domain.videos import (
    COURSE_VIDEO,
    can_be_retried,
    replace_captions,
    retry_preparation,
)
from videos.domain.viewings import viewing_for
from videos.enums import VideoState
from videos.forms import CaptionsForm, VideoForm
from videos.models import Video
from videos.permissions import EDITING, can_edit_videos

PAGE = 50


@login_required
@require_safe
def video_list(request):
    require_editor(request.user)
    videos = Video.objects.visible_to(request.user)
    counts = dict(videos.order_by().values_list("state").annotate(Count("pk")))
    found, words = videos, request.GET.get("q", "").strip()
    if words:
        found = found.filter(title__icontains=words)
    if (state := request.GET.get("state")) in VideoState.values:
        found = found.filter(state=state)
    newest = found.select_related("added_by").order_by("-added_at", "-pk")
    context = {
        "page": Paginator(newest, PAGE).get_page(request.GET.get("page")),
        "states": VideoState.choices,
        "words": words,
        "state": state,
        "failed": counts.get(VideoState.FAILED, 0),
        "total": sum(counts.values()),
    }
    return render(request, "videos/list.html", context)


@login_required
def add(request):
    require_editor(request.user)
    form = VideoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            video = take_recording(request.user, form.cleaned_data)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The recording is here and is being prepared."))
            return redirect("videos:detail", pk=video.pk)
    box = upload_box(request.user, COURSE_VIDEO)
    return render(request, "videos/add.html", {"form": form, "box": box})


def take_recording(user, given):
    upload = sent_upload(
        by=user, purpose=COURSE_VIDEO, upload_id=given["upload"], file=given["file"]
    )
    return take_upload(upload, title=given["title"], by=user, purpose=COURSE_VIDEO)


@login_required
@require_safe
def detail(request, pk):
    return show_video(request, its_video(request.user, pk), CaptionsForm())


@login_required
@require_POST
def retry(request, pk):
    video = its_video(request.user, pk)
    try:
        retry_preparation(video, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The recording is prepared once more."))
    return redirect("videos:detail", pk=pk)


@login_required
@require_POST
def captions(request, pk):
    video = its_video(request.user, pk)
    if "remove" in request.POST:
        replace_captions(video, None, by=request.user)
        messages.success(request, _("The captions are removed."))
        return redirect("videos:detail", pk=pk)
    form = CaptionsForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_video(request, video, form)
    try:
        replace_captions(video, form.cleaned_data["file"], by=request.user)
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return show_video(request, video, form)
    messages.success(request, _("The captions are in place."))
    return redirect("videos:detail", pk=pk)


def show_video(request, video, form):
    mine = video.preparing and video.preparing.created_by_id == request.user.pk
    context = {
        "video": video,
        "form": form,
        "viewing": viewing_for(request.user, video, EDITING),
        "original_url": original_address(video, request.user, EDITING),
        "findings": findings_of(video),
        "mp4": video.rendition("mp4"),
        "retriable": can_be_retried(video),
        "job": video.preparing if mine and video.state != VideoState.READY else None,
    }
    return render(request, "videos/detail.html", context)


def require_editor(user):
    if not can_edit_videos(user):
        raise PermissionDenied


def its_video(user, pk):
    videos = Video.objects.visible_to(user).select_related("preparing", "added_by", "unit")
    return get_object_or_404(videos.prefetch_related("renditions"), pk=pk)
