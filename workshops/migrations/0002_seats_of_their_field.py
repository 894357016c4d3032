"""A seat repeats its workshop's year and field; this holds it to them.

Django cannot say composite foreign keys in a model, so it stands here.
"""

from django.db import migrations

FORWARDS = """
ALTER TABLE workshops_membership
  ADD CONSTRAINT membership_of_its_workshops_field
      FOREIGN KEY (workshop_id, programme_id, field)
      REFERENCES workshops_workshop (id, programme_id, field);
"""
BACKWARDS = """
ALTER TABLE workshops_membership DROP CONSTRAINT membership_of_its_workshops_field;
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
