"""The owner's list: one status line per report, whose turn and since when."""

import io

import pytest
from python_calamine import CalamineWorkbook

from samspill.apps.needs import actions
from samspill.apps.overview import queries
from tests.apps.allocation.factories import assessed_report
from tests.apps.needs.factories import (
    NOW,
    a_year,
    complete_report,
    draft_report,
    filled_report,
    returned_report,
    submitted_report,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def year(clock):
    clock(NOW)
    return a_year()


def awaiting(year):
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    return report


@pytest.mark.parametrize(
    ("make", "words", "mine"),
    [
        (draft_report, "Utkast", True),
        (awaiting, "Venter på partner", False),
        (complete_report, "Klar til å sendes", True),
        (submitted_report, "Sendt inn", False),
        (returned_report, "Sendt tilbake", True),
        (assessed_report, "Vurdert", False),
    ],
)
def test_every_state_has_words_and_a_turn(year, make, words, mine):
    make(year)

    (row,) = queries.reports_of(year.signer, NOW)

    assert (row.status.words, row.status.mine) == (words, mine)


def test_a_return_shows_its_own_deadline(year):
    report = returned_report(year)

    (row,) = queries.reports_of(year.signer, NOW)

    assert row.status.due == report.returns.get().until


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_as_often_for_30_as_for_1(
    page_as, year, count, django_assert_num_queries
):
    for _ in range(count):
        draft_report(year)
    browser = page_as(year.editor)

    with django_assert_num_queries(7):
        page = browser.get("/behovsmeldinger/")

    assert len(page.context["page"].object_list) == count


def test_filters_count_and_keep_what_they_say(page_as, year):
    draft_report(year)
    submitted_report(year)

    page = page_as(year.signer).get("/behovsmeldinger/?vis=mine")

    assert [row.status.words for row in page.context["page"]] == ["Utkast"]
    assert [one["count"] for one in page.context["filters"]] == [2, 1, 1, 0]


def test_the_download_holds_the_list(page_as, year):
    draft_report(year)
    submitted_report(year, title="Språk og lek")

    raw = page_as(year.signer).get("/behovsmeldinger/last-ned/").content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert {row[3] for row in rows[1:]} == {"Utkast", "Sendt inn"}
