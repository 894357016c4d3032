"""Calls for hosts of topics: volunteer, recommend, select (R34)."""
