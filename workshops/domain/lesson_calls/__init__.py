"""A school calls its county's host on a lesson that it prepares (R40)."""
