import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0002_queue"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                ("upload", models.CharField(blank=True, max_length=120)),
                ("returned", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("checked", "checked, nothing imported yet"),
                            ("importing", "being imported"),
                            ("imported", "imported"),
                            ("discarded", "discarded"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("imported_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(null=True)),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.job",
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
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cleared_at", None)),
                        fields=["expires_at"],
                        name="import_batch_to_clear",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("imported_at__isnull", False), ("state", "imported")),
                            models.Q(
                                models.Q(("state", "imported"), _negated=True),
                                ("imported_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="import_batch_imported_with_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_at", None),
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("added"), "+", models.F("changed")
                                        ),
                                        "+",
                                        models.F("left"),
                                    ),
                                    "+",
                                    models.F("refused"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="import_batch_counts_every_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cleared_at", None),
                            models.Q(("returned", ""), ("upload", "")),
                            _connector="OR",
                        ),
                        name="import_batch_cleared_without_files",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                ("data", models.JSONField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("added", "to add"),
                            ("changed", "to change"),
                            ("left", "left as is"),
                            ("refused", "refused"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reasons", models.JSONField(db_default=models.Value([], models.JSONField()))),
                ("changes", models.JSONField(db_default=models.Value([], models.JSONField()))),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staged_rows",
                        to="bureau.importbatch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["batch", "outcome", "line"], name="staged_row_outcome")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "line"), name="staged_row_once_per_line"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(("reasons", []), _negated=True),
                            _connector="OR",
                        ),
                        name="staged_row_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitProgress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered", models.PositiveIntegerField()),
                ("confirmed", models.PositiveIntegerField()),
                ("approved", models.PositiveIntegerField()),
                ("returned", models.PositiveIntegerField()),
                ("required_complete", models.PositiveIntegerField()),
                ("all_complete", models.PositiveIntegerField()),
                ("registered", models.PositiveIntegerField()),
                (
                    "required_spread",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=7
                    ),
                ),
                (
                    "spread",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=7
                    ),
                ),
                ("counted_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "organisation"), name="unit_progress_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("all_complete__lte", models.F("required_complete")),
                            ("required_complete__lte", models.F("approved")),
                        ),
                        name="unit_progress_complete_within_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("path", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("making", "being made"),
                            ("ready", "ready"),
                            ("expired", "expired"),
                        ],
                        default="making",
                        max_length=10,
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=120)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("requested_at", models.DateTimeField(auto_now_add=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("downloads", models.PositiveIntegerField(default=0)),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.job",
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
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export_files",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "ready"),
                                models.Q(("file", ""), _negated=True),
                                ("made_at__isnull", False),
                            ),
                            models.Q(models.Q(("state", "ready"), _negated=True), ("file", "")),
                            _connector="OR",
                        ),
                        name="export_file_ready_with_file",
                    )
                ],
            },
        ),
    ]
