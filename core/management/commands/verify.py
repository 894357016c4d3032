import json

from django.core.management.base import BaseCommand

from core.invariants import Finding, check_invariants


class Command(BaseCommand):
    """Checks every invariant over the whole database; exit 1 if one is broken."""

    help = "Check every invariant over the whole database and name the first rows that break one."

    def add_arguments(self, parser):
        parser.add_argument("--files", action="store_true", help="also read every stored file")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args, **options):
        findings = list(check_invariants(files=options["files"]))
        if options["json"]:
            self.stdout.write(json.dumps([as_dict(one) for one in findings], ensure_ascii=False))
        else:
            for finding in findings:
                self.stdout.write(as_text(finding))
            broken = sum(not finding.kept for finding in findings)
            self.stdout.write(f"{len(findings) - broken} kept, {broken} broken")
        if not all(finding.kept for finding in findings):
            raise SystemExit(1)


def as_dict(finding: Finding) -> dict:
    return {
        "app": finding.app,
        "name": finding.invariant.name,
        "sentence": finding.invariant.sentence,
        "kept": finding.kept,
        "broken": finding.broken,
        "rows": finding.rows,
    }


def as_text(finding: Finding) -> str:
    mark = "kept  " if finding.kept else "BROKEN"
    lines = [f"{mark} {finding.app}: {finding.invariant.sentence}"]
    if not finding.kept:
        lines[0] += f" ({finding.broken} rows)"
        lines += [f"       {json.dumps(row, ensure_ascii=False)}" for row in finding.rows]
    return "\n".join(lines)
