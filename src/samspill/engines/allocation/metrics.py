"""Figures about an allocation (nøkkeltall): who gets how much of what they asked for.

Amounts are whole kroner. Shares are decimal strings with six places, computed exactly and rounded
half to even; `null` where there is nothing to divide by. No figure here decides an amount.
Source: the plan's guide (KOLL § 9) and rules F01, F02, F03, F05, F07, F09 of the county's year.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from statistics import median_low
from typing import Any

from samspill.engines.allocation.later import LaterYear
from samspill.engines.allocation.problem import Need, Problem
from samspill.engines.allocation.wording import rounded_text

Grants = Mapping[str, int]
MILLIONTHS = 10**6
UNKNOWN = "unknown"
SIZE_CLASSES = ((20, "staff_1_19"), (100, "staff_20_99"), (10**9, "staff_100_up"))
"""Staff reached below the number: the class. Produktets standard, stands in no source."""


def metrics_of(problem: Problem, grants: Grants, years: tuple[LaterYear, ...]) -> dict[str, Any]:
    """All figures, by what they are about."""
    size = _size_class(problem)
    return {
        "totals": _totals(problem, grants),
        "needs": _how_many(problem, grants),
        "owners": _owners(problem, grants),
        "category": _categories(problem, grants),
        "region": _regions(problem, grants),
        "owner_type": _split(problem, grants, lambda need: [need.owner_type or UNKNOWN]),
        "size_class": _split(problem, grants, lambda need: [size(need)]),
        "priority": _split(problem, grants, lambda need: [str(need.priority)]),
        "theme": _split(problem, grants, lambda need: need.themes),
        "later": {year.year: _later(year) for year in years},
    }


def share_of(part: int | Fraction, whole: int | Fraction) -> str | None:
    """One number as a part of another, with six places; None when there is no whole."""
    return rounded_text(Fraction(part) / whole) if whole else None


def _totals(problem: Problem, grants: Grants) -> dict[str, Any]:
    requested = sum(need.requested for need in problem.needs)
    granted = sum(grants.values())
    return {
        "frame": problem.frame,
        "commitments": problem.committed,
        "coordination": problem.coordination,
        "available": problem.available,
        "requested": requested,
        "granted": granted,
        "unspent": problem.available - granted,
        "coverage": share_of(granted, requested),
    }


def _how_many(problem: Problem, grants: Grants) -> dict[str, int]:
    full = sum(grants[need.id] == need.requested for need in problem.needs)
    nothing = sum(not grants[need.id] and need.requested > 0 for need in problem.needs)
    reduced = len(problem.needs) - full - nothing
    return {"all": len(problem.needs), "full": full, "reduced": reduced, "nothing": nothing}


def _split(
    problem: Problem, grants: Grants, groups: Callable[[Need], Iterable[str]]
) -> dict[str, dict[str, Any]]:
    """Sum and share by group. A need in several groups (themes) counts fully in each."""
    members: dict[str, list[Need]] = defaultdict(list)
    for need in problem.needs:
        for group in groups(need):
            members[group].append(need)
    all_granted = sum(grants.values())
    all_staff = sum(need.staff_reached or 0 for need in problem.needs)
    return {
        group: _group(needs, grants, all_granted, all_staff)
        for group, needs in sorted(members.items())
    }


def _group(needs: list[Need], grants: Grants, all_granted: int, all_staff: int) -> dict[str, Any]:
    requested = sum(need.requested for need in needs)
    granted = sum(grants[need.id] for need in needs)
    staff = sum(need.staff_reached or 0 for need in needs)
    return {
        "needs": len(needs),
        "requested": requested,
        "granted": granted,
        "coverage": share_of(granted, requested),
        "share": share_of(granted, all_granted),
        "staff_share": share_of(staff, all_staff),
    }


def _categories(problem: Problem, grants: Grants) -> dict[str, dict[str, Any]]:
    """Shares of grants and commitments together, coordination excluded, against the guide (F02)."""
    found = _split(problem, grants, lambda need: [need.category])
    total = sum(grants.values()) + problem.committed
    for category, guide in problem.guide.items():
        row = found.setdefault(category, _group([], grants, 0, 0))
        row["committed"] = problem.committed_in(category)
        sum_here = row["granted"] + row["committed"]
        off = Fraction(sum_here, total) - guide if total else None
        row["share"] = share_of(sum_here, total)
        row["guide"] = rounded_text(guide)
        row["deviation"] = None if off is None else rounded_text(off)
        row["within_tolerance"] = None if off is None else abs(off) <= problem.tolerance
    return dict(sorted(found.items()))


def _regions(problem: Problem, grants: Grants) -> dict[str, dict[str, Any]]:
    """Shares of the grants against the plan's regional key, where it has one (F05)."""
    found = _split(problem, grants, lambda need: [need.region])
    total = sum(grants.values())
    for region in {*found, *problem.region_key, *problem.region_coordination}:
        row = found.setdefault(region, _group([], grants, total, 0))
        key = problem.region_key.get(region)
        row["coordination"] = problem.region_coordination.get(region, 0)
        row["key"] = None if key is None else rounded_text(key)
        row["deviation"] = (
            None
            if key is None or not total
            else rounded_text(Fraction(row["granted"], total) - key)
        )
    return dict(sorted(found.items()))


def _owners(problem: Problem, grants: Grants) -> dict[str, Any]:
    """How evenly the owners fare. A joint need counts with an equal part for each owner.

    Jain's index: 1 when all get the same part of what they asked for. Gini: 0 when they do.
    Coverage is counted in millionths, so that the figures are the same on every machine.
    """
    asked: dict[str, Fraction] = defaultdict(Fraction)
    got: dict[str, Fraction] = defaultdict(Fraction)
    for need in problem.needs:
        for owner in need.owners:
            asked[owner] += Fraction(need.requested, len(need.owners))
            got[owner] += Fraction(grants[need.id], len(need.owners))
    coverage = sorted(
        round(got[owner] / amount * MILLIONTHS) for owner, amount in asked.items() if amount
    )
    n, total = len(coverage), sum(coverage)
    squares = sum(part * part for part in coverage)
    ranks = sum((2 * i - n + 1) * part for i, part in enumerate(coverage))
    return {
        "asking": len(asked),
        "funded": sum(amount > 0 for amount in got.values()),
        "median_coverage": share_of(median_low(coverage), MILLIONTHS) if coverage else None,
        "jain": share_of(total * total, n * squares),
        "gini": share_of(ranks, n * total),
    }


def _size_class(problem: Problem) -> Callable[[Need], str]:
    """An owner is as large as the largest staff any one of its needs reaches (F07)."""
    staff: dict[str, int] = defaultdict(int)
    for need in problem.needs:
        for owner in need.owners:
            staff[owner] = max(staff[owner], need.staff_reached or 0)

    def size_class(need: Need) -> str:
        largest = max(staff[owner] for owner in need.owners)
        return next(name for below, name in SIZE_CLASSES if largest < below) if largest else UNKNOWN

    return size_class


def _later(year: LaterYear) -> dict[str, Any]:
    """How much of a later year is bound (F03)."""
    granted = sum(year.amounts.values())
    return {
        "frame": year.frame,
        "committed": year.committed,
        "granted": granted,
        "lock_share": share_of(year.committed + granted, year.frame),
        "lock_cap": None if year.cap is None else rounded_text(year.cap),
    }
