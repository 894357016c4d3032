"""What the upload box's script says, in the reader's language."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def upload_texts() -> dict:
    """Sentences for upload-box.js, by state and by place."""
    return {
        "sending": _("On its way. You may go on filling in this page."),
        "paused": _("Paused. What has arrived is kept for seven days."),
        "offline": _("No connection: it goes on by itself as soon as the network is back."),
        "busy": _("It is being sent from another window; this one waits."),
        "signed-out": _("You are signed out: sign in again, then go on here."),
        "gone": _("This upload has ended: choose the file again to begin anew."),
        "refused": _("The file was not taken."),
        "checking": _("All of it has arrived. Computing the checksum …"),
        "finished": _("Complete."),
        "checked": _("Computing the checksum: %(percent)s %%"),
        "sent": _("%(sent)s of %(size)s"),
        "told": _("%(percent)s %% has arrived"),
        "seconds": _("about %(seconds)s s left"),
        "minutes": _("about %(minutes)s min left"),
        "hours": _("about %(hours)s h %(minutes)s min left"),
        "empty": _("The file is empty: choose the recording again."),
        "large": _("The file has %(size)s, at most %(largest)s are taken: export it smaller."),
        "held": _("This page is sent by itself as soon as the file is complete."),
        "really": _("End this upload? What has arrived is removed."),
    }
