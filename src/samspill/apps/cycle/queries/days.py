"""Days of the year: holidays, weekdays, and what the regulation says of eight dates."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import holidays as holidays_library
from django.utils import timezone

from samspill.apps.cycle.models import Cycle, Milestone
from samspill.regulation.calendar import MilestoneFacts, check_milestones
from samspill.regulation.rule import Finding
from samspill.shared.design import wording

Precision = Milestone.Precision
#: Names in bokmål. The library knows Norwegian as `no`; «nb» would silently give English.
LANGUAGE = "no"


@dataclass(frozen=True, slots=True)
class DayNote:
    """What to know about a date before it is chosen: weekday, and weekend or holiday."""

    weekday: str
    holiday: str = ""
    weekend: bool = False

    @property
    def quiet(self) -> bool:
        """Nobody is at work that day."""
        return bool(self.holiday) or self.weekend


@cache
def _holidays_of(year: int) -> dict[date, str]:
    """Norway's public holidays of a year, from the library (bevegelige helligdager computed)."""
    found = holidays_library.country_holidays("NO", years=[year], language=LANGUAGE)
    return {day: str(name).replace(";", " og") for day, name in sorted(found.items())}


def holidays_between(first: date, last: date) -> dict[date, str]:
    """Holidays by date in the years from first to last."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in _holidays_of(year).items()
    }


def day_notes(day: date) -> DayNote:
    """Weekday in the reader's language; the holiday's name in bokmål."""
    weekday = wording.WEEKDAYS[wording.language_of()][day.weekday()]
    return DayNote(weekday, _holidays_of(day.year).get(day, ""), day.weekday() >= 5)


def days_of(precision: str, day: date) -> tuple[date, date | None]:
    """First and last day of the day, the working week (Monday–Friday) or the month it lies in."""
    if precision == Precision.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=4)
    if precision == Precision.MONTH:
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, None


def facts_of(milestones: Iterable[Milestone]) -> tuple[MilestoneFacts, ...]:
    """The milestones as the regulation's calendar reads them."""
    return tuple(MilestoneFacts(m.kind, m.starts, m.last_day) for m in milestones)


def checked(cycle: Cycle, milestones: Sequence[Milestone], at: datetime) -> tuple[Finding, ...]:
    """C01–C03 for these dates: weekends and holidays, the law's last day, the order.

    Judged by the rules in force on the day, never before the scheme's own beginning.
    """
    facts = facts_of(milestones)
    known = (
        holidays_between(min(f.first for f in facts), max(f.last for f in facts)) if facts else {}
    )
    return check_milestones(
        facts, known, cycle_year=cycle.year, on=timezone.localdate(at), scheme=cycle.scheme
    )


def words_of(milestone: Milestone, language: str | None = None) -> str:
    """The date in words, no more exact than it is: «20. januar 2027», «uke 11 i 2027», «juni 2027».

    Not through gettext: both written forms stand in the same announcement.
    """
    lang = wording.language_of(language)
    if milestone.precision == Precision.WEEK:
        iso = milestone.starts.isocalendar()
        word, of = {"nb": ("uke", "i"), "nn": ("veke", "i"), "en": ("week", "of")}[lang]
        return f"{word} {iso.week} {of} {iso.year}"
    if milestone.precision == Precision.MONTH:
        return f"{wording.MONTHS[lang][milestone.starts.month - 1]} {milestone.starts.year}"
    return wording.day(milestone.starts, language=lang, weekday=True)
