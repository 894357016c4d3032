"""A week of talk: the sample asks and answers one by one, everybody else set by set."""

from itertools import pairwise
from uuid import uuid4

from django.db import connection

from workshops.domain.posts import Writing, reply, start_thread
from workshops.domain.rules.keeping import make_rules, switch_on, try_rules
from workshops.domain.threads import mark_answered
from workshops.domain.weeks import count_weeks
from workshops.enums.talk import ThreadKind
from workshops.models import Membership

# One topic in each workshop with people, in which everybody writes one post, spread over a week.
SAY = """
WITH said AS (
    SELECT workshop_id, teacher_id, row_number() OVER (PARTITION BY workshop_id ORDER BY seat) AS n
      FROM workshops_membership WHERE programme_id = %(programme)s AND left_at IS NULL
), topics AS (
    INSERT INTO workshops_thread
           (workshop_id, kind, title, author_id, created_at, last_post_at, posts_count)
    SELECT workshop_id, 'topic', '本周一问：哪个环节学生最投入',
           min(teacher_id) FILTER (WHERE n = 1), now() - interval '7 days', now(), count(*)
      FROM said GROUP BY workshop_id
    RETURNING id, workshop_id
)
INSERT INTO workshops_post
       (thread_id, kind, number, author_id, as_host, text, token, created_at, edits)
SELECT topics.id, 'topic', n, teacher_id, FALSE, '<p>我们班是小组展示，人人有任务。</p>',
       gen_random_uuid(), now() - interval '7 days' + n * interval '20 minutes', 0
  FROM topics JOIN said USING (workshop_id)
"""


def ask_and_answer(year) -> int:
    """Each of the sample asks; the next of them in the list answers. Returns: posts."""
    seats = Membership.objects.current().filter(teacher__in=[one.user_id for one in year.sample()])
    seats = list(seats.select_related("teacher", "workshop").order_by("workshop", "seat"))
    posts = 0
    for held, other in pairwise(seats):
        if held.workshop_id != other.workshop_id:
            continue
        asked = start_thread(
            held.workshop,
            Writing("怎样让学生多问？", uuid4()),
            kind=ThreadKind.QUESTION,
            title="怎样让学生多问",
            by=held.teacher,
        )
        answer = reply(asked, Writing("先让学生写下问题。", uuid4()), by=other.teacher)
        mark_answered(asked, answer, by=held.teacher)
        posts += 2
    return posts


def speak(year) -> int:
    """Returns: posts."""
    with connection.cursor() as cursor:
        cursor.execute(SAY, {"programme": year.programme.pk})
        return cursor.rowcount


def keep_words(year) -> int:
    """A word list is tried on everything that was said, then holds. Returns: posts looked at."""
    typed = {"refuse": "代写论文", "hold": "加微信", "report": "小组展示"}
    rules = make_rules(
        typed, hosts="edu.cn", links="leaving", why="年度词表", newest=0, by=year.officer
    )
    trial = try_rules(rules, days=30, by=year.officer)
    switch_on(rules, why="试运行无误", by=year.officer)
    return trial.posts


def count_week(year) -> int:
    """The offices' figures of the week. Returns: workshops."""
    return count_weeks(year.programme)


STAGES = (
    ("posts", speak),
    ("word_list", keep_words),
    ("questions", ask_and_answer),
    ("week_of_workshops", count_week),
)
