"""Midnight in Oslo, eight milestones, 15 April."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.regulation.calendar import (
    WORDS,
    check_milestones,
    check_undecided,
    closes_at,
    nordland_milestones,
    parse_days,
    received_in_time,
)

ON = date(2026, 10, 1)
YEAR = nordland_milestones(2027)


def moved(code: str, day: date):
    return tuple(replace(m, first=day, last=day) if m.code == code else m for m in YEAR)


def check(milestones, holidays=None, **changes):
    found = check_milestones(milestones, holidays or {}, cycle_year=2027, on=ON, **changes)
    return [(f.rule_id, str(f.severity), f.met, f.field) for f in found]


@pytest.mark.parametrize(
    ("moment", "deadline", "in_time"),
    [
        ("2027-01-20T22:59:59+00:00", date(2027, 1, 20), True),
        ("2027-01-20T23:00:00+00:00", date(2027, 1, 20), False),
        ("2027-01-19T23:00:00+00:00", date(2027, 1, 20), True),
        # Summer time begins 28 March 2027: the evening before is +01:00, that evening +02:00.
        ("2027-03-27T22:59:59+00:00", date(2027, 3, 27), True),
        ("2027-03-27T23:00:00+00:00", date(2027, 3, 27), False),
        ("2027-03-28T21:59:59+00:00", date(2027, 3, 28), True),
        ("2027-03-28T22:00:00+00:00", date(2027, 3, 28), False),
        # It ends 31 October 2027, a day of 25 hours.
        ("2027-10-30T22:00:00+00:00", date(2027, 10, 30), False),
        ("2027-10-31T22:59:59+00:00", date(2027, 10, 31), True),
        ("2027-10-31T23:00:00+00:00", date(2027, 10, 31), False),
    ],
)
def test_in_time_is_before_the_next_midnight_in_oslo(moment, deadline, in_time):
    assert received_in_time(datetime.fromisoformat(moment), deadline) is in_time


@given(st.dates(date(2026, 1, 12), date(2040, 1, 1)), st.integers(1, 10**6))
def test_the_deadline_closes_where_the_next_day_begins(deadline, microseconds):
    midnight = closes_at(deadline).astimezone(UTC)

    assert received_in_time(midnight - timedelta(microseconds=microseconds), deadline)
    assert not received_in_time(midnight, deadline)


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        received_in_time(datetime(2027, 1, 20, 12), date(2027, 1, 20))  # noqa: DTZ001


def test_nordlands_year_has_eight_milestones_in_order():
    days = [(m.code, m.first.isoformat(), m.last.isoformat()) for m in YEAR]

    assert days == [
        ("form_opens", "2026-10-06", "2026-10-06"),
        ("needs_deadline", "2027-01-20", "2027-01-20"),
        ("first_draft", "2027-02-20", "2027-02-20"),
        ("discussion", "2027-03-15", "2027-03-19"),
        ("final_draft", "2027-03-20", "2027-03-20"),
        ("allocation", "2027-04-01", "2027-04-01"),
        ("evaluation", "2027-05-20", "2027-05-20"),
        ("new_forum", "2027-06-01", "2027-06-30"),
    ]
    assert set(WORDS) == {m.code for m in YEAR}


@pytest.mark.parametrize("year", range(2026, 2041))
def test_iso_week_11_lies_before_the_final_draft_or_is_said_not_to(year):
    milestones = nordland_milestones(year)

    found = check_milestones(milestones, {}, cycle_year=year, on=ON)

    discussion, final = milestones[3], milestones[4]
    broken = [f.field for f in found if f.rule_id == "C03"]
    assert discussion.first.isocalendar()[1:] == (11, 1)
    assert broken == ([] if discussion.last < final.first else ["final_draft"])


def test_C01_C02_C03_of_2027_warn_about_two_saturdays_and_nothing_else():
    assert check(YEAR) == [
        ("C01", "warning", False, "first_draft"),
        ("C01", "warning", False, "final_draft"),
        ("C02", "error", True, "allocation"),
    ]


def test_C01_names_the_holiday():
    (finding, *_) = check_milestones(
        moved("allocation", date(2027, 3, 25)),
        {date(2027, 3, 25): "skjærtorsdag"},
        cycle_year=2027,
        on=ON,
    )[2:]

    assert finding.text == "«Tildeling» faller på skjærtorsdag, 25. mars 2027."


def test_C01_says_when_holidays_are_not_known():
    found = check_milestones(YEAR, None, cycle_year=2027, on=ON)

    assert (found[0].met, found[0].facts["missing"]) == (None, "holidays")


@pytest.mark.parametrize(("day", "met"), [(date(2027, 4, 15), True), (date(2027, 4, 16), False)])
def test_C02_nothing_for_the_allocation_lies_after_15_april(day, met):
    found = check(moved("allocation", day))

    assert found[-1] == ("C02", "error", met, "allocation")


def test_C02_has_no_day_under_VGO():
    found = check(moved("allocation", date(2027, 5, 3)), scheme="vgo")

    assert [rule_id for rule_id, *_ in found] == ["C01", "C01"]


def test_C03_unmet_out_of_order_and_unclear_when_one_is_missing():
    out_of_order = check(moved("evaluation", date(2027, 3, 31)))
    missing = check(YEAR[:-1])

    assert out_of_order[-1] == ("C03", "error", False, "evaluation")
    assert missing[-1] == ("C03", "error", None, "new_forum")


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2027, 4, 9), []),
        (date(2027, 4, 10), [("warning", False)]),
        (date(2027, 4, 15), [("warning", False)]),
        (date(2027, 4, 16), [("error", False)]),
    ],
)
def test_C04_a_task_from_10_april_and_a_breach_from_the_16th(on, found):
    findings = check_undecided(["2027-001", "2027-002"], cycle_year=2027, on=on)

    assert [(str(f.severity), f.met) for f in findings] == found


def test_C04_met_when_every_case_is_decided():
    (finding,) = check_undecided([], cycle_year=2027, on=date(2027, 4, 16))

    assert finding.met is True


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("20. januar", date(2027, 1, 20), date(2027, 1, 20)),
        ("20. Januar 2028", date(2028, 1, 20), date(2028, 1, 20)),
        ("20.1.2027", date(2027, 1, 20), date(2027, 1, 20)),
        ("uke 11", date(2027, 3, 15), date(2027, 3, 19)),
        ("juni", date(2027, 6, 1), date(2027, 6, 30)),
        ("desember 2027", date(2027, 12, 1), date(2027, 12, 31)),
    ],
)
def test_days_are_read_from_words(words, first, last):
    assert parse_days(words, 2027) == (first, last)


@pytest.mark.parametrize("words", ["", "uke 54", "30. februar", "13", "januar 20", "snart", "0.1"])
def test_words_that_are_no_days_are_refused(words):
    with pytest.raises(ValueError, match=r".+"):
        parse_days(words, 2027)


def test_milestones_are_said_as_day_week_month_or_period():
    period = replace(YEAR[3], first=date(2027, 3, 16))

    said = [m.said() for m in (YEAR[1], YEAR[3], YEAR[7], period)]

    assert said == [
        "20. januar 2027",
        "uke 11, 2027",
        "juni 2027",
        "16. mars 2027 til 19. mars 2027",
    ]


@pytest.mark.parametrize("milestone", YEAR, ids=lambda m: m.code)
def test_what_is_said_is_read_back(milestone):
    assert parse_days(milestone.said(), 2000) == (milestone.first, milestone.last)
