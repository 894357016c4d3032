"""What run.py does. Standard library only; nothing here imports Django."""
