"""Assessing a report: what is kept, what stops, and who may not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.apps.allocation import access, actions, queries
from samspill.apps.allocation.models import Assessment
from samspill.apps.needs import actions as needs_actions
from samspill.shared.audit.models import Line
from samspill.shared.identity.roles import Role
from tests.apps.allocation.factories import YES, assessed_report, complete, save_assessment
from tests.apps.needs.factories import NOW, a_year, draft_report, submitted_report
from tests.apps.organisations.factories import OfficeFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def year():
    return a_year()


def test_a_half_done_assessment_is_kept_and_can_go_on_later(year):
    report = submitted_report(year)

    save_assessment(report, year, checklist={}, score=None, priority=None, public_reason="")
    save_assessment(report, year, score=65)

    assessment = Assessment.objects.get(report=report)
    assert (assessment.state, assessment.score, assessment.priority) == ("open", 65, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"checklist": {c: a for c, a in YES.items() if c != "sami"}}, "sami"),
        ({"score": None}, "score"),
        ({"priority": None}, "priority"),
        ({"public_reason": "  "}, "public_reason"),
    ],
)
def test_it_is_not_done_before_every_question_is_answered(year, changes, field):
    report = complete(submitted_report(year), year)
    save_assessment(report, year, **changes)

    with pytest.raises(actions.AssessmentIncomplete) as stopped:
        actions.finish_assessment(report=report, by=year.case_worker, at=NOW)

    assert list(stopped.value.missing) == [field]
    assert Assessment.objects.get(report=report).state == "open"


def test_a_report_that_is_not_complete_cannot_be_done(year):
    report = submitted_report(year)
    save_assessment(report, year)

    with pytest.raises(actions.AssessmentIncomplete, match="komplett"):
        actions.finish_assessment(report=report, by=year.case_worker, at=NOW)


def test_changing_a_done_assessment_opens_it_again(year):
    report = assessed_report(year)

    save_assessment(report, year, score=10)

    assert Assessment.objects.get(report=report).state == "open"
    events = list(
        Line.objects.filter(case_type="allocation.assessment")
        .order_by("seq")
        .values_list("event", flat=True)
    )
    assert events[-3:] == ["open→done", "done→open", "allocation.assessment_saved"]


def test_the_trail_holds_no_words_from_the_assessment(year):
    report = submitted_report(year)
    save_assessment(report, year)

    line = Line.objects.filter(case_type="allocation.assessment").get()

    assert line.detail == {"score": 80, "priority": 1}


def test_someone_with_a_tie_to_a_party_is_kept_out_by_the_person_not_the_mandate(year):
    report = submitted_report(year)
    tied = actor(Role.CASE_WORKER, organisation=year.office)
    once = actor(Role.OWNER_EDITOR, organisation=year.owner)
    tied = type(tied)(tied.person_id, tied.name, tied.mandate, (*tied.mandates, *once.mandates))

    answer = access.may_assess(tied, report)

    assert (bool(answer), "kollega" in answer.reason) == (False, True)
    with pytest.raises(PermissionDenied):
        save_assessment(report, year, by=tied)


@pytest.mark.parametrize("who", ["approver", "owner", "other_county"])
def test_only_the_countys_case_worker_assesses(year, who):
    report = submitted_report(year)
    person = {
        "approver": lambda: actor(Role.APPROVER, organisation=year.office),
        "owner": lambda: year.signer,
        "other_county": lambda: actor(Role.CASE_WORKER, organisation=OfficeFactory().organisation),
    }[who]()

    with pytest.raises(PermissionDenied):
        save_assessment(report, year, by=person)

    assert Assessment.objects.count() == 0


def test_drafts_and_other_counties_are_not_in_the_queue(year):
    draft = draft_report(year)
    sent = submitted_report(year)
    stranger = actor(Role.CASE_WORKER, organisation=OfficeFactory().organisation)

    assert [r.pk for r in queries.queue(year.case_worker, year.cycle)] == [sent.pk]
    assert list(queries.queue(stranger, year.cycle)) == []
    for person, pk in ((year.case_worker, draft.pk), (stranger, sent.pk)):
        with pytest.raises(Http404):
            queries.report_to_assess(person, pk)


def test_filters_search_and_counts_follow_the_assessment(year):
    done = assessed_report(year, title="Lesing i alle fag")
    new = submitted_report(year, title="Ute hele året")
    returned = submitted_report(year, title="Laget rundt barnet")
    needs_actions.return_report(
        report=returned,
        fields={"aims": "Skriv hva som skal bli annerledes."},
        message="Ett punkt mangler.",
        until=NOW.date().replace(day=28),
        by=year.case_worker,
        at=NOW,
    )

    def shown(**filters):
        return [r.pk for r in queries.queue(year.case_worker, year.cycle, **filters)]

    assert shown(which="assessed") == [done.pk]
    assert shown(which="new") == [new.pk]
    assert shown(which="returned") == [returned.pk]
    assert shown(words="ute hele") == [new.pk]
    counts = {
        one["code"]: one["count"] for one in queries.queue_counts(year.case_worker, year.cycle)
    }
    assert counts == {"": 3, "new": 1, "complete": 0, "returned": 1, "assessed": 1}
