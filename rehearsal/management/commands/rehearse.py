import json
import time

from django.core.management.base import BaseCommand
from django.db import connection

from core.invariants import check_invariants
from rehearsal.own_database import own_database, own_files
from rehearsal.year import Year, stages


class Command(BaseCommand):
    """Plays a year at the given size on a database of its own and verifies it; 1 if broken."""

    help = "Play a whole programme year on a database of its own and verify it."

    def add_arguments(self, parser):
        parser.add_argument("--teachers", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--keep", action="store_true", help="keep the database afterwards")

    def handle(self, *args, **options):
        year = Year(teachers=options["teachers"], seed=options["seed"])
        report = {"teachers": year.teachers, "seed": year.seed, "stages": []}
        started = time.monotonic()
        with own_files(), own_database("yanxiu_rehearsal", keep=options["keep"]):
            for name, act in stages():
                self._play(report, name, act, year, quiet=options["json"])
            broken = self._verify(report, quiet=options["json"])
        report["seconds"] = round(time.monotonic() - started, 1)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(f"{report['seconds']} s in all, {broken} invariants broken")
        if broken:
            raise SystemExit(1)

    def _play(self, report, name, act, year, *, quiet):
        before = time.monotonic()
        rows = act(year)
        with connection.cursor() as cursor:  # what autovacuum does in the weeks of a real year
            cursor.execute("ANALYZE")
        stage = {"stage": name, "rows": rows, "seconds": round(time.monotonic() - before, 2)}
        report["stages"].append(stage)
        if not quiet:
            self.stdout.write(f"{name:<20} {rows:>10} rows {stage['seconds']:>8} s")

    def _verify(self, report, *, quiet):
        before = time.monotonic()
        findings = list(check_invariants())
        broken = [finding for finding in findings if not finding.kept]
        report["verify"] = {
            "invariants": len(findings),
            "broken": [
                {"name": one.invariant.name, "rows": one.rows, "broken": one.broken}
                for one in broken
            ],
            "seconds": round(time.monotonic() - before, 2),
        }
        if not quiet:
            self.stdout.write(
                f"verify: {len(findings)} invariants, {report['verify']['seconds']} s"
            )
            for one in broken:
                self.stdout.write(f"  BROKEN {one.invariant.sentence} {one.rows}")
        return len(broken)
