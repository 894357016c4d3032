"""A course choice is tied to the course's topic and to the school's choice of that topic.

Django cannot say composite foreign keys in a model, so they stand here.
"""

from django.db import migrations

FORWARDS = """
ALTER TABLE courses_coursechoice
  ADD CONSTRAINT course_choice_of_the_courses_topic
      FOREIGN KEY (course_id, topic) REFERENCES courses_course (id, topic),
  ADD CONSTRAINT course_choice_inside_the_schools_topic
      FOREIGN KEY (topic_choice_id, topic) REFERENCES courses_topicchoice (id, topic);
"""
BACKWARDS = """
ALTER TABLE courses_coursechoice
  DROP CONSTRAINT course_choice_of_the_courses_topic,
  DROP CONSTRAINT course_choice_inside_the_schools_topic;
"""


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
