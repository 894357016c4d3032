"""One form of a text for comparing, in Python and in SQL; both must come to the same."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, joiners, direction marks, variation selectors, fillers: seen by nobody.
INVISIBLE = "".join(
    chr(one)
    for span in (
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
    )
    for one in range(span[0], span[1] + 1)
)
UPPER, LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
BETWEEN = "[ *._·~-]"  # what people put between two characters of a word
BLOCK = "</?(p|li|ul|ol|blockquote|h3|br)( [^>]*)?>"
_GONE = str.maketrans(UPPER, LOWER, INVISIBLE)
_BLOCK, _TAG = re.compile(BLOCK), re.compile("<[^>]*>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&"))

# The same steps for the HTML in ``{text}`` and the plain text in ``{plain}``.
FOLDED = f"""
lower(translate(normalize(translate({{plain}} || E'\\n' ||
  replace(replace(replace(replace(
    regexp_replace(regexp_replace({{text}}, '{BLOCK}', E'\\n', 'g'), '<[^>]*>', '', 'g'),
    '&lt;', '<'), '&gt;', '>'), '&nbsp;', ' '), '&amp;', '&'),
  %(invisible)s, ''), NFKC), %(invisible)s, '') COLLATE "C")
"""


def bare(cleaned: str) -> str:
    """The characters of cleaned HTML; its blocks are lines."""
    text = _TAG.sub("", _BLOCK.sub("\n", cleaned))
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def folded(text: str) -> str:
    """NFKC (so full width becomes half), nothing invisible, Latin letters small."""
    shown = unicodedata.normalize("NFKC", text.translate(_GONE))
    return shown.translate(_GONE)


def pattern_of(word: str) -> str:
    """A regular expression for the word in a folded text; Python's and PostgreSQL's alike.

    A word of Latin letters and digits stands alone ("ass" is not in "class"); other words are
    found inside others, and with spaces or signs between their characters.
    """
    plain = folded(word).strip()
    if plain.isascii():
        body = " +".join(_escaped(part) for part in plain.split())
        return f"(?<![a-z0-9]){body}(?![a-z0-9])"
    return f"{BETWEEN}*".join(_escaped(one) for one in plain if not one.isspace())


def _escaped(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
