"""HTTP's Range for one span of bytes (RFC 9110, 14)."""

import re

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class RangeNotSatisfiable(Exception):
    """The span lies outside the file."""


def byte_span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that ``header`` asks of a file of ``size`` bytes.

    Returns: None for the whole file: no header, another unit, several spans or nonsense,
    which a server may ignore.
    Raises: RangeNotSatisfiable.
    """
    asked = RANGE.fullmatch(header.replace(" ", ""))
    if asked is None or asked[0] == "bytes=-":
        return None
    first, last = asked.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size - 1), size - 1)
        if last and int(last) < int(first):
            return None
    if start > end:
        raise RangeNotSatisfiable
    return start, end
