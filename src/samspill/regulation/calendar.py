"""The year (årshjulet): deadlines open until midnight in Oslo, and eight milestones to check."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from samspill.regulation import parameters
from samspill.regulation.rule import Finding, Outcome, Severity, bad, good, in_force, rule, unclear
from samspill.regulation.text import (
    MONTHS,
    WEEKDAYS,
    Day,
    Listed,
    Translate,
    Word,
    as_written,
    gettext_noop,
    render,
)

OSLO = ZoneInfo("Europe/Oslo")
SINCE = date(2026, 1, 12)


def norwegian_day(at: datetime) -> date:
    """The day it is in Oslo. ``at`` must be aware: a naive moment has no day."""
    if at.tzinfo is None:
        raise ValueError("A moment without a time zone has no day in Oslo.")
    return at.astimezone(OSLO).date()


def closes_at(deadline: date) -> datetime:
    """The moment a deadline day ends: midnight in Oslo, also when clocks change."""
    return datetime.combine(deadline + timedelta(days=1), time.min, tzinfo=OSLO)


def received_in_time(received_at: datetime, deadline: date) -> bool:
    """In time is before the next midnight in Oslo (frist til kl. 24.00)."""
    return norwegian_day(received_at) <= deadline


@dataclass(frozen=True)
class MilestoneFacts:
    """One milestone of the year (milepæl); ``last`` is the same day unless it lasts for days."""

    code: str
    first: date
    last: date

    def said(self, translate: Translate = as_written) -> str:
        """In words: «20. januar 2027», «uke 11, 2027», «juni 2027», or both ends of a period."""
        if self.first == self.last:
            return Day.of(self.first).said(translate)
        year, week, _ = self.first.isocalendar()
        if (self.first, self.last) == working_week(year, week):
            facts: dict[str, Any] = {"week": week, "year": year}
            return render(gettext_noop("uke {week}, {year}"), facts, translate)
        if (self.first, self.last) == whole_month(self.first.year, self.first.month):
            facts = {"month": Word(MONTHS[self.first.month - 1]), "year": self.first.year}
            return render(gettext_noop("{month} {year}"), facts, translate)
        days = {"first": Day.of(self.first), "last": Day.of(self.last)}
        return render(gettext_noop("{first} til {last}"), days, translate)


def working_week(year: int, week: int) -> tuple[date, date]:
    """Monday and Friday of an ISO week."""
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=4)


def whole_month(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def parse_days(words: str, year: int) -> tuple[date, date]:
    """First and last day from «20. januar», «20.1», «uke 11» or «juni», in the year given.

    Bokmål; a four-digit year in the words goes before ``year``. Raises ValueError.
    """
    found = re.fullmatch(
        r"(?:uke (?P<week>\d{1,2})|(?:(?P<day>\d{1,2})\. ?)?(?P<month>[a-zæøå]+|\d{1,2}))"
        r"(?:[,.]? ?(?P<year>2\d{3}))?",
        words.strip().lower(),
    )
    if found is None or ((found["month"] or "").isdigit() and not found["day"]):
        raise ValueError(f"Not a day, a week or a month: {words!r}")
    year = int(found["year"] or year)
    if found["week"]:
        return working_week(year, int(found["week"]))
    named = found["month"]
    month = int(named) if named.isdigit() else MONTHS.index(named) + 1
    if not found["day"]:
        return whole_month(year, month)
    day = date(year, month, int(found["day"]))
    return day, day


@dataclass(frozen=True)
class MilestoneWords:
    """What happens at a milestone, who does it, who is responsible. Msgids in bokmål."""

    what: str
    who: str
    responsible: str


_COUNTY_GOVERNOR = gettext_noop("Statsforvalteren")
_FORUM = gettext_noop("Samarbeidsforum")
_OWNERS = gettext_noop("Eiere som skal melde behov")
WORDS = {
    "form_opens": MilestoneWords(
        gettext_noop("Kunngjøring og nytt skjema for behovsmelding"), _OWNERS, _COUNTY_GOVERNOR
    ),
    "needs_deadline": MilestoneWords(
        gettext_noop("Frist for behovsmeldinger"), _OWNERS, _COUNTY_GOVERNOR
    ),
    "first_draft": MilestoneWords(
        gettext_noop("Første utkast til fordeling"), _COUNTY_GOVERNOR, _FORUM
    ),
    "discussion": MilestoneWords(
        gettext_noop("Drøfting i samarbeidsforum"), _COUNTY_GOVERNOR, _FORUM
    ),
    "final_draft": MilestoneWords(gettext_noop("Endelig utkast"), _COUNTY_GOVERNOR, _FORUM),
    "allocation": MilestoneWords(gettext_noop("Tildeling"), _COUNTY_GOVERNOR, _COUNTY_GOVERNOR),
    "evaluation": MilestoneWords(
        gettext_noop("Evaluering"), gettext_noop("De som meldte behov"), _FORUM
    ),
    "new_forum": MilestoneWords(
        gettext_noop("Nytt samarbeidsforum konstitueres"), _COUNTY_GOVERNOR, _FORUM
    ),
}
ORDER = tuple(WORDS)


def nordland_milestones(year: int) -> tuple[MilestoneFacts, ...]:
    """Nordland's eight milestones for a cycle. Defaults: the county governor may change each."""
    return tuple(
        _default(row, year) for row in parameters.table("calendar_nordland.toml")["milestone"]
    )


def _default(row: Mapping[str, object], cycle_year: int) -> MilestoneFacts:
    year = cycle_year + int(str(row.get("year", 0)))
    code = str(row["code"])
    if "week" in row:
        return MilestoneFacts(code, *working_week(year, int(str(row["week"]))))
    if "month" in row:
        return MilestoneFacts(code, *whole_month(year, int(str(row["month"]))))
    day = date.fromisoformat(f"{year}-{row['day']}")
    return MilestoneFacts(code, day, day)


@dataclass(frozen=True)
class CalendarCase:
    """The milestones of one cycle, and the holidays that are known (day → name)."""

    milestones: tuple[MilestoneFacts, ...]
    holidays: Mapping[date, str] | None
    cycle_year: int
    on: date
    scheme_code: str = "koll"

    def day_of(self, code: str) -> date | None:
        return next((each.last for each in self.milestones if each.code == code), None)


@rule(
    id="C01",
    since=SINCE,
    says=gettext_noop("En frist bør ikke falle på en helg eller en helligdag."),
    refs=("standard",),
    severities=(Severity.WARNING, Severity.INFO),
)
def milestones_fall_on_working_days(case: CalendarCase) -> Iterator[Outcome]:
    """A single day on a weekend or holiday is warned about; weeks and months are not."""
    if case.holidays is None:
        yield unclear(
            gettext_noop("Helligdagene er ikke lest inn, så datoene er bare prøvd mot helger."),
            gettext_noop("Les inn helligdagene for året."),
            field="milestones",
            missing="holidays",
            severity=Severity.INFO,
        )
    for each in case.milestones:
        if each.first != each.last:
            continue
        name = Word(WORDS[each.code].what)
        day, weekday = Day.of(each.last), Word(WEEKDAYS[each.last.weekday()])
        holiday = (case.holidays or {}).get(each.last)
        if holiday:
            yield bad(
                gettext_noop("«{name}» faller på {holiday}, {day}."),
                gettext_noop("Velg en virkedag, eller la datoen stå hvis den er ment slik."),
                field=each.code,
                name=name,
                holiday=holiday,
                day=day,
            )
        elif each.last.weekday() >= 5:
            yield bad(
                gettext_noop("«{name}» faller på en {weekday}, {day}."),
                gettext_noop("Velg en virkedag, eller la datoen stå hvis den er ment slik."),
                field=each.code,
                name=name,
                weekday=weekday,
                day=day,
            )


@rule(
    id="C02",
    since=SINCE,
    says=gettext_noop("Midlene skal være fordelt innen datoen forskriften setter."),
    refs=("award_deadline",),
    severities=(Severity.ERROR,),
)
def nothing_needed_for_the_award_is_late(case: CalendarCase) -> Iterator[Outcome]:
    """Allocation, and every step before it, lies on or before the day of the law (15 April)."""
    limit = parameters.scheme(case.scheme_code, case.on).award_by(case.cycle_year)
    if limit is None:
        return
    late = [code for code in ORDER[: ORDER.index("allocation") + 1] if _after(case, code, limit)]
    for code in late:
        yield bad(
            gettext_noop(
                "«{name}» er satt til {day}. Forskriften krever at midlene er fordelt innen "
                "{limit}."
            ),
            gettext_noop("Velg en tidligere dato."),
            field=code,
            name=Word(WORDS[code].what),
            day=Day.of(case.day_of(code) or limit),
            limit=Day.of(limit),
        )
    if not late and case.day_of("allocation"):
        yield good(
            gettext_noop("Tildelingen skjer innen fristen {limit}."),
            field="allocation",
            limit=Day.of(limit),
        )


def _after(case: CalendarCase, code: str, limit: date) -> bool:
    day = case.day_of(code)
    return day is not None and day > limit


@rule(
    id="C03",
    since=SINCE,
    says=gettext_noop("Milepælene kommer i årets rekkefølge, og alle er med."),
    refs=("other_deadlines",),
    severities=(Severity.ERROR,),
)
def milestones_come_in_order(case: CalendarCase) -> Iterator[Outcome]:
    """Form, deadline, draft, discussion, final draft, allocation, evaluation, new forum."""
    known: dict[str, Any] = {each.code: each for each in case.milestones}
    for code in ORDER:
        if code not in known:
            yield unclear(
                gettext_noop("«{name}» har ingen dato."),
                gettext_noop("Sett en dato."),
                field=code,
                missing=code,
                name=Word(WORDS[code].what),
            )
    given = [known[code] for code in ORDER if code in known]
    for before, after in pairwise(given):
        if after.first <= before.last:
            yield bad(
                gettext_noop("«{after}» kommer ikke etter «{before}»."),
                gettext_noop("Flytt en av datoene, så de kommer i rekkefølge."),
                field=after.code,
                before=Word(WORDS[before.code].what),
                after=Word(WORDS[after.code].what),
            )


@dataclass(frozen=True)
class UndecidedCase:
    """The cases of a cycle that are neither decided nor sent, on a day."""

    undecided: tuple[str, ...]
    cycle_year: int
    on: date
    scheme_code: str = "koll"


@rule(
    id="C04",
    since=SINCE,
    says=gettext_noop(
        "Saker uten vedtak fem dager før fristen blir en oppgave. Dagen etter fristen er det et "
        "brudd som føres."
    ),
    refs=("award_deadline",),
    severities=(Severity.WARNING, Severity.ERROR),
)
def every_case_is_decided_in_time(case: UndecidedCase) -> Iterator[Outcome]:
    """Silent until 10 April, a task until 15 April, a recorded breach from 16 April."""
    limit = parameters.scheme(case.scheme_code, case.on).award_by(case.cycle_year)
    if limit is None or case.on < limit - timedelta(days=5):
        return
    facts: dict[str, Any] = {
        "count": len(case.undecided),
        "cases": Listed(case.undecided),
        "limit": Day.of(limit),
    }
    if not case.undecided:
        yield good(gettext_noop("Alle saker har vedtak."), field="allocation")
    elif case.on <= limit:
        yield bad(
            gettext_noop("Saker uten vedtak eller brev: {count}. Fristen er {limit}."),
            gettext_noop("Fatt vedtak og send brev i disse sakene: {cases}."),
            field="allocation",
            audience="secretariat",
            **facts,
        )
    else:
        yield bad(
            gettext_noop("Saker uten vedtak eller brev da fristen {limit} gikk ut: {count}."),
            gettext_noop("Før bruddet i journalen, og avgjør sakene: {cases}."),
            field="allocation",
            severity=Severity.ERROR,
            audience="secretariat",
            **facts,
        )


def check_milestones(
    milestones: Iterable[MilestoneFacts],
    holidays: Mapping[date, str] | None,
    *,
    cycle_year: int,
    on: date,
    scheme: str = "koll",
) -> tuple[Finding, ...]:
    """Weekends, holidays, the law's last day and the order of a cycle's milestones."""
    case = CalendarCase(tuple(milestones), holidays, cycle_year, on, scheme)
    rules = (in_force(rule_id, on) for rule_id in ("C01", "C02", "C03"))
    return tuple(finding for each in rules for finding in each.apply(case))


def check_undecided(
    undecided: Iterable[str], *, cycle_year: int, on: date, scheme: str = "koll"
) -> tuple[Finding, ...]:
    """C04: the references of cases without decision or letter, on 10 April and after."""
    return in_force("C04", on).apply(UndecidedCase(tuple(undecided), cycle_year, on, scheme))
