from datetime import date

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from programmes.domain.rulepacks import load_programme


class Command(BaseCommand):
    help = "Write a year's rule pack and its phases into the database. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("code")
        parser.add_argument(
            "--shift-to",
            type=date.fromisoformat,
            metavar="DATE",
            help="lay the windows around this day, so that everything can be tried",
        )
        parser.add_argument("--make-current", action="store_true", default=None)

    def handle(self, code, shift_to, make_current, **options):
        try:
            programme = load_programme(code, shift_to=shift_to, make_current=make_current)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{programme.code} {programme.name}")
        for phase in programme.phases.all():
            self.stdout.write(
                f"  {phase.key:20} {phase.opens_on or '…'} – {phase.closes_on or '…'}"
            )
