"""Later years (senere år): what this year's grants bind of the years to come. Whole kroner.

A need gets the same part of a later year as of this one. Where the plan has a lock cap
(bindingstak) and the year would pass it, all needs' amounts of that year are scaled by one factor.
Source: the plan's lock cap, KOLL § 9; finding F03.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from samspill.engines.allocation.problem import Problem


@dataclass(frozen=True)
class LaterYear:
    """One later year: kroner per need before and after the cap, and what the cap looked at."""

    year: str
    frame: int
    committed: int
    cap: Fraction | None
    uncapped: Mapping[str, int]
    amounts: Mapping[str, int]

    @property
    def room(self) -> Fraction | None:
        """What the cap leaves for new needs, in kroner; None without a cap, below 0 is F03."""
        return None if self.cap is None else self.cap * self.frame - self.committed

    def scaled(self, need: str) -> bool:
        """Did the cap take anything from this need?"""
        return self.amounts.get(need, 0) < self.uncapped.get(need, 0)


def later_years(problem: Problem, grants: Mapping[str, int]) -> tuple[LaterYear, ...]:
    """Every later year, in order, from this year's grants alone."""
    return tuple(_later_year(problem, grants, year) for year in problem.later_years)


def _later_year(problem: Problem, grants: Mapping[str, int], year: str) -> LaterYear:
    asking = sorted((need for need in problem.needs if year in need.later), key=lambda n: n.id)
    uncapped = {
        need.id: _in_steps(
            Fraction(need.later[year] * grants[need.id], need.requested or 1), problem.step
        )
        for need in asking
    }
    found = LaterYear(
        year=year,
        frame=problem.frame_of(year),
        committed=sum(c.later.get(year, 0) for c in problem.commitments),
        cap=problem.lock_cap,
        uncapped=uncapped,
        amounts=uncapped,
    )
    total = sum(uncapped.values())
    if found.room is None or total <= found.room:
        return found
    factor = max(found.room, Fraction(0)) / total if total else Fraction(0)
    fitted = {need: _in_steps(amount * factor, problem.step) for need, amount in uncapped.items()}
    return LaterYear(**{**vars(found), "amounts": fitted})


def _in_steps(amount: Fraction, step: int) -> int:
    return amount // step * step
