from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText

NOTICES = {
    "bureau.import_checked": NoticeText(
        title=_("“%(file)s” has been checked"),
        body=_(
            "To add: %(added)s, to change: %(changed)s, left as is: %(left)s, refused: "
            "%(refused)s. Nothing has been imported yet."
        ),
    ),
    "bureau.import_imported": NoticeText(
        title=_("“%(file)s” has been imported"),
        body=_(
            "Added: %(added)s, changed: %(changed)s, left as is: %(left)s, refused: %(refused)s."
        ),
    ),
    "bureau.export_ready": NoticeText(
        title=_("Your export is ready"),
        body=_("%(rows)s rows. The file is kept for three days."),
    ),
}
