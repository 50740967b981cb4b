"""Why a need got what it got (begrunnelse): a code, a plain sentence and the numbers in it.

Every krone must be explainable to the one who gets it, so a reason names the pot, how far it
reaches and the rule that cut – the grounds that forvaltningsloven §§ 24–25 ask for. Kroner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.engines.allocation.later import LaterYear
from samspill.engines.allocation.problem import Need, Problem
from samspill.engines.allocation.proportional import Cut
from samspill.engines.allocation.wording import (
    Sentence,
    Translate,
    decimal_text,
    gettext_noop,
    read_back,
)

PROPORTIONAL = {
    "full": gettext_noop(
        "Behovet får alt det ber om, %(granted)s kroner. Potten for %(category)s rekker til hele "
        "beløpet for prioritet %(priority)s."
    ),
    "full_by_rounding": gettext_noop(
        "Behovet får alt det ber om, %(granted)s kroner. Potten for %(category)s rekker til "
        "%(share)s av det, og avrundingen til hele %(step)s kroner gir resten."
    ),
    "reduced": gettext_noop(
        "Potten for %(category)s rekker til %(share)s av det behov med prioritet %(priority)s ber "
        "om. Potten er %(pot)s kroner, andelen er %(lambda)s og vekten %(weight)s. Av "
        "%(requested)s kroner blir det %(granted)s kroner, rundet til hele %(step)s kroner."
    ),
    "minimum_not_met": gettext_noop(
        "Potten for %(category)s rakk til %(share)s av det behov med prioritet %(priority)s ber "
        "om, altså %(exact)s av %(requested)s kroner. Det er under minstebeløpet på %(minimum)s "
        "kroner, så behovet får 0 kroner."
    ),
    "beyond_frame": gettext_noop(
        "Potten for %(category)s rekker til %(share)s av det behov med prioritet %(priority)s ber "
        "om. Det er mindre enn %(step)s kroner, det minste vi deler ut, så behovet får 0 kroner."
    ),
    "lock_cap": gettext_noop(
        "Behovet får alt det ber om i %(year)s, %(granted)s kroner, men mindre enn det ber om "
        "senere."
    ),
}
TEMPLATES: Mapping[str, Mapping[str, str]] = {"proportional": PROPORTIONAL}
"""By method, then by reason code; `full_by_rounding` is another way to word `full`."""

LATER_CAPPED = gettext_noop(
    "I %(year)s er beløpet satt ned fra %(asked)s til %(granted)s kroner, fordi høyst %(cap)s av "
    "rammen på %(frame)s kroner kan være bundet det året."
)


@dataclass(frozen=True)
class Reason:
    """The reason for one need's grant, and for each later year that the lock cap cut.

    `code` tells what cut this year's grant; `lock_cap` means that only later years were cut.
    """

    code: str
    template: str
    facts: Mapping[str, Any]
    later: Mapping[str, Sentence] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole reason in plain bokmål."""
        return self.said(gettext_noop)

    def said(self, translate: Translate) -> str:
        """The whole reason in the language that `translate` (gettext) speaks."""
        sentences = (Sentence(self.template, self.facts), *self.later.values())
        return " ".join(sentence.said(translate) for sentence in sentences)

    def to_dict(self) -> dict[str, Any]:
        written: dict[str, Any] = {"code": self.code, "text": self.text, "facts": dict(self.facts)}
        if self.later:
            written["later"] = {
                year: {"code": "lock_cap", "text": cut.text, "facts": dict(cut.facts)}
                for year, cut in self.later.items()
            }
        return written


def reason_from(written: Mapping[str, Any], method: str) -> Reason:
    """A stored reason, its words as they were even if the engine words it differently now."""
    later = {
        year: read_back([LATER_CAPPED], cut["facts"], cut["text"])
        for year, cut in written.get("later", {}).items()
    }
    tail = "".join(f" {cut.text}" for cut in later.values())
    templates = TEMPLATES.get(method, {}).values()
    facts = written.get("facts", {})
    own = read_back(templates, facts, written["text"].removesuffix(tail))
    return Reason(written["code"], own.template, facts, later)


def explain_cut(problem: Problem, cut: Cut, years: tuple[LaterYear, ...]) -> dict[str, Reason]:
    """A reason for every need, by id: what the pot reached to, and what that became."""
    return {
        need.id: _reason(problem, cut, need, _capped(years, need))
        for need in sorted(problem.needs, key=lambda need: need.id)
    }


def _reason(problem: Problem, cut: Cut, need: Need, later: Mapping[str, Sentence]) -> Reason:
    granted = cut.grants[need.id]
    level = cut.dropped.get(need.id, cut.levels[need.category])
    share = level.share(problem.weight(need))
    facts: dict[str, Any] = {
        "year": problem.year,
        "category": need.category,
        "priority": need.priority,
        "pot": int(level.pot),
        "lambda": decimal_text(level.lam),
        "weight": decimal_text(problem.weight(need)),
        "share": decimal_text(share),
        "requested": need.requested,
        "minimum": need.minimum,
        "exact": int(share * need.requested),
        "granted": granted,
        "step": problem.step,
    }
    code = _code(need, granted, dropped=need.id in cut.dropped, capped=bool(later))
    rounded = code == "full" and facts["exact"] < need.requested
    return Reason(code, PROPORTIONAL["full_by_rounding" if rounded else code], facts, later)


def _code(need: Need, granted: int, *, dropped: bool, capped: bool) -> str:
    if dropped:
        return "minimum_not_met"
    if granted == need.requested:
        return "lock_cap" if capped else "full"
    return "reduced" if granted else "beyond_frame"


def _capped(years: tuple[LaterYear, ...], need: Need) -> dict[str, Sentence]:
    """A sentence for each later year in which the cap took something from this need."""
    return {
        year.year: Sentence(
            LATER_CAPPED,
            {
                "year": year.year,
                "asked": year.uncapped[need.id],
                "granted": year.amounts[need.id],
                "cap": decimal_text(year.cap),
                "frame": year.frame,
            },
        )
        for year in years
        if year.cap is not None and year.scaled(need.id)
    }
