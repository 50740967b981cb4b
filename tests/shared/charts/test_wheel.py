"""The year wheel: nothing covers anything else, and today points the right way."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.shared.charts import wheel
from samspill.shared.design.gallery import MILESTONES, TODAY, SampleMilestone

DAYS = st.dates(min_value=date(2026, 7, 1), max_value=date(2028, 6, 30))


@st.composite
def eight_milestones(draw):
    return [
        SampleMilestone(
            number=number,
            label=f"Milepæl {number}",
            starts=draw(DAYS),
            who="Eierne",
            phase=f"Fase {draw(st.integers(0, 4))}",
            precision=draw(st.sampled_from(["day", "week", "month"])),
        )
        for number in range(1, 9)
    ]


def assert_nothing_is_covered(drawn: wheel.Wheel) -> None:
    for one, other in combinations(drawn.spots, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 2 * wheel.DOT
        for box in one.boxes:
            assert not any(box.covers(there) for there in other.boxes), (one, other)
    for spot in drawn.spots:
        assert hypot(spot.x, spot.y) - wheel.DOT >= wheel.RIM
        for box in spot.boxes:
            assert box.left >= -wheel.WIDTH
            assert box.right <= wheel.WIDTH
            assert box.top >= -wheel.EDGE
            assert box.bottom <= wheel.EDGE


def test_the_default_year_has_room_for_every_label():
    drawn = wheel.wheel(MILESTONES, TODAY)

    assert_nothing_is_covered(drawn)


@given(eight_milestones(), DAYS)
def test_any_eight_milestones_have_room(milestones, today):
    assert_nothing_is_covered(wheel.wheel(milestones, today))


def test_eight_milestones_on_the_same_day_have_room():
    crowd = [replace(MILESTONES[1], number=number) for number in range(1, 9)]

    assert_nothing_is_covered(wheel.wheel(crowd, TODAY))


def test_dots_stand_in_the_order_of_the_year_around_the_rim():
    drawn = wheel.wheel(MILESTONES, TODAY)

    right = [spot for spot in drawn.spots if spot.x > 0]
    assert [spot.step.milestone.number for spot in sorted(right, key=lambda spot: spot.y)] == [
        2,
        3,
        4,
        5,
        6,
        7,
        8,
    ]


@pytest.mark.parametrize(
    ("today", "x", "y"),
    [
        (date(2027, 1, 1), 0.0, -233.0),
        (date(2027, 4, 2), 233.0, -1.0),
        (date(2027, 7, 2), 2.0, 233.0),
        (date(2027, 10, 1), -233.0, 3.0),
    ],
)
def test_the_hand_points_to_today(today, x, y):
    hand = wheel.wheel(MILESTONES, today).hand

    assert hand[2:] == pytest.approx((x, y), abs=2.1)


def test_leap_day_and_new_years_eve_stay_inside_the_circle():
    assert wheel.angle_of(date(2028, 2, 29)) == pytest.approx(58.03, abs=0.01)
    assert wheel.angle_of(date(2028, 12, 31)) < 360
    assert wheel.angle_of(date(2028, 12, 31), end_of_day=True) == 360


def test_a_milestone_is_open_on_its_last_day_and_passed_the_day_after():
    on_the_day = wheel.steps(MILESTONES, date(2027, 1, 20))
    day_after = wheel.steps(MILESTONES, date(2027, 1, 21))

    assert [step.state for step in on_the_day][:3] == ["done", "now", "later"]
    assert [step.state for step in day_after][:3] == ["done", "done", "next"]


def test_a_week_runs_to_its_sunday_and_a_month_to_its_last_day():
    week = replace(MILESTONES[3], ends=None)

    assert wheel.last_day(week) == date(2027, 3, 21)
    assert wheel.last_day(MILESTONES[7]) == date(2027, 6, 30)


def test_dates_are_no_more_exact_than_they_are():
    written = [step.when for step in wheel.steps(MILESTONES, TODAY, language="nb")]
    machine = [step.machine_date for step in wheel.steps(MILESTONES, TODAY)]

    assert written == [
        "6. oktober",
        "20. januar",
        "20. februar",
        "uke\u00a011",
        "20. mars",
        "1. april",
        "20. mai",
        "juni",
    ]
    assert machine == [
        "2026-10-06",
        "2027-01-20",
        "2027-02-20",
        "2027-W11",
        "2027-03-20",
        "2027-04-01",
        "2027-05-20",
        "2027-06",
    ]


def test_phases_follow_each_other_and_the_running_one_is_marked():
    arcs = wheel.wheel(MILESTONES, TODAY).arcs

    assert [(arc.label, arc.now) for arc in arcs] == [
        ("Melde behov", True),
        ("Foreslå og drøfte", False),
        ("Tildele", False),
        ("Evaluere", False),
        ("Nytt forum", False),
    ]


def test_a_phase_that_comes_twice_stands_once_in_the_legend():
    twice = [*MILESTONES, replace(MILESTONES[1], number=9, starts=date(2027, 9, 1))]

    drawn = wheel.wheel(twice, TODAY)

    assert [arc.label for arc in drawn.arcs].count("Melde behov") == 2
    assert [(arc.label, arc.now) for arc in drawn.legend].count(("Melde behov", True)) == 1
    assert len({arc.key for arc in drawn.arcs}) == len(drawn.legend)


def test_one_stroke_is_drawn_for_each_day_left():
    assert wheel.wheel(MILESTONES, TODAY).countdown.startswith("M")
    assert wheel.wheel(MILESTONES, date(2027, 1, 20)).countdown == ""


def test_after_the_last_milestone_nothing_is_next():
    drawn = wheel.wheel(MILESTONES, date(2027, 6, 30) + timedelta(days=1))

    assert drawn.next is None
    assert {spot.step.state for spot in drawn.spots} == {"done"}


def test_an_empty_year_is_drawn_with_months_only():
    drawn = wheel.wheel([], TODAY)

    assert (len(drawn.months), drawn.spots, drawn.arcs) == (12, (), ())


def test_too_many_milestones_are_refused():
    with pytest.raises(ValueError, match="holds 20"):
        wheel.wheel([MILESTONES[0]] * 21, TODAY)
