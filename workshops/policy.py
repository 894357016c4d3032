"""Numbers that no year may change."""

SEAT_LIMIT = 300  # seats are numbered 1 to 300; a rule pack may set fewer (R30)
ANSWER_HOURS = 48  # after which an open question is overdue
TITLE_LENGTH = 120
FILES_A_POST = 5
POSTS_A_PAGE = 50
NEW_ACCOUNT_DAYS = 3  # during which somebody writes at the slower rate
RATE_MINUTES = 10
RATE_LIMIT, NEW_RATE_LIMIT = 30, 5  # posts of one person in that time
MUTE_DAYS = (1, 3, 7, 30)
REASON_LENGTH = 300
INVITATION_DAYS = 14
OWN_WORKSHOP_FROM = 30  # people that a county or city needs for workshops of its own
WORD_LENGTH, MOST_WORDS, MOST_HOSTS = 40, 2000, 200
TRIAL_DAYS = (7, 30, 90)  # of posts on which a word list is tried before it holds
GATHERING_LIMIT = 2000  # places of one training or seminar
CODE_SECONDS = 30  # a sign-in code changes every half minute
CODE_DIGITS = 6
SIGN_IN_BEFORE_MINUTES = 30  # one may sign in this long before a meeting begins
SIGN_IN_AFTER_MINUTES = 15  # and so long after it ended
MEETINGS_LIMIT = 20
CHECK_IN_EARLY_MINUTES = 10  # before a shift begins
LATE_AFTER_MINUTES = 5  # after it began
DUTY_WEEKS = 26  # that can be planned at once
STATEMENT_LENGTH = 1500  # why somebody wants to host a topic
HOSTS_A_TOPIC = 50  # that one call can ask for
SELECTED_AT_ONCE = 50
