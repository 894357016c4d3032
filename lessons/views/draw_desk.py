"""The project office's desk of the draw: prepare, announce, seed, draw, supplements."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.domain.jobs import start_job
from core.errors import DomainError
from core.models import Job, JobState
from lessons.domain.drawing.announcing import check_announcement, prepare_draw
from lessons.domain.drawing.seeds import DEAL, enter_seed
from lessons.enums import DrawState
from lessons.forms.draw import AnnounceForm, SeedForm
from lessons.models import Draw
from lessons.views.draw_groups import desk_lines
from lessons.views.draw_words import group_lines
from lessons.views.national_desk import office_year
from programmes.domain.rulepacks import rule_pack_of

PREVIEW, ANNOUNCE, SUPPLEMENT = (
    "lessons.preview_draw",
    "lessons.announce_draw",
    "lessons.supplement",
)
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


@login_required
@require_GET
def desk(request):
    """Where the draw stands, and the one next step."""
    programme = office_year(request)
    draw = Draw.objects.filter(programme=programme).select_related(
        "committed_by", "seed_entered_by", "drawn_by"
    )
    draw = draw.first() or Draw(programme=programme)
    pack = rule_pack_of(programme)
    context = {
        "programme": programme,
        "draw": draw,
        "steps": steps_of(draw),
        "pack": pack.draw,
        "job": latest_job(draw, request.user),
        "now": timezone.now(),
        "form": SeedForm(),
    }
    if draw.state == DrawState.DRAWN:
        context["lines"] = group_lines(draw.statistics["groups"], pack)
        context["supplements"] = draw.supplements.order_by("-number")
        context["short_now"] = draw.roster_lines.filter(missing__gt=0).count()
    else:
        context |= desk_lines(programme, draw)
        context["as_of"] = parse_datetime(draw.statistics.get("as_of", "")) if draw.pk else None
    return render(request, "lessons/draw/desk.html", context)


@login_required
@require_POST
def preview(request):
    """Try every group, in the background."""
    draw = prepare_draw(office_year(request))
    begin(PREVIEW, draw, by=request.user)
    return redirect("lessons:draw_desk")


@login_required
def announce(request):
    """Name the event; the files are then fixed in the background."""
    programme = office_year(request)
    draw = prepare_draw(programme)
    form = AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        event, known_at = form.cleaned_data["seed_event"], form.cleaned_data["seed_known_at"]
        why_late = form.cleaned_data["why_late"]
        try:
            check_announcement(draw, event, known_at, timezone.now(), why_late)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            given = {"seed_event": event, "seed_known_at": known_at.isoformat()}
            given["why_late"] = why_late
            begin(ANNOUNCE, draw, by=request.user, **given)
            return redirect("lessons:draw_desk")
    return render(request, "lessons/draw/announce.html", {"form": form, "programme": programme})


@login_required
@require_POST
def seed(request):
    """Enter or confirm the seed; nothing typed is lost when it is refused."""
    draw = prepare_draw(office_year(request))
    form = SeedForm(request.POST)
    if form.is_valid():
        try:
            entered = enter_seed(draw.pk, form.cleaned_data["seed"], by=request.user)
        except DomainError as refusal:
            form.add_error("seed", str(refusal))
        else:
            _tell_entered(request, entered)
            return redirect("lessons:draw_desk")
    return render(request, "lessons/draw/seed.html", {"form": form, "draw": draw})


def _tell_entered(request, entered):
    if entered.job is not None:
        messages.success(request, _("Two officers agree. The lessons are being drawn."))
    elif entered.differs_from:
        text = _(
            "This is not what %(name)s entered. Yours stands now; compare both with the published "
            "outcome, then another officer than you enters it once more."
        )
        messages.warning(request, text % {"name": entered.differs_from})
    else:
        messages.success(
            request, _("Entered. A second officer now looks it up and enters the same.")
        )


@login_required
@require_POST
def supplement(request):
    """A supplement now instead of tonight."""
    draw = prepare_draw(office_year(request))
    begin(SUPPLEMENT, draw, by=request.user)
    return redirect("lessons:draw_desk")


def begin(kind, draw, *, by, **arguments):
    """Start the work unless it is under way."""
    running = jobs_of(draw).filter(kind=kind, state__in=UNFINISHED).first()
    return running or start_job(kind, {"draw": draw.pk, **arguments}, by=by)


def jobs_of(draw):
    kinds = Q(kind__in=[PREVIEW, ANNOUNCE, DEAL, SUPPLEMENT])
    return Job.objects.filter(kinds, arguments__draw=draw.pk)


def latest_job(draw, user):
    """The work under way, or one's own that ended last and was refused or set aside."""
    if draw.pk is None:
        return None
    job = jobs_of(draw).order_by("-pk").first()
    worth_showing = job is not None and (
        job.state in UNFINISHED or job.state in (JobState.FAILED, JobState.PARKED)
    )
    return job if worth_showing else None


def steps_of(draw):
    """Prepare, announce, seed, draw: where this one stands."""
    labels = [_("Prepare"), _("Announce"), _("Seed"), _("Draw")]
    now = {DrawState.PREPARED: 0, DrawState.COMMITTED: 2, DrawState.DRAWN: 4}[draw.state]
    if draw.state == DrawState.COMMITTED and draw.seed:
        now = 3
    return [
        (label, "was" if place < now else "now" if place == now else "")
        for place, label in enumerate(labels)
    ]
