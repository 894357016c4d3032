"""Lists of a unit's hosts, filed level by level and frozen (R35)."""
