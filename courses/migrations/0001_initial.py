import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import courses.models.course_page


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
        ("videos", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "introduction",
                    models.CharField(blank=True, max_length=300, verbose_name="introduction"),
                ),
            ],
            options={
                "verbose_name": "course catalogue",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=24)),
                (
                    "category",
                    models.CharField(
                        choices=[("required", "required"), ("elective", "elective")], max_length=10
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=40)),
                (
                    "stages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senior", "senior secondary"),
                                ("junior", "junior secondary"),
                                ("primary", "primary"),
                                ("kindergarten", "kindergarten"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("class_hours", models.DecimalField(decimal_places=1, max_digits=4)),
                ("has_test", models.BooleanField(default=True)),
                ("has_homework", models.BooleanField(default=False)),
                ("is_open", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("topic", ""), _negated=True),
                        fields=["topic"],
                        name="course_topic",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("class_hours__gt", 0)), name="course_hours_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("category", "elective"), models.Q(("topic", ""), _negated=True)
                            ),
                            models.Q(("category", "required"), ("topic", "")),
                            _connector="OR",
                        ),
                        name="course_topic_for_electives_only",
                    ),
                    models.UniqueConstraint(fields=("id", "topic"), name="course_with_its_topic"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
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
                            ("open", "in progress"),
                            ("passed", "passed"),
                            ("failed", "not passed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("pass_mark", models.PositiveSmallIntegerField()),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("started_at", models.DateTimeField()),
                ("deadline_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                        related_name="attempts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="courses.course",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["deadline_at"],
                        name="attempt_overdue",
                    ),
                    models.Index(
                        condition=models.Q(("state", "passed")),
                        fields=["course", "user"],
                        name="attempt_passed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "course", "programme", "number"), name="attempt_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("user", "course", "programme"),
                        name="attempt_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("score", None), ("state", "open")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("score__gte", models.F("pass_mark")),
                                ("state", "passed"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("score__lt", models.F("pass_mark")),
                                ("state", "failed"),
                            ),
                            _connector="OR",
                        ),
                        name="attempt_scored_when_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__lte", 100)), name="attempt_score_in_percent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoursePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[("required", "required"), ("elective", "elective")],
                        default="elective",
                        max_length=10,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        help_text="The part of the yearly requirement that this course fills.",
                        max_length=24,
                        verbose_name="counts for",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        blank=True,
                        help_text="For electives: the topic under which schools and teachers find it.",
                        max_length=40,
                        verbose_name="topic",
                    ),
                ),
                (
                    "stages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senior", "senior secondary"),
                                ("junior", "junior secondary"),
                                ("primary", "primary"),
                                ("kindergarten", "kindergarten"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="None chosen: the course is for every stage.",
                        size=None,
                        verbose_name="stages",
                    ),
                ),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="None chosen: the course is for every subject.",
                        size=None,
                        verbose_name="subjects",
                    ),
                ),
                (
                    "class_hours",
                    models.DecimalField(
                        decimal_places=1,
                        help_text="Fixed as soon as a teacher has chosen the course or studied in it.",
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="class hours",
                    ),
                ),
                (
                    "has_test",
                    models.BooleanField(
                        default=True,
                        help_text="The questions are kept in the course's question bank.",
                        verbose_name="ends with a test",
                    ),
                ),
                (
                    "homework_prompt",
                    models.TextField(
                        blank=True,
                        help_text="What teachers hand in; a marker reads it. Empty: the course has no homework.",
                        max_length=2000,
                        verbose_name="homework",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        help_text="Shown in the catalogue under the title: what one can do afterwards.",
                        max_length=120,
                        verbose_name="in one sentence",
                    ),
                ),
                (
                    "goals",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What a teacher knows and can do after the course, three to five points.",
                        verbose_name="goals",
                    ),
                ),
                (
                    "lecturer",
                    models.CharField(
                        blank=True,
                        help_text="Name and institution.",
                        max_length=80,
                        verbose_name="lecturer",
                    ),
                ),
                (
                    "about_lecturer",
                    models.TextField(blank=True, max_length=600, verbose_name="about the lecturer"),
                ),
                (
                    "course",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="courses.course",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
            },
            bases=(courses.models.course_page.PointsToRow, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="Homework",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prompt", models.TextField()),
                ("minimum_characters", models.PositiveIntegerField(default=200)),
                ("needs_file", models.BooleanField(default=False)),
                (
                    "course",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="homework",
                        to="courses.course",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Module",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                ("is_open", models.BooleanField(default=True)),
                ("open_since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="modules",
                        to="courses.course",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="modules",
                        to="videos.studyunit",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("course", "key"), name="module_key_once_per_course"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ModuleCompletion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("covered_at", models.DateTimeField()),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completions",
                        to="courses.module",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="module_completions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "module"), name="module_covered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ModulePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("video", 0), ("text", 1), ("figure", 5), ("table", 7), ("document", 8)],
                        block_lookup={
                            0: (
                                "courses.blocks.VideoChooserBlock",
                                (),
                                {
                                    "help_text": "With a video the module is counted by its playing time.",
                                    "label": "Video",
                                },
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h3",
                                        "h4",
                                        "bold",
                                        "italic",
                                        "ol",
                                        "ul",
                                        "link",
                                        "blockquote",
                                    ],
                                    "label": "Text",
                                },
                            ),
                            2: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "Picture"},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What a reader who cannot see the picture needs to know.",
                                    "label": "Text in place of the picture",
                                    "max_length": 200,
                                },
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 2), ("alternative", 3), ("caption", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Text", "required": False},
                            ),
                            7: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 6)]],
                                {},
                            ),
                            8: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "icon": "doc-full",
                                    "label": "Document",
                                    "template": "courses/blocks/document.html",
                                },
                            ),
                        },
                        verbose_name="content",
                    ),
                ),
                (
                    "reading_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty to compute it from the text, 300 characters a minute. A module with a video is counted by the video's length.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="reading time in minutes",
                    ),
                ),
                (
                    "module",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="courses.module",
                    ),
                ),
            ],
            options={
                "verbose_name": "module",
            },
            bases=(courses.models.course_page.PointsToRow, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_open", models.BooleanField(default=True)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="courses.course",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuestionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one right answer"),
                            ("multiple", "several right answers"),
                            ("true_false", "true or false"),
                            ("fill_in", "fill in"),
                        ],
                        max_length=10,
                    ),
                ),
                ("stem", models.TextField()),
                ("options", models.JSONField(default=list)),
                ("answer", models.JSONField()),
                ("explanation", models.TextField(blank=True)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="courses.question",
                    ),
                ),
                (
                    "written_by",
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
                        fields=("question", "number"), name="question_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "option_order",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("response", models.JSONField(null=True)),
                ("saved_at", models.DateTimeField(null=True)),
                ("is_right", models.BooleanField(null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="courses.attempt",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="courses.questionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "position"), name="paper_item_once"),
                    models.UniqueConstraint(
                        fields=("attempt", "version"), name="paper_question_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
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
                            ("draft", "draft"),
                            ("handed_in", "handed in"),
                            ("returned", "returned for revision"),
                            ("accepted", "accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("draft", models.TextField(blank=True)),
                ("draft_saved_at", models.DateTimeField(null=True)),
                ("handed_in_at", models.DateTimeField(null=True)),
                (
                    "homework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="courses.homework",
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
                        related_name="submissions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "handed_in")),
                        fields=["handed_in_at"],
                        name="submission_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("homework", "user", "programme"), name="submission_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), ("handed_in_at__isnull", False), _connector="OR"
                        ),
                        name="submission_handed_in_with_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmissionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="homework/%Y/%m/")),
                ("name", models.CharField(max_length=150)),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("first_version", models.PositiveSmallIntegerField(null=True)),
                ("last_version", models.PositiveSmallIntegerField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="courses.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubmissionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("handed_in_at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="courses.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "number"), name="submission_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted", models.BooleanField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "marker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mark",
                        to="courses.submissionversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="mark_has_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("chosen_at", models.DateTimeField(auto_now_add=True)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topic_choices",
                        to="programmes.programme",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topic_choices",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "school", "topic"), name="topic_choice_once"
                    ),
                    models.UniqueConstraint(
                        fields=("id", "topic"), name="topic_choice_with_its_topic"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("chosen_at", models.DateTimeField(auto_now_add=True)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="courses.course",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="course_choices",
                        to="programmes.enrolment",
                    ),
                ),
                (
                    "topic_choice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="course_choices",
                        to="courses.topicchoice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enrolment", "course"), name="course_choice_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("topic", ""), _negated=True),
                        name="course_choice_has_topic",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questionversion",
            trigger=pgtrigger.compiler.Trigger(
                name="question_version_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f614656750a215f1707042a755bfaa8782452842",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_question_version_no_change_b7095",
                    table="courses_questionversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questionversion",
            trigger=pgtrigger.compiler.Trigger(
                name="question_version_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="a5b4632104f4b5914139a6494cbfa5cde69a5741",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_question_version_no_truncate_daa42",
                    table="courses_questionversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submissionversion",
            trigger=pgtrigger.compiler.Trigger(
                name="submission_version_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f8b054567cf64c0701527cd1e41d308d4ef325eb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_submission_version_no_change_d37a2",
                    table="courses_submissionversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submissionversion",
            trigger=pgtrigger.compiler.Trigger(
                name="submission_version_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="55f211250383e7cb547775c6732904c483116fc8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_submission_version_no_truncate_a28ed",
                    table="courses_submissionversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mark",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="636768be8ce1215196f8ef7911fa6f24bc4e815d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_mark_no_change_26ea8",
                    table="courses_mark",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mark",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="b1aa9d1fccc512891cf472fb1617a23825222a22",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_mark_no_truncate_dba8f",
                    table="courses_mark",
                    when="BEFORE",
                ),
            ),
        ),
    ]
