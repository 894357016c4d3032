"""How the house says no."""

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule refused an act. Its text is one translated sentence that says what to do next.

    A subclass sets ``message``; named placeholders are filled from the keyword arguments,
    which stay readable in ``params``.
    """

    message = _("This cannot be done.")

    def __init__(self, message=None, **params):
        super().__init__()
        if message is not None:
            self.message = message
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


class FailedRepeatedly(DomainError):
    """What a person reads of a job whose attempts broke; ``error`` is only the name of a class."""

    message = _("It failed %(attempts)s times in a row (%(error)s).")


class WorkerStoppedRepeatedly(DomainError):
    message = _("Its worker stopped in each of %(attempts)s attempts.")
