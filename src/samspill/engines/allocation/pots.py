"""The pots (pottene): how this year's money is divided between the categories. Exact kroner.

Source: the plan's guide shares (KOLL § 9 a); method in `docs/allocation-by-hand.md`. What is
already promised in a category counts against its share, so that old promises do not shift it.
"""

from collections.abc import Mapping
from fractions import Fraction

from samspill.engines.allocation.problem import Problem

Pots = dict[str, Fraction]


def guided_pots(problem: Problem) -> Pots:
    """What each category has before anyone asks. The pots sum to `available`, exactly."""
    to_share = problem.available + problem.committed
    pots = {
        category: max(Fraction(0), share * to_share - problem.committed_in(category))
        for category, share in problem.guide.items()
    }
    total = sum(pots.values())
    if not total:
        return {category: share * problem.available for category, share in problem.guide.items()}
    return {category: pot * problem.available / total for category, pot in pots.items()}


def move_surplus(pots: Pots, asked: Mapping[str, int], guide: Mapping[str, Fraction]) -> Pots:
    """Pots that can fund all that is asked keep just that; the surplus goes to the others.

    It goes by guide share (equally where these are all 0), every such pot at once in a round,
    until nothing moves. When no pot is short any more, what is left stays unspent.
    """
    while True:
        short = [category for category in pots if pots[category] < asked[category]]
        kept = {category: min(pot, Fraction(asked[category])) for category, pot in pots.items()}
        surplus = sum(pots.values()) - sum(kept.values())
        if not short or not surplus:
            return kept
        guided = sum(guide[category] for category in short)
        for category in short:
            share = guide[category] / guided if guided else Fraction(1, len(short))
            kept[category] += surplus * share
        pots = kept
