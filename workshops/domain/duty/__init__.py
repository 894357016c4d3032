"""Duty: sharing it fairly, swapping and covering it, being there, handing questions on (R38)."""
