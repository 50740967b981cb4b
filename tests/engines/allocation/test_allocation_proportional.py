"""The proportional method: what always holds, and a second way to the same kroner."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.allocation import oracle
from tests.engines.allocation.documents import need_document, problem_document, problems

from samspill.engines.allocation import Problem, parse_problem, solve
from samspill.engines.allocation.pots import guided_pots, move_surplus
from samspill.engines.allocation.proportional import cut_proportionally

MANY = 20_000


def grants_of(document: dict[str, Any]) -> dict[str, int]:
    return dict(solve(parse_problem(document)).grants)


@given(problems())
def test_every_grant_is_nothing_or_between_minimum_and_request_in_whole_steps(document):
    problem = parse_problem(document)

    grants = solve(problem).grants

    assert sum(grants.values()) <= problem.available
    assert list(grants) == sorted(need.id for need in problem.needs)
    for need in problem.needs:
        granted = grants[need.id]
        assert granted % problem.step == 0
        assert granted == 0 or need.minimum <= granted <= need.requested


@given(problems(minimums=False))
def test_without_minimums_all_is_spent_down_to_the_last_whole_step(document):
    problem = parse_problem(document)
    asked = sum(need.requested for need in problem.needs)

    grants = solve(problem).grants

    assert sum(grants.values()) == min(problem.available, asked) // problem.step * problem.step


@given(problems())
def test_a_second_way_of_computing_gives_the_same_kroner(document):
    assert grants_of(document) == oracle.grants(document)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_in_the_file_changes_no_byte_of_the_result(document, chance):
    shuffled = {key: document[key] for key in chance.sample(list(document), len(document))}
    for key in ("needs", "commitments"):
        shuffled[key] = chance.sample(document[key], len(document[key]))

    first, second = solve(parse_problem(document)), solve(parse_problem(shuffled))

    assert first.to_json() == second.to_json()


@given(problems())
def test_new_names_in_the_same_order_change_no_amount(document):
    renamed = document | {
        "needs": [need | {"id": f"behov {need['id']}"} for need in document["needs"]]
    }

    assert grants_of(renamed) == {f"behov {k}": v for k, v in grants_of(document).items()}


def times_a_thousand(document: dict[str, Any]) -> dict[str, Any]:
    def scaled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: scaled(amount) for key, amount in value.items()}
        return value * 1000

    money = ("requested", "minimum", "later", "amount")
    changes = {key: scaled(document[key]) for key in ("step", "frame", "region_coordination")}
    for rows in ("needs", "commitments"):
        changes[rows] = [
            row | {key: scaled(row[key]) for key in money if key in row} for row in document[rows]
        ]
    return document | changes


@given(problems())
def test_a_thousand_times_the_money_and_the_step_gives_a_thousand_times_the_grants(document):
    small, large = grants_of(document), grants_of(times_a_thousand(document))

    assert large == {need: 1000 * granted for need, granted in small.items()}


def exact_amounts(problem: Problem) -> dict[str, Fraction]:
    levels = cut_proportionally(problem).levels
    return {
        need.id: need.requested * levels[need.category].share(problem.weight(need))
        for need in problem.needs
    }


@given(problems(minimums=False, promises=False), st.integers(0, 1000))
def test_more_money_gives_no_need_less_before_rounding(document, more):
    richer = document | {"frame": document["frame"] + more}

    before, after = exact_amounts(parse_problem(document)), exact_amounts(parse_problem(richer))

    assert [need for need in before if after[need] < before[need]] == []


@given(problems())
def test_the_pots_hold_exactly_what_is_available(document):
    problem = parse_problem(document)

    assert sum(guided_pots(problem).values()) == problem.available


def test_old_promises_count_against_the_share_of_their_category():
    promise = {"need": "2026-1", "owner": "A", "region": "salten", "later": {}}
    problem = parse_problem(
        problem_document(commitments=[promise | {"category": "school", "amount": 500_000}])
    )

    pots = guided_pots(problem)

    # School has had 500 000 of its 400 000. The others' 400 000 + 200 000 shrink to 500 000.
    assert pots == {
        "interdisciplinary": Fraction(500_000, 3),
        "kindergarten": Fraction(1_000_000, 3),
        "school": 0,
    }


def test_surplus_moves_by_guide_share_and_in_rounds():
    guide = {"a": Fraction("0.2"), "b": Fraction("0.2"), "c": Fraction("0.6")}
    pots = {"a": Fraction(20), "b": Fraction(20), "c": Fraction(60)}

    moved = move_surplus(pots, {"a": 100, "b": 22, "c": 40}, guide)

    # c frees 20: a and b get 10 each. b needs 2 of them: the last 8 go to a.
    assert moved == {"a": 38, "b": 22, "c": 40}


def test_surplus_is_shared_equally_where_the_guide_gives_nothing():
    guide = {"a": Fraction(0), "b": Fraction(0), "c": Fraction(1)}
    pots = {"a": Fraction(0), "b": Fraction(0), "c": Fraction(60)}

    assert move_surplus(pots, {"a": 50, "b": 50, "c": 40}, guide) == {"a": 10, "b": 10, "c": 40}


def test_the_worst_need_below_its_minimum_falls_out_first_and_may_save_the_others():
    needs = [
        need_document(id=name, requested=300_000, minimum=180_000, score=score)
        for name, score in [("a", 90), ("b", 80), ("c", 70)]
    ]

    grants = grants_of(problem_document(*needs, frame=400_000))

    assert grants == {"a": 200_000, "b": 200_000, "c": 0}


def test_the_last_steps_go_to_the_largest_remainder_then_high_score_then_low_id():
    needs = [
        need_document(id=name, requested=10_000, score=score)
        for name, score in [("a", 50), ("b", 60), ("c", 50), ("d", 40)]
    ]

    grants = grants_of(problem_document(*needs, frame=10_000))

    assert grants == {"a": 3000, "b": 3000, "c": 2000, "d": 2000}


@pytest.mark.parametrize(
    ("needs", "frame", "expected"),
    [
        ([], 1_000_000, {}),
        ([need_document()], 1_000_000, {"2027-001": 100_000}),
        ([need_document()], 0, {"2027-001": 0}),
        ([need_document()], 99_999, {"2027-001": 99_000}),
        ([need_document(requested=0)], 1_000_000, {"2027-001": 0}),
        ([need_document(requested=10**12 - 1)], 10**12 - 1, {"2027-001": 999_999_999_000}),
        ([need_document(id="a"), need_document(id="b")], 100_000, {"a": 50_000, "b": 50_000}),
    ],
    ids=["no needs", "one need", "no money", "almost", "asks nothing", "largest", "one category"],
)
def test_the_plain_cases(needs, frame, expected):
    assert grants_of(problem_document(*needs, frame=frame)) == expected


def many_needs(chance: random.Random) -> list[dict[str, Any]]:
    """Half of them want all or nothing, so that thousands fall out one by one."""
    needs = []
    for i in range(MANY):
        requested = chance.randrange(1, 900) * 1000
        needs.append(
            need_document(
                id=f"2027-{i:05}",
                owners=[f"eier {chance.randrange(MANY // 3)}"],
                category=chance.choice(["kindergarten", "school", "interdisciplinary"]),
                priority=chance.randint(1, 3),
                score=chance.randint(0, 100),
                requested=requested,
                minimum=requested if i % 2 else requested // 3,
                later={"2028": requested // 2},
            )
        )
    return needs


def test_twenty_thousand_needs_half_with_binding_minimums_are_shared():
    document = problem_document(*many_needs(random.Random(7)), frame=3_000_000_000)

    result = solve(parse_problem(json.dumps(document)))

    assert sum(result.grants.values()) == 3_000_000_000
    assert len(result.grants) == MANY
    assert sum(r.code == "minimum_not_met" for r in result.reasons.values()) > MANY // 4
