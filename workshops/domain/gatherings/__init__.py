"""Trainings of hosts and offline seminars: announcing, signing up, being there (R37, R38)."""
