"""What the player's scripts say, in the reader's language."""

from django import template
from django.templatetags.static import static
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def clock(seconds: int) -> str:
    """12:03, 1:02:03."""
    hours, rest = divmod(int(seconds or 0), 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


@register.filter
def percent_of(seconds: int, length: int) -> int:
    """Whole per cent, rounded down: 100 only when nothing is missing."""
    return seconds * 100 // length if length else 0


@register.simple_tag
def player_texts() -> dict:
    """Sentences for coverage.js, and the names of Plyr's buttons."""
    return {
        "sum": _("%(watched)s of %(length)s · %(percent)s %%"),
        "more": _("and %(number)s more"),
        "saved": _("Study time saved at %(time)s"),
        "offline": _("No connection: your study time is kept here and will be sent."),
        "signed-out": _("You are signed out: sign in again, the study time waits here."),
        "reload": _("Reload this page to go on."),
        "broken": _("The video stopped: reload this page to go on where you were."),
        "enough": _("Enough is covered: this part counts."),
        "icons": static("npm/plyr/dist/plyr.svg"),
        "plyr": _plyr_names(),
    }


def _plyr_names() -> dict:
    return {
        "restart": _("Play again"),
        "play": _("Play"),
        "pause": _("Pause"),
        "seek": _("Position"),
        "seekLabel": _("{currentTime} of {duration}"),
        "played": _("Played"),
        "buffered": _("Loaded"),
        "currentTime": _("Current time"),
        "duration": _("Length"),
        "volume": _("Volume"),
        "mute": _("Sound off"),
        "unmute": _("Sound on"),
        "enableCaptions": _("Captions on"),
        "disableCaptions": _("Captions off"),
        "enterFullscreen": _("Full screen"),
        "exitFullscreen": _("Leave full screen"),
        "frameTitle": _("Player for {title}"),
        "captions": _("Captions"),
        "settings": _("Settings"),
        "pip": _("Small window"),
        "menuBack": _("Back to the menu"),
        "speed": _("Speed"),
        "normal": _("Normal"),
        "disabled": _("Off"),
        "enabled": _("On"),
    }
