"""The forms that change the tree. Each is asked twice: filled in, then confirmed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.templatetags.look import short_day
from organisations import permissions
from organisations.domain import tree
from organisations.enums import Level
from organisations.forms import changes as forms
from organisations.models import Organisation
from organisations.policy import KEEPERS
from organisations.views.browse import trail_of, visible


@login_required
def open_below(request, pk):
    parent = visible(request.user, pk)
    if not permissions.can_open_below(request.user, parent):
        raise PermissionDenied
    form = forms.OpenForm(parent, units_within(request.user), request.POST or None)

    def act(entered):
        given = {**entered, "level": Level(entered["level"])}
        return tree.open_organisation(parent=parent, by=request.user, **given)

    return asked_twice(
        request,
        parent,
        form,
        act,
        heading=_("Open a unit below %(name)s") % {"name": parent.name},
        sentence=lambda entered: (
            _("“%(name)s” (%(code)s) is opened below “%(parent)s”.")
            % {"name": entered["name"], "code": entered["code"], "parent": parent.name}
        ),
        submit=_("Open the unit"),
        done=_("The unit is open."),
    )


@login_required
def rename(request, pk):
    organisation = changeable(request.user, pk)
    form = forms.RenameForm(request.POST or None, initial={"name": organisation.name})

    def act(entered):
        return tree.rename_organisation(organisation, by=request.user, **entered)

    return asked_twice(
        request,
        organisation,
        form,
        act,
        heading=_("Give %(name)s a new name") % {"name": organisation.name},
        sentence=lambda entered: (
            _("From %(day)s on, “%(former)s” is called “%(name)s”.")
            % {
                "day": short_day(entered["on"]),
                "former": organisation.name,
                "name": entered["name"],
            }
        ),
        submit=_("Rename"),
        done=_("The new name holds; reports of earlier days keep the former one."),
    )


@login_required
def move(request, pk):
    organisation = changeable(request.user, pk)
    form = forms.MoveForm(units_within(request.user), request.POST or None)

    def act(entered):
        require_receiver(request.user, entered["parent"])
        return tree.move_organisation(organisation, by=request.user, **entered)

    return asked_twice(
        request,
        organisation,
        form,
        act,
        heading=_("Put %(name)s below another unit") % {"name": organisation.name},
        sentence=lambda entered: (
            _("From %(day)s on, “%(name)s” with all below it stands below “%(parent)s”.")
            % {
                "day": short_day(entered["on"]),
                "name": organisation.name,
                "parent": entered["parent"],
            }
        ),
        submit=_("Move"),
        done=_("The unit has moved, with all below it."),
    )


@login_required
def merge(request, pk):
    organisation = changeable(request.user, pk)
    form = forms.MergeForm(units_within(request.user), request.POST or None)

    def act(entered):
        require_receiver(request.user, entered["into"])
        return tree.merge_organisations(organisation, by=request.user, **entered)

    return asked_twice(
        request,
        organisation,
        form,
        act,
        heading=_("Let another unit take over %(name)s") % {"name": organisation.name},
        sentence=lambda entered: (
            _(
                "From %(day)s on, “%(name)s” no longer exists. Its units, people and appointments "
                "belong to “%(into)s”. This cannot be undone."
            )
            % {"day": short_day(entered["on"]), "name": organisation.name, "into": entered["into"]}
        ),
        submit=_("Merge"),
        done=_("The units are merged; people and appointments have followed."),
        stop=True,
    )


@login_required
def close(request, pk):
    organisation = changeable(request.user, pk)
    form = forms.CloseForm(request.POST or None)

    def act(entered):
        return tree.close_organisation(organisation, by=request.user, **entered)

    return asked_twice(
        request,
        organisation,
        form,
        act,
        heading=_("Close %(name)s") % {"name": organisation.name},
        sentence=lambda entered: (
            _(
                "From %(day)s on, “%(name)s” no longer exists and nobody takes over. "
                "This cannot be undone."
            )
            % {"day": short_day(entered["on"]), "name": organisation.name}
        ),
        submit=_("Close the unit"),
        done=_("The unit is closed; its history stays."),
        stop=True,
    )


@login_required
def acting_county(request, pk):
    organisation = changeable(request.user, pk)
    form = forms.ActingCountyForm(units_within(request.user), request.POST or None)

    def act(entered):
        return tree.name_acting_county(organisation, by=request.user, **entered)

    return asked_twice(
        request,
        organisation,
        form,
        act,
        heading=_("Who acts as county for %(name)s?") % {"name": organisation.name},
        sentence=lambda entered: (
            _("“%(unit)s” does a county's work for “%(name)s”.")
            % {"unit": entered["unit"], "name": organisation.name}
        ),
        submit=_("Name the unit"),
        done=_("The acting unit is named."),
    )


def changeable(user, pk):
    organisation = visible(user, pk)
    if not permissions.can_change(user, organisation):
        raise PermissionDenied
    return organisation


def units_within(user):
    """What the user may name in a form: the units in the reach of a keeping appointment."""
    return Organisation.objects.filter(user.scope("", *KEEPERS))


def require_receiver(user, organisation):
    if not permissions.can_receive(user, organisation):
        raise PermissionDenied


def asked_twice(request, organisation, form, act, *, heading, sentence, submit, done, stop=False):
    """Show the form, then what will happen, then do it and go to the unit's page."""
    page = {
        "organisation": organisation,
        "trail": [
            *trail_of(request.user, organisation),
            (organisation.name, reverse("organisations:unit", args=[organisation.pk])),
        ],
        "form": form,
        "heading": heading,
        "submit": submit,
        "stop": stop,
    }
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        if "confirmed" not in request.POST:
            page["sentence"] = sentence(form.cleaned_data)
            return render(request, "organisations/confirm.html", page)
        try:
            changed = act(form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("organisations:unit", pk=changed.pk)
    return render(request, "organisations/change.html", page)
