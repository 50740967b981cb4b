"""The rulebook itself: ids, versions, references, findings in other languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.regulation import rulebook
from samspill.regulation.reference import in_words
from samspill.regulation.rule import (
    RULEBOOK,
    Finding,
    NoRuleInForce,
    Outcome,
    Ref,
    Severity,
    good,
    in_force,
    rule,
)
from samspill.regulation.text import NBSP, Day, Kroner, Listed, Percent, Word, render
from tests.regulation.reports import PROFESSIONAL, coordinator, judge

TABLES = ["P01", "B01", "B02", *(f"K{number:02}" for number in range(1, 21))]
TABLES += ["F01", "F02", "F03", "F05", "F06", "F07", "F08", "F09"]


@dataclass(frozen=True)
class Anything:
    on: date = date(2027, 1, 12)
    scheme_code: str = "koll"


@pytest.fixture
def two_versions():
    """A rule whose wording changes from 2028; taken out of the rulebook afterwards."""
    before = dict(RULEBOOK)
    for since, text in ((date(2026, 1, 12), "gammel"), (date(2028, 1, 1), "ny")):
        _version(since, text)
    yield
    RULEBOOK.clear()
    RULEBOOK.update(before)


def _version(since: date, text: str) -> None:
    @rule(id="X01", since=since, says=text, refs=("plan",), severities=(Severity.ERROR,))
    def judged(case: Anything) -> Iterator[Outcome]:
        yield good(text, field="title")


@pytest.mark.parametrize("rule_id", TABLES)
def test_every_rule_of_the_tables_is_in_the_rulebook(rule_id):
    assert in_force(rule_id, date(2027, 1, 12)).id == rule_id


def test_every_reference_resolves_under_both_schemes():
    for each in rulebook.all_rules():
        for scheme in ("koll", "vgo"):
            case = Anything(scheme_code=scheme)

            assert rulebook.parameters.places(each.refs, scheme=scheme, on=case.on)


@pytest.mark.usefixtures("two_versions")
def test_the_day_chooses_the_version_of_a_rule():
    texts = [in_force("X01", day).says for day in (date(2027, 12, 31), date(2028, 1, 1))]

    assert texts == ["gammel", "ny"]


@pytest.mark.usefixtures("two_versions")
def test_the_same_id_and_date_twice_is_refused():
    with pytest.raises(ValueError, match="registered twice"):
        _version(date(2028, 1, 1), "igjen")


def test_a_rule_that_had_not_begun_is_not_guessed():
    with pytest.raises(NoRuleInForce):
        in_force("K01", date(2026, 1, 11))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("KOLL § 11 femte ledd", "forskriften om kollektiv kompetanseutvikling § 11 femte ledd"),
        ("VU § 4", "forskriften om videreutdanning § 4"),
        (
            "VGO § 9 bokstav d",
            "forskriften om kollektiv kompetanseutvikling i videregående opplæring § 9 bokstav d",
        ),
        ("sameloven", "sameloven"),
    ],
)
def test_a_reference_reads_both_short_and_in_words(written, words):
    ref = Ref.parse(written)

    assert (str(ref), ref.words()) == (written, words)


@pytest.mark.parametrize("written", ["", "§ 11", "KOLL § 11 nte ledd", "Grunnloven § 1"])
def test_a_reference_that_is_none_is_refused(written):
    with pytest.raises(ValueError, match=r"reference|in tuple"):
        Ref.parse(written)


def test_a_finding_is_said_in_another_language_with_the_same_facts():
    (finding,) = judge("K07", budget=(PROFESSIONAL, coordinator(90_000)))
    english = {
        finding.text_template: "In {years} you ask for {amount} kr, without a reason.",
        finding.remedy_template: "Write it.",
        "langsiktig plan": "the long-term plan",
        "og": "and",
    }

    def translate(message: str) -> str:
        return english.get(message, message)

    assert finding.said(translate) == "In 2027 you ask for 90\u00a0000\u00a0kr, without a reason."
    assert finding.mend(translate) == "Write it."
    assert finding.cited(translate).endswith("§ 11 femte ledd and the long-term plan")


def test_a_finding_made_by_hand_is_said_as_it_stands():
    finding = Finding("X", Severity.ERROR, False, "Nei {dette} er ikke en mal.", reference="KOLL")

    assert (finding.said(), finding.mend(), finding.cited()) == (finding.text, "", "KOLL")


@pytest.mark.parametrize(
    ("severity", "met", "stops"),
    [("error", False, True), ("error", None, True), ("error", True, False)]
    + [(grave, met, False) for grave in ("warning", "info") for met in (True, False, None)],
)
def test_only_an_error_that_is_not_met_stops(severity, met, stops):
    assert Finding("X", Severity(severity), met, "").stops is stops


def test_a_finding_is_recorded_as_plain_json():
    (finding,) = judge("K06", budget=(PROFESSIONAL, coordinator(90_000)))

    recorded = json.loads(json.dumps(finding.recorded()))

    assert recorded["facts"]["cap"] == 120_000
    assert recorded["facts"]["share"] == "3/20"
    assert set(finding.as_json()) == {"rule", "severity", "met", "text", "reference", "field"}


def test_numbers_days_and_lists_are_said_in_norwegian():
    facts = {
        "a": Kroner(1_250_000),
        "d": Day(2027, 1, 20),
        "p": Percent(Decimal("0.405")),
        "y": Listed((2027, 2028, 2029)),
        "n": Kroner(-5),
        "w": Word("skole"),
    }

    said = render("{a} kr {d} {p} {y} {n} {w}", facts)

    expected = "1 250 000 kr".replace(" ", NBSP)
    assert said == f"{expected} 20. januar 2027 40,5 2027, 2028 og 2029 −5 skole"


def test_an_empty_sentence_is_never_handed_to_gettext():
    assert render("", {}, lambda message: message or "Project-Id-Version: 1") == ""


@given(st.text(max_size=40))
def test_what_a_person_typed_is_never_read_as_a_template(typed):
    assert render("«{name}»", {"name": typed}).startswith("«")
    assert render("{name}", {"name": "{0.__class__}"}) == "{0.__class__}"


def test_every_sentence_avoids_the_percent_sign_that_gettext_reads_as_a_format():
    for each in rulebook.all_rules():
        assert "%" not in each.says


def test_the_page_of_rules_has_one_row_for_each_and_no_broken_cell():
    rows = [row for row in rulebook.page().splitlines() if re.match(r"\| [A-Z]\d\d ", row)]

    assert len(rows) == len(RULEBOOK)
    assert {row.count(" | ") for row in rows} == {5}


def test_a_regulation_cited_twice_on_end_is_named_once():
    refs = [Ref.parse("KOLL § 2"), Ref.parse("KOLL § 11 første ledd"), Ref.parse("plan")]

    assert in_words(refs) == [
        "forskriften om kollektiv kompetanseutvikling § 2",
        "§ 11 første ledd",
        "langsiktig plan",
    ]
