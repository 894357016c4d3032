import datetime

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "province"), (2, "city"), (3, "county"), (4, "school")]
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("school", "school"),
                            ("kindergarten", "kindergarten"),
                            ("research", "research or training body"),
                            ("special", "special-education school"),
                        ],
                        max_length=12,
                    ),
                ),
                ("licence_number", models.CharField(blank=True, max_length=40)),
                ("path", models.CharField(max_length=80, unique=True)),
                ("valid_from", models.DateField(default=datetime.date(2000, 1, 1))),
                ("valid_to", models.DateField(null=True)),
                (
                    "acting_county",
                    models.ForeignKey(
                        help_text="The unit acting as county for a city-run school (A15).",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools_acted_for",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["path"], name="organisation_path", opclasses=["varchar_pattern_ops"]
                    ),
                    models.Index(fields=["parent", "level", "code"], name="organisation_children"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__range", (1, 4))),
                        name="organisation_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("parent", None)),
                            models.Q(
                                models.Q(("level", 1), _negated=True), ("parent__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="organisation_only_province_without_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 4), models.Q(("kind", ""), _negated=True)),
                            models.Q(models.Q(("level", 4), _negated=True), ("kind", "")),
                            _connector="OR",
                        ),
                        name="organisation_kind_only_for_schools",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acting_county", None), ("level", 4), _connector="OR"),
                        name="organisation_acting_county_only_for_schools",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="organisation_valid_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None), ("valid_to__isnull", False), _connector="OR"
                        ),
                        name="organisation_successor_only_when_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("path", models.CharField(max_length=80)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["path"], name="period_path", opclasses=["varchar_pattern_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)),
                        fields=("organisation",),
                        name="period_one_open_per_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="period_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("organisation"),
                                    models.F("organisation"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="period_no_overlap",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_stands_right",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE above organisations_organisation%ROWTYPE; acting above%TYPE;",
                    func="\n        SELECT * INTO above FROM organisations_organisation WHERE id = NEW.parent_id;\n        IF NEW.parent_id IS NOT NULL AND above.level >= NEW.level THEN\n            RAISE EXCEPTION 'organisation % does not stand below its parent''s level', NEW.code\n                USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.level = 4 AND above.level < 3 AND NEW.acting_county_id IS NULL THEN\n            RAISE EXCEPTION 'city-run school % names no acting county', NEW.code\n                USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.acting_county_id IS NOT NULL THEN\n            SELECT * INTO acting FROM organisations_organisation WHERE id = NEW.acting_county_id;\n            IF acting.level NOT IN (2, 3) OR above.level <> 2\n               OR NEW.parent_id NOT IN (acting.id, acting.parent_id) THEN\n                RAISE EXCEPTION 'acting county of % is not in its city', NEW.code\n                    USING ERRCODE = 'check_violation';\n            END IF;\n        END IF;\n        IF TG_OP = 'INSERT' OR NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN\n            NEW.path := coalesce(above.path, '') || NEW.id || '/';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="9628efa98c4b44dc00ae9bd90aabb025edc2d92f",
                    operation='INSERT OR UPDATE OF "parent_id", "level", "acting_county_id"',
                    pgid="pgtrigger_organisation_stands_right_a5586",
                    table="organisations_organisation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_path_follows_parent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE self organisations_organisation%ROWTYPE; expected text;",
                    func="\n        SELECT * INTO self FROM organisations_organisation WHERE id = NEW.id;\n        IF NOT FOUND THEN RETURN NULL; END IF;\n        SELECT coalesce((SELECT path FROM organisations_organisation WHERE id = self.parent_id), '')\n               || self.id || '/' INTO expected;\n        IF self.path <> expected OR EXISTS (\n            SELECT 1 FROM organisations_organisation child\n            WHERE child.parent_id = self.id AND child.path <> self.path || child.id || '/'\n        ) THEN\n            RAISE EXCEPTION 'path of organisation % does not follow its parent', self.code\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="9db2633e12ed0af0338f130126837135426e2878",
                    operation='INSERT OR UPDATE OF "path", "parent_id"',
                    pgid="pgtrigger_organisation_path_follows_parent_e5e1b",
                    table="organisations_organisation",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
