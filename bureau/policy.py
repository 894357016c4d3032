"""Limits of imports, exports and dashboards. Each is what a county's yearly file needs, doubled."""

from datetime import timedelta
from decimal import Decimal

from accounts.enums import Role
from organisations.enums import Level

MAX_UPLOAD_BYTES = 40 * 1024 * 1024
MAX_ROWS = 200_000
INSPECTED_ROWS = 5_000  # read while the officer waits; the dry run reads all
MAX_COLUMNS = 64  # a row's cells beyond this are not read but refused
MAX_CELL_CHARACTERS = 2_000  # unless a column says more
MAX_EXCEL_CHARACTERS = 32_767  # Excel's own limit, for cells that are written
SPOOLED_BYTES = 8 * 1024 * 1024  # rows of a larger sheet wait on disk until it is packed
MAX_ENTRIES = 200  # files inside the workbook's container
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_RATIO = 150  # unpacked : packed of one large entry; honest sheets stay below 60
RATIO_APPLIES_FROM = 1024 * 1024
MAX_SHEETS = 12
MAX_SHARED_CHARACTERS = 120_000_000

BATCH_KEPT = timedelta(days=7)  # uploaded and returned workbooks, staged rows
EXPORT_KEPT = timedelta(days=3)
ROLLUP_EVERY = timedelta(minutes=5)
PROGRESS_EVERY = 2_000  # rows between two reports of a job

OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)
# Which roles upload which list, for organisations of which levels.
IMPORTERS = {
    "people": ((*OFFICERS, Role.PRINCIPAL), tuple(Level)),
    "schools": (OFFICERS, (Level.PROVINCE, Level.CITY, Level.COUNTY)),
    "curriculum": (OFFICERS, (Level.PROVINCE,)),
    "national_lessons": (OFFICERS, (Level.PROVINCE,)),
    "pushed_lessons": ((Role.ADMINISTRATOR,), (Level.CITY,)),
    "seats": (OFFICERS, (Level.PROVINCE, Level.CITY, Level.COUNTY)),
}
EXPORTERS = (*OFFICERS, Role.PRINCIPAL)
VIEWERS = (*EXPORTERS, Role.AUDITOR)

HOURS_BUCKETS = (Decimal(0), Decimal(6), Decimal(12), Decimal(18), Decimal(24), Decimal(30))
