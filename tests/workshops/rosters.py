"""A roster of any size, shaped like a real one: schools of many sizes over real counties."""

from io import StringIO

from django.core.management import call_command
from django.db import connection

SCHOOLS = """
INSERT INTO organisations_organisation
       (level, code, name, kind, licence_number, parent_id, path, valid_from)
SELECT 4, 'P' || lpad(n::text, 9, '0'), county.name || '第' || n || '学校', 'school', '', county.id,
       'new' || n, '2000-01-01'
  FROM generate_series(1, %(schools)s) n
  JOIN (SELECT id, name, row_number() OVER (ORDER BY code) AS turn, count(*) OVER () AS all_of_them
          FROM organisations_organisation WHERE level = 3) county
    ON county.turn = 1 + (n * n) %% county.all_of_them
"""
PEOPLE = """
WITH school AS (
    SELECT id, row_number() OVER (ORDER BY code) AS turn FROM organisations_organisation
     WHERE code LIKE 'P%%'
), person AS (
    INSERT INTO accounts_user (username, password, real_name, school_id, is_staff, is_active,
                               is_superuser, session_epoch, language, created_at)
    SELECT 'placed' || n, '', '教师' || n, school.id, false, true, false, 0, '', now()
      FROM generate_series(1, %(people)s) n
      JOIN school ON school.turn = 1 + floor(%(schools)s * power((n * 7919 %% 1000) / 1000.0, 2))
    RETURNING id, school_id
)
INSERT INTO programmes_enrolment (programme_id, user_id, stage, subject, school_id, person_type,
                                  certificate_number, contest_opt_in, state, return_reason,
                                  entered_at, confirmed_at, approved_at)
SELECT %(programme)s, id, 'primary', (%(subjects)s::text[])[1 + id / 7 %% %(kinds)s], school_id,
       'teacher', '', false, 'approved', '', now(), now(), now()
  FROM person
"""
TABLES = "organisations_organisation, accounts_user, programmes_enrolment"
SUBJECTS = ["chinese", "mathematics", "english", "science", "music"]


def make_roster(programme, people):
    """``people`` approved teachers in the real counties of the province."""
    call_command("load_divisions", stdout=StringIO())
    values = {
        "programme": programme.pk,
        "people": people,
        "schools": max(1, people // 40),
        "subjects": SUBJECTS,
        "kinds": len(SUBJECTS),
    }
    with connection.cursor() as cursor:
        cursor.execute(SCHOOLS, values)
        cursor.execute(PEOPLE, values)
        cursor.execute(f"ANALYZE {TABLES}")  # as the database does by itself after an import
