"""The draw of R9 as pure functions of the Python standard library.

Nothing in this package imports the product. Joined into one file it is ``tools/verify_draw.py``,
which is published beside every draw: who wants to check a draw runs the very same lines.
"""
