"""Later years under the lock cap, and what a person should look at."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from tests.engines.allocation.documents import need_document, problem_document, problems

from samspill.engines.allocation import InfeasibleError, Result, parse_problem, solve

PROMISE = {"need": "2026-1", "owner": "A", "region": "salten", "category": "school", "amount": 0}


def solved(*needs: dict[str, Any], **changes: Any) -> Result:
    return solve(parse_problem(problem_document(*needs, **changes)))


def unmet(result: Result) -> list[str]:
    return [finding.rule for finding in result.findings if not finding.met]


def test_a_later_year_follows_this_years_grant_in_whole_steps():
    need = need_document(requested=300_000, later={"2028": 100_000, "2029": 500})

    result = solved(need, frame=100_000)

    assert result.later == {"2027-001": {"2028": 33_000, "2029": 0}}


def test_nothing_this_year_means_nothing_later():
    result = solved(need_document(requested=999, later={"2028": 100_000}))

    assert result.later == {"2027-001": {"2028": 0}}


def test_the_lock_cap_scales_all_needs_of_the_year_by_one_factor():
    needs = [
        need_document(id="a", later={"2028": 100_000, "2029": 100_000}),
        need_document(id="b", later={"2028": 50_000}),
    ]
    promise = PROMISE | {"later": {"2028": 40_000}}

    result = solved(*needs, commitments=[promise], lock_cap="0.10")

    # 2028: 100 000 - 40 000 = 60 000 for 150 000 asked. 2029: 100 000 fits exactly.
    assert result.later == {"a": {"2028": 40_000, "2029": 100_000}, "b": {"2028": 20_000}}
    assert [result.reasons[need].code for need in "ab"] == ["lock_cap", "lock_cap"]
    assert list(result.reasons["a"].later) == ["2028"]
    assert result.reasons["b"].later["2028"].text == (
        "I 2028 er beløpet satt ned fra 50\u00a0000 til 20\u00a0000 kroner, fordi høyst "
        "10\u00a0% av rammen på 1\u00a0000\u00a0000 kroner kan være bundet det året."
    )


def test_a_later_year_may_have_a_frame_of_its_own():
    need = need_document(later={"2028": 100_000, "2029": 100_000})

    result = solved(need, lock_cap="0.10", later_frames={"2029": 500_000})

    assert result.later == {"2027-001": {"2028": 100_000, "2029": 50_000}}


def test_lock_cap_zero_binds_nothing_and_is_no_breach():
    result = solved(need_document(later={"2028": 100_000}), lock_cap="0")

    assert result.later == {"2027-001": {"2028": 0}}
    assert unmet(result) == []


def test_promises_alone_above_the_cap_are_a_finding_and_leave_nothing():
    promise = PROMISE | {"later": {"2028": 100_001}}

    result = solved(need_document(later={"2028": 1000}), commitments=[promise], lock_cap="0.10")

    assert result.later == {"2027-001": {"2028": 0}}
    assert unmet(result) == ["F03"]


def test_without_a_lock_cap_nothing_is_capped():
    result = solved(need_document(later={"2028": 10**9}))

    assert result.later == {"2027-001": {"2028": 10**9}}


@given(problems())
def test_no_later_year_passes_its_cap_unless_the_promises_do(document):
    problem = parse_problem(document)

    result = solve(problem)

    for year in problem.later_years if problem.lock_cap is not None else ():
        promised = sum(c.later.get(year, 0) for c in problem.commitments)
        granted = sum(amounts.get(year, 0) for amounts in result.later.values())
        assert granted == 0 or promised + granted <= problem.lock_cap * problem.frame


def test_promises_above_the_frame_are_infeasible_and_say_by_how_much():
    promise = PROMISE | {"amount": 900_000}
    document = problem_document(
        commitments=[promise], region_coordination={"salten": 150_000}, frame=1_000_000
    )

    with pytest.raises(InfeasibleError) as infeasible:
        solve(parse_problem(document))

    finding = infeasible.value.finding
    assert (finding.rule, finding.severity, finding.met) == ("F01", "error", False)
    assert finding.facts["excess"] == 50_000
    assert "er 50\u00a0000 kroner over rammen på 1\u00a0000\u00a0000 kroner" in finding.text


def test_promises_that_just_fill_the_frame_are_feasible():
    result = solved(need_document(), commitments=[PROMISE | {"amount": 1_000_000}])

    assert (result.grants, unmet(result)) == ({"2027-001": 0}, [])


def test_two_alike_needs_where_one_falls_out_are_for_a_person_to_decide():
    needs = [need_document(id=name, requested=100_000, minimum=80_000) for name in "ab"]

    result = solved(*needs, frame=100_000)

    (tie,) = [finding for finding in result.findings if finding.rule == "TIE"]
    assert result.grants == {"a": 100_000, "b": 0}
    assert (tie.met, tie.facts) == (False, {"priority": 1, "score": 50, "needs": ["a", "b"]})


def test_rounding_alone_makes_no_tie():
    result = solved(*(need_document(id=name) for name in "abc"), frame=100_000)

    assert result.grants == {"a": 34_000, "b": 33_000, "c": 33_000}
    assert unmet(result) == []


@given(problems())
def test_ties_are_those_that_comparing_every_pair_finds(document):
    problem = parse_problem(document)
    result = solve(problem)
    expected: dict[tuple[int, int], set[str]] = {}
    for a, b in combinations([need for need in problem.needs if need.requested], 2):
        gap = abs(result.grants[a.id] * b.requested - result.grants[b.id] * a.requested)
        if a.rank[:2] == b.rank[:2] and gap > problem.step * max(a.requested, b.requested):
            expected.setdefault((a.priority, a.score), set()).update({a.id, b.id})

    ties = [finding.facts for finding in result.findings if finding.rule == "TIE"]

    assert {(t["priority"], t["score"]): set(t["needs"]) for t in ties} == expected
