"""Figures worked by hand on a small year."""

from hypothesis import given
from tests.engines.allocation.documents import need_document, problem_document, problems

from samspill.engines.allocation import parse_problem, solve

YEAR = problem_document(
    need_document(
        id="a",
        owners=["A"],
        requested=300_000,
        staff_reached=10,
        owner_type="municipality",
        themes=["inclusive_practice", "sami"],
    ),
    need_document(id="b", owners=["A", "B"], requested=100_000, staff_reached=30, joint=True),
    need_document(
        id="c",
        owners=["C"],
        category="kindergarten",
        region="lofoten",
        requested=100_000,
        minimum=100_000,
        priority=2,
    ),
    frame=500_000,
    guide={"school": "0.75", "kindergarten": "0.25"},
    region_key={"salten": "0.9", "lofoten": "0.1"},
    region_coordination={"salten": 50_000},
    commitments=[
        {
            "need": "2026-1",
            "owner": "C",
            "region": "lofoten",
            "category": "kindergarten",
            "amount": 50_000,
            "later": {"2028": 25_000},
        }
    ],
)
METRICS = solve(parse_problem(YEAR)).metrics
# 400 000 to share. Pots of 450 000: school 337 500; kindergarten 112 500 - 50 000 = 62 500, which
# is below c's minimum; all goes to school, where a gets 300 000 and b 100 000.


def test_totals():
    assert METRICS["totals"] == {
        "frame": 500_000,
        "commitments": 50_000,
        "coordination": 50_000,
        "available": 400_000,
        "requested": 500_000,
        "granted": 400_000,
        "unspent": 0,
        "coverage": "0.800000",
    }
    assert METRICS["needs"] == {"all": 3, "full": 2, "reduced": 0, "nothing": 1}


def test_category_shares_count_promises_but_not_coordination():
    assert METRICS["category"]["kindergarten"] == {
        "needs": 1,
        "requested": 100_000,
        "granted": 0,
        "coverage": "0.000000",
        "share": "0.111111",
        "staff_share": "0.000000",
        "committed": 50_000,
        "guide": "0.250000",
        "deviation": "-0.138889",
        "within_tolerance": False,
    }


def test_regions_are_held_against_the_key_that_no_method_enforces():
    region = METRICS["region"]["salten"]

    assert (region["share"], region["key"], region["deviation"]) == (
        "1.000000",
        "0.900000",
        "0.100000",
    )
    assert region["coordination"] == 50_000


def test_a_joint_need_counts_half_for_each_of_two_owners():
    # Coverage: A 350/350, B 50/50, C 0. Jain 2²/(3·2). Gini (0·-2 + 1·0 + 1·2)/(3·2).
    assert METRICS["owners"] == {
        "asking": 3,
        "funded": 2,
        "median_coverage": "1.000000",
        "jain": "0.666667",
        "gini": "0.333333",
    }


def test_groups_of_owners_priorities_and_themes():
    shares = {
        kind: {group: row["share"] for group, row in METRICS[kind].items()}
        for kind in ("owner_type", "size_class", "priority", "theme")
    }

    assert shares == {
        "owner_type": {"municipality": "0.750000", "unknown": "0.250000"},
        "size_class": {"staff_20_99": "1.000000", "unknown": "0.000000"},
        "priority": {"1": "1.000000", "2": "0.000000"},
        "theme": {"inclusive_practice": "0.750000", "sami": "0.750000"},
    }


def test_later_years_show_how_much_is_bound():
    assert METRICS["later"] == {
        "2028": {
            "frame": 500_000,
            "committed": 25_000,
            "granted": 0,
            "lock_share": "0.050000",
            "lock_cap": None,
        }
    }


def test_figures_without_anything_to_divide_by_are_null():
    metrics = solve(parse_problem(problem_document(frame=0))).metrics

    assert metrics["totals"]["coverage"] is None
    assert metrics["owners"] == {
        "asking": 0,
        "funded": 0,
        "median_coverage": None,
        "jain": None,
        "gini": None,
    }
    assert metrics["category"]["school"]["deviation"] is None


@given(problems())
def test_every_split_that_divides_the_needs_adds_up(document):
    result = solve(parse_problem(document))

    for kind in ("category", "region", "owner_type", "size_class", "priority"):
        rows = result.metrics[kind].values()
        assert sum(row["granted"] for row in rows) == sum(result.grants.values())
