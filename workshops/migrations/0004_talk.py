import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("workshops", "0003_placements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
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
                        choices=[
                            ("question", "question"),
                            ("topic", "discussion topic"),
                            ("resource", "resource"),
                            ("guide", "learning guide"),
                            ("announcement", "announcement"),
                            ("bulletin", "bulletin"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("as_host", models.BooleanField(default=False)),
                (
                    "act",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(kind="guide", number=1, then=models.Value("guide")),
                            models.When(kind="bulletin", number=1, then=models.Value("bulletin")),
                            models.When(kind="resource", number=1, then=models.Value("resource")),
                            models.When(kind="topic", number=1, then=models.Value("topic")),
                            models.When(number=1, then=models.Value("")),
                            models.When(kind="question", then=models.Value("answer")),
                            default=models.Value("discussion"),
                        ),
                        output_field=models.CharField(max_length=12),
                    ),
                ),
                ("text", models.TextField()),
                ("token", models.UUIDField(default=uuid.uuid4)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(null=True)),
                ("edits", models.PositiveSmallIntegerField(default=0)),
                ("hidden_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quotes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workshops.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Thread",
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
                        choices=[
                            ("question", "question"),
                            ("topic", "discussion topic"),
                            ("resource", "resource"),
                            ("guide", "learning guide"),
                            ("announcement", "announcement"),
                            ("bulletin", "bulletin"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_post_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("posts_count", models.PositiveIntegerField(default=1)),
                ("pinned_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workshops.post",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="workshops.workshop",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("workshop"),
                        models.OrderBy(models.F("last_post_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="thread_newest",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("answered_at", None), ("hidden_at", None), ("kind", "question")
                        ),
                        fields=["workshop", "created_at"],
                        name="thread_unanswered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "kind"), name="thread_with_its_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="thread_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("answered_at", None)),
                            ("kind", "question"),
                            _connector="OR",
                        ),
                        name="thread_only_questions_are_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_to", models.PositiveIntegerField(default=0)),
                ("follows", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="workshops.thread",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("thread", "user"), name="reading_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="thread",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="workshops.thread",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=40)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workshops.workshop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "workshop", "place"), name="draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PostFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="workshops/%Y/%m/")),
                ("name", models.CharField(max_length=150)),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="workshops.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "sha256"), name="post_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PostVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="workshops.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "number"), name="post_version_once")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postversion",
            trigger=pgtrigger.compiler.Trigger(
                name="post_version_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="174aee35c285950ad7426fcb003d0001a246bbc6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_post_version_no_change_9643c",
                    table="workshops_postversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postversion",
            trigger=pgtrigger.compiler.Trigger(
                name="post_version_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="d8c0eb96fa687f977163db4497bec26b7599e0ae",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_post_version_no_truncate_c0212",
                    table="workshops_postversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["author", "created_at"], name="post_of_author"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("thread", "number"), name="post_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("author", "token"), name="post_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="post_numbered_from_one"
            ),
        ),
    ]
