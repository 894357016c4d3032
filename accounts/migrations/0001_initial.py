import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=40, unique=True)),
                ("real_name", models.CharField(max_length=40)),
                ("phone", models.CharField(max_length=20, null=True, unique=True)),
                ("email", models.EmailField(max_length=254, null=True, unique=True)),
                ("teacher_number", models.CharField(max_length=30, null=True, unique=True)),
                ("id_number_cipher", models.BinaryField(null=True)),
                ("id_number_digest", models.CharField(max_length=64, null=True, unique=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("activated_at", models.DateTimeField(null=True)),
                ("session_epoch", models.PositiveIntegerField(default=0)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["school", "real_name"], name="user_school_name"),
                    models.Index(
                        fields=["real_name"],
                        name="user_name_prefix",
                        opclasses=["varchar_pattern_ops"],
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("id_number_cipher", None), ("id_number_digest", None)),
                            models.Q(
                                ("id_number_cipher__isnull", False),
                                ("id_number_digest__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="user_id_number_cipher_with_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username__regex", "^(1[3-9][0-9]{9}|\\+.*|.*@.*)$"), _negated=True
                        ),
                        name="user_account_name_is_no_phone_or_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phone", None),
                            ("phone__regex", "^(1[3-9][0-9]{9}|\\+[1-9][0-9]{6,14})$"),
                            _connector="OR",
                        ),
                        name="user_phone_in_its_one_spelling",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("username"),
                        name="user_account_name_any_case",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_any_case"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivationCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activation_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None), ("used_at", None)),
                        fields=("user",),
                        name="activation_one_open_code_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None), ("replaced_at", None), _connector="OR"
                        ),
                        name="activation_code_used_or_replaced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="activation_code_expires_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "administrator"),
                            ("project_officer", "project officer"),
                            ("principal", "school principal"),
                            ("editor", "content editor"),
                            ("marker", "marker"),
                            ("auditor", "auditor"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "role"], name="appointment_at")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("ends_on", None)),
                        fields=("user", "role", "organisation"),
                        name="appointment_once_per_role_and_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="appointment_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttemptCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["started_at"], name="attempt_count_started")],
            },
        ),
    ]
