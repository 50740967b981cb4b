"""From assessed reports to an explained proposal that anybody can recompute."""

import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation
from python_calamine import CalamineWorkbook

from samspill.apps.allocation import actions, queries
from samspill.apps.allocation.models import Scenario
from samspill.engines.allocation import Result, parse_problem, verify
from samspill.shared.design.sheets import sheet
from samspill.shared.identity.roles import Role
from tests.apps.allocation.factories import assessed_report, with_frame
from tests.apps.needs.factories import NOW, a_year, submitted_report
from tests.apps.organisations.factories import OfficeFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def year():
    return with_frame(a_year())


def computed(year, **changes):
    asked = {"cycle": year.cycle, "name": "Første utregning", "by": year.case_worker, "at": NOW}
    return actions.compute_scenario(**asked | changes)


def test_the_problem_is_what_was_asked_assessed_and_planned(year):
    report = assessed_report(year, amount=400_000, score=82, priority=2)
    submitted_report(year, title="Ikke vurdert ennå")

    problem = queries.problem_of(year.cycle)

    assert (problem["frame"], problem["guide"]["school"]) == (1_000_000, "0.4")
    assert [
        (n["id"], n["requested"], n["minimum"], n["score"], n["priority"], n["staff_reached"])
        for n in problem["needs"]
    ] == [(report.number, 400_000, 300_000, 82, 2, 20)]


def test_a_proposal_holds_the_frame_and_says_why_for_every_need(year):
    for title in ("Én", "To", "Tre"):
        assessed_report(year, title=title, amount=500_000)

    scenario = computed(year)

    rows = queries.rows_of(scenario)
    assert sum(row.granted for row in rows) <= 1_000_000
    assert [row.title for row in rows] == ["Én", "To", "Tre"]
    assert all("kroner" in row.reason for row in rows)
    assert verify(parse_problem(scenario.problem), Result.from_json(scenario.result)).holds


def test_reasons_are_read_in_the_readers_language(year):
    assessed_report(year)
    scenario = computed(year)

    with translation.override("nb"):
        bokmal = queries.rows_of(scenario)[0].reason
    with translation.override("en"):
        english = queries.rows_of(scenario)[0].reason

    assert bokmal != english


def test_shares_are_set_against_the_plans_guide(year):
    assessed_report(year)

    shares = queries.shares_of(computed(year))

    assert [(s.category, str(s.guide)) for s in shares] == [
        ("Barnehage", "0.4"),
        ("Skole", "0.4"),
        ("Tverrfaglig", "0.2"),
    ]


def test_input_and_result_survive_the_database_byte_for_byte(year):
    assessed_report(year)
    scenario = Scenario.objects.get(pk=computed(year).pk)

    result = Result.from_json(json.dumps(scenario.result))

    assert result.provenance["problem_sha256"] == scenario.problem_hash
    assert verify(parse_problem(json.dumps(scenario.problem)), result).holds


def test_a_later_assessment_does_not_touch_a_computed_proposal(year):
    assessed_report(year, title="Først")
    scenario = computed(year)
    before = queries.table_of(scenario)

    assessed_report(year, title="Senere")

    assert queries.table_of(Scenario.objects.get(pk=scenario.pk)) == before


@pytest.mark.parametrize(
    ("frame", "says"), [(None, "Rammen er ikke satt"), (1_000_000, "Ingen meldinger")]
)
def test_nothing_to_compute_is_said_in_words(year, frame, says):
    with_frame(year, frame)

    with pytest.raises(actions.NothingToCompute, match=says):
        computed(year)

    assert Scenario.objects.count() == 0


def test_only_the_case_worker_computes_and_only_the_office_reads(year):
    assessed_report(year)
    scenario = computed(year)
    stranger = actor(Role.CASE_WORKER, organisation=OfficeFactory().organisation)

    with pytest.raises(PermissionDenied):
        computed(year, by=actor(Role.APPROVER, organisation=year.office))
    for person in (stranger, year.signer, year.partner_signer):
        with pytest.raises(Http404):
            queries.scenario_for(person, scenario.pk)


def test_the_spreadsheet_holds_the_same_and_never_a_formula(year):
    assessed_report(year, title="=HYPERLINK(1)")
    table = queries.table_of(computed(year))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet("Forslag", table))).get_sheet_by_index(0)

    read = rows.to_python()
    assert read[0][:3] == ["Nummer", "Eier", "Tiltak"]
    assert read[1][2] == "=HYPERLINK(1)"
    assert read[1][6] == 400_000
