"""Plain problem documents for the tests, and Hypothesis strategies that make them."""

from typing import Any

from hypothesis import strategies as st

CATEGORIES = ("interdisciplinary", "kindergarten", "school")
GUIDES = (
    ("0.20", "0.40", "0.40"),
    ("0.2", "0.25", "0.55"),
    ("0", "0.3", "0.7"),
    ("0", "1", "0.0"),
    ("0.333333333333", "0.333333333333", "0.333333333334"),
)
WEIGHTS = ("1.0", "0.8", "0.6", "0.333333333333", "2.5")


def need_document(**changes: Any) -> dict[str, Any]:
    """The plainest need: one school owner that asks for 100 000 kroner."""
    return {
        "id": "2027-001",
        "owners": ["972418013"],
        "region": "salten",
        "category": "school",
        "priority": 1,
        "score": 50,
        "requested": 100_000,
        "minimum": 0,
    } | changes


def problem_document(*needs: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The plainest year: one million kroner, 40/40/20, no promises from before."""
    return {
        "schema": "samspill/allocation-problem/1",
        "county": "18",
        "year": 2027,
        "step": 1000,
        "frame": 1_000_000,
        "guide": {"kindergarten": "0.40", "school": "0.40", "interdisciplinary": "0.20"},
        "tolerance": "0.05",
        "priority_weights": {"1": "1.0", "2": "0.8", "3": "0.6"},
        "needs": list(needs),
    } | changes


@st.composite
def needs(draw: st.DrawFn, index: int, *, minimums: bool = True) -> dict[str, Any]:
    requested = draw(st.integers(0, 900))
    minimum = draw(st.one_of(st.just(0), st.integers(0, requested))) if minimums else 0
    return need_document(
        id=f"2027-{index:03}",
        owners=draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=2, unique=True)),
        region=draw(st.sampled_from(["lofoten", "salten"])),
        category=draw(st.sampled_from(CATEGORIES)),
        priority=draw(st.integers(1, 3)),
        score=draw(st.sampled_from([0, 50, 50, 100])),
        requested=requested,
        minimum=minimum,
        later=draw(st.dictionaries(st.sampled_from(["2028", "2029"]), st.integers(0, 900))),
    )


@st.composite
def commitments(draw: st.DrawFn, index: int) -> dict[str, Any]:
    return {
        "need": f"2026-{index:03}",
        "owner": "A",
        "region": "salten",
        "category": draw(st.sampled_from(CATEGORIES)),
        "amount": draw(st.integers(0, 200)),
        "later": draw(st.dictionaries(st.sampled_from(["2028"]), st.integers(0, 400))),
    }


@st.composite
def problems(
    draw: st.DrawFn, *, minimums: bool = True, promises: bool = True, most: int = 8
) -> dict[str, Any]:
    """A feasible year in small kroner, where nothing divides evenly."""
    promised = [draw(commitments(i)) for i in range(draw(st.integers(0, 3)) if promises else 0)]
    coordination = draw(st.integers(0, 100)) if promises else 0
    bound = sum(promise["amount"] for promise in promised) + coordination
    changes: dict[str, Any] = {
        "step": draw(st.sampled_from([1, 7, 50])),
        "frame": bound + draw(st.integers(0, 3000)),
        "guide": dict(zip(CATEGORIES, draw(st.sampled_from(GUIDES)), strict=True)),
        "priority_weights": {str(p): draw(st.sampled_from(WEIGHTS)) for p in (1, 2, 3)},
        "commitments": promised,
        "region_coordination": {"salten": coordination},
    }
    if draw(st.booleans()):
        changes["lock_cap"] = draw(st.sampled_from(["0", "0.1", "0.37", "1"]))
    count = draw(st.integers(0, most))
    return problem_document(*(draw(needs(i, minimums=minimums)) for i in range(count)), **changes)
