import logging
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bureau.domain.lesson_progress import count_lessons
from bureau.domain.progress import count_progress
from courses.domain.demo_content import load_demo_courses
from programmes.domain.rulepacks import load_programme
from programmes.queries import current_programme
from rehearsal.demo import (
    assessment,
    drawn,
    duty,
    gatherings,
    hosting,
    lessons,
    national,
    people,
    progress,
    recordings,
    talk,
    workshops,
)
from rehearsal.demo.cast import PASSWORD, STAFF, TEACHERS


class Command(BaseCommand):
    """Fills an empty database with the demo province. Data that is there is kept."""

    help = "Load the demo province and print its accounts."

    def handle(self, *args, **options):
        logging.disable(logging.INFO)  # thousands of lines of pages being published
        if not User.objects.filter(username=TEACHERS[0].username).exists():
            self._seed()
        self._print_accounts()

    def _seed(self):
        # The people come last, so that a run that was interrupted starts over.
        with transaction.atomic():
            self._step("divisions", call_command, "load_divisions", stdout=self.stderr)
            self._step("programme", load_programme, "2017", shift_to=timezone.localdate())
            self._step("portal", call_command, "load_portal", stdout=self.stderr)
        with transaction.atomic():
            self._step("schools", people.open_schools)
            self._step("staff", people.hire_staff)
            self._step("rosters", people.import_rosters)
            self._step("recordings", recordings.add_recordings)
            editor = User.objects.get(username="bianji")
            self._step("courses", load_demo_courses, by=editor)
            self._step("enrolment", progress.enrol_everybody)
            self._step("choices", progress.choose_everything)
            self._step("study", progress.study_a_while)
            self._step("lessons", lessons.give_lessons)
            self._step("draw", drawn.draw_lessons)
            self._step("national lessons", national.offer_national_lessons)
            self._step("workshops", workshops.fill_workshops)
            self._step("talk", talk.talk_a_while)
            self._step("duty", duty.serve_a_while)
            self._step("trainings and seminars", gatherings.meet)
            self._step("assessment of hosts", assessment.assess_hosts)
            self._step("hosts of topics", hosting.call_for_hosts)
            self._step("lists of hosts", hosting.file_lists)
            self._step("registration", progress.register_and_dispute)
            self._step("figures", count_progress, current_programme())
            self._step("figures of lessons", count_lessons, current_programme())

    def _step(self, name, act, *args, **kwargs):
        started = time.monotonic()
        act(*args, **kwargs)
        self.stderr.write(f"  {name}: {time.monotonic() - started:.1f} s")

    def _print_accounts(self):
        self.stdout.write(f"演示账号（密码均为 {PASSWORD}） · demo accounts, one password:\n\n")
        for plan in (*STAFF, *TEACHERS):
            self.stdout.write(f"  {plan.username:<10} {plan.real_name}  {plan.note}\n")
