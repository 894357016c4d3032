"""What waits for this officer today: only what the floors below can tell."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from bureau import permissions
from bureau.enums import BatchState
from bureau.models import ImportBatch
from bureau.policy import OFFICERS
from courses.permissions import can_open_further_attempts
from courses.queries.further import waiting_for
from credits.enums import DisputeState, RegistrationState
from credits.models import HourDispute, Registration
from organisations.enums import Level
from organisations.queries import reach
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.permissions import approvable_by, can_see_approvals
from workshops.permissions.hosting import has_a_say
from workshops.queries.hosting import waiting_for_school


def todo_cards(user, programme, organisation):
    """Cards: tag, sentence, address, label. One query for each kind of thing that waits."""
    cards = [
        _approvals(user, programme, organisation),
        _corrections(user, programme, organisation),
        _disputes(user, programme),
        _registrations(user, programme),
        _further_attempts(user),
        _imports(user),
        _volunteers(user, programme),
    ]
    return [card for card in cards if card]


def _approvals(user, programme, organisation):
    if not can_see_approvals(user):
        return None
    waiting = approvable_by(user).filter(
        reach(organisation, "school"), programme=programme, state=EnrolmentState.CONFIRMED
    )
    if not (count := waiting.count()):
        return None
    sentence = ngettext(
        "%(count)s enrolment is confirmed and waits for approval",
        "%(count)s enrolments are confirmed and wait for approval",
        count,
    )
    return {
        "tag": _("to approve"),
        "kind": "next",
        "sentence": sentence % {"count": f"{count:,}"},
        "url": reverse("programmes:approvals"),
        "label": _("Look and approve"),
        "go": True,
    }


def _corrections(user, programme, organisation):
    """The school corrects what came back."""
    if organisation.level != Level.SCHOOL or not permissions.can_export(user, organisation):
        return None
    returned = Enrolment.objects.filter(
        programme=programme, school=organisation, state=EnrolmentState.RETURNED
    )
    if not (count := returned.count()):
        return None
    sentence = ngettext(
        "%(count)s enrolment came back for correction",
        "%(count)s enrolments came back for correction",
        count,
    )
    return {
        "tag": _("returned"),
        "kind": "stop",
        "sentence": sentence % {"count": f"{count:,}"},
        "url": reverse("programmes:school_list", args=[organisation.pk]),
        "label": _("Correct them"),
        "go": False,
    }


def _imports(user):
    """The user's own lists that were checked and not decided on."""
    waiting = ImportBatch.objects.filter(
        uploaded_by=user, state=BatchState.CHECKED, cleared_at=None
    )
    found = list(waiting.only("pk", "file_name")[:2])
    if not found:
        return None
    one = len(found) == 1
    return {
        "tag": _("import"),
        "kind": "",
        "sentence": _("“%(file)s” is checked and waits for your decision")
        % {"file": found[0].file_name}
        if one
        else _("Several checked lists wait for your decision"),
        "url": reverse("bureau:import", args=[found[0].pk]) if one else reverse("bureau:imports"),
        "label": _("Decide"),
        "go": False,
    }


def _disputes(user, programme):
    """Open disputes that the user's own units owe an answer to, the overdue named."""
    units = [
        appointment.organisation_id
        for appointment in user.current_appointments
        if appointment.role in OFFICERS and appointment.organisation.level <= Level.COUNTY
    ]
    if not units:
        return None
    due = HourDispute.objects.filter(
        programme=programme, handler__in=units, state=DisputeState.OPEN
    ).aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=timezone.localdate())))
    if not due["open"]:
        return None
    sentence = ngettext(
        "%(count)s hour dispute waits for your answer",
        "%(count)s hour disputes wait for your answer",
        due["open"],
    )
    return {
        "tag": _("overdue") if due["overdue"] else _("to answer"),
        "kind": "stop" if due["overdue"] else "next",
        "sentence": sentence % {"count": due["open"]},
        "url": reverse("credits:disputes"),
        "label": _("Answer"),
        "go": False,
    }


def _further_attempts(user):
    """Teachers who used every attempt at a test and ask the county for one more."""
    if not can_open_further_attempts(user) or not (count := waiting_for(user)):
        return None
    sentence = ngettext(
        "%(count)s teacher asks for a further attempt at a test",
        "%(count)s teachers ask for a further attempt at a test",
        count,
    )
    return {
        "tag": _("to decide"),
        "kind": "next",
        "sentence": sentence % {"count": f"{count:,}"},
        "url": reverse("courses:further_attempts"),
        "label": _("Look and decide"),
        "go": False,
    }


def _registrations(user, programme):
    """What the school confirms and the county reviews."""
    school = Q(school__path__in=user.appointed_paths(Role.PRINCIPAL))
    county = Q(county__path__in=user.appointed_paths(*OFFICERS))
    waiting = Registration.objects.filter(
        (school & Q(state=RegistrationState.PROPOSED))
        | (county & Q(state=RegistrationState.CONFIRMED)),
        programme=programme,
    ).exclude(user=user)
    if not (count := waiting.count()):
        return None
    sentence = ngettext(
        "%(count)s registration of credits waits for you",
        "%(count)s registrations of credits wait for you",
        count,
    )
    return {
        "tag": _("to register"),
        "kind": "next",
        "sentence": sentence % {"count": f"{count:,}"},
        "url": reverse("credits:registrations"),
        "label": _("Look and decide"),
        "go": False,
    }


def _volunteers(user, programme):
    """Colleagues who volunteer as hosts and wait for the school's word."""
    if not has_a_say(user) or not (count := waiting_for_school(user, programme)):
        return None
    sentence = ngettext(
        "%(count)s volunteer waits for your recommendation",
        "%(count)s volunteers wait for your recommendation",
        count,
    )
    return {
        "tag": _("to recommend"),
        "kind": "next",
        "sentence": sentence % {"count": f"{count:,}"},
        "url": reverse("workshops:to_recommend"),
        "label": _("Look and decide"),
        "go": False,
    }
