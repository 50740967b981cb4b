"""The published formats say what the engine takes and gives; the page says what it computes."""

import doctest
import json
from dataclasses import fields

import pytest
from hypothesis import given
from tests.engines.allocation.documents import problems
from tests.engines.allocation.schema import FORMATS, ROOT, complaints, read_schema
from tests.engines.allocation.test_allocation_problem import FAULTS

from samspill.engines.allocation import METHODS, Commitment, Need, Result, parse_problem, solve
from samspill.engines.allocation.findings import SEVERITY
from samspill.engines.allocation.parsing import (
    COMMITMENT,
    NEED_OPTIONAL,
    NEED_REQUIRED,
    OPTIONAL,
    REQUIRED,
)

PROBLEM, RESULT = read_schema("allocation-problem"), read_schema("allocation-result")
EXAMPLE = json.loads((FORMATS / "allocation-problem-1.example.json").read_text())

ONLY_THE_ENGINE_SEES = {
    "duplicate id",
    "duplicate commitment",
    "minimum above requested",
    "guide above 1",
    "guide below 1",
    "empty guide",
    "id is half a character",
    "weight is 0",
    "priority has no weight",
    "category has no guide",
    "promised category has no guide",
    "tolerance above 1",
    "later year is this year",
    "submitted on 31 February",
    "slopes do not rise",
    "slopes stop early",
    "more than JSON can count",
}
"""Rules between two places in a document, which the schema tells in words only."""


def names(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def test_the_problem_schema_has_the_keys_that_the_engine_reads():
    need, commitment = PROBLEM["$defs"]["need"], PROBLEM["$defs"]["commitment"]

    assert PROBLEM["properties"].keys() == {*REQUIRED, "needs", *OPTIONAL}
    assert set(PROBLEM["required"]) == {*REQUIRED, "needs"}
    assert need["properties"].keys() == {*NEED_REQUIRED, *NEED_OPTIONAL} == names(Need)
    assert need["required"] == list(NEED_REQUIRED)
    assert commitment["properties"].keys() == names(Commitment)
    assert commitment["required"] == list(COMMITMENT)


def test_the_result_schema_has_the_keys_that_the_engine_writes():
    assert RESULT["properties"].keys() == {"schema"} | names(Result)
    assert RESULT["properties"]["method"]["enum"] == list(METHODS)
    assert RESULT["$defs"]["finding"]["properties"]["rule"]["enum"] == list(SEVERITY)


def test_the_example_fits_the_schema():
    assert list(complaints(EXAMPLE, PROBLEM, PROBLEM)) == []


@given(problems())
def test_what_the_engine_takes_and_gives_fits_the_schemas(document):
    result = json.loads(solve(parse_problem(document)).to_json())

    assert list(complaints(document, PROBLEM, PROBLEM)) == []
    assert list(complaints(result, RESULT, RESULT)) == []


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - ONLY_THE_ENGINE_SEES))
def test_what_the_schema_can_see_is_wrong_it_says_is_wrong(fault):
    document, _ = FAULTS[fault]

    assert list(complaints(document, PROBLEM, PROBLEM)) != []


def test_the_page_that_works_an_allocation_by_hand_is_right(monkeypatch):
    monkeypatch.chdir(ROOT)

    failed, attempted = doctest.testfile(
        str(ROOT / "docs" / "allocation-by-hand.md"), module_relative=False, encoding="utf-8"
    )

    assert (failed, attempted > 20) == (0, True)
