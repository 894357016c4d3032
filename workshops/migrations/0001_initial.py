import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import workshops.models.invitation


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Workshop",
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
                        choices=[("subject", "subject workshop"), ("topic", "topic workshop")],
                        max_length=8,
                    ),
                ),
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
                ("topic", models.CharField(blank=True, max_length=40)),
                (
                    "field",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                kind="topic",
                                then=django.db.models.functions.text.Concat(
                                    models.Value("topic:"), "topic"
                                ),
                            ),
                            default=django.db.models.functions.text.Concat(
                                models.Value("subject:"), "stage", models.Value(":"), "subject"
                            ),
                        ),
                        output_field=models.CharField(max_length=60),
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("cap", models.PositiveSmallIntegerField(default=300)),
                ("name", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("closed", "closed")],
                        db_default="open",
                        default="open",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshops",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="workshops.workshop",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshops",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "programme"], name="workshop_place")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "field", "organisation", "number"),
                        name="workshop_once_per_place_and_field",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "programme", "field"), name="workshop_with_its_field"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap__range", (1, 300))),
                        name="workshop_cap_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "subject"),
                                ("topic", ""),
                                models.Q(("stage", ""), _negated=True),
                                models.Q(("subject", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind", "topic"),
                                ("stage", ""),
                                ("subject", ""),
                                models.Q(("topic", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="workshop_of_a_subject_or_a_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("number__gt", 1), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="workshop_sub_has_its_main",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(("closed_at", None), ("state", "open")),
                            _connector="OR",
                        ),
                        name="workshop_closed_with_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("seat", models.PositiveSmallIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("page", "joined"),
                            ("invitation", "invited"),
                            ("placement", "placed"),
                            ("import", "entered by the office"),
                            ("move", "moved"),
                        ],
                        max_length=12,
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "leaving",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "left"),
                            ("moved", "moved"),
                            ("host", "became host"),
                            ("withdrawn", "no longer enrolled"),
                        ],
                        db_default="",
                        max_length=12,
                    ),
                ),
                (
                    "joined_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "left_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="workshops.workshop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seat__range", (1, 300))),
                        name="membership_seat_within_limit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("workshop", "seat"),
                        name="membership_one_holder_per_seat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("teacher", "programme", "field"),
                        name="membership_one_seat_per_teacher_and_field",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leaving", ""), ("left_at", None)),
                            models.Q(
                                ("left_at__gte", models.F("joined_at")),
                                models.Q(("leaving", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="membership_left_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=workshops.models.invitation.new_code, max_length=24, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_on", models.DateField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="workshops.workshop",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Host",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "qualification",
                    models.CharField(
                        choices=[
                            ("researcher", "backbone of teaching research"),
                            ("expert", "university expert"),
                            ("master", "Qilu master teacher or candidate"),
                            ("special_grade", "special-grade teacher"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("appointed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why_ended", models.CharField(blank=True, max_length=200)),
                (
                    "appointed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="workshops.host",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hostings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosts",
                        to="workshops.workshop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    models.F("workshop"),
                                    models.F("workshop"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("user"),
                                    models.F("user"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="host_terms_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="host_term_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("why_ended", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("why_ended", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="host_ended_for_a_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="membership_seat_within_cap",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.seat > (SELECT cap FROM workshops_workshop WHERE id = NEW.workshop_id)\n                    THEN\n                        RAISE EXCEPTION 'workshop % has no seat %', NEW.workshop_id, NEW.seat\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="ffd17c83db9ba31410bd14c2cd24375a881495e3",
                    operation='INSERT OR UPDATE OF "seat", "workshop_id"',
                    pgid="pgtrigger_membership_seat_within_cap_16a34",
                    table="workshops_membership",
                    when="BEFORE",
                ),
            ),
        ),
    ]
