from pathlib import Path

from django.core.management.base import BaseCommand

from organisations.domain.divisions import DIVISIONS, HISTORY, load_divisions


class Command(BaseCommand):
    help = "Adds the official divisions of the province; what is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--divisions", type=Path, default=DIVISIONS)
        parser.add_argument("--history", type=Path, default=HISTORY)

    def handle(self, *args, divisions, history, **options):
        loaded = load_divisions(divisions, history)
        self.stdout.write(f"{loaded.added} units added, {loaded.known} known before.")
        for code, official, here in loaded.differing:
            self.stdout.write(f"{code}: officially {official}, here {here} (left as it is).")
