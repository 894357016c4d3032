"""Progress of background work, and the work that waits for a decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.domain.jobs import retry_parked
from core.models import Job, JobState
from core.permissions import can_manage_jobs

PAGE_SIZE = 50
RELOAD_SECONDS = 3


@never_cache
@login_required
@require_GET
def job_progress(request, pk):
    """The component alone for htmx; without scripts a page that reloads itself."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if request.htmx:
        response = render(request, "components/job_progress.html", {"job": job})
        if job.is_finished:
            response["HX-Trigger-After-Swap"] = "job-finished"
        return response
    response = render(request, "core/job_progress.html", {"job": job})
    if not job.is_finished:
        response["Refresh"] = str(RELOAD_SECONDS)
    return response


@login_required
@require_GET
def parked_jobs(request):
    if not can_manage_jobs(request.user):
        raise PermissionDenied
    jobs = Job.objects.filter(state=JobState.PARKED).order_by("-finished_at", "-pk")
    page = Paginator(jobs.select_related("created_by"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "core/parked_jobs.html", {"page": page})


@login_required
@require_POST
def retry_job(request, pk):
    if not can_manage_jobs(request.user):
        raise PermissionDenied
    job = get_object_or_404(Job, pk=pk)
    retry_parked(job, by=request.user)
    messages.success(request, _("Job %(number)s is queued again.") % {"number": job.pk})
    return redirect("core:parked_jobs")
