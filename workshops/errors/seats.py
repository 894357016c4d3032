"""Refusals about seats and places: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class WorkshopFull(DomainError):
    message = _("All %(cap)s seats of this workshop are taken; choose another of your subject.")


class WorkshopClosed(DomainError):
    message = _("This workshop is closed; choose an open one from the list.")


class SeatedElsewhere(DomainError):
    message = _("You already sit in “%(workshop)s”: leave it first, then join here.")


class NotEnrolledHere(DomainError):
    message = _("Only who is enrolled in this year can take a seat; ask your school about it.")


class NotYourField(DomainError):
    message = _("This workshop is for another subject or topic than yours; choose from your list.")


class HostsHere(DomainError):
    message = _("Hosts have no seat among the members; you are in this workshop as its host.")


class InvitationOver(DomainError):
    message = _("This invitation no longer holds; ask the host for a new one.")


class NobodyToMove(DomainError):
    message = _("This person does not sit here any more; load the page again.")


class CapOutOfRange(DomainError):
    message = _("A workshop has 1 to %(limit)s seats in this year; choose a number among them.")


class CapBelowMembers(DomainError):
    message = _(
        "%(members)s people sit here and nobody is put out: move %(over)s of them to another"
        " workshop first."
    )


class RosterChanged(DomainError):
    message = _(
        "The list of teachers has changed since this was tried; look at the new preview, then"
        " carry it out."
    )


class NobodyToPlace(DomainError):
    message = _("Everybody enrolled here has a seat already; there is nobody to place.")


class MembersChanged(DomainError):
    message = _(
        "Somebody joined or left since this was shown; look at the new proposal, then even out."
    )
