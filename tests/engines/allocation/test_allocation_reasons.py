"""Every krone explained: the code, the sentence in bokmål, and the same in another language."""

from typing import Any

import pytest
from hypothesis import given
from tests.engines.allocation.documents import need_document, problem_document, problems

from samspill.engines.allocation import Result, parse_problem, solve
from samspill.engines.allocation.explain import PROPORTIONAL


def spaced(text: str) -> str:
    """No-break spaces as plain ones, so that the expected sentences can be read."""
    return text.replace("\u00a0", " ")


def solved(*needs: dict[str, Any], **changes: Any) -> Result:
    return solve(parse_problem(problem_document(*needs, **changes)))


def test_a_need_that_gets_all_it_asks_for_hears_so():
    reason = solved(need_document()).reasons["2027-001"]

    assert reason.code == "full"
    assert spaced(reason.text) == (
        "Behovet får alt det ber om, 100 000 kroner. Potten for skole rekker til hele beløpet "
        "for prioritet 1."
    )


def test_a_need_that_rounding_fills_up_hears_that_too():
    needs = [need_document(id="a", requested=1000), need_document(id="b", requested=1000)]

    reason = solved(*needs, frame=1999).reasons["a"]

    assert reason.code == "full"
    assert spaced(reason.text) == (
        "Behovet får alt det ber om, 1 000 kroner. Potten for skole rekker til 99,9 % av det, "
        "og avrundingen til hele 1 000 kroner gir resten."
    )


def test_a_reduced_need_can_follow_the_sum():
    needs = [
        need_document(id="a", requested=830_000, priority=2),
        need_document(id="b", requested=500_000),
    ]

    reason = solved(*needs, frame=900_000).reasons["a"]

    assert reason.code == "reduced"
    assert spaced(reason.text) == (
        "Potten for skole rekker til 61,8 % av det behov med prioritet 2 ber om. Potten er "
        "900 000 kroner, andelen er 0,7732 og vekten 0,8. Av 830 000 kroner blir det 513 000 "
        "kroner, rundet til hele 1 000 kroner."
    )


def test_a_need_below_its_minimum_hears_what_it_would_have_got():
    needs = [
        need_document(id="a", score=90),
        need_document(id="b", score=10, minimum=60_000),
    ]

    reason = solved(*needs, frame=100_000).reasons["b"]

    assert reason.code == "minimum_not_met"
    assert spaced(reason.text) == (
        "Potten for skole rakk til 50 % av det behov med prioritet 1 ber om, altså 50 000 av "
        "100 000 kroner. Det er under minstebeløpet på 60 000 kroner, så behovet får 0 kroner."
    )


def test_a_need_that_would_get_less_than_a_step_hears_so():
    needs = [need_document(id="a", requested=1000), need_document(id="b", requested=999_000)]

    reason = solved(*needs, frame=100_000).reasons["a"]

    assert reason.code == "beyond_frame"
    assert spaced(reason.text) == (
        "Potten for skole rekker til 10 % av det behov med prioritet 1 ber om. Det er mindre "
        "enn 1 000 kroner, det minste vi deler ut, så behovet får 0 kroner."
    )


def test_a_reason_can_be_said_in_another_language():
    catalogue = {
        PROPORTIONAL["full"]: "NOK %(granted)s is granted: %(category)s, %(priority)s.",
        "skole": "school",
    }

    reason = solved(need_document()).reasons["2027-001"]

    said = reason.said(lambda message: catalogue.get(message, message))
    assert said == "NOK 100\u00a0000 is granted: school, 1."


def test_a_category_without_a_name_of_ours_is_called_what_the_plan_calls_it():
    needs = [need_document(category="yrkesfag")]

    reason = solved(*needs, guide={"yrkesfag": "1"}).reasons["2027-001"]

    assert "Potten for yrkesfag rekker" in reason.text


@given(problems())
def test_the_code_agrees_with_the_amounts(document):
    problem = parse_problem(document)
    result = solve(problem)

    for need in problem.needs:
        granted, reason = result.grants[need.id], result.reasons[need.id]
        assert reason.facts["granted"] == granted
        match reason.code:
            case "full":
                assert (granted, reason.later) == (need.requested, {})
            case "lock_cap":
                assert granted == need.requested
                assert reason.later
            case "reduced":
                assert 0 < granted < need.requested
            case "minimum_not_met":
                assert granted == 0 < need.minimum
                assert reason.facts["exact"] < need.minimum
            case "beyond_frame":
                assert granted == 0 < need.requested
            case other:
                pytest.fail(other)
