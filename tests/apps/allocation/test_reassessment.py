"""An assessment is of what was sent: what is sent anew is assessed anew."""

from datetime import date, timedelta

import pytest

from samspill.apps.allocation import actions, queries
from samspill.apps.allocation.queries.problem import assessed
from samspill.apps.needs import actions as needs_actions
from samspill.apps.overview.queries import reports_of
from tests.apps.allocation.factories import (
    assessed_report,
    complete,
    save_assessment,
    with_frame,
)
from tests.apps.needs import factories as needs
from tests.apps.needs.factories import NOW, a_year, fresh, submitted_report

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
LATER = NOW + timedelta(days=2)


def send_back(report, year, *, at=LATER):
    needs_actions.return_report(
        report=report,
        fields={"own_effort": "Skriv mer."},
        message="Vi trenger litt mer.",
        until=date(2027, 2, 1),
        by=year.case_worker,
        at=at,
    )


def send_anew(report, year, *, at=LATER):
    """Returned, written in, signed, sent and marked complete again."""
    send_back(report, year, at=at)
    needs.save(report, {"own_effort": "Tre planleggingsdager."}, by=year.editor, at=at)
    needs_actions.send_to_partner(report=fresh(report), by=year.editor, at=at)
    needs.sign(report, year, at=at)
    needs.submit(report, year, at=at)
    needs_actions.mark_complete(report=report, by=year.case_worker, at=at)
    return fresh(report)


def test_a_report_sent_anew_waits_for_a_new_assessment():
    year = with_frame(a_year())
    report = send_anew(assessed_report(year), year)

    waiting = queries.queue(year.case_worker, year.cycle, which="complete")
    line = reports_of(year.editor, LATER)[0].status.code

    assert list(assessed(year.cycle)) == []
    assert [row.pk for row in waiting] == [report.pk]
    assert line == "complete"


def test_a_report_sent_anew_counts_when_it_is_assessed_anew():
    year = with_frame(a_year())
    report = send_anew(assessed_report(year), year)

    actions.finish_assessment(report=report, by=year.case_worker, at=LATER + timedelta(hours=1))

    assert [row.pk for row in assessed(year.cycle)] == [report.pk]


def test_a_report_that_was_sent_back_meanwhile_is_not_finished():
    year = with_frame(a_year())
    report = complete(submitted_report(year), year)
    save_assessment(report, year)
    send_back(report, year)

    with pytest.raises(actions.AssessmentIncomplete):
        actions.finish_assessment(report=report, by=year.case_worker, at=LATER)


def test_finishing_twice_is_once():
    year = with_frame(a_year())
    report = assessed_report(year)
    first = queries.assessment_of(report)

    again = actions.finish_assessment(report=report, by=year.case_worker, at=LATER)

    assert again.state_since == first.state_since


def test_a_year_without_a_plan_says_so(page_as, clock):
    clock(NOW)
    year = with_frame(a_year())
    assessed_report(year)
    year.cycle.plan_in_use.delete()

    answer = page_as(year.case_worker).post("/forslag/", {"name": "Første utregning"})

    assert answer.status_code == 422
    assert "Ingen plan er tatt i bruk" in answer.text


@pytest.mark.parametrize("asked", ["aar=²", "aar=" + "9" * 5000, "aar=abc", "sok=a%00b"])
def test_a_strange_address_is_answered(page_as, clock, asked):
    clock(NOW)
    year = a_year()

    answer = page_as(year.case_worker).get(f"/meldinger/?{asked}")

    assert answer.status_code == 200
