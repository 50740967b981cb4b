"""What our letter font can show (tegn i skriften), so that an emoji never stops a letter.

PDF/A and PDF/UA refuse a text the font has no sign for. Such a character is written out by its
Unicode name in brackets: «👍» becomes «[thumbs up sign]». What was frozen keeps the character.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

#: Follow another character and change how it is drawn: nothing is lost without them.
_JOINERS = frozenset("\u200d\ufe0e\ufe0f") | {chr(tone) for tone in range(0x1F3FB, 0x1F400)}
_PLAIN = frozenset("\n\t")


def showable(value: Any, font: Path) -> Any:
    """The same data with every text in signs the font has."""
    if isinstance(value, str):
        return value if value.isascii() else "".join(_shown(mark, font) for mark in value)
    if isinstance(value, dict):
        return {key: showable(inner, font) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [showable(inner, font) for inner in value]
    return value


def _shown(mark: str, font: Path) -> str:
    private = unicodedata.category(mark) == "Co"  # PDF/A refuses these also where a sign exists
    if mark in _PLAIN or (ord(mark) in characters(font) and not private):
        return mark
    if mark in _JOINERS:
        return ""
    return f"[{unicodedata.name(mark, f'U+{ord(mark):04X}').lower()}]"


@cache
def characters(font: Path) -> frozenset[int]:
    """Every code point a TrueType font has a sign for, read from its `cmap` table."""
    data = font.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == b"cmap":
            return frozenset(_mapped(data, start))
    return frozenset()


def _mapped(data: bytes, cmap: int) -> set[int]:
    found: set[int] = set()
    (tables,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(tables):
        (offset,) = struct.unpack_from(">I", data, cmap + 8 + 8 * number)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if form == 4:
            found |= _segments(data, cmap + offset)
        elif form == 12:
            found |= _groups(data, cmap + offset)
    return found


def _segments(data: bytes, at: int) -> set[int]:
    """Format 4: segments of the basic plane; a character whose glyph is 0 is missing."""
    (twice,) = struct.unpack_from(">H", data, at + 6)
    ends, starts = at + 14, at + 16 + twice
    deltas, offsets = starts + twice, starts + 2 * twice
    found: set[int] = set()
    for step in range(0, twice, 2):
        last, first, delta, offset = (
            struct.unpack_from(">H", data, place + step)[0]
            for place in (ends, starts, deltas, offsets)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                where = offsets + step + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", data, where)
                if glyph == 0:
                    continue
            if (glyph + delta) % 0x10000:
                found.add(code)
    return found


def _groups(data: bytes, at: int) -> set[int]:
    """Format 12: groups of any plane."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        found.update(code for code in range(first, last + 1) if glyph + code - first)
    return found
