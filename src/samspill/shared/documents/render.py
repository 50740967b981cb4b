"""THE renderer of letters and receipts: data in, an accessible PDF out (Typst, PDF/UA-1 + A-2a).

The same data gives the same bytes, so a letter's hash can be recomputed years later.
"""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from samspill.shared.documents.glyphs import showable

STANDARDS: list[Any] = ["ua-1", "a-2a"]
#: Letters carry their dates in their text; a clock in the file would change its hash.
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
#: The weight whose signs stand for the whole family's.
REGULAR = "400Regular/Inter_400Regular.ttf"
_lock = threading.Lock()


class NotRendered(Exception):
    """The letter could not be made: a missing value, alt text or heading level. None is sent."""


def render(source: Path, data: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The PDF of a room's `letters/*.typ` with this data (JSON-able; texts, integers, lists).

    `language` is nb, nn or en and becomes the document's language, `title` its title. A character
    the font lacks, such as an emoji, is written out by its name in brackets. Raises NotRendered
    with Typst's own words, e.g. when the letter asks for a key the data lack.
    """
    shown = showable({**data, "language": language, "title": title}, _fonts() / REGULAR)
    content = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    try:
        with _lock:  # one compiler keeps its fonts; it is not made for several threads at once
            made = _compiler().compile(
                input=source,
                format="pdf",
                sys_inputs={"data": content},
                pdf_standards=STANDARDS,
                timestamp=FIXED,
            )
    except typst.TypstError as error:
        raise NotRendered(f"{source.name}: {error.message} {' '.join(error.hints)}") from error
    assert isinstance(made, bytes)  # noqa: S101  (format="pdf" gives one file)
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_fonts()]
    )
    return typst.Compiler(root=settings.PACKAGE, font_paths=fonts)


def _fonts() -> Path:
    return settings.NODE / "@expo-google-fonts/inter"
