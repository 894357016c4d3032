from django.core.management.base import BaseCommand

from credits.domain.head_export import export_folder, export_heads


class Command(BaseCommand):
    """Writes the ends of all ledger chains that moved to a new read-only file."""

    help = "Write the heads of the ledger chains that moved since the last export to a file."

    def handle(self, *args, **options):
        export = export_heads()
        if export is None:
            self.stdout.write("No line was posted since the last export; no file was written.")
            return
        self.stdout.write(f"{export_folder() / export.file_name}: {export.lines} heads")
        self.stdout.write(f"SHA-256 {export.sha256}")
