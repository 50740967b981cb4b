"""The drawings of the site (diagrammene): ``{% load charts %}``. Each has its list or table."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.shared.charts import bars, wheel
from samspill.shared.design import wording

register = template.Library()

#: Characters that fit on one line in the middle of the wheel, and the most lines there.
LINE, LINES = 17, 3


@register.inclusion_tag("charts/wheel.html")
def year_wheel(
    milestones: Sequence[wheel.Milestone], today: date | datetime, id: str = "aarshjul"
) -> dict[str, Any]:
    """``{% year_wheel milestones today %}``: the picture. Put ``{% year_steps %}`` beside it."""
    day = wording.norwegian_date(today)
    drawn = wheel.wheel(milestones, day)
    return {
        "wheel": drawn,
        "id": id,
        "centre": _centre(drawn.next),
        "today_words": wording.day(day).rpartition(" ")[0],
        "description": _description(drawn),
    }


@register.inclusion_tag("charts/steps.html")
def year_steps(
    milestones: Sequence[wheel.Milestone], today: date | datetime, label: str = ""
) -> dict[str, Any]:
    """``{% year_steps milestones today %}``: the same year as a list, passed and next marked."""
    return {"steps": wheel.steps(milestones, wording.norwegian_date(today)), "label": label}


@register.inclusion_tag("charts/share_bar.html")
def share_bar(
    share: Decimal | None, guide: Decimal | None = None, tolerance: Decimal | None = None
) -> dict[str, Any]:
    """``{% share_bar share guide=guide tolerance=t %}``: a share of one, its number beside it."""
    return {"bar": bars.share_bar(share, guide=guide, tolerance=tolerance)}


def _description(drawn: wheel.Wheel) -> str:
    """What the picture shows, for those who cannot see it."""
    parts = [
        ngettext(
            "Tolv måneder i ring med %(count)s milepæl.",
            "Tolv måneder i ring med %(count)s milepæler.",
            len(drawn.spots),
        )
        % {"count": len(drawn.spots)},
        _("I dag er %(day)s.") % {"day": wording.day(drawn.today)},
    ]
    if drawn.next is not None:
        parts.append(
            _("Neste er «%(label)s», %(when)s.")
            % {"label": drawn.next.milestone.label, "when": drawn.next.when}
        )
    parts.append(_("Samme innhold står i listen ved siden av."))
    return " ".join(parts)


def _centre(ahead: wheel.Step | None) -> dict[str, Any]:
    """The words in the middle: days to the next milestone, and which it is."""
    if ahead is None:
        return {"big": "", "middle": _("Året er gjennomført"), "lines": []}
    label = str(ahead.milestone.label)
    if ahead.state == "now":
        big = _("I dag") if wheel.last_day(ahead.milestone) == ahead.milestone.starts else _("Nå")
        return {"big": big, "middle": "", "lines": _rows(wrapped(label), 34)}
    middle = ngettext("dag til", "dager til", ahead.days)
    return {
        "big": wording.number(ahead.days),
        "middle": middle,
        "lines": _rows(wrapped(label), 44),
    }


def _rows(texts: list[str], first: int) -> list[tuple[int, str]]:
    return [(first + 23 * number, text) for number, text in enumerate(texts)]


def wrapped(text: str) -> list[str]:
    """The label in at most three lines that fit inside the ring; the rest becomes «…»."""
    rows: list[str] = []
    for word in text.split():
        if rows and len(rows[-1]) + 1 + len(word) <= LINE:
            rows[-1] += f" {word}"
        else:
            rows.append(word if len(word) <= LINE + 3 else f"{word[: LINE + 2]}…")
    if len(rows) > LINES:
        rows = [*rows[: LINES - 1], f"{rows[LINES - 1]} …"]
    return rows
