from django.core.management.base import BaseCommand, CommandError

from programmes.domain.rulepacks import read_rule_pack, rule_pack_codes, rule_pack_findings


class Command(BaseCommand):
    help = "Check every rule pack that ships; exit 1 when one has a fault nobody accepted."

    def handle(self, **options):
        faulty = 0
        for code in rule_pack_codes():
            data = read_rule_pack(code)
            findings = rule_pack_findings(data)
            open_findings = [finding for finding in findings if not finding.accepted]
            faulty += bool(open_findings)
            unknown = ", ".join(data.get("unknown", {})) or "-"
            self.stdout.write(f"{code}: {len(open_findings)} faults; not known: {unknown}")
            for finding in findings:
                self.stdout.write(f"  {finding.code}: {finding.sentence}")
                if finding.accepted:
                    self.stdout.write(f"    accepted: {finding.accepted}")
        if faulty:
            raise CommandError(f"{faulty} rule packs have faults.")
