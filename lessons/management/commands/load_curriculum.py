from pathlib import Path

from django.core.management.base import BaseCommand

from lessons.domain.curriculum_file import CURRICULUM, load_curriculum


class Command(BaseCommand):
    help = "Adds a first curriculum tree; what is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, default=CURRICULUM)

    def handle(self, *args, file, **options):
        self.stdout.write(f"{load_curriculum(file)} lessons added.")
