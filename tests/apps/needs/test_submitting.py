"""Sending: once, in time, exactly what was seen – and what the office may do afterwards."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from samspill.apps.needs import actions, queries
from samspill.apps.needs.models import NeedsReport, Submission
from samspill.apps.organisations.models import Organisation
from samspill.apps.plan.models import PlanInUse
from samspill.apps.records.models import JournalEntry
from samspill.shared.audit.models import Line
from samspill.shared.identity.roles import Role
from samspill.shared.messages.models import Message
from samspill.shared.states import IllegalMove, RulesBroken
from tests.apps.needs.factories import (
    DEADLINE,
    NOW,
    OSLO,
    a_year,
    complete_report,
    draft_report,
    filled_report,
    fresh,
    returned_report,
    save,
    sign,
    submit,
    submitted_report,
)
from tests.apps.organisations.factories import OfficeFactory, OrganisationFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]
State = NeedsReport.State
IN_RETURN = NOW + timedelta(days=3)


def test_the_plainest_complete_report_passes_every_rule():
    report = complete_report(a_year())

    findings = queries.findings_of(report, NOW)

    assert [f for f in findings if f.stops] == []
    assert {f.rule_id for f in findings} >= {"K01", "K09", "K11", "K13", "K14", "K19"}


def test_a_submission_is_frozen_numbered_journalled_and_told():
    year = a_year()
    report = complete_report(year)

    submission = submit(report, year)

    assert submission.receipt_number == "18-B-2027-001-1"
    assert submission.content_hash == queries.content_hash(fresh(report))
    assert submission.content == queries.content_of(fresh(report))
    assert {f["rule"] for f in submission.findings} >= {"K01", "K13"}
    entry = JournalEntry.objects.get()
    assert (entry.direction, entry.correspondent, entry.content_hash) == (
        "in",
        year.owner,
        submission.content_hash,
    )
    told = Message.objects.filter(key__startswith="needs/submitted/")
    assert list(told.values_list("organisation_id", flat=True)) == [year.owner.pk]
    line = Line.objects.get(event="needs.submitted")
    assert line.detail["hash"] == submission.content_hash


def test_a_double_clicked_submit_gives_one_submission():
    year = a_year()
    report = complete_report(year)
    seen = queries.content_hash(fresh(report))
    asked = {"report": report, "content_hash_seen": seen, "by": year.signer}

    first = actions.submit_report(at=NOW, **asked)
    second = actions.submit_report(at=NOW + timedelta(seconds=1), **asked)

    assert first == second
    assert (Submission.objects.count(), JournalEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_submission():
    year = a_year()
    report = complete_report(year)
    seen = queries.content_hash(fresh(report))
    together, given = threading.Barrier(2), []

    def click():
        try:
            together.wait(timeout=10)
            given.append(
                actions.submit_report(
                    report=report, content_hash_seen=seen, by=year.signer, at=NOW
                ).pk
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert given == [given[0]] * 2
    assert (Submission.objects.count(), JournalEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_save_different_fields_at_the_same_moment_both_win():
    year = a_year()
    report = draft_report(year)
    before = fresh(report)
    together, given = threading.Barrier(2), []

    def write(name, by):
        try:
            together.wait(timeout=10)
            seen = {name: queries.fingerprint(before, name)}
            given.append(save(report, {name: f"Ny {name}"}, seen=seen, by=by).is_clean)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=("aims", year.editor)),
        threading.Thread(target=write, args=("signs", year.signer)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    after = fresh(report)
    assert given == [True, True]
    assert (after.aims, after.signs, after.content_revision) == ("Ny aims", "Ny signs", 2)


MIDNIGHT = [
    (datetime(2027, 1, 20, 23, 59, 59, tzinfo=OSLO), True),
    (datetime(2027, 1, 21, 0, 0, 0, tzinfo=OSLO), False),
    (datetime.fromisoformat("2027-01-20T22:59:59+00:00"), True),
    (datetime.fromisoformat("2027-01-20T23:00:00+00:00"), False),
]


@pytest.mark.parametrize(("at", "in_time"), MIDNIGHT)
def test_k13_the_deadline_lasts_until_midnight_in_oslo(at, in_time):
    year = a_year(deadline=DEADLINE)
    report = complete_report(year)

    if in_time:
        submit(report, year, at=at)
    else:
        with pytest.raises(RulesBroken) as broken:
            submit(report, year, at=at)
        assert [f.rule_id for f in broken.value.findings] == ["K13"]

    assert fresh(report).state == (State.SUBMITTED if in_time else State.READY)


@pytest.mark.parametrize(
    ("deadline", "last", "first_late"),
    [
        # Summer time begins 28 March 2027 and ends 31 October 2027 in Oslo.
        (date(2027, 3, 28), "2027-03-28T21:59:59+00:00", "2027-03-28T22:00:00+00:00"),
        (date(2027, 10, 31), "2027-10-31T22:59:59+00:00", "2027-10-31T23:00:00+00:00"),
    ],
)
def test_k13_holds_on_the_days_the_clock_is_moved(deadline, last, first_late):
    year = a_year(deadline=deadline)
    report = complete_report(year)

    with pytest.raises(RulesBroken):
        submit(report, year, at=datetime.fromisoformat(first_late))
    submission = submit(report, year, at=datetime.fromisoformat(last))

    assert submission.pk


def test_an_extension_lets_one_report_in_later():
    year = a_year()
    late, other = complete_report(year), complete_report(year)
    after = datetime(2027, 1, 25, 12, 0, tzinfo=OSLO)
    actions.extend_deadline(
        report=late, until=date(2027, 1, 25), reason="Sykdom", by=year.case_worker, at=NOW
    )

    submit(late, year, at=after)

    with pytest.raises(RulesBroken):
        submit(other, year, at=after)


def test_a_stale_hash_stops_a_submission():
    year = a_year()
    report = complete_report(year)

    with pytest.raises(actions.ContentMoved):
        actions.submit_report(report=report, content_hash_seen="0" * 64, by=year.signer, at=NOW)


def test_a_rule_stops_a_submission_and_leaves_everything_untouched():
    year = a_year()
    report = complete_report(year, own_effort="")

    with pytest.raises(RulesBroken) as broken:
        submit(report, year)

    assert [f.rule_id for f in broken.value.findings] == ["K18"]
    assert (Submission.objects.count(), fresh(report).state) == (0, State.READY)


def test_without_a_plan_nothing_is_judged_by_a_guess():
    year = a_year()
    report = complete_report(year)
    PlanInUse.objects.all().delete()

    with pytest.raises(RulesBroken) as broken:
        submit(report, year)

    assert broken.value.findings[0].facts["missing"] == "plan"


@pytest.mark.parametrize("who", ["editor", "partner_signer", "case_worker", "stranger"])
def test_only_the_owners_signer_sends(who):
    year = a_year()
    report = complete_report(year)
    stranger = actor(Role.OWNER_SIGNER, organisation=OrganisationFactory())

    with pytest.raises(PermissionDenied):
        submit(report, year, by=getattr(year, who, stranger))


def test_an_owner_that_is_not_confirmed_cannot_send():
    year = a_year()
    report = complete_report(year)
    Organisation.objects.filter(pk=year.owner.pk).update(confirmed_at=None)

    with pytest.raises(PermissionDenied, match="ikke bekreftet"):
        submit(report, year)


def test_a_draft_is_not_sent_before_partners_have_signed():
    year = a_year()

    with pytest.raises(PermissionDenied, match="partnerne må bekrefte"):
        submit(filled_report(year), year)


def test_a_sent_report_cannot_be_written_in():
    year = a_year()
    report = submitted_report(year)

    with pytest.raises(PermissionDenied, match="er sendt"):
        save(report, {"aims": "x"}, by=year.editor)


def test_coordinator_money_of_sent_reports_counts_together():
    """K06, cap per owner: 15 % of 800 000 is 120 000 kr in all."""
    year = a_year()
    first, second = filled_report(year), filled_report(year)
    for report in (first, second):
        line = actions.add_budget_line(
            report=report, kind="coordinator", receiver=year.owner, by=year.editor, at=NOW
        )
        ground = {"coordinator_ground": "low_capacity", "coordinator_explanation": "Få folk"}
        save(report, {f"budget.{line.pk}.2027": 70_000, **ground}, by=year.editor)
        actions.send_to_partner(report=report, by=year.editor, at=NOW)
        sign(report, year)
    submit(first, year)

    with pytest.raises(RulesBroken) as broken:
        submit(second, year)

    assert [f.rule_id for f in broken.value.findings] == ["K06"]


# --- Afterwards ----------------------------------------------------------------------------------
def test_a_return_names_fields_and_a_date():
    year = a_year()
    report = returned_report(year, fields=("budget", "own_effort"))

    returned = queries.open_return(report)

    assert [row["field"] for row in returned.fields] == ["budget", "own_effort"]
    assert queries.return_deadline(report) == date(2027, 2, 1)
    assert Message.objects.filter(key=f"needs/returned/{returned.pk}").count() == 1


BAD_RETURNS = [
    ({"fields": {}}, "fields"),
    ({"fields": {"nonsense": "x"}}, "fields"),
    ({"message": "  "}, "message"),
    ({"until": NOW.date()}, "until"),
]


@pytest.mark.parametrize(("change", "field"), BAD_RETURNS)
def test_a_return_without_what_it_needs_is_refused(change, field):
    year = a_year()
    report = submitted_report(year)
    asked = {"fields": {"aims": "Mer"}, "message": "Mer", "until": date(2027, 2, 1), **change}

    with pytest.raises(actions.Refused) as refused:
        actions.return_report(report=report, by=year.case_worker, at=NOW, **asked)

    assert refused.value.field == field
    assert fresh(report).state == State.SUBMITTED


def test_a_returned_report_is_sent_again_when_the_partner_has_signed_the_change():
    year = a_year()
    report = returned_report(year)
    save(report, {"own_effort": "Mer tid"}, by=year.editor, at=IN_RETURN)

    with pytest.raises(RulesBroken) as broken:
        submit(report, year, at=IN_RETURN)
    actions.send_to_partner(report=report, by=year.editor, at=IN_RETURN)
    sign(report, year, at=IN_RETURN)
    second = submit(report, year, at=IN_RETURN)

    assert [f.rule_id for f in broken.value.findings] == ["K01"]
    assert second.receipt_number == "18-B-2027-001-2"
    assert fresh(report).returns.get().answered_at == IN_RETURN
    assert JournalEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("at", "in_time"),
    [
        (datetime(2027, 2, 1, 23, 59, 59, tzinfo=OSLO), True),
        (datetime(2027, 2, 2, 0, 0, tzinfo=OSLO), False),
    ],
)
def test_a_returned_report_is_sent_again_until_midnight_on_its_date(at, in_time):
    year = a_year()
    report = returned_report(year)

    if in_time:
        submit(report, year, at=at)
    else:
        with pytest.raises(RulesBroken) as broken:
            submit(report, year, at=at)
        assert [f.rule_id for f in broken.value.findings] == ["K13"]


def test_complete_is_said_once_by_the_office():
    year = a_year()
    report = submitted_report(year)

    for _click in range(2):
        actions.mark_complete(report=report, by=year.case_worker, at=NOW)

    assert fresh(report).state == State.COMPLETE
    with pytest.raises(PermissionDenied):
        actions.mark_complete(report=report, by=year.signer, at=NOW)


def test_another_office_in_the_same_county_handles_nothing():
    year = a_year()
    report = submitted_report(year)
    other = OfficeFactory(organisation__county=year.cycle.county).organisation
    stranger = actor(Role.CASE_WORKER, organisation=other)

    with pytest.raises(PermissionDenied):
        actions.mark_complete(report=report, by=stranger, at=NOW)


def test_a_draft_may_be_withdrawn_by_the_editor_a_sent_report_by_the_signer():
    year = a_year()
    draft, sent = draft_report(year), submitted_report(year)

    actions.withdraw_report(report=draft, by=year.editor, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.withdraw_report(report=sent, by=year.editor, at=NOW)
    actions.withdraw_report(report=sent, by=year.signer, at=NOW)

    assert (fresh(draft).state, fresh(sent).state) == (State.WITHDRAWN, State.WITHDRAWN)
    with pytest.raises((IllegalMove, PermissionDenied)):
        actions.withdraw_report(report=sent, by=year.signer, at=NOW)
