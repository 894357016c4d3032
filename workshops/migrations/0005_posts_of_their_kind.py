"""A post repeats its thread's kind; this holds it to it (no model can say so)."""

from django.db import migrations

FORWARDS = """
ALTER TABLE workshops_post
  ADD CONSTRAINT post_of_its_threads_kind
      FOREIGN KEY (thread_id, kind) REFERENCES workshops_thread (id, kind);
"""
BACKWARDS = "ALTER TABLE workshops_post DROP CONSTRAINT post_of_its_threads_kind;"


class Migration(migrations.Migration):
    dependencies = [("workshops", "0004_talk")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
