"""A school's calls on lessons that it prepares, and the hosts who answer them (R40)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from organisations.enums import Level
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import enrolment_of
from workshops.domain.lesson_calls.answering import (
    accept_call,
    finish_call,
    give_back_call,
    set_visit,
)
from workshops.domain.lesson_calls.asking import call_host, withdraw_call
from workshops.domain.lesson_calls.moving import write_word
from workshops.forms.lesson_call import CallForm, OutcomeForm, VisitForm, WordForm
from workshops.models import LessonCall, LessonCallFile
from workshops.permissions import lesson_calls as may
from workshops.queries.lesson_calls import calls_for
from workshops.queries.titles import field_title
from workshops.views.desk import field_choices
from workshops.views.door import year_or_404
from workshops.views.gathering_office import settled

PER_PAGE = 30
WITH = ("school", "host", "asked_by", "programme", "workshop__organisation")


def named(call):
    return field_title(call.programme, "subject", call.stage, call.subject, "")


def visible_call(request, pk):
    found = get_object_or_404(LessonCall.objects.select_related(*WITH), pk=pk)
    if not may.can_see_call(request.user, found):
        raise Http404
    return found


@login_required
@require_GET
def calls(request):
    """What one asked, what waits for one as a host, what the schools in one's reach asked."""
    show = request.GET.get("show", "")
    page = Paginator(calls_for(request.user, show), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(one, named(one)) for one in page],
        "show": show,
        "may_ask": may.calling_school(request.user) is not None,
    }
    return render(request, "workshops/lesson_calls/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def call_new(request):
    """Ask the nearest host of the stage and subject."""
    school = may.calling_school(request.user)
    if school is None:
        raise PermissionDenied
    programme = year_or_404()
    subjects, _topics = field_choices(rule_pack_of(programme))
    initial = {key: request.GET[key] for key in ("title", "lesson", "field") if key in request.GET}
    enrolment = enrolment_of(request.user, programme)
    if enrolment is not None:
        initial.setdefault("field", f"subject:{enrolment.stage}:{enrolment.subject}")
    form = CallForm(subjects, request.POST or None, request.FILES or None, initial=initial)

    def act():
        files = form.cleaned_data["files"]
        return call_host(programme, school, form.asked(), by=request.user, files=files)

    if made := settled(request, form, act):
        messages.success(request, went_to(made))
        return redirect("workshops:lesson_call", pk=made.pk)
    return render(request, "workshops/lesson_calls/new.html", {"form": form, "school": school})


def went_to(call):
    """To whom it went, and why when that is not the county."""
    place = call.workshop.organisation
    words = {"place": place.name, "field": named(call)}
    if place.level == Level.COUNTY:
        return _("The hosts of %(field)s of %(place)s were told.") % words
    return (
        _("Your county has no host of %(field)s; the call went to the hosts of %(place)s.") % words
    )


@login_required
@require_GET
def call(request, pk):
    """The question, the advice, the visit, what came of it."""
    return shown(request, visible_call(request, pk))


def shown(request, found, word=None, visit=None, outcome=None):
    user = request.user
    guides = may.guides_call(user, found)
    context = {
        "call": found,
        "named": named(found),
        "words": found.words.select_related("author"),
        "files": found.files.select_related("added_by").order_by("pk"),
        "keeps": may.keeps_call(user, found),
        "guides": guides,
        "may_accept": found.state == "asked" and may.can_accept_call(user, found),
        "word": word or (WordForm() if may.can_write_in_call(user, found) else None),
        "visit": visit or VisitForm(initial={"visit_on": found.visit_on}),
        "outcome": outcome or OutcomeForm(),
    }
    return render(request, "workshops/lesson_calls/call.html", context)


def require(allowed):
    if not allowed:
        raise PermissionDenied


@login_required
@require_POST
def call_word(request, pk):
    """A word of either side."""
    found = visible_call(request, pk)
    require(may.can_write_in_call(request.user, found))
    form = WordForm(request.POST, request.FILES)

    def act():
        given = form.cleaned_data
        token, files = given["token"], given["files"]
        return write_word(found, given["text"], token, by=request.user, files=files)

    if settled(request, form, act):
        return redirect("workshops:lesson_call", pk=pk)
    return shown(request, found, word=form)


@login_required
@require_POST
def call_act(request, pk):
    """Accept and give back (a host), withdraw (the school)."""
    found = visible_call(request, pk)
    acts = {
        "accept": (may.can_accept_call, accept_call, _("You guide this lesson now.")),
        "give_back": (may.guides_call, give_back_call, _("Given back; the other hosts see it.")),
        "withdraw": (may.keeps_call, withdraw_call, _("Withdrawn.")),
    }
    allowed, act, done = acts.get(request.POST.get("act"), (lambda *who: False, None, ""))
    require(allowed(request.user, found))
    try:
        act(found, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("workshops:lesson_call", pk=pk)


@login_required
@require_POST
def call_visit(request, pk):
    """The day on which the host comes."""
    found = visible_call(request, pk)
    require(may.guides_call(request.user, found))
    form = VisitForm(request.POST)

    def act():
        return set_visit(found, form.cleaned_data["visit_on"], by=request.user)

    if settled(request, form, act):
        messages.success(request, _("Saved. The school was told."))
        return redirect("workshops:lesson_call", pk=pk)
    return shown(request, found, visit=form)


@login_required
@require_POST
def call_done(request, pk):
    """What came of it; the call is over."""
    found = visible_call(request, pk)
    require(may.guides_call(request.user, found))
    form = OutcomeForm(request.POST)

    def act():
        return finish_call(found, form.cleaned_data["outcome"], by=request.user)

    if settled(request, form, act):
        messages.success(request, _("Saved. The school was told."))
        return redirect("workshops:lesson_call", pk=pk)
    return shown(request, found, outcome=form)


@login_required
@require_GET
def call_file(request, pk):
    """A file of a call that one may see; always saved, never shown in the page."""
    held = get_object_or_404(LessonCallFile, pk=pk)
    visible_call(request, held.call_id)
    response = FileResponse(held.file.open("rb"), as_attachment=True, filename=held.name)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
