"""The queue's tables and functions, as the installed pgmq package brings them (schema pgmq)."""

from importlib.resources import files

from django.db import migrations


def install(apps, schema_editor):
    sql = (files("pgmq") / "sql" / "pgmq.sql").read_text()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS pgmq")
        cursor.execute(sql)
        cursor.execute("SELECT pgmq.create('default'), pgmq.create('transcode')")


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS pgmq CASCADE")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
