import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
        ("workshops", "0010_word_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gathering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("training", "training of hosts"), ("seminar", "offline seminar")],
                        max_length=8,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(null=True)),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("senior", "senior secondary"),
                            ("junior", "junior secondary"),
                            ("primary", "primary"),
                            ("kindergarten", "kindergarten"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=30)),
                ("title", models.CharField(max_length=120)),
                ("place", models.CharField(max_length=120)),
                ("capacity", models.PositiveSmallIntegerField(null=True)),
                ("class_hours", models.DecimalField(decimal_places=1, default=0, max_digits=4)),
                ("about", models.TextField(blank=True)),
                ("minutes", models.TextField(blank=True)),
                ("minutes_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("announced", "announced"), ("cancelled", "called off")],
                        default="announced",
                        max_length=10,
                    ),
                ),
                ("why_cancelled", models.CharField(blank=True, max_length=200)),
                ("announced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="workshops.workshop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "training"), ("workshop", None)),
                            models.Q(
                                ("class_hours", 0), ("kind", "seminar"), ("workshop__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="gathering_training_or_of_a_workshop",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity", None), ("capacity__range", (1, 2000)), _connector="OR"
                        ),
                        name="gathering_capacity_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("class_hours__gte", 0)),
                        name="gathering_hours_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "cancelled"),
                                models.Q(("why_cancelled", ""), _negated=True),
                            ),
                            models.Q(("state", "announced"), ("why_cancelled", "")),
                            _connector="OR",
                        ),
                        name="gathering_cancelled_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("invited", "no answer yet"),
                            ("coming", "coming"),
                            ("waiting", "on the waiting list"),
                            ("declined", "not coming"),
                        ],
                        default="invited",
                        max_length=10,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(null=True)),
                ("waiting", models.PositiveSmallIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="workshops.gathering",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("gathering", "user"), name="attendee_once"),
                    models.UniqueConstraint(
                        fields=("gathering", "place"), name="attendee_one_holder_per_place"
                    ),
                    models.UniqueConstraint(
                        fields=("gathering", "waiting"), name="attendee_one_waits_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "coming"), ("place__gte", 1), ("waiting", None)),
                            models.Q(("answer", "waiting"), ("place", None), ("waiting__gte", 1)),
                            models.Q(
                                ("answer__in", ["invited", "declined"]),
                                ("place", None),
                                ("waiting", None),
                            ),
                            _connector="OR",
                        ),
                        name="attendee_place_as_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatheringFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="gatherings/%Y/%m/")),
                ("name", models.CharField(max_length=150)),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("afterwards", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="workshops.gathering",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gathering", "sha256"), name="gathering_file_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("begins_at", models.DateTimeField(db_index=True)),
                ("ends_at", models.DateTimeField()),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="workshops.gathering",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gathering", "number"), name="meeting_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))),
                        name="meeting_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("leave", "absent: on leave"),
                            ("duty", "absent: other duty"),
                            ("ill", "absent: ill"),
                            ("absent", "absent without notice"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("code", "by code"), ("list", "by list")], max_length=6
                    ),
                ),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="workshops.attendee",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="workshops.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "attendee"), name="attendance_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "list"), ("presence", "present"), _connector="OR"
                        ),
                        name="attendance_by_code_is_presence",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendee",
            trigger=pgtrigger.compiler.Trigger(
                name="attendee_place_within_capacity",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.place IS NOT NULL)",
                    func="\n    IF NEW.place > (SELECT capacity FROM workshops_gathering WHERE id = NEW.gathering_id)\n    THEN RAISE EXCEPTION 'a gathering has no place above its capacity'\n         USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="979803c6ef156d36996163079249ac562ec5baec",
                    operation='INSERT OR UPDATE OF "place"',
                    pgid="pgtrigger_attendee_place_within_capacity_3ae7f",
                    table="workshops_attendee",
                    when="BEFORE",
                ),
            ),
        ),
    ]
