from django.db import migrations

# Recordings were called "lesson · teacher"; the title labels the player, and reviewers may not be
# told who gave the lesson.
SHORTEN = """
WITH named AS (
    SELECT video.id, video.unit_id, ' · ' || teacher.real_name AS tail
      FROM lessons_lessonrecording recording
      JOIN lessons_lesson lesson ON lesson.id = recording.lesson_id
      JOIN accounts_user teacher ON teacher.id = lesson.teacher_id
      JOIN videos_video video ON video.id = recording.video_id
), units AS (
    UPDATE videos_studyunit unit SET title = left(unit.title, -length(named.tail))
      FROM named WHERE unit.id = named.unit_id AND right(unit.title, length(named.tail)) = named.tail
)
UPDATE videos_video video SET title = left(video.title, -length(named.tail))
  FROM named WHERE video.id = named.id AND right(video.title, length(named.tail)) = named.tail
"""


class Migration(migrations.Migration):
    dependencies = [
        ("lessons", "0007_rubric_drafts"),
        ("accounts", "0001_initial"),
        ("videos", "0004_words_found_at_once"),
    ]

    operations = [migrations.RunSQL(SHORTEN, migrations.RunSQL.noop)]
