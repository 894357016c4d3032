from django.core.management.base import BaseCommand

from courses.domain.completion import settle_courses
from programmes.models import Programme


class Command(BaseCommand):
    help = "Post the hours of every completed course that are not in the ledger yet."

    def add_arguments(self, parser):
        parser.add_argument("--programme", help="code of the programme; the current one if absent")

    def handle(self, *args, programme, **options):
        chosen = {"code": programme} if programme else {"is_current": True}
        covered, posted = settle_courses(Programme.objects.get(**chosen))
        self.stdout.write(f"{covered} modules noted as covered, {posted} lines posted")
