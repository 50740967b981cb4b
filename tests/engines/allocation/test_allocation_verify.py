"""A result can be stored, read back and computed again; whatever was touched is named."""

import copy
import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from tests.engines.allocation.documents import need_document, problem_document, problems

from samspill.engines.allocation import (
    Result,
    ResultError,
    UnknownMethodError,
    parse_problem,
    solve,
    verify,
)
from samspill.engines.allocation.provenance import result_sha256

YEAR = problem_document(
    need_document(id="a", requested=300_000, later={"2028": 100_000}),
    need_document(id="b", requested=200_000, minimum=150_000, score=10),
    need_document(id="c", category="kindergarten", requested=900_500, priority=3),
    lock_cap="0.05",
)
PROBLEM = parse_problem(YEAR)
RESULT = solve(PROBLEM).to_dict()


def touched(path: list[Any], value: Any, *, checksum: bool = True) -> Result:
    """The result with one thing changed, and a fresh checksum as a careful forger would."""
    document = copy.deepcopy(RESULT)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    if checksum:
        document["provenance"]["result_sha256"] = result_sha256(document)
    return Result.from_json(document)


@given(problems())
def test_a_result_read_back_is_the_same_and_holds(document):
    problem = parse_problem(document)
    result = solve(problem)

    read_back = Result.from_json(result.to_json())

    assert read_back == result
    assert read_back.to_json() == result.to_json()
    assert verify(problem, read_back)


def test_a_database_that_reorders_keys_changes_no_byte():
    def reordered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reordered(value[key]) for key in sorted(value, reverse=True)}
        return [reordered(item) for item in value] if isinstance(value, list) else value

    read_back = Result.from_json(reordered(RESULT))

    assert read_back.to_json() == solve(PROBLEM).to_json()
    assert verify(PROBLEM, read_back)


def test_anyone_can_repeat_the_checksums():
    in_order = {**YEAR, "needs": sorted(YEAR["needs"], key=lambda need: need["id"])}
    without_own = copy.deepcopy(RESULT)
    del without_own["provenance"]["result_sha256"]

    assert RESULT["provenance"]["problem_sha256"] == (
        hashlib.sha256(rfc8785.dumps(in_order)).hexdigest()
    )
    assert RESULT["provenance"]["result_sha256"] == (
        hashlib.sha256(rfc8785.dumps(without_own)).hexdigest()
    )


@pytest.mark.parametrize(
    ("path", "value", "difference"),
    [
        (["proven"], False, "$.proven: "),
        (["grants", "a"], 299_500, "$.grants.a: 299\u00a0500 kroner er ikke hele"),
        (["grants", "a"], 301_000, "$.grants.a: 301\u00a0000 kroner er mer enn"),
        (["grants", "b"], 149_000, "$.grants.b: 149\u00a0000 kroner er under minste"),
        (["grants", "a"], 299_000, "$.grants.a: Resultatet sier 299000, utregningen gir"),
        (["grants", "d"], 1000, "$.grants.d: Behovet finnes ikke"),
        (["grants"], {"a": 0}, "$.grants.b: Behovet mangler"),
        (["later", "a", "2028"], 51_000, '$.later.a["2028"]: '),
        (["reasons", "b", "text"], "Avslag.", "$.reasons.b.text: "),
        (["reasons", "b", "code"], "reduced", "$.reasons.b.code: "),
        (["reasons", "a", "facts", "pot"], 1, "$.reasons.a.facts.pot: "),
        (["metrics", "totals", "granted"], 1, "$.metrics.totals.granted: "),
        (["findings", 0, "met"], False, "$.findings[0].met: "),
        (["findings"], [], "$.findings: "),
        (["provenance", "engine_version"], "0.9.0", "$.provenance.engine_version: "),
        (["provenance", "problem_sha256"], "0" * 64, "$.provenance.problem_sha256: "),
    ],
)
def test_whatever_was_touched_is_named(path, value, difference):
    forged = touched(path, value)

    verdict = verify(PROBLEM, forged)

    assert not verdict.holds
    assert verdict.difference.startswith(difference)


@pytest.mark.parametrize("method", ["", "ranked", "Proportional"])
def test_a_method_that_the_engine_does_not_have_is_named(method):
    with pytest.raises(UnknownMethodError, match=f"Ukjent metode «{method}». Velg blant: prop"):
        solve(PROBLEM, method)


def test_a_result_by_a_method_that_the_engine_does_not_have_cannot_be_verified():
    with pytest.raises(UnknownMethodError):
        verify(PROBLEM, touched(["method"], "ranked"))


def test_more_than_there_is_to_share_is_named():
    poorer = parse_problem(YEAR | {"frame": 500_000})
    rich = Result.from_json(RESULT)
    claims = {**rich.provenance, "problem_sha256": solve(poorer).provenance["problem_sha256"]}
    document = {**RESULT, "provenance": claims}

    verdict = verify(poorer, Result.from_json(document))

    assert verdict.difference == (
        "$.grants: Summen er 500\u00a0000 kroner over det som kan fordeles."
    )


def test_a_result_of_another_problem_does_not_hold():
    other = parse_problem(YEAR | {"county": "50"})

    verdict = verify(other, Result.from_json(RESULT))

    assert verdict.difference.startswith("$.provenance.problem_sha256: ")


def test_a_wrong_checksum_alone_does_not_hold():
    forged = touched(["provenance", "result_sha256"], "0" * 64, checksum=False)

    assert verify(PROBLEM, forged).difference.startswith("$.provenance.result_sha256: ")


def test_words_that_have_changed_since_are_kept_as_they_were_written():
    old = touched(["reasons", "b", "text"], "Gammel setning om 100 %.")

    assert old.reasons["b"].said(str.upper) == "GAMMEL SETNING OM 100 %."


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{", "$"),
        ("[]", "$"),
        (json.dumps({**RESULT, "comment": 1}), "$.comment"),
        (json.dumps({**RESULT, "schema": "x"}), "$.schema"),
        (json.dumps({**RESULT, "grants": {"a": 1.5}}), "$.grants.a"),
        (json.dumps({**RESULT, "grants": {"a": -1}}), "$.grants.a"),
        (json.dumps({**RESULT, "proven": 1}), "$.proven"),
        (json.dumps({**RESULT, "reasons": {"a": {"code": "full"}}}), "$.reasons.a.text"),
        (json.dumps({**RESULT, "metrics": {"x": [0.5]}}), "$.metrics.x[0]"),
        (json.dumps({**RESULT, "findings": [{"rule": "F01"}]}), "$.findings[0].severity"),
    ],
)
def test_a_file_that_is_no_result_is_refused_at_its_place(text, path):
    with pytest.raises(ResultError) as refused:
        Result.from_json(text)

    assert refused.value.path == path
