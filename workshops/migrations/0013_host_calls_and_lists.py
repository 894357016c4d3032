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
        ("workshops", "0012_duty"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("places", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="HostApplication",
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
                ("statement", models.TextField(max_length=1500)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="hosting/%Y/%m/")),
                ("file_name", models.CharField(blank=True, max_length=150)),
                ("edits", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("volunteered", "waits for the school's word"),
                            ("recommended", "recommended, waits for the province"),
                            ("selected", "selected"),
                            ("not_recommended", "not recommended by the school"),
                            ("not_selected", "not selected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(null=True)),
                ("volunteered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_applications",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "term",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="workshops.host",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="workshops.calltopic",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["topic", "state"], name="application_of_topic")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "applicant"), name="application_one_per_person_and_topic"
                    ),
                    models.UniqueConstraint(
                        fields=("topic", "place"), name="application_one_holder_per_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("place__gte", 1),
                                ("place__isnull", False),
                                ("state", "selected"),
                                ("term__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "selected"), _negated=True),
                                ("place", None),
                                ("term", None),
                            ),
                            _connector="OR",
                        ),
                        name="application_selected_with_place_and_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("statement", ""), _negated=True),
                        name="application_with_statement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("unit", models.CharField(max_length=80)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("volunteered", "waits for the school's word"),
                            ("recommended", "recommended, waits for the province"),
                            ("selected", "selected"),
                            ("not_recommended", "not recommended by the school"),
                            ("not_selected", "not selected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="workshops.hostapplication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            ("state__in", ("volunteered", "selected", "withdrawn")),
                            _connector="OR",
                        ),
                        name="application_signed_with_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HostCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=5000)),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("recommends_until", models.DateField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_calls",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_calls",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__gte", models.F("opens_on")),
                            ("recommends_until__gte", models.F("closes_on")),
                        ),
                        name="host_call_days_in_order",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="calltopic",
            name="call",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="topics",
                to="workshops.hostcall",
            ),
        ),
        migrations.CreateModel(
            name="HostList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_lists",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_lists",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "organisation"),
                        name="host_list_once_per_unit_and_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField()),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_list_day",
                        to="programmes.programme",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "waits for the unit above"),
                            ("forwarded", "passed on, waits for the province"),
                            ("filed", "filed by the province"),
                            ("returned", "returned"),
                            ("taken_back", "taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "host_list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="workshops.hostlist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("host_list", "number"), name="list_version_once_per_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("sent", "forwarded"))),
                        fields=("host_list",),
                        name="list_version_one_on_its_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)), name="list_version_with_rows"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("unit", models.CharField(max_length=80)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "waits for the unit above"),
                            ("forwarded", "passed on, waits for the province"),
                            ("filed", "filed by the province"),
                            ("returned", "returned"),
                            ("taken_back", "taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="workshops.listversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="list_returned_with_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("field", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=40)),
                ("unit", models.CharField(blank=True, max_length=80)),
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
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workshops.host",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="workshops.listversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position"), name="list_entry_once_per_position"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="applicationsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="application_signature_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f757588f353529f360a6fbb97214b1f7d19e95f1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_application_signature_no_change_c832c",
                    table="workshops_applicationsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="applicationsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="application_signature_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="93fd56d47df912e2258734d498e72bdd152db3c7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_application_signature_no_truncate_6cff9",
                    table="workshops_applicationsignature",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="calltopic",
            constraint=models.UniqueConstraint(fields=("call", "topic"), name="call_topic_once"),
        ),
        migrations.AddConstraint(
            model_name="calltopic",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__range", (0, 50))),
                name="call_topic_places_within_limit",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listversion",
            trigger=pgtrigger.compiler.Trigger(
                name="list_version_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."host_list_id" IS DISTINCT FROM (NEW."host_list_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="84b92532eb3c873af26fdfa1619d38490214f43a",
                    operation="UPDATE",
                    pgid="pgtrigger_list_version_frozen_5a13a",
                    table="workshops_listversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listversion",
            trigger=pgtrigger.compiler.Trigger(
                name="list_version_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c6d97981a0cee34429c2ae72f156f553eba9c235",
                    operation="DELETE",
                    pgid="pgtrigger_list_version_kept_75c86",
                    table="workshops_listversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="list_signature_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8b50845ae5d6480e8fb9fdb867b6c52955b7cb6d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_list_signature_no_change_81928",
                    table="workshops_listsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="list_signature_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="24ba448810b3b735a9e6d5b36fd7b8df8483d81a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_list_signature_no_truncate_f53a0",
                    table="workshops_listsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listentry",
            trigger=pgtrigger.compiler.Trigger(
                name="list_entry_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d624a4d1d9148ad16b140c78ba3192bbc32bd879",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_list_entry_no_change_7016d",
                    table="workshops_listentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listentry",
            trigger=pgtrigger.compiler.Trigger(
                name="list_entry_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="7e03c7bbd675648a937206f060401d45413d9fc1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_list_entry_no_truncate_84527",
                    table="workshops_listentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listentry",
            trigger=pgtrigger.compiler.Trigger(
                name="list_entry_within_its_list",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE rows INTEGER;",
                    func="\n                SELECT size INTO rows FROM workshops_listversion WHERE id = NEW.version_id;\n                IF NEW.position NOT BETWEEN 1 AND rows THEN\n                    RAISE EXCEPTION 'a list takes no further row' USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n                ",
                    hash="dfa0ca9ad32c0a099d1663efb6900a4fc2f6198f",
                    operation="INSERT",
                    pgid="pgtrigger_list_entry_within_its_list_38f96",
                    table="workshops_listentry",
                    when="BEFORE",
                ),
            ),
        ),
    ]
