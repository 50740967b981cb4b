"""What a person should look at (funn): rules of the county's year that the engine can judge.

F01: grants, commitments and coordination stay within the frame. F03: commitments for later years
stay within the plan's lock cap. TIE: two needs rank the same but fare differently. STEP: an
amount was rounded down on the way in. Source: the plan, KOLL § 9; amounts are whole kroner.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

from samspill.engines.allocation.later import LaterYear
from samspill.engines.allocation.problem import Need, Problem
from samspill.engines.allocation.wording import (
    Sentence,
    Translate,
    decimal_text,
    gettext_noop,
    read_back,
)

SEVERITY = {"F01": "error", "F03": "warning", "TIE": "warning", "STEP": "info"}
TEMPLATES: Mapping[tuple[str, bool], str] = {
    ("F01", True): gettext_noop(
        "Lovede beløp, koordinering og nye tilskudd er innenfor rammen på %(frame)s kroner."
    ),
    ("F01", False): gettext_noop(
        "Lovede beløp (%(committed)s kroner) og koordinering (%(coordination)s kroner) er "
        "%(excess)s kroner over rammen på %(frame)s kroner. Øk rammen, eller sett ned beløpene."
    ),
    ("F03", True): gettext_noop(
        "Det som er lovet for %(year)s, %(committed)s kroner, er innenfor bindingstaket på "
        "%(cap)s av rammen på %(frame)s kroner."
    ),
    ("F03", False): gettext_noop(
        "Det som er lovet for %(year)s, %(committed)s kroner, er over bindingstaket på %(cap)s av "
        "rammen på %(frame)s kroner. Ingen nye behov får midler for det året."
    ),
    ("TIE", False): gettext_noop(
        "Behovene %(needs)s har samme prioritet (%(priority)s) og poeng (%(score)s), men får "
        "ulik andel av det de ber om. Vurder om forskjellen er riktig."
    ),
    ("STEP", True): gettext_noop(
        "%(need)s: Beløpet i feltet «%(field)s» er rundet ned fra %(written)s til %(used)s kroner."
    ),
}


@dataclass(frozen=True)
class Finding:
    """One rule's answer: met or not, and the sentence that says what it means."""

    rule: str
    severity: str
    met: bool
    template: str
    facts: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The finding in plain bokmål."""
        return self.said(gettext_noop)

    def said(self, translate: Translate) -> str:
        """The finding in the language that `translate` (gettext) speaks."""
        return Sentence(self.template, self.facts).said(translate)

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "met": self.met,
            "text": self.text,
            "facts": dict(self.facts),
        }


def finding_from(written: Mapping[str, Any]) -> Finding:
    """A stored finding, its words as they were even if the engine words it differently now."""
    facts = written.get("facts", {})
    own = read_back(TEMPLATES.values(), facts, written["text"])
    return Finding(written["rule"], written["severity"], written["met"], own.template, facts)


def findings_of(
    problem: Problem, grants: Mapping[str, int], years: tuple[LaterYear, ...]
) -> tuple[Finding, ...]:
    """All findings about one allocation, in a fixed order."""
    roundings = (_finding("STEP", True, **vars(rounding)) for rounding in problem.roundings)
    ties = _ties(problem, grants)
    return (frame_kept(problem), *_locks_kept(years), *ties, *roundings)


def frame_kept(problem: Problem) -> Finding:
    """F01 before a krone is granted: do commitments and coordination leave anything at all?"""
    return _finding(
        "F01",
        problem.available >= 0,
        frame=problem.frame,
        committed=problem.committed,
        coordination=problem.coordination,
        excess=max(0, -problem.available),
    )


def _finding(rule: str, met: bool, **facts: Any) -> Finding:
    return Finding(rule, SEVERITY[rule], met, TEMPLATES[rule, met], facts)


def _locks_kept(years: tuple[LaterYear, ...]) -> Iterator[Finding]:
    for year in years:
        if year.cap is not None and year.room is not None:
            yield _finding(
                "F03",
                year.room >= 0,
                year=year.year,
                committed=year.committed,
                cap=decimal_text(year.cap),
                frame=year.frame,
            )


def _ties(problem: Problem, grants: Mapping[str, int]) -> Iterator[Finding]:
    """Needs alike in priority and score that fare differently: only the id told them apart."""
    alike: dict[tuple[int, int], list[Need]] = defaultdict(list)
    for need in problem.needs:
        if need.requested:
            alike[need.priority, need.score].append(need)
    for (priority, score), needs in sorted(alike.items(), key=lambda item: item[0]):
        if unlike := _unlike(needs, grants, problem.step):
            yield _finding("TIE", False, priority=priority, score=score, needs=unlike)


def _unlike(needs: list[Need], grants: Mapping[str, int], step: int) -> list[str]:
    """Those whose coverage differs from another's by more than one step of the smaller request.

    Rounding to whole steps alone never makes such a difference, so a cut by one common measure
    is no tie to decide. Sorted by coverage, a need only has to know the nearest of the far ones.
    """
    spans = sorted(
        (Fraction(grants[n.id], n.requested), Fraction(step, n.requested), n.id) for n in needs
    )
    if spans[0][0] == spans[-1][0]:
        return []
    coverage = [covered for covered, _, _ in spans]
    lowest_top = list(accumulate((c + s for c, s, _ in spans), min))
    highest_foot = list(accumulate((c - s for c, s, _ in reversed(spans)), max))[::-1]
    unlike = []
    for covered, one_step, name in spans:
        above = bisect_right(coverage, covered + one_step)
        below = bisect_left(coverage, covered - one_step)
        if (above < len(spans) and highest_foot[above] > covered) or (
            below and lowest_top[below - 1] < covered
        ):
            unlike.append(name)
    return sorted(unlike)
