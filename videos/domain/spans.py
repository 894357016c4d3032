"""Arithmetic on spans of whole seconds, half-open as PostgreSQL's int4range: (from, to)."""

from collections.abc import Iterable

Span = tuple[int, int]


def seconds_in(spans: Iterable[Span]) -> int:
    """How many seconds disjoint ``spans`` hold."""
    return sum(end - start for start, end in spans)


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same seconds as ordered, disjoint, non-empty spans that do not touch."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def outside(span: Span, spans: Iterable[Span]) -> list[Span]:
    """What of ``span`` lies outside ``spans``, which are ordered and disjoint."""
    start, end = span
    left: list[Span] = []
    for known_start, known_end in spans:
        if known_end <= start:
            continue
        if known_start >= end:
            break
        if start < known_start:
            left.append((start, known_start))
        start = max(start, known_end)
    return [*left, (start, end)] if start < end else left
