"""News of the courses app."""

from django.dispatch import Signal

# passed: list of (user_id, course_id, programme_id), sent inside the scoring transaction
test_passed = Signal()
# submission: the Submission that a marker accepted, sent inside the marking transaction
homework_accepted = Signal()
