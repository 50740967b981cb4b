"""How amounts, dates and times are written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from samspill.shared.design import wording
from samspill.shared.design.wording import MINUS, NBSP


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, f"0{NBSP}kr"),
        (999, f"999{NBSP}kr"),
        (1_250_000, f"1{NBSP}250{NBSP}000{NBSP}kr"),
        (-5_000, f"{MINUS}5{NBSP}000{NBSP}kr"),
    ],
)
def test_kroner_never_break_over_two_lines(amount, written):
    assert wording.kroner(amount) == written


def test_a_change_shows_its_sign_and_no_change_shows_none():
    assert [wording.number(n, signed=True) for n in (20, -20, 0)] == ["+20", f"{MINUS}20", "0"]


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.118, f"11,8{NBSP}%"),
        (Fraction(1, 3), f"33,3{NBSP}%"),
        (Decimal("0.0005"), f"0,1{NBSP}%"),
        (1, f"100,0{NBSP}%"),
        (-0.05, f"{MINUS}5,0{NBSP}%"),
    ],
)
def test_shares_are_written_with_comma_and_rounded_half_up(share, written):
    assert wording.percent(share, language="nb") == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nb", "lørdag 20. februar 2027"),
        ("nn", "laurdag 20. februar 2027"),
        ("en", "Saturday 20 February 2027"),
        ("se", "lørdag 20. februar 2027"),
    ],
)
def test_dates_follow_the_language_of_the_reader(language, written):
    assert wording.day(date(2027, 2, 20), language=language, weekday=True) == written


def test_the_active_language_is_used_when_none_is_named():
    with translation.override("en"):
        assert wording.day(date(2027, 1, 20)) == "20 January 2027"


def test_half_past_midnight_in_oslo_is_the_new_day():
    late = datetime(2027, 1, 19, 23, 30, tzinfo=UTC)

    assert wording.moment(late, language="nb") == f"20. januar 2027 kl.{NBSP}00.30"


@pytest.mark.parametrize(
    ("today", "written"),
    [
        (date(2027, 1, 12), "8 dager igjen"),
        (date(2027, 1, 19), "1 dag igjen"),
        (date(2027, 1, 20), "i dag"),
        (date(2027, 1, 21), "1 dag over fristen"),
        (date(2027, 1, 23), "3 dager over fristen"),
    ],
)
def test_days_to_a_deadline_are_told_in_words(today, written):
    with translation.override("nb"):
        assert wording.days_left(date(2027, 1, 20), today) == written
