from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class WorkbookRefused(DomainError):
    """The file as a whole cannot be read safely or is not a filled-in template."""


class ImportNotReady(DomainError):
    message = _("This import is not waiting for a decision; open it again to see where it stands.")


class NothingToImport(DomainError):
    message = _(
        "No row of this file can be imported; correct the refused rows in the returned workbook "
        "and upload it."
    )


class ScopeLost(DomainError):
    message = _(
        "Your appointment no longer covers this organisation; ask somebody who holds it to "
        "upload the file."
    )


class FileGone(DomainError):
    message = _("This file was deleted after its time; make it again.")
