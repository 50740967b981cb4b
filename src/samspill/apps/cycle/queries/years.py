"""Cycles, milestones and deadlines: which year runs, and is the form open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.apps.cycle.models import Announcement, Cycle, CycleChange, Milestone
from samspill.apps.cycle.queries.days import words_of
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import County, Organisation, Scheme
from samspill.shared.design import wording
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT, Role

Kind = Milestone.Kind
State = Announcement.State
#: Milestones that are days to remember for those outside the office.
DEADLINES = (Kind.NEEDS_DEADLINE, Kind.EVALUATION)
SCHEME_OF_KIND = {
    Organisation.Kind.COUNTY_GOVERNOR: Scheme.KOLL,
    Organisation.Kind.COUNTY_MUNICIPALITY: Scheme.VGO,
}
_SCHEME_ORDER = {scheme: number for number, scheme in enumerate(Scheme.values)}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change after the announcement, in words: what, what stood before, why and when."""

    milestone_id: int | None
    what: str
    was: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One cycle as the public calendar shows it."""

    cycle: Cycle
    milestones: Sequence[Milestone]
    announcement: Announcement | None
    changes: Sequence[ChangeLine]

    @property
    def is_published(self) -> bool:
        return self.announcement is not None

    @property
    def changed_ids(self) -> frozenset[int]:
        """Milestones that carry the mark «endret»."""
        return frozenset(c.milestone_id for c in self.changes if c.milestone_id is not None)


def cycle_for(county_id: str, scheme: str = Scheme.KOLL, year: int | None = None) -> Cycle | None:
    """The county's cycle of one year; without a year the newest. None if it is not set up."""
    found = _cycles().filter(county=county_id, scheme=scheme)
    if year is not None:
        found = found.filter(year=year)
    return found.order_by("-year").first()


def current_cycles(county_id: str, at: datetime) -> list[Cycle]:
    """The running cycle of each scheme, collective development (KOLL) first.

    A year runs from its form opens until the next year's does; before the first, the first.
    """
    today = timezone.localdate(at)
    running: dict[str, Cycle] = {}
    for cycle in _with_milestones(_cycles().filter(county=county_id)).order_by("year"):
        opens = day_of(cycle, Kind.FORM_OPENS)
        if cycle.scheme not in running or (opens is not None and opens <= today):
            running[cycle.scheme] = cycle
    return sorted(running.values(), key=lambda cycle: _SCHEME_ORDER[cycle.scheme])


def milestones_of(cycle: Cycle) -> list[Milestone]:
    """The year's milestones in order."""
    return sorted(cycle.milestones.all(), key=lambda m: m.number)


def day_of(cycle: Cycle, kind: str) -> date | None:
    """The last day of one milestone, or None if the year has no such date."""
    return next((m.last_day for m in cycle.milestones.all() if m.kind == kind), None)


def deadline_of(cycle: Cycle) -> date:
    """Last day for needs reports (frist for behovsmelding); open until 24:00 in Oslo."""
    day = day_of(cycle, Kind.NEEDS_DEADLINE)
    if day is None:
        raise LookupError(f"Cycle {cycle.pk} has no deadline for needs reports.")
    return day


def form_is_open(cycle: Cycle, at: datetime) -> Answer:
    """The form opens with the announcement (KOLL §§ 7 b, 10). Lateness is rule K13."""
    published = Announcement.objects.filter(
        cycle=cycle, state=State.PUBLISHED, published_at__lte=at
    ).exists()
    if published:
        return YES
    return no(
        _("Skjemaet åpner når {name} har kunngjort midlene for {year}.").format(
            name=cycle.authority.name, year=cycle.year
        )
    )


def next_deadlines(
    milestones: Sequence[Milestone], at: datetime, *, most: int = 3
) -> list[Milestone]:
    """The milestones that are not passed, nearest first; today is not passed until midnight."""
    today = timezone.localdate(at)
    ahead = [m for m in milestones if m.last_day >= today]
    return sorted(ahead, key=lambda m: (m.last_day, m.number))[:most]


def changes_of(cycle: Cycle) -> list[ChangeLine]:
    """What was changed after the year was announced, newest first."""
    found = cycle.changes.filter(after_publication=True).select_related("milestone")
    return [
        ChangeLine(
            change.milestone_id,
            change.milestone.label if change.milestone else _("Rammen"),
            _was(change),
            change.reason,
            change.at,
        )
        for change in found.order_by("-at", "-pk")
    ]


def _was(change: CycleChange) -> str:
    """What stood before, in words."""
    if change.milestone is None:
        frame = change.was["frame"]
        return _("ikke kjent") if frame is None else wording.kroner(frame)
    before = Milestone(
        precision=change.was["precision"], starts=date.fromisoformat(change.was["starts"])
    )
    return words_of(before)


# --- Public --------------------------------------------------------------------------------------
def counties_with_cycles() -> list[County]:
    """Counties that have a year to show, by number."""
    return list(County.objects.filter(cycles__isnull=False).distinct().order_by("number"))


def default_county(actor: Actor, *, chosen: str | None) -> County | None:
    """The visitor's choice, else the mandate's, else the first that has a year."""
    shown = {county.pk: county for county in counties_with_cycles()}
    for number in (chosen, *sorted(actor.counties)):
        if number in shown:
            return shown[number]
    return next(iter(shown.values()), None)


def calendar_for(county_id: str, at: datetime) -> tuple[County, list[CalendarYear]]:
    """The county and its running years. A county we do not know → 404."""
    county = organisations.county_numbered(county_id)
    years = []
    for cycle in current_cycles(county_id, at):
        found = Announcement.objects.filter(cycle=cycle, state=State.PUBLISHED).first()
        years.append(CalendarYear(cycle, milestones_of(cycle), found, changes_of(cycle)))
    return county, years


# --- The secretariat -----------------------------------------------------------------------------
def cycles_on_board(actor: Actor) -> QuerySet[Cycle]:
    """The office sees its own cycles in the counties it serves; the auditor sees the counties'."""
    found = _cycles().filter(county__in=actor.counties)
    if actor.has(*SECRETARIAT):
        return found.filter(authority=actor.organisation_id)
    return found if actor.has(Role.AUDITOR) else found.none()


def cycle_on_board(actor: Actor, pk: int) -> Cycle:
    """The cycle, or 404 — also when it exists but is another office's."""
    return get_object_or_404(_with_milestones(cycles_on_board(actor)), pk=pk)


def milestone_for(actor: Actor, pk: int) -> Milestone:
    """The milestone of a cycle the actor works with, or 404."""
    found = Milestone.objects.select_related("cycle__authority", "cycle__county")
    return get_object_or_404(found.filter(cycle__in=cycles_on_board(actor)), pk=pk)


def set_up_choices(actor: Actor) -> tuple[Organisation, str, list[County]]:
    """Which office, scheme and counties the actor may set up a year for; 404 if none."""
    office = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if office is None or office.kind not in SCHEME_OF_KIND:
        raise Http404
    counties = list(County.objects.filter(pk__in=actor.counties).order_by("number"))
    return office, SCHEME_OF_KIND[Organisation.Kind(office.kind)], counties


def _cycles() -> QuerySet[Cycle]:
    return Cycle.objects.select_related("county", "authority")


def _with_milestones(found: QuerySet[Cycle]) -> QuerySet[Cycle]:
    return found.prefetch_related(
        Prefetch("milestones", queryset=Milestone.objects.order_by("number"))
    )
