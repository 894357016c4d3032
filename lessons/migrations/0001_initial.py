import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
        ("videos", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CurriculumNode",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("grade", "grade"),
                            ("edition", "textbook edition"),
                            ("volume", "volume"),
                            ("unit", "unit"),
                            ("lesson", "lesson"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("path", models.CharField(max_length=80, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("is_open", models.BooleanField(default=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="lessons.curriculumnode",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["path"], name="curriculum_path", opclasses=["varchar_pattern_ops"]
                    ),
                    models.Index(
                        fields=["stage", "subject", "kind"], name="curriculum_stage_subject"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parent", "title"), name="curriculum_title_once_below_parent"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parent", None)),
                        fields=("stage", "subject", "title"),
                        name="curriculum_grade_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "grade"), ("parent", None)),
                            models.Q(
                                models.Q(("kind", "grade"), _negated=True),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="curriculum_only_grades_are_roots",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
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
                            ("prepared", "being prepared"),
                            ("committed", "announced"),
                            ("drawn", "drawn"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("algorithm", models.CharField(max_length=40)),
                ("rules", models.JSONField(default=dict)),
                ("roster", models.FileField(blank=True, max_length=200, upload_to="draws/")),
                ("pool", models.FileField(blank=True, max_length=200, upload_to="draws/")),
                ("result", models.FileField(blank=True, max_length=200, upload_to="draws/")),
                ("roster_sha256", models.CharField(blank=True, max_length=64)),
                ("pool_sha256", models.CharField(blank=True, max_length=64)),
                ("commitment", models.CharField(blank=True, max_length=64)),
                ("result_sha256", models.CharField(blank=True, max_length=64)),
                ("seed_event", models.CharField(blank=True, max_length=200)),
                ("seed_known_at", models.DateTimeField(null=True)),
                ("seed", models.CharField(blank=True, max_length=200)),
                ("statistics", models.JSONField(default=dict)),
                ("committed_at", models.DateTimeField(null=True)),
                ("drawn_at", models.DateTimeField(null=True)),
                (
                    "committed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draw",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "prepared"),
                            models.Q(
                                models.Q(("commitment", ""), _negated=True),
                                models.Q(("roster_sha256", ""), _negated=True),
                                models.Q(("pool_sha256", ""), _negated=True),
                                models.Q(("seed_event", ""), _negated=True),
                                ("committed_at__isnull", False),
                                ("seed_known_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="draw_announced_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seed_known_at", None),
                            ("committed_at", None),
                            ("seed_known_at__gt", models.F("committed_at")),
                            _connector="OR",
                        ),
                        name="draw_seed_after_announcement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "drawn"), _negated=True),
                            models.Q(
                                models.Q(("seed", ""), _negated=True),
                                models.Q(("result_sha256", ""), _negated=True),
                                ("drawn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="draw_drawn_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawSupplement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("given", models.FileField(max_length=200, upload_to="draws/")),
                ("result", models.FileField(max_length=200, upload_to="draws/")),
                ("given_sha256", models.CharField(max_length=64)),
                ("previous_sha256", models.CharField(max_length=64)),
                ("result_sha256", models.CharField(max_length=64)),
                ("statistics", models.JSONField(default=dict)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="lessons.draw",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "number"), name="draw_supplement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
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
                    "curriculum",
                    models.CharField(
                        choices=[
                            ("national", "national curriculum"),
                            ("local", "local curriculum"),
                            ("school_based", "school-based curriculum"),
                        ],
                        default="national",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120)),
                ("summary", models.TextField(blank=True)),
                ("class_name", models.CharField(blank=True, max_length=40)),
                ("taught_on", models.DateField(null=True)),
                ("period", models.PositiveSmallIntegerField(null=True)),
                ("states_timetable", models.BooleanField(default=False)),
                ("states_genuine", models.BooleanField(default=False)),
                ("states_pupils", models.BooleanField(default=False)),
                ("stated_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("shown", "shown in school"),
                            ("proposed", "proposed to the school"),
                            ("chosen", "chosen by the school"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("moved_at", models.DateTimeField(null=True)),
                ("barred_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="lessons.curriculumnode",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="programmes.programme",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["school", "programme", "state"], name="lesson_school_state"
                    ),
                    models.Index(
                        fields=["programme", "stage", "subject", "state"], name="lesson_subject"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "chosen")),
                        fields=("teacher", "programme"),
                        name="lesson_one_chosen_per_teacher_and_programme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["proposed", "chosen"]), _negated=True),
                            models.Q(
                                ("period__isnull", False),
                                ("stated_at__isnull", False),
                                ("states_genuine", True),
                                ("states_pupils", True),
                                ("states_timetable", True),
                                ("taught_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="lesson_proposed_with_statements",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period", None), ("period__range", (1, 12)), _connector="OR"
                        ),
                        name="lesson_period_of_a_school_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("curriculum", "national"), ("state", "chosen"), _negated=True
                            ),
                            ("node__isnull", False),
                            _connector="OR",
                        ),
                        name="lesson_chosen_of_national_curriculum_has_a_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonMember",
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
                            ("co_teacher", "co-teacher"),
                            ("coach", "coach"),
                            ("technician", "recording and editing"),
                        ],
                        default="co_teacher",
                        max_length=12,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lesson", "user"), name="lesson_member_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonRecording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recordings",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "video",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lesson_recording",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lesson", "number"), name="lesson_recording_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonReport",
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
                            ("performance", "performed for the camera"),
                            ("rehearsal", "rehearsed with the class beforehand"),
                            ("repeat", "recorded or used before"),
                            ("fraud", "fraud or naked self-interest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("second", models.PositiveIntegerField(null=True)),
                ("text", models.TextField()),
                ("filed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "filed"),
                            ("upheld", "upheld"),
                            ("dismissed", "dismissed"),
                        ],
                        default="filed",
                        max_length=10,
                    ),
                ),
                ("ruled_at", models.DateTimeField(null=True)),
                ("ruling", models.TextField(blank=True)),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("lesson", "reporter", "kind"),
                        name="report_once_per_person_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "filed"),
                            models.Q(
                                ("ruled_at__isnull", False),
                                ("ruled_by__isnull", False),
                                models.Q(("ruling", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_ruled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="report_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonViewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="viewers",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("user", None)),
                            models.Q(("organisation", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="lesson_viewer_person_or_school",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("user__isnull", False)),
                        fields=("lesson", "user"),
                        name="lesson_viewer_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("organisation__isnull", False)),
                        fields=("lesson", "organisation"),
                        name="lesson_viewer_school_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("file", models.FileField(max_length=200, upload_to="lessons/materials/%Y/%m/")),
                ("name", models.CharField(max_length=150)),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
                (
                    "sketch",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="lessons.lesson",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["sketch"], name="material_sketch"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("lesson", "kind"),
                        name="material_one_of_a_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NationalLesson",
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
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("grade", models.CharField(blank=True, max_length=40)),
                ("edition", models.CharField(blank=True, max_length=60)),
                ("teacher_name", models.CharField(max_length=40)),
                ("school_name", models.CharField(max_length=120)),
                ("commentary", models.TextField()),
                ("commentator", models.CharField(max_length=80)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commentary_unit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="national_commentary",
                        to="videos.studyunit",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="national_lessons",
                        to="programmes.programme",
                    ),
                ),
                (
                    "video",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="national_lesson",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("programme", "stage", "subject", "position"),
                        name="national_lesson_position_once",
                    ),
                    models.UniqueConstraint(
                        fields=("programme", "stage", "subject", "title", "teacher_name"),
                        name="national_lesson_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NationalStudy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reflection", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="studies",
                        to="lessons.nationallesson",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="national_studies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lesson", "user"), name="national_study_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None),
                            models.Q(("reflection", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="national_study_sent_with_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutstandingLesson",
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
                ("grade", models.CharField(blank=True, max_length=40)),
                ("edition", models.CharField(blank=True, max_length=60)),
                ("nominated", models.BooleanField(default=False)),
                ("commentary", models.TextField(blank=True)),
                ("commentator", models.CharField(blank=True, max_length=80)),
                ("pushed_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("why_withdrawn", models.CharField(blank=True, max_length=200)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outstanding",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outstanding_lessons",
                        to="programmes.programme",
                    ),
                ),
                (
                    "pushed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["programme", "stage", "subject"], name="outstanding_pool")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "lesson", "stage", "subject"),
                        name="outstanding_once_per_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            models.Q(("why_withdrawn", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="outstanding_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseExclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="lessons.outstandinglesson",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lesson", "user"), name="case_exclusion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="case_exclusion_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("city", "this year's city-level lessons"),
                            ("earlier_years", "city-level lessons of earlier years"),
                            ("next_stage", "the same subject in another stage"),
                            ("nominated", "nominated by the project office"),
                        ],
                        default="city",
                        max_length=14,
                    ),
                ),
                ("replaced_at", models.DateTimeField(null=True)),
                ("why_replaced", models.CharField(blank=True, max_length=40)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="lessons.draw",
                    ),
                ),
                (
                    "supplement",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="lessons.drawsupplement",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="lessons.outstandinglesson",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("draw", "user", "position"),
                        name="case_one_lesson_per_position",
                    ),
                    models.UniqueConstraint(
                        fields=("user", "draw", "lesson"), name="case_lesson_once_per_teacher"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_at", None),
                            models.Q(("why_replaced", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_replaced_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("consent", models.FileField(max_length=200, upload_to="lessons/consents/%Y/%m/")),
                ("consent_sha256", models.CharField(max_length=64)),
                ("statement", models.TextField()),
                ("pupils", models.PositiveSmallIntegerField()),
                ("consented_at", models.DateTimeField(auto_now_add=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("why_withdrawn", models.CharField(blank=True, max_length=200)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consented_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("lesson",),
                        name="release_one_open_per_lesson",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("consented_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="release_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pupils__gt", 0), models.Q(("statement", ""), _negated=True)
                        ),
                        name="release_says_for_how_many",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchLesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("school_year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("class_name", models.CharField(max_length=40)),
                ("held_on", models.DateField()),
                ("period", models.PositiveSmallIntegerField()),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "lesson",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="research",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research_lessons",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research_lessons",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["school", "school_year"], name="research_school_year")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("teacher", "held_on", "period"), name="research_lesson_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__range", (1, 12))),
                        name="research_lesson_in_a_school_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("online", "online"), ("offline", "in the classroom")],
                        max_length=8,
                    ),
                ),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "research",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observers",
                        to="lessons.researchlesson",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("research", "user"), name="observer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("levels", models.JSONField(default=dict)),
                ("text", models.TextField(blank=True)),
                (
                    "sketch",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("sent", "sent")],
                        default="draft",
                        max_length=5,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("useful_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="lessons.caseassignment",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="lessons.lessonrecording",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lesson_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PinnedComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("second", models.PositiveIntegerField()),
                ("rubric_line", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("client_key", models.UUIDField(null=True, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="lessons.pinnedcomment",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lessons.lessonrecording",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="lessons.review",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["lesson", "second"], name="pinned_comment_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="pinned_comment_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyHint",
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
                            ("recording", "recording"),
                            ("plan", "lesson plan"),
                            ("review", "review"),
                        ],
                        max_length=10,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("here", models.JSONField(default=list)),
                ("there", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "to be looked at"),
                            ("confirmed", "confirmed as a copy"),
                            ("dismissed", "not a copy"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_hints",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "other_lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="lessons.lesson",
                    ),
                ),
                (
                    "other_review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="lessons.review",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_hints",
                        to="lessons.review",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "kind"], name="copy_hint_waiting")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "lesson", "other_lesson", "review", "other_review"),
                        name="copy_hint_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "review"),
                            models.Q(("lesson", models.F("other_lesson")), _negated=True),
                            _connector="OR",
                        ),
                        name="copy_hint_of_two_lessons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "review"), _negated=True),
                            models.Q(("other_review__isnull", False), ("review__isnull", False)),
                            _connector="OR",
                        ),
                        name="copy_hint_of_reviews_names_them",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="copy_hint_decided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rubric",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("title_zh", models.CharField(max_length=80)),
                ("title_en", models.CharField(max_length=120)),
                ("lines", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="rubric_version_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="review",
            name="rubric",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="lessons.rubric",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_keeps_its_word",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF OLD.state <> 'prepared' AND (\n                        NEW.commitment <> OLD.commitment OR NEW.algorithm <> OLD.algorithm\n                        OR NEW.roster_sha256 <> OLD.roster_sha256\n                        OR NEW.pool_sha256 <> OLD.pool_sha256 OR NEW.rules <> OLD.rules\n                        OR NEW.seed_event <> OLD.seed_event\n                        OR NEW.seed_known_at <> OLD.seed_known_at\n                        OR NEW.committed_at <> OLD.committed_at OR NEW.state = 'prepared'\n                        OR OLD.state = 'drawn' AND (\n                            NEW.seed <> OLD.seed OR NEW.result_sha256 <> OLD.result_sha256\n                            OR NEW.state <> 'drawn'))\n                    THEN\n                        RAISE EXCEPTION 'an announced draw does not change'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="a5291f585e4e6ff659a75ac9c5edd7fcb29a34a9",
                    operation="UPDATE",
                    pgid="pgtrigger_draw_keeps_its_word_2eede",
                    table="lessons_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ff83896a71ce35eb05d378c6254439acda0a2eec",
                    operation="DELETE",
                    pgid="pgtrigger_draw_stays_44831",
                    table="lessons_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawsupplement",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_supplement_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c37764234dcb4eadd8a668302504343fdac01abb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_draw_supplement_no_change_def27",
                    table="lessons_drawsupplement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawsupplement",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_supplement_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="a2e8b4038bad3e267c17e39902fa66eb283eba3c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_draw_supplement_no_truncate_956dd",
                    table="lessons_drawsupplement",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state", "sent")), fields=["sketch"], name="review_sketch"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("lesson", "reviewer"), name="review_once"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at", None), ("state", "draft")),
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    _connector="OR",
                ),
                name="review_sent_with_time",
            ),
        ),
    ]
