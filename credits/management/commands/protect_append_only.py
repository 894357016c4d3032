from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

APPEND_ONLY = ("credits_ledgerentry", "credits_ledgerheadexport", "core_auditrecord")
MOVING = ("credits_ledgerhead",)  # moved by the chain's trigger; another refuses clients


class Command(BaseCommand):
    """Leaves the application's role nothing but INSERT and SELECT on what is append-only.

    Run as the tables' owner after each migration, where the application connects as
    another role than the owner.
    """

    help = "Take UPDATE, DELETE and TRUNCATE on append-only tables from the application's role."

    def add_arguments(self, parser):
        parser.add_argument("--role", required=True, help="the role the application connects as")

    @transaction.atomic
    def handle(self, *args, **options):
        role = options["role"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, to_regrole(%s) IS NOT NULL", [role])
            owner, exists = cursor.fetchone()
            if not exists:
                raise CommandError(f"There is no role {role}; create it first.")
            if owner == role:
                raise CommandError(
                    "An owner can always give itself rights back: let the application connect"
                    " as another role than the tables' owner and name that role."
                )
            for table in APPEND_ONLY + MOVING:
                rights = "SELECT, INSERT, UPDATE" if table in MOVING else "SELECT, INSERT"
                names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
                cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**names))
                grant = sql.SQL("GRANT {rights} ON {table} TO {role}")
                cursor.execute(grant.format(rights=sql.SQL(rights), **names))
        self.stdout.write(f"{role} may only add to: {', '.join(APPEND_ONLY)}")
