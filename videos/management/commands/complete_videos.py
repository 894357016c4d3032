from django.core.management.base import BaseCommand

from videos.domain.completing import start_completing


class Command(BaseCommand):
    """Gives older videos thumbnails, stream, fingerprint and findings, in the background."""

    help = "Start a job for each ready video that lacks what newer ones have."

    def handle(self, *args, **options):
        started = sum(1 for _job in start_completing())
        self.stdout.write(f"{started} videos are being completed")
