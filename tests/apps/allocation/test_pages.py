"""The case worker's pages: they show what is asked for, refuse in words and lose nothing."""

import json

import pytest

from samspill.apps.allocation.models import Assessment, Scenario
from samspill.engines.allocation import Result, parse_problem, verify
from tests.apps.allocation.factories import YES, assessed_report, complete, with_frame
from tests.apps.needs.factories import NOW, a_year, submitted_report

pytestmark = [pytest.mark.django_db, pytest.mark.both]

FILLED = {f"c_{code}": "yes" for code in YES} | {
    "score": "72",
    "priority": "2",
    "public_reason": "Behovet er godt beskrevet.",
    "internal_note": "",
}


@pytest.fixture
def year(clock):
    clock(NOW)
    return with_frame(a_year())


@pytest.fixture
def office(page_as, year):
    return page_as(year.case_worker)


def text(response):
    return response.content.decode().replace("\xa0", " ")


def test_an_empty_queue_says_what_will_stand_here(office):
    page = office.get("/meldinger/")

    assert (page.status_code, "Ingen meldinger er sendt inn ennå" in text(page)) == (200, True)


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_asks_the_database_as_often_for_30_as_for_1(
    office, year, count, django_assert_num_queries
):
    for number in range(count):
        submitted_report(year, title=f"Tiltak {number}")

    with django_assert_num_queries(15):
        page = office.get("/meldinger/")

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_proposal_asks_the_database_as_often_for_30_as_for_1(
    office, year, count, django_assert_num_queries
):
    for number in range(count):
        assessed_report(year, title=f"Tiltak {number}")
    office.post("/forslag/", {"name": "Utregning"})
    scenario = Scenario.objects.get()

    with django_assert_num_queries(8):
        page = office.get(f"/forslag/{scenario.pk}/")

    assert len(page.context["page"].object_list) == count


def test_the_case_worker_reads_findings_and_content_beside_the_assessment(office, year):
    report = submitted_report(year, title="Språk og lek")

    page = office.get(f"/meldinger/{report.pk}/")

    shown = text(page)
    assert page.status_code == 200
    for words in ("Språk og lek", "Det reglene fant", "Barnehagene besøker hverandre.", "400 000"):
        assert words in shown


def test_from_submitted_to_assessed_through_the_page(office, year):
    report = submitted_report(year)

    office.post(f"/meldinger/{report.pk}/komplett/")
    done = office.post(f"/meldinger/{report.pk}/", FILLED | {"finish": "1"})

    assessment = Assessment.objects.get(report=report)
    assert (done.status_code, assessment.state, assessment.score) == (302, "done", 72)


def test_what_is_missing_is_said_at_the_field_and_the_rest_is_kept(office, year):
    report = complete(submitted_report(year), year)
    half = {**FILLED, "score": "", "c_sami": "", "finish": "1"}

    page = office.post(f"/meldinger/{report.pk}/", half)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["c_sami", "score"]
    assert "Behovet er godt beskrevet." in text(page)
    assert Assessment.objects.get(report=report).public_reason == "Behovet er godt beskrevet."


@pytest.mark.parametrize("score", ["-1", "101", "8,5", "mange", "1" * 400])
def test_a_score_that_is_no_score_is_refused_and_nothing_is_lost(office, year, score):
    report = submitted_report(year)

    page = office.post(f"/meldinger/{report.pk}/", {**FILLED, "score": score})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["score"])
    assert "Behovet er godt beskrevet." in text(page)


def test_a_nul_byte_and_a_novel_are_refused_at_the_field(office, year):
    report = submitted_report(year)
    bad = {**FILLED, "public_reason": "a\x00b", "internal_note": "å" * 4001}

    page = office.post(f"/meldinger/{report.pk}/", bad)

    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["internal_note", "public_reason"]


def test_a_return_needs_a_remark_a_message_and_a_date_ahead(office, year):
    report = submitted_report(year)
    address = f"/meldinger/{report.pk}/tilbake/"

    empty = office.post(address, {"message": "", "until": ""})
    late = office.post(address, {"message": "Hei", "until": "1.1.2027", "r_aims": "Mer her"})

    assert (empty.status_code, late.status_code) == (422, 422)
    assert {"message", "until"} <= set(empty.context["form"].errors)
    assert "Mer her" in text(late)


def test_a_return_opens_the_named_fields_for_the_owner(office, year):
    report = submitted_report(year)
    sent = {"message": "Ett punkt mangler.", "until": "28.1.2027", "r_aims": "Skriv mer her."}

    answer = office.post(f"/meldinger/{report.pk}/tilbake/", sent)

    report.refresh_from_db()
    assert (answer.status_code, report.state) == (302, "returned")
    assert [row["field"] for row in report.returns.get().fields] == ["aims"]


def test_a_proposal_is_computed_shown_and_can_be_recomputed_from_the_downloads(office, year):
    assessed_report(year, title="Språk og lek", amount=700_000)
    made = office.post("/forslag/", {"name": "Første utregning"}, follow=True)
    scenario = Scenario.objects.get()
    address = f"/forslag/{scenario.pk}"

    problem = office.get(f"{address}/grunnlag/").content
    result = office.get(f"{address}/grunnlag/?del=resultat").content

    assert "Språk og lek" in text(made)
    assert "Potten for barnehage" in text(made)
    assert verify(parse_problem(problem), Result.from_json(result)).holds
    assert json.loads(result)["provenance"]["result_sha256"] == scenario.result_hash


def test_nothing_to_compute_is_said_on_the_page(office, year):
    page = office.post("/forslag/", {"name": "Første utregning"})

    assert page.status_code == 422
    assert "Ingen meldinger er ferdig vurdert ennå" in text(page)


def test_someone_with_a_tie_sees_why_the_form_is_closed(page_as, year):
    report = submitted_report(year)
    Assessment.objects.all().delete()
    person = year.case_worker.person_id
    mandate = year.signer.mandate
    from samspill.apps.organisations.models import Mandate

    Mandate.objects.filter(pk=mandate.id).update(person=person)

    page = page_as(year.case_worker).get(f"/meldinger/{report.pk}/")

    assert "En kollega må vurdere meldingen" in text(page)
    assert "<fieldset" in text(page)
    assert 'name="finish"' not in text(page)
