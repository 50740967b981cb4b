"""Reading a problem: what the format does not allow is refused, with its place in the file."""

import json
from fractions import Fraction
from typing import Any

import pytest
from tests.engines.allocation.documents import need_document, problem_document

from samspill.engines.allocation import ProblemError, parse_problem

PROMISE = {
    "need": "2026-014",
    "owner": "971045698",
    "region": "salten",
    "category": "school",
    "amount": 400_000,
    "later": {"2028": 200_000},
}


def with_need(**changes: Any) -> dict[str, Any]:
    return problem_document(need_document(), need_document(**{"id": "2027-002"} | changes))


def with_promise(**changes: Any) -> dict[str, Any]:
    return problem_document(commitments=[PROMISE | changes])


def without(document: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != key}


NAN = float("nan")
FAULTS = {
    "unknown key": (problem_document(frames=1), "$.frames"),
    "unknown key in a need": (with_need(comment="x"), "$.needs[1].comment"),
    "unknown key with a space": (with_need(**{"søkt beløp": 1}), '$.needs[1]["søkt beløp"]'),
    "unknown key in a commitment": (with_promise(year=2026), "$.commitments[0].year"),
    "missing frame": (without(problem_document(), "frame"), "$.frame"),
    "missing needs": (without(problem_document(), "needs"), "$.needs"),
    "missing minimum": (
        problem_document(without(need_document(), "minimum")),
        "$.needs[0].minimum",
    ),
    "another schema": (problem_document(schema="samspill/allocation-problem/2"), "$.schema"),
    "needs is an object": (problem_document() | {"needs": {}}, "$.needs"),
    "need is a list": (problem_document() | {"needs": [[]]}, "$.needs[0]"),
    "id is a number": (with_need(id=2), "$.needs[1].id"),
    "id is empty": (with_need(id=""), "$.needs[1].id"),
    "id has a control character": (with_need(id="a\x00"), "$.needs[1].id"),
    "id is half a character": (with_need(id="\ud800"), "$.needs[1].id"),
    "duplicate id": (problem_document(need_document(), need_document()), "$.needs[1].id"),
    "duplicate commitment": (
        problem_document(commitments=[PROMISE, PROMISE]),
        "$.commitments[1].need",
    ),
    "duplicate owner": (with_need(owners=["A", "A"]), "$.needs[1].owners[1]"),
    "duplicate theme": (with_need(themes=["x", "y", "x"]), "$.needs[1].themes[2]"),
    "no owner": (with_need(owners=[]), "$.needs[1].owners"),
    "frame is NaN": (problem_document(frame=NAN), "$.frame"),
    "frame is infinite": (problem_document(frame=float("inf")), "$.frame"),
    "frame is a float": (problem_document(frame=24e6), "$.frame"),
    "frame is a text": (problem_document(frame="24000000"), "$.frame"),
    "frame is true": (problem_document(frame=True), "$.frame"),
    "frame is null": (problem_document(frame=None), "$.frame"),
    "frame is negative": (problem_document(frame=-1), "$.frame"),
    "frame is 10^12": (problem_document(frame=10**12), "$.frame"),
    "frame has 5 000 digits": (problem_document(frame=10**4000), "$.frame"),
    "step is 0": (problem_document(step=0), "$.step"),
    "year is a text": (problem_document(year="2027"), "$.year"),
    "requested is negative": (with_need(requested=-1), "$.needs[1].requested"),
    "requested is NaN": (with_need(requested=NAN), "$.needs[1].requested"),
    "requested is 10^12": (with_need(requested=10**12), "$.needs[1].requested"),
    "minimum above requested": (with_need(minimum=100_001), "$.needs[1].minimum"),
    "promised amount is negative": (with_promise(amount=-1), "$.commitments[0].amount"),
    "coordination is negative": (
        problem_document(region_coordination={"salten": -1}),
        "$.region_coordination.salten",
    ),
    "guide above 1": (problem_document(guide={"school": "0.7", "a": "0.4"}), "$.guide"),
    "guide below 1": (problem_document(guide={"school": "0.999999999999"}), "$.guide"),
    "empty guide": (problem_document(guide={}), "$.guide"),
    "guide is a float": (problem_document(guide={"school": 1.0}), "$.guide.school"),
    "guide is negative": (problem_document(guide={"school": "-0.1"}), "$.guide.school"),
    "share with an exponent": (problem_document(guide={"school": "1e0"}), "$.guide.school"),
    "share with a comma": (problem_document(guide={"school": "1,0"}), "$.guide.school"),
    "share in other digits": (problem_document(guide={"school": "١"}), "$.guide.school"),
    "tolerance is a number": (problem_document(tolerance=0.05), "$.tolerance"),
    "tolerance above 1": (problem_document(tolerance="1.01"), "$.tolerance"),
    "lock cap is null": (problem_document(lock_cap=None), "$.lock_cap"),
    "weight is 0": (problem_document(priority_weights={"1": "0.0"}), '$.priority_weights["1"]'),
    "priority is a word": (problem_document(priority_weights={"høy": "1"}), None),
    "priority has no weight": (with_need(priority=4), "$.needs[1].priority"),
    "priority is true": (with_need(priority=True), "$.needs[1].priority"),
    "score above 100": (with_need(score=101), "$.needs[1].score"),
    "category has no guide": (with_need(category="sfo"), "$.needs[1].category"),
    "promised category has no guide": (
        with_promise(category="sfo"),
        "$.commitments[0].category",
    ),
    "later year is this year": (with_need(later={"2027": 1}), '$.needs[1].later["2027"]'),
    "later year is a word": (with_need(later={"neste": 1}), "$.needs[1].later.neste"),
    "later frame has no year": (problem_document(later_frames={"28": 1}), None),
    "submitted without offset": (
        with_need(submitted="2027-01-12T09:31:00"),
        "$.needs[1].submitted",
    ),
    "submitted is a date": (with_need(submitted="2027-01-12"), "$.needs[1].submitted"),
    "submitted on 31 February": (
        with_need(submitted="2027-02-31T09:31:00+01:00"),
        "$.needs[1].submitted",
    ),
    "joint is a number": (with_need(joint=1), "$.needs[1].joint"),
    "slopes do not rise": (
        problem_document(coverage_slopes=[["0.5", "1"], ["0.5", "0.6"]]),
        "$.coverage_slopes[1][0]",
    ),
    "slopes stop early": (problem_document(coverage_slopes=[["0.5", "1"]]), "$.coverage_slopes"),
    "slope of three numbers": (
        problem_document(coverage_slopes=[["0.5", "1", "1"]]),
        "$.coverage_slopes[0]",
    ),
    "more than JSON can count": (
        problem_document(*(need_document(id=str(i), requested=10**12 - 1) for i in range(9_008))),
        "$.needs",
    ),
}


@pytest.mark.parametrize(("document", "path"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_document_is_refused_at_its_place(document, path):
    with pytest.raises(ProblemError) as from_values:
        parse_problem(document)

    assert path is None or from_values.value.path == path
    assert from_values.value.message.endswith((".", "»"))


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"frame has 5 000 digits"}))
def test_the_same_fault_is_found_in_the_file(fault):
    document, _ = FAULTS[fault]
    with pytest.raises(ProblemError) as from_values:
        parse_problem(document)

    with pytest.raises(ProblemError) as from_file:
        parse_problem(json.dumps(document))

    assert str(from_file.value) == str(from_values.value)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", "$"),
        ("{", "$"),
        ("[1]", "$"),
        ("null", "$"),
        ("[" * 100_000, "$"),
        (b"\xff\xfe", "$"),
        ('{"frame": 1, "frame": 2}', "$.frame"),
        ('{"guide": {"school": "1", "school": "0"}}', "$.schema"),
        ('{"frame": ' + "9" * 100_000 + "}", "$.schema"),
    ],
)
def test_text_that_is_no_problem_is_refused(text, path):
    with pytest.raises(ProblemError) as refused:
        parse_problem(text)

    assert refused.value.path == path


def test_a_key_written_twice_deep_inside_is_refused():
    text = json.dumps(problem_document(need_document()))
    twice = text.replace('"score": 50', '"score": 50, "score": 60')

    with pytest.raises(ProblemError, match=r"^\$\.needs\[0\]\.score: Nøkkelen står to ganger\.$"):
        parse_problem(twice)


def test_a_number_with_thousands_of_digits_is_refused_at_its_place():
    text = json.dumps(problem_document()).replace("1000000", "9" * 100_000)

    with pytest.raises(ProblemError, match=r"^\$\.frame: "):
        parse_problem(text)


def test_amounts_are_rounded_down_to_the_step_and_noted():
    need = need_document(requested=420_999, minimum=999, later={"2028": 1500, "2029": 2000})

    problem = parse_problem(problem_document(need))

    (read,) = problem.needs
    assert (read.requested, read.minimum, read.later) == (420_000, 0, {"2028": 1000, "2029": 2000})
    assert [(note.field, note.written, note.used) for note in problem.roundings] == [
        ("2028", 1500, 1000),
        ("minimum", 999, 0),
        ("requested", 420_999, 420_000),
    ]


def test_shares_are_read_exactly():
    problem = parse_problem(problem_document(lock_cap="0.1", priority_weights={"1": "0.3"}))

    assert problem.lock_cap == Fraction(1, 10)
    assert problem.priority_weights == {1: Fraction(3, 10)}


def test_needs_stand_in_the_ranked_order():
    needs = [
        need_document(id="b", priority=2, score=99),
        need_document(id="a", priority=1, score=10),
        need_document(id="å", priority=1, score=90),
        need_document(id="Z", priority=1, score=90),
    ]

    problem = parse_problem(problem_document(*needs))

    assert [need.id for need in problem.needs] == ["Z", "å", "a", "b"]
