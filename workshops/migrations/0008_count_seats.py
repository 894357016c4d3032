"""Counts the seats that were taken before the triggers counted them."""

from django.db import migrations

FORWARDS = """
UPDATE workshops_workshop workshop SET taken = held.people
  FROM (SELECT workshop_id, count(*) AS people FROM workshops_membership
         WHERE left_at IS NULL GROUP BY workshop_id) held
 WHERE held.workshop_id = workshop.id;
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0007_seats_taken")]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
