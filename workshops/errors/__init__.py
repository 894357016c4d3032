"""How this app says no."""
