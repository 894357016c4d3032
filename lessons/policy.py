"""Numbers of the lessons that no yearly plan sets."""

SCHOOL_YEAR_BEGINS = 8  # the month; what is taught from August on belongs to the new school year
PERIODS = 12  # lessons of a school day, as the database also knows
TITLE_LENGTH = 120
SHORTEST_REASON = 4
CONSENT_FORMATS = ("pdf", "jpg", "jpeg", "png", "docx", "zip")
CONSENT_MEGABYTES = 50
ALIKE_PERCENT = 30  # of their 5-character pieces; from here on two plans are shown side by side
HINTS_PER_PLAN = 5
SHORTEST_REPORT = 15


def lesson_code(lesson_id: int) -> str:
    """A lesson's number as the office reads and writes it. Its page has the same number."""
    return f"L{lesson_id:07d}"
