"""How long a people list takes and how much memory: template, dry run, import, export.

``python benchmarks/people_import.py 100000`` with DJANGO_SETTINGS_MODULE set. Everything
happens in one transaction that is rolled back, so any database with a migrated schema will do.
"""

import json
import os
import resource
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.enums import Role  # noqa: E402
from bureau.domain.batches import (  # noqa: E402
    apply_batch,
    check_batch,
    request_import,
    upload_batch,
)
from bureau.domain.export_kinds import EXPORT_KINDS  # noqa: E402
from bureau.domain.exports import make_export, request_export  # noqa: E402
from bureau.domain.kinds import import_kind  # noqa: E402
from bureau.domain.progress import count_progress  # noqa: E402
from bureau.domain.workbook.writing import table_workbook  # noqa: E402
from organisations.enums import Level  # noqa: E402
from programmes.domain.rulepacks import load_programme  # noqa: E402
from programmes.models import Phase  # noqa: E402
from tests.bureau.make_workbooks import id_number, person_name  # noqa: E402
from tests.factories import UserFactory, appoint, make_organisation  # noqa: E402

SCHOOLS = 400


def quietly(_done, _total, _stage):
    """Nobody watches."""


def memory_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(serial, schools):
    area = f"{370101 + serial // 30_000:06d}"
    day = serial % 30_000 // 1_000
    number = id_number(serial % 1_000, area=area, born=f"198501{day + 1:02d}")
    school = schools[serial % len(schools)].code
    phone, teacher = f"139{serial:08d}", f"B{serial:09d}"
    return [person_name(serial), number, "", phone, "", teacher, school, "小学", "语文", "", ""]


def main(count):
    seconds = {}

    def timed(name, call):
        started = time.perf_counter()
        result = call()
        seconds[name] = round(time.perf_counter() - started, 2)
        return result

    with transaction.atomic():
        county, officer, schools = make_place()
        kind = import_kind("people")
        headers = [column.header for column in kind.columns]
        rows = (row(serial, schools) for serial in range(count))
        content, _rows = timed(
            "write_workbook", lambda: table_workbook("人员", headers, [12] * len(headers), rows)
        )
        batch = timed(
            "upload",
            lambda: upload_batch(
                kind, content, file_name="b.xlsx", organisation=county, by=officer
            ),
        )
        batch = timed("dry_run", lambda: check_batch(batch.pk, quietly))
        request_import(batch, by=officer)
        batch = timed("import", lambda: apply_batch(batch.pk, quietly))
        assert batch.added == count, (batch.added, batch.refused)
        batch = upload_batch(kind, content, file_name="b.xlsx", organisation=county, by=officer)
        again = timed("dry_run_again", lambda: check_batch(batch.pk, quietly))
        assert again.left == count, (again.left, again.refused)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE programmes_enrolment SET state = 'approved', approved_at = now()"
            )
        timed("roll_up", lambda: count_progress(batch.programme))
        for name in ("completion", "people"):
            export = request_export(EXPORT_KINDS[name], county, by=officer, language="zh-hans")
            timed(f"export_{name}", lambda export=export: make_export(export.pk, quietly))
        transaction.set_rollback(True)
    print(json.dumps({"rows": count, "seconds": seconds, "peak_mb": memory_mb()}, indent=1))


def make_place():
    programme = load_programme("2017", make_current=True)
    today = timezone.localdate()
    Phase.objects.filter(programme=programme, key="enrolment").update(
        opens_on=today, closes_on=today + timedelta(days=1)
    )
    city = make_organisation(Level.CITY, make_organisation(Level.PROVINCE))
    county = make_organisation(Level.COUNTY, city)
    schools = [
        make_organisation(Level.SCHOOL, county, code=f"39999{at:05d}") for at in range(SCHOOLS)
    ]
    officer = UserFactory(username="bench.officer")
    appoint(officer, Role.ADMINISTRATOR, county)
    return county, officer, schools


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
