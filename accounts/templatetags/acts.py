"""Acts on record in the reader's words: ``{% load acts %}``."""

import re

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

ACTS = {
    "accounts.added": _("entered"),
    "accounts.changed": _("record corrected"),
    "accounts.moved": _("moved to another unit"),
    "accounts.deactivated": _("account deactivated"),
    "accounts.reactivated": _("account reactivated"),
    "accounts.activated": _("password set with a slip"),
    "accounts.password_changed": _("password changed"),
    "accounts.password_reset": _("password set by a link"),
    "accounts.code_issued": _("activation slip handed out"),
    "accounts.email_confirmed": _("e-mail address confirmed"),
    "accounts.email_forgotten": _("e-mail address taken off the record"),
    "accounts.sessions_ended": _("signed out everywhere"),
    "accounts.second_factor_removed": _("second factor removed"),
    "accounts.recovery_codes_made": _("recovery codes made"),
    "accounts.signed_in": _("signed in"),
    "import.people_added": _("entered from Excel"),
    "import.people_changed": _("corrected from Excel"),
}
IMPORT = re.compile(r"bureau\.importbatch (\d+)")


@register.filter
def act_in_words(verb):
    return ACTS.get(verb, verb)


@register.filter
def act_change(act):
    """From what to what, in words; an import names its columns by key, which says nothing here."""
    if act.verb.startswith("import."):
        return ""
    return " → ".join(state for state in (act.from_state, act.to_state) if state)


@register.filter
def act_reason(act):
    if found := IMPORT.fullmatch(act.why):
        return gettext("list no. %(number)s") % {"number": found[1]}
    return act.why
