from django.db import migrations
from django.db.models.functions import TruncDate


def publish_what_is_there(apps, _schema_editor):
    """Every version so far applied from the day on which it was made."""
    rubrics = apps.get_model("lessons", "Rubric").objects.filter(applies_from=None)
    rubrics.update(applies_from=TruncDate("made_at"))


class Migration(migrations.Migration):
    dependencies = [("lessons", "0005_rubric_days")]

    operations = [migrations.RunPython(publish_what_is_there, migrations.RunPython.noop)]
