"""The draw in the product: from rows to published files, and from the result back to rows.

What is dealt to whom is decided in ``lessons.domain.dealing`` alone.
"""
