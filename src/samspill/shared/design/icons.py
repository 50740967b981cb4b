"""The icons (ikonene): Aksel's SVG files from npm, written into the page.

An icon is decoration: it is hidden from screen readers, and the words beside it carry the
meaning. Files are read once per process. A name that does not exist stops the page, because
it can only be a slip of the programmer's.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

_DRAWING = re.compile(r"<svg[^>]*>(?P<inner>.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")


class UnknownIcon(LookupError):
    """There is no icon of this name in @navikt/aksel-icons."""


@cache
def icon(name: str) -> SafeString:
    """The SVG of ``name`` with the text's own colour and size, hidden from screen readers."""
    path = Path(settings.NODE) / "@navikt/aksel-icons/dist/svg" / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(f"{name!r} is not in @navikt/aksel-icons.")
    found = _DRAWING.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise UnknownIcon(f"{name}.svg holds no drawing.")
    inner = " ".join(found["inner"].split())
    return mark_safe(  # noqa: S308 - the file comes with the package, never from a user
        '<svg class="sp-icon" viewBox="0 0 24 24" fill="none" aria-hidden="true" '
        f'focusable="false">{inner}</svg>'
    )
