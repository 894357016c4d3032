"""Numbers that no year may change."""

SEAT_LIMIT = 300  # seats are numbered 1 to 300; a rule pack may set fewer (R30)
INVITATION_DAYS = 14
OWN_WORKSHOP_FROM = 30  # people that a county or city needs for workshops of its own
