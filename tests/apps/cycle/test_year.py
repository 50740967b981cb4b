"""Setting up a year, changing its dates and frame, and what the calendar says of them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from samspill.apps.cycle import actions, queries
from samspill.apps.cycle.models import Cycle, CycleChange, Milestone
from samspill.apps.organisations.models import Scheme
from samspill.regulation.calendar import received_in_time
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import NOBODY, SYSTEM
from samspill.shared.identity.roles import Role
from samspill.shared.states import RulesBroken
from tests.apps.cycle.factories import (
    OCTOBER,
    OSLO,
    SEPTEMBER,
    an_office,
    fresh,
    milestone,
    published,
)
from tests.apps.organisations.factories import CountyFactory, OfficeFactory, actor

pytestmark = [pytest.mark.both, pytest.mark.django_db]
Kind = Milestone.Kind


@pytest.fixture
def office(transactional_db):
    return an_office()


def move(office, kind, day, *, precision="day", reason="", by=None, at=SEPTEMBER):
    return actions.change_milestone(
        milestone=milestone(office, kind),
        precision=precision,
        day=day,
        reason=reason,
        by=by or office.case_worker,
        at=at,
    )


def test_a_year_begins_with_eight_dates_and_who_does_what(office):
    rows = [
        (m.number, m.kind, m.starts, m.ends, m.precision, m.who_party, m.responsible_party)
        for m in queries.milestones_of(office.cycle)
    ]

    d = dt.date
    assert rows == [
        (1, "form_opens", d(2026, 10, 6), None, "day", "owners", "county_governor"),
        (2, "needs_deadline", d(2027, 1, 20), None, "day", "owners", "county_governor"),
        (3, "first_draft", d(2027, 2, 20), None, "day", "county_governor", "forum"),
        (4, "discussion", d(2027, 3, 15), d(2027, 3, 19), "week", "county_governor", "forum"),
        (5, "final_draft", d(2027, 3, 20), None, "day", "county_governor", "forum"),
        (6, "allocation", d(2027, 4, 1), None, "day", "county_governor", "county_governor"),
        (7, "evaluation", d(2027, 5, 20), None, "day", "reporters", "forum"),
        (8, "new_forum", d(2027, 6, 1), d(2027, 6, 30), "month", "county_governor", "forum"),
    ]
    assert list(Line.objects.values_list("event", flat=True)) == ["cycle.set_up"]


def test_the_same_year_is_not_set_up_twice(office):
    again = {
        "scheme": Scheme.KOLL,
        "county": office.cycle.county,
        "authority": office.organisation,
        "year": 2027,
        "frame": None,
    }

    with pytest.raises(ValidationError):
        actions.set_up_cycle(**again, by=office.case_worker, at=SEPTEMBER)

    assert Cycle.objects.count() == 1


def test_the_operator_may_set_up_a_year(transactional_db):
    organisation = OfficeFactory().organisation

    cycle = actions.set_up_cycle(
        scheme=Scheme.KOLL,
        county=organisation.county,
        authority=organisation,
        year=2028,
        frame=None,
        by=SYSTEM,
        at=SEPTEMBER,
    )

    assert cycle.milestones.count() == 8


@pytest.mark.parametrize("who", ["nobody", "owner", "other office", "other county", "auditor"])
def test_only_the_authority_changes_the_year(office, who):
    north = CountyFactory(number="55", name="Troms")
    by = {
        "nobody": lambda: NOBODY,
        "owner": lambda: actor(Role.OWNER_EDITOR),
        "other office": lambda: actor(Role.CASE_WORKER, organisation=OfficeFactory().organisation),
        "other county": lambda: actor(
            Role.CASE_WORKER, organisation=OfficeFactory(organisation__county=north).organisation
        ),
        "auditor": lambda: actor(Role.AUDITOR, organisation=office.organisation),
    }[who]()

    with pytest.raises(PermissionDenied):
        move(office, Kind.NEEDS_DEADLINE, dt.date(2027, 1, 21), by=by)
    with pytest.raises(PermissionDenied):
        actions.set_frame(cycle=office.cycle, frame=1, by=by, at=SEPTEMBER)

    assert milestone(office, Kind.NEEDS_DEADLINE).starts == dt.date(2027, 1, 20)


@pytest.mark.parametrize(
    ("day", "precision", "starts", "ends"),
    [
        (dt.date(2027, 6, 12), "day", dt.date(2027, 6, 12), None),
        (dt.date(2027, 6, 12), "week", dt.date(2027, 6, 7), dt.date(2027, 6, 11)),
        (dt.date(2028, 2, 12), "month", dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
    ],
)
def test_a_date_is_a_day_a_working_week_or_a_month(office, day, precision, starts, ends):
    changed = move(office, Kind.NEW_FORUM, day, precision=precision)

    changed.refresh_from_db()
    assert (changed.starts, changed.ends, changed.revision) == (starts, ends, 1)


def test_changing_nothing_leaves_no_trace(office):
    move(office, Kind.NEEDS_DEADLINE, dt.date(2027, 1, 20))

    assert CycleChange.objects.count() == 0
    assert milestone(office, Kind.NEEDS_DEADLINE).revision == 0


def test_an_allocation_after_15_april_is_refused_with_the_paragraph(office):
    with pytest.raises(RulesBroken) as refused:
        move(office, Kind.GRANT, dt.date(2027, 4, 16))

    assert [f.reference for f in refused.value.findings] == ["KOLL § 14 første ledd"]
    assert milestone(office, Kind.GRANT).starts == dt.date(2027, 4, 1)


def test_15_april_itself_is_in_time(office):
    changed = move(office, Kind.GRANT, dt.date(2027, 4, 15))

    assert changed.starts == dt.date(2027, 4, 15)


def test_dates_out_of_order_are_refused(office):
    with pytest.raises(RulesBroken, match="C03"):
        move(office, Kind.FIRST_DRAFT, dt.date(2027, 1, 19))

    assert milestone(office, Kind.FIRST_DRAFT).starts == dt.date(2027, 2, 20)


def test_weekends_and_holidays_are_warned_about_by_name(office):
    move(office, Kind.FINAL_DRAFT, dt.date(2027, 3, 25))

    said = [
        f.text
        for f in queries.checked(office.cycle, queries.milestones_of(fresh(office.cycle)), OCTOBER)
        if f.rule_id == "C01"
    ]

    assert said == [
        "«Første utkast til fordeling» faller på en lørdag, 20. februar 2027.",
        "«Endelig utkast» faller på Skjærtorsdag, 25. mars 2027.",
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2027, 3, 29), "Andre påskedag"),
        (dt.date(2027, 5, 17), "Andre pinsedag og Grunnlovsdag"),
        (dt.date(2027, 1, 20), ""),
    ],
)
def test_holidays_have_their_norwegian_names(day, name):
    assert queries.day_notes(day).holiday == name


def test_before_the_announcement_no_reason_is_needed(office):
    move(office, Kind.EVALUATION, dt.date(2027, 5, 21))

    assert queries.changes_of(office.cycle) == []
    assert CycleChange.objects.get().after_publication is False


def test_after_the_announcement_a_change_needs_a_reason_and_is_shown(office):
    published(office)

    with pytest.raises(actions.ReasonMissing):
        move(office, Kind.NEEDS_DEADLINE, dt.date(2027, 1, 22), reason="  ", at=OCTOBER)
    move(office, Kind.NEEDS_DEADLINE, dt.date(2027, 1, 22), reason="Strømbrudd", at=OCTOBER)

    change = queries.changes_of(office.cycle)[0]
    assert (change.what, change.was, change.reason) == (
        "Frist for behovsmelding",
        "onsdag 20. januar 2027",
        "Strømbrudd",
    )
    assert Line.objects.filter(event="cycle.milestone_changed").count() == 1
    assert milestone(office, Kind.NEEDS_DEADLINE).revision == 1


def test_the_frame_after_the_announcement_needs_a_reason_too(office):
    published(office)

    with pytest.raises(actions.ReasonMissing):
        actions.set_frame(cycle=office.cycle, frame=1, by=office.case_worker, at=OCTOBER)
    actions.set_frame(
        cycle=office.cycle, frame=None, reason="Avventer budsjett", by=office.approver, at=OCTOBER
    )

    assert [(c.what, c.was.replace("\xa0", " ")) for c in queries.changes_of(office.cycle)] == [
        ("Rammen", "24 000 000 kr")
    ]


@pytest.mark.parametrize("reason", ["x" * 1001, "NUL\x00"])
def test_a_reason_too_long_or_with_nul_is_refused_and_nothing_changes(office, reason):
    published(office)

    with pytest.raises(ValidationError):
        move(office, Kind.EVALUATION, dt.date(2027, 5, 21), reason=reason, at=OCTOBER)

    assert milestone(office, Kind.EVALUATION).starts == dt.date(2027, 5, 20)


@pytest.mark.parametrize("frame", [-1, 10**12])
def test_a_frame_out_of_range_is_refused(office, frame):
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        Cycle.objects.filter(pk=office.cycle.pk).update(frame=frame)
    with pytest.raises(ValidationError):
        actions.set_frame(cycle=office.cycle, frame=frame, by=office.case_worker, at=SEPTEMBER)


def test_a_deadline_is_open_until_midnight_in_oslo_also_when_clocks_change(office):
    move(office, Kind.FINAL_DRAFT, dt.date(2027, 3, 31))
    moved = move(office, Kind.FINAL_DRAFT, dt.date(2027, 3, 28))  # summer time begins

    last = dt.datetime(2027, 3, 28, 23, 59, 59, tzinfo=OSLO)
    after = dt.datetime(2027, 3, 28, 22, 0, tzinfo=dt.UTC)  # 00.00 in Oslo the day after
    assert received_in_time(last, moved.last_day)
    assert not received_in_time(after, moved.last_day)
    ahead = [m.kind for m in queries.next_deadlines([moved], last)]
    assert ahead == [Kind.FINAL_DRAFT]
    assert queries.next_deadlines([moved], after) == []


def test_the_year_runs_from_its_form_opens_until_the_next_does(office):
    next_year = actions.set_up_cycle(
        scheme=Scheme.KOLL,
        county=office.cycle.county,
        authority=office.organisation,
        year=2028,
        frame=None,
        by=office.case_worker,
        at=SEPTEMBER,
    )

    def running(*day):
        at = dt.datetime(*day, tzinfo=OSLO)
        return [c.pk for c in queries.current_cycles("18", at)]

    assert running(2026, 1, 1) == [office.cycle.pk]
    assert running(2027, 10, 5, 23, 59) == [office.cycle.pk]
    assert running(2027, 10, 6) == [next_year.pk]


def test_cycles_are_found_by_county_scheme_and_year(office):
    assert queries.cycle_for("18", "koll", 2027) == office.cycle
    assert queries.cycle_for("18") == office.cycle
    assert queries.cycle_for("18", "vgo", 2027) is None
    assert queries.deadline_of(office.cycle) == dt.date(2027, 1, 20)


def test_another_offices_year_is_not_found(office):
    stranger = actor(Role.CASE_WORKER, organisation=OfficeFactory().organisation)

    for ask in (queries.cycle_on_board, queries.announcement_for):
        with pytest.raises(Http404):
            ask(stranger, office.cycle.pk)
    with pytest.raises(Http404):
        queries.milestone_for(stranger, milestone(office, Kind.GRANT).pk)
    assert queries.cycles_on_board(actor(Role.OWNER_SIGNER)).count() == 0


def test_the_auditor_sees_the_countys_years(office):
    auditor = actor(Role.AUDITOR, county=office.cycle.county)

    assert queries.cycle_on_board(auditor, office.cycle.pk) == office.cycle
