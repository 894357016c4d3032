import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkingDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("is_working", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("name_zh", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=200)),
                ("rule_pack", models.JSONField()),
                (
                    "rule_pack_hash",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.MD5(
                            django.db.models.functions.comparison.Cast(
                                "rule_pack", models.TextField()
                            )
                        ),
                        output_field=models.CharField(max_length=32),
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("is_current", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="programme_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="programme_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("annual_plan", "filing of the yearly plan"),
                            ("enrolment", "enrolment"),
                            ("admin_training", "training of administrators"),
                            ("host_training", "training of workshop hosts"),
                            ("city_selection", "city selection of lessons"),
                            ("city_push", "push to the provincial platform"),
                            ("topic_selection", "schools choose topics"),
                            ("course_selection", "teachers choose courses"),
                            ("required_study", "study of required courses"),
                            ("elective_study", "study of elective courses"),
                            ("credit_registration", "credit registration"),
                        ],
                        max_length=24,
                    ),
                ),
                ("opens_on", models.DateField(blank=True, null=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "key"), name="phase_once_per_programme"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on", None),
                            ("closes_on", None),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="phase_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("senior", "senior secondary"),
                            ("junior", "junior secondary"),
                            ("primary", "primary"),
                            ("kindergarten", "kindergarten"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(max_length=30)),
                (
                    "person_type",
                    models.CharField(
                        choices=[
                            ("teacher", "school teacher"),
                            ("kindergarten_staff", "kindergarten teacher or principal"),
                            ("researcher", "research or training staff"),
                            ("special_education", "special-education teacher"),
                            ("inclusion", "inclusion guidance teacher"),
                        ],
                        default="teacher",
                        max_length=20,
                    ),
                ),
                ("certificate_number", models.CharField(blank=True, db_default="", max_length=40)),
                ("contest_opt_in", models.BooleanField(db_default=False, default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "entered by the school"),
                            ("confirmed", "confirmed by the teacher"),
                            ("approved", "approved by the county"),
                            ("returned", "returned for correction"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="entered",
                        max_length=10,
                    ),
                ),
                ("return_reason", models.CharField(blank=True, max_length=200)),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["school", "programme", "state"], name="enrolment_school_state"
                    ),
                    models.Index(
                        fields=["programme", "stage", "subject"], name="enrolment_stage_subject"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "programme"), name="enrolment_once_per_person_and_programme"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="enrolment_approved_with_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="enrolment_confirmed_with_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("return_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="enrolment_returned_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_type", "kindergarten_staff"), _negated=True),
                            ("stage", "kindergarten"),
                            _connector="OR",
                        ),
                        name="enrolment_kindergarten_staff_in_kindergarten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_type", "teacher"), _negated=True),
                            models.Q(("stage", "kindergarten"), _negated=True),
                            _connector="OR",
                        ),
                        name="enrolment_teacher_not_in_kindergarten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_type", "researcher"), _negated=True),
                            models.Q(("certificate_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="enrolment_researcher_with_certificate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contest_opt_in", False),
                            ("person_type", "special_education"),
                            _connector="OR",
                        ),
                        name="enrolment_opt_in_for_special_education",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhaseExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closes_on", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "granted_by",
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
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="programmes.phase",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("phase", "organisation"),
                        name="extension_once_per_phase_and_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="extension_has_a_reason",
                    ),
                ],
            },
        ),
    ]
