"""Placing a whole roster: cutting is a pure function, reading and storing one statement a step."""
