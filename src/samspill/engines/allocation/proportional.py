"""Proportional reduction (forholdsmessig avkorting): all in a pot are cut by the same measure.

In each pot a need gets min(requested, λ · weight · requested), with the one λ that spends the
pot. A need below its minimum is dropped, the worst first, and all is computed again. At last the
exact amounts are rounded to whole steps by largest remainder. Integers and fractions only.
Source: the plan's criteria and weights (KOLL § 9 d); worked in `docs/allocation-by-hand.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from samspill.engines.allocation.pots import Pots, guided_pots, move_surplus
from samspill.engines.allocation.problem import Need, Problem


@dataclass(frozen=True)
class Level:
    """How far one pot reaches (potten i kroner og λ)."""

    pot: Fraction
    lam: Fraction

    def share(self, weight: Fraction) -> Fraction:
        """The part of its request that a need with this weight gets: 0 to 1."""
        return min(Fraction(1), self.lam * weight)


@dataclass(frozen=True)
class Cut:
    """The grants in kroner, how far each pot reached, and the level at which a need fell out."""

    grants: Mapping[str, int]
    levels: Mapping[str, Level]
    dropped: Mapping[str, Level]


def cut_proportionally(problem: Problem) -> Cut:
    """Share the year's money. Promise: the same answer whatever the order in the file."""
    pools = _Pools(problem)
    dropped = _drop_below_minimum(problem.needs, pools)
    kept = [need for need in problem.needs if need.id not in dropped]
    grants = dict.fromkeys((need.id for need in problem.needs), 0)
    grants |= _round(kept, pools, problem.step)
    return Cut(grants=dict(sorted(grants.items())), levels=pools.levels, dropped=dropped)


class _Pools:
    """What is asked in each pot by priority, and the level that follows from it.

    A pot's needs of one priority all get the same share, so nothing here grows with their number:
    dropping a need costs the same among 20 000 as among three.
    """

    def __init__(self, problem: Problem) -> None:
        self._guide = problem.guide
        self._guided = guided_pots(problem)
        self._weights = problem.priority_weights
        self._asked = {c: dict.fromkeys(problem.priority_weights, 0) for c in problem.guide}
        for need in problem.needs:
            self._asked[need.category][need.priority] += need.requested
        self._find_levels()

    def _find_levels(self) -> None:
        asked = {category: sum(sums.values()) for category, sums in self._asked.items()}
        pots: Pots = move_surplus(self._guided, asked, self._guide)
        self.levels = {
            category: Level(
                pot, _lambda(pot, ((self._weights[p], s) for p, s in sums.items() if s))
            )
            for (category, sums), pot in zip(self._asked.items(), pots.values(), strict=True)
        }

    def share(self, need: Need) -> Fraction:
        return self.levels[need.category].share(self._weights[need.priority])

    def drop(self, need: Need) -> None:
        self._asked[need.category][need.priority] -= need.requested
        self._find_levels()


def _lambda(pot: Fraction, asked: Iterable[tuple[Fraction, int]]) -> Fraction:
    """The one λ that spends the pot on these (weight, kroner) sums.

    The heaviest weight is full first; then the rest of the pot is for the rest. A pot that funds
    everything gets the λ at which the lightest weight is just full.
    """
    by_weight = sorted(asked, reverse=True)
    left, weighted = pot, sum((weight * amount for weight, amount in by_weight), Fraction(0))
    lam = Fraction(0)
    for weight, amount in by_weight:
        lam = left / weighted
        if lam * weight < 1:
            return lam
        lam = 1 / weight
        left -= amount
        weighted -= weight * amount
    return lam


def _drop_below_minimum(needs: tuple[Need, ...], pools: _Pools) -> dict[str, Level]:
    """Drop the worst need below its minimum, compute again, until all that are left reach theirs.

    One pass from the worst to the best need is enough: when a need is dropped its pot has fewer
    to feed and the others can only gain surplus, so no share ever falls, and a need that once
    reached its minimum will still reach it.
    """
    dropped = {}
    for need in reversed(needs):
        if need.minimum and pools.share(need) * need.requested < need.minimum:
            dropped[need.id] = pools.levels[need.category]
            pools.drop(need)
    return dropped


def _round(needs: list[Need], pools: _Pools, step: int) -> dict[str, int]:
    """Round down to whole steps; what that frees goes by step to the largest remainders.

    Ties go to the higher score, then the lower id. None passes its request: only amounts with a
    remainder are ever lifted, and there are at least as many of those as steps to give.
    """
    shares = _shares(needs, pools)
    common = lcm(*(share.denominator for share in shares.values())) * step
    grants, remainders, total = {}, [], 0
    for need in needs:
        share = shares[need.category, need.priority]
        exact = need.requested * share.numerator * (common // (share.denominator * step))
        steps, remainder = divmod(exact, common)
        grants[need.id] = steps * step
        remainders.append((-remainder, -need.score, need.id))
        total += exact
    spare = total // common - sum(grants.values()) // step
    for _, _, lucky in sorted(remainders)[:spare]:
        grants[lucky] += step
    return grants


def _shares(needs: list[Need], pools: _Pools) -> dict[tuple[str, int], Fraction]:
    by_kind = {(need.category, need.priority): need for need in needs}
    return {kind: pools.share(need) for kind, need in by_kind.items()}
