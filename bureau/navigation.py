from django.utils.translation import gettext_lazy as _

from bureau.permissions import can_export_any, can_see_bureau, can_upload_any
from core.navigation import NavItem
from core.permissions import can_manage_jobs

ITEMS = [
    NavItem(_("Progress"), "bureau:home", 15, can_see_bureau, "/bureau/", desk=True),
    NavItem(_("Imports"), "bureau:imports", 46, can_upload_any, "/bureau/imports/", group="tables"),
    NavItem(_("Exports"), "bureau:exports", 47, can_export_any, "/bureau/exports/", group="tables"),
    NavItem(_("Jobs set aside"), "core:parked_jobs", 90, can_manage_jobs, "/jobs/", place="me"),
]
