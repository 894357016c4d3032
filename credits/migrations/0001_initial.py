import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import credits.models.evidence


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ledger_head",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerHeadExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("exported_at", models.DateTimeField(auto_now_add=True)),
                ("file_name", models.CharField(max_length=80, unique=True)),
                ("lines", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ManualAward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=24)),
                (
                    "category",
                    models.CharField(
                        choices=[("required", "required"), ("elective", "elective")], max_length=10
                    ),
                ),
                ("class_hours", models.DecimalField(decimal_places=1, max_digits=4)),
                ("earned_on", models.DateField()),
                ("subject", models.CharField(max_length=120)),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("approved", "hours given"),
                            ("refused", "not given"),
                            ("withdrawn", "taken back by its author"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for the school"),
                            ("confirmed", "waits for the county"),
                            ("returned", "given back"),
                            ("registered", "registered"),
                            ("revoked", "revoked"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("hours", models.JSONField()),
                ("class_hours", models.DecimalField(decimal_places=2, max_digits=6)),
                ("credits", models.DecimalField(decimal_places=2, max_digits=6)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("registered_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=20, unique=True)),
                ("token", models.UUIDField(unique=True)),
                ("printed", models.JSONField()),
                ("issued_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoke_reason", models.CharField(blank=True, max_length=200)),
                (
                    "revoked_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HourDispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=24)),
                ("subject", models.CharField(max_length=120)),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("answered", "answered"),
                            ("closed", "closed"),
                            ("withdrawn", "taken back by its author"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none yet"),
                            ("granted", "the teacher is right"),
                            ("refused", "the hours stand as they are"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField()),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hour_disputes",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hour_disputes",
                        to="programmes.programme",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hour_disputes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["handler", "state", "due_on"], name="dispute_handler_due"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["due_on"],
                        name="dispute_open_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("programme", "user", "part", "subject"),
                        name="dispute_open_once_per_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_answered_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="dispute_says_what"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=120, upload_to=credits.models.evidence.private_name
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="credits.hourdispute",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisputeStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("answered", "answered"),
                            ("closed", "closed"),
                            ("withdrawn", "taken back by its author"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none yet"),
                            ("granted", "the teacher is right"),
                            ("refused", "the hours stand as they are"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="credits.hourdispute",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=24)),
                (
                    "category",
                    models.CharField(
                        choices=[("required", "required"), ("elective", "elective")], max_length=10
                    ),
                ),
                ("class_hours", models.DecimalField(decimal_places=2, max_digits=6)),
                ("source", models.CharField(max_length=120)),
                ("label", models.CharField(max_length=200)),
                (
                    "earned_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "posted_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("seq", models.PositiveIntegerField(db_default=0)),
                ("previous_hash", models.CharField(db_default="", max_length=64)),
                ("hash", models.CharField(db_default="", max_length=64)),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="programmes.programme",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="credits.ledgerentry",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["user", "programme", "part"], name="ledger_user_programme"
                    ),
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["posted_at"], name="ledger_posted_at"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "user", "source"), name="ledger_source_once"
                    ),
                    models.UniqueConstraint(fields=("user", "seq"), name="ledger_seq_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("class_hours__gt", 0), ("reverses", None)),
                            models.Q(("class_hours__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="ledger_sign_tells_reversal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("part__regex", "^[a-z0-9_]+$"),
                            ("source__regex", "^[[:graph:]]+$"),
                            ("label__regex", "^[^[:cntrl:]]+$"),
                        ),
                        name="ledger_text_on_one_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["required", "elective"])),
                        name="ledger_category_known",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerhead",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_head_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="bd375bea78553d45557b974ee2948928effdc6a9",
                    operation="DELETE",
                    pgid="pgtrigger_ledger_head_stays_af410",
                    table="credits_ledgerhead",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerhead",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_head_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="5725f0e94a8cee5dd714aee43fdae9ed875b21fe",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_ledger_head_no_truncate_73f86",
                    table="credits_ledgerhead",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerheadexport",
            trigger=pgtrigger.compiler.Trigger(
                name="head_export_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="96ba6fd5484256c6038312d1d0fba2b351fe137f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_head_export_no_change_8e425",
                    table="credits_ledgerheadexport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerheadexport",
            trigger=pgtrigger.compiler.Trigger(
                name="head_export_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="627fd0065fd00efcd83b818f757be20f9e1c9692",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_head_export_no_truncate_db8a6",
                    table="credits_ledgerheadexport",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="county",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="dispute",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="credits.hourdispute",
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="entry",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="award",
                to="credits.ledgerentry",
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="manual_awards",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="manualaward",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="manual_awards",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="award",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="credits.manualaward",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="county",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="programmes.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="registered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="registration",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="credits.registration",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputestep",
            trigger=pgtrigger.compiler.Trigger(
                name="dispute_step_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="baa221f71d7576bc284ae2ae370c2805457664f1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_dispute_step_no_change_687f4",
                    table="credits_disputestep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputestep",
            trigger=pgtrigger.compiler.Trigger(
                name="dispute_step_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="d906e80def8961d3bafa20ed993afd8e5c0e2bf8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_dispute_step_no_truncate_c0bf0",
                    table="credits_disputestep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="87c2ecfdb8df366584b80d89c33b93452c0bc575",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_ledger_no_change_85742",
                    table="credits_ledgerentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="625015e305b2663325b80a695e1cb00986e8c40f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_ledger_no_truncate_6bcaa",
                    table="credits_ledgerentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="manualaward",
            index=models.Index(
                fields=["county", "state", "proposed_at"], name="award_county_state"
            ),
        ),
        migrations.AddIndex(
            model_name="manualaward",
            index=models.Index(fields=["school", "state"], name="award_school_state"),
        ),
        migrations.AddConstraint(
            model_name="manualaward",
            constraint=models.CheckConstraint(
                condition=models.Q(("class_hours__gt", 0)), name="award_hours_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualaward",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="award_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualaward",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("user")), _negated=True),
                name="award_not_for_its_proposer",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualaward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        models.Q(("decided_by", models.F("user")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="award_decided_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualaward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by__isnull", False),
                        ("entry__isnull", False),
                        ("state", "approved"),
                    ),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("entry", None)),
                    _connector="OR",
                ),
                name="award_approved_exactly_with_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("award", None), ("dispute__isnull", False)),
                    models.Q(("award__isnull", False), ("dispute", None)),
                    _connector="OR",
                ),
                name="evidence_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["programme", "school", "state"], name="registration_school_state"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["programme", "county", "state"], name="registration_county_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "revoked"), _negated=True),
                fields=("programme", "user"),
                name="registration_one_live_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    ("registered_by", None),
                    models.Q(("registered_by", models.F("confirmed_by")), _negated=True),
                    _connector="OR",
                ),
                name="registration_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_by", None),
                        models.Q(("confirmed_by", models.F("user")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("registered_by", None),
                        models.Q(("registered_by", models.F("user")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="registration_by_others",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["registered", "revoked"]), _negated=True),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        ("registered_at__isnull", False),
                        ("registered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="registration_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "revoked"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="registration_taken_back_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("year", "sequence"), name="certificate_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoke_reason", ""), ("revoked_at", None), ("revoked_by", None)),
                    models.Q(
                        ("revoked_at__isnull", False),
                        ("revoked_by__isnull", False),
                        models.Q(("revoke_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="certificate_revoked_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="certificate_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."registration_id" IS DISTINCT FROM (NEW."registration_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."year" IS DISTINCT FROM (NEW."year") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."printed" IS DISTINCT FROM (NEW."printed") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="16ead1bfa3083be6a27b4c218fe3a88e0535b05e",
                    operation="UPDATE",
                    pgid="pgtrigger_certificate_is_frozen_d3a7e",
                    table="credits_certificate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="certificate_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c70089ac60f7c9d389fc6e1c9e06f305183f7fa1",
                    operation="DELETE",
                    pgid="pgtrigger_certificate_stays_72f71",
                    table="credits_certificate",
                    when="BEFORE",
                ),
            ),
        ),
    ]
