"""Who may ask for what in a workshop. What may happen is in ``workshops.domain``."""
