"""A share as a bar (andel som søyle): beside it the number, so the picture is never alone."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Widths and places in a drawing 100 wide; None where there is nothing to draw."""

    width: str
    guide: str | None = None
    band_from: str | None = None
    band_width: str | None = None


def share_bar(
    share: Decimal | None, *, guide: Decimal | None = None, tolerance: Decimal | None = None
) -> ShareBar:
    """Shares of one in, a bar out. The scale is the whole, so bars on a page can be compared."""
    bar = _percent(share or Decimal(0))
    if guide is None:
        return ShareBar(bar)
    around = tolerance or Decimal(0)
    low, high = max(guide - around, Decimal(0)), min(guide + around, Decimal(1))
    return ShareBar(bar, _percent(guide), _percent(low), _percent(high - low))


def _percent(share: Decimal) -> str:
    """0.4 → «40.00», held inside the drawing; with a point whatever the language."""
    return f"{min(max(share, Decimal(0)), Decimal(1)) * 100:.2f}"
