"""`samspill check` and `samspill rulebook` as someone at a terminal meets them."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.regulation import command, rulebook
from samspill.regulation.collective import FIELDS, THEMES, BudgetKind, Kind, Phase, check_report
from samspill.regulation.collective.words import TARGET_GROUPS
from samspill.regulation.reading import BadDocument, parse_json
from samspill.regulation.report_file import read_history, read_report
from tests.regulation.reports import JANUARY, PLAN

ROOT = Path(__file__).parents[2]
FORMATS = ROOT / "docs" / "formats"
EXAMPLE = json.loads((FORMATS / "needs-report-1.example.json").read_text())
HISTORY = FORMATS / "report-history-1.example.json"
SCHEMA = json.loads((FORMATS / "needs-report-1.schema.json").read_text())


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parsers(parser.add_subparsers(required=True), clock=lambda: JANUARY)
    args = parser.parse_args([str(word) for word in words])
    return args.run(args)


@pytest.fixture
def report(tmp_path):
    """Write a changed example and give its path."""

    def write(**changes):
        path = tmp_path / "report.json"
        path.write_text(json.dumps({**EXAMPLE, **changes}))
        return path

    return write


def test_a_good_report_is_answered_with_0_and_a_json_list(report, capsys):
    code = run("check", report(), "--history", HISTORY, "--at", "2027-01-15", "--json")

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [set(row) for row in found] == [
        {"rule", "severity", "met", "text", "reference", "field"}
    ] * len(found)
    assert {"B01", "K01", "K20"} <= {row["rule"] for row in found}


def test_an_unmet_error_is_answered_with_1_and_words(report, capsys):
    code = run("check", report(partnership_plan=""), "--at", "2027-01-15")

    out = capsys.readouterr().out
    assert code == 1
    assert "K18  feil, ikke oppfylt: Planen for samarbeidet mangler." in out


def test_without_a_history_the_report_is_not_stopped_by_what_is_unknown(report, capsys):
    code = run("check", report(), "--at", "2027-01-15", "--json")

    unknown = [row for row in json.loads(capsys.readouterr().out) if row["met"] is None]
    assert (code, [row["rule"] for row in unknown]) == (0, ["K04"])


def test_the_plan_file_decides(report, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text('{"phases_per_year": 1}')

    assert run("check", report(), "--plan", plan, "--at", "2027-01-15") == 1


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2027-01-27", 0),
        ("2027-01-27T23:59:59+01:00", 0),
        ("2027-01-28", 1),
        ("2027-01-28T00:00:00+01:00", 1),
        ("2027-01-27T12:00:00", 2),
        ("i morgen", 2),
        ("2025-12-01", 2),
    ],
)
def test_the_moment_is_handed_in(report, at, code):
    assert run("check", report(submitted_at=None), "--at", at) == code


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"titel": "x"}, "$"),
        ({"schema": "samspill/needs-report/2"}, "$.schema"),
        ({"cycle": "2027"}, "$.cycle"),
        ({"cycle": 20270}, "$.cycle"),
        ({"cycle": None}, "$"),
        ({"owner": {"id": "1", "name": "x"}}, "$.owner"),
        ({"owner": {"id": "1", "name": "x", "kind": "spaceship"}}, "$.owner.kind"),
        ({"budget": {}}, "$.budget"),
        ({"budget": [{"kind": "travel", "receiver": "x", "amounts": {}}]}, "$.budget[0].receiver"),
        (
            {"budget": [{"kind": "travel", "receiver": "999", "amounts": {"2027": 1.5}}]},
            "$.budget[0].amounts.2027",
        ),
        (
            {"budget": [{"kind": "travel", "receiver": "999", "amounts": {"2027": True}}]},
            "$.budget[0].amounts.2027",
        ),
        (
            {"budget": [{"kind": "travel", "receiver": "999", "amounts": {"2027": 10**12}}]},
            "$.budget[0].amounts.2027",
        ),
        (
            {"budget": [{"kind": "travel", "receiver": "999", "amounts": {"0000": 1}}]},
            "$.budget[0].amounts",
        ),
        ({"staff": {"astronauts": 1}}, "$.staff"),
        ({"staff": {"teachers": -1}}, "$.staff.teachers"),
        ({"phases": {"2027": ["rest"]}}, "$.phases.2027[0]"),
        ({"assessment": {"staff": "ja"}}, "$.assessment.staff"),
        ({"submitted_at": "2027-01-12T09:31:00"}, "$.submitted_at"),
        ({"title": "null\u0000"}, "$.title"),
        ({"title": "\ud800"}, "$.title"),
        ({"pp": {"answer": "kanskje"}}, "$.pp.answer"),
        ({"changed_fields": ["salary"]}, "$.changed_fields[0]"),
    ],
)
def test_a_bad_file_is_answered_with_2_and_its_path(report, changes, path, capsys):
    code = run("check", report(**changes), "--at", "2027-01-15")

    err = capsys.readouterr().err
    assert code == 2
    assert f"report.json: {path}: " in err


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": -Infinity}', "[" * 100_000, "9" * 5000],
)
def test_a_text_that_is_no_json_is_refused(text):
    with pytest.raises(BadDocument):
        read_report(parse_json(text))


def test_a_missing_file_is_answered_with_2(tmp_path):
    assert run("check", tmp_path / "none.json", "--at", "2027-01-15") == 2


LEAF = st.none() | st.booleans() | st.integers(-(10**13), 10**13) | st.text(max_size=4)


@settings(max_examples=150)
@given(st.sampled_from(sorted(EXAMPLE)), LEAF | st.lists(LEAF, max_size=2), st.data())
def test_any_damage_to_a_report_is_read_or_refused_and_never_breaks(key, damage, data):
    document = json.loads(json.dumps(EXAMPLE))
    if isinstance(document[key], dict) and document[key] and data.draw(st.booleans()):
        document[key][data.draw(st.sampled_from(sorted(document[key])))] = damage
    else:
        document[key] = damage

    try:
        facts = read_report(document)
    except BadDocument:
        return

    assert check_report(facts, at=JANUARY, plan=PLAN)


def test_the_published_schema_names_the_keys_and_codes_that_are_read():
    properties = SCHEMA["properties"]
    budget = properties["budget"]["items"]["properties"]

    assert set(properties) == set(EXAMPLE)
    assert budget["kind"]["enum"] == list(BudgetKind)
    assert SCHEMA["$defs"]["owner"]["properties"]["kind"]["enum"] == list(Kind)
    assert properties["themes"]["items"]["enum"] == list(THEMES)
    assert properties["phases"]["additionalProperties"]["items"]["enum"] == list(Phase)
    assert properties["staff"]["propertyNames"]["enum"] == list(TARGET_GROUPS)
    assert len(set(FIELDS)) == len(FIELDS)


def test_the_examples_are_read_whole():
    history = read_history(json.loads(HISTORY.read_text()))
    facts = history.added_to(read_report(EXAMPLE))

    assert facts.granted_cycles == {2026}
    assert facts.requested(2027) == 260_000


def test_the_rulebook_page_is_up_to_date_in_the_repository():
    assert (ROOT / "docs" / "rulebook.md").read_text() == rulebook.page()


def test_the_rulebook_is_written_and_checked(tmp_path, capsys):
    page = tmp_path / "docs" / "rulebook.md"

    codes = [run("rulebook", "--check", "-o", page), run("rulebook", "-o", page)]
    codes.append(run("rulebook", "--check", "-o", page))
    page.write_text(page.read_text() + "\n")
    codes.append(run("rulebook", "--check", "-o", page))

    assert codes == [1, 0, 0, 1]
    assert "utdatert" in capsys.readouterr().err


@pytest.mark.parametrize(
    "code",
    [
        "import sys, samspill.regulation.command; sys.exit('django' in sys.modules)",
        "import sys; from samspill.regulation.rule import RULEBOOK; sys.exit(len(RULEBOOK) < 35)",
    ],
    ids=["no Django", "the whole rulebook"],
)
def test_importing_the_law(code):
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
