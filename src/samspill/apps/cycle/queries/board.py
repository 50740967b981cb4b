"""The cycle board (årshjulet hos sekretariatet): what is late, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.apps.cycle.models import Announcement, Cycle, Milestone
from samspill.apps.cycle.queries.days import DayNote, checked, day_notes, days_of, words_of
from samspill.apps.cycle.queries.years import (
    current_cycles,
    cycles_on_board,
    day_of,
    milestones_of,
)
from samspill.regulation.rule import Finding
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.waiting import Waiting

State = Announcement.State


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone on the board: its date in words, what day that is, and where it stands."""

    milestone: Milestone
    when: str
    note: DayNote
    #: passed, now, late or ahead.
    state: str


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next with the announcement: words, where, whose turn, since when."""

    title: str
    reason: str
    url: str
    since: datetime | None
    due: date | None
    mine: bool
    late: bool


def board_years(actor: Actor) -> list[Cycle]:
    """Every year the actor has on the board, newest first."""
    return list(cycles_on_board(actor).order_by("-year", "county", "scheme"))


def shown_on_board(cycles: Sequence[Cycle], at: datetime) -> Cycle:
    """The year that runs now among those the actor sees; else the newest."""
    for county_id in dict.fromkeys(cycle.county_id for cycle in cycles):
        for running in current_cycles(county_id, at):
            if found := next((cycle for cycle in cycles if cycle.pk == running.pk), None):
                return found
    return cycles[0]


def board_rows(
    cycle: Cycle, milestones: Sequence[Milestone], announcement: Announcement | None, at: datetime
) -> list[Row]:
    """The year's dates. Late: the day is past and the announcement that belongs to it is not."""
    today = timezone.localdate(at)
    published = announcement is not None and announcement.state == State.PUBLISHED
    return [
        Row(m, words_of(m), day_notes(m.starts), _stands(m, today, published)) for m in milestones
    ]


def _stands(milestone: Milestone, today: date, published: bool) -> str:
    if milestone.kind == Milestone.Kind.FORM_OPENS and not published:
        return "late" if milestone.last_day < today else "ahead"
    if milestone.last_day < today:
        return "passed"
    return "now" if milestone.starts <= today else "ahead"


def findings_if(milestone: Milestone, precision: str, day: date, at: datetime) -> list[Finding]:
    """What the regulation would say of the milestone on another day. Nothing is saved."""
    cycle = milestone.cycle
    others = [m for m in milestones_of(cycle) if m.pk != milestone.pk]
    starts, ends = days_of(precision, day)
    tried = Milestone(
        cycle=cycle,
        number=milestone.number,
        kind=milestone.kind,
        precision=precision,
        starts=starts,
        ends=ends,
    )
    dates = sorted([*others, tried], key=lambda m: m.number)
    return [
        f
        for f in checked(cycle, dates, at)
        if f.met is not True and (f.field == milestone.kind or f.stops)
    ]


def next_step(
    actor: Actor, cycle: Cycle, announcement: Announcement | None, at: datetime
) -> Step | None:
    """The next thing to do before the form can open; None when it is announced."""
    if announcement is not None and announcement.state == State.PUBLISHED:
        return None
    due = day_of(cycle, Milestone.Kind.FORM_OPENS)
    late = due is not None and due < timezone.localdate(at)
    if announcement is not None and announcement.state == State.AWAITING_APPROVAL:
        mine = actor.has(Role.APPROVER) and actor.person_id not in announcement.writer_ids
        return Step(
            title=_("Godkjenn kunngjøringen for {year}").format(year=cycle.year),
            reason=_(
                "En annen person enn den som forberedte den, må godkjenne. "
                "Skjemaet åpner når den er godkjent."
            ),
            url=reverse("cycle:preview", args=[cycle.pk]),
            since=announcement.state_since,
            due=due,
            mine=mine,
            late=late,
        )
    return _to_write(actor, cycle, announcement, due, late)


def _to_write(
    actor: Actor, cycle: Cycle, announcement: Announcement | None, due: date | None, late: bool
) -> Step:
    title = (
        _("Skriv kunngjøringen for {year}")
        if announcement is None
        else _("Gjør ferdig kunngjøringen for {year}")
    )
    reason = _("Uten kunngjøring åpner ikke skjemaet for eierne.")
    if announcement is not None and announcement.return_note:
        reason = _("Den er sendt tilbake med en merknad.")
    return Step(
        title=title.format(year=cycle.year),
        reason=reason,
        url=reverse("cycle:draft", args=[cycle.pk]),
        since=announcement.state_since if announcement else None,
        due=due,
        mine=actor.has(*SECRETARIAT),
        late=late,
    )


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """Announcements that are not out yet, for those who work at the authority."""
    if not actor.has(*SECRETARIAT):
        return []
    cycles = cycles_on_board(actor).select_related("announcement").prefetch_related("milestones")
    found = []
    for cycle in cycles.exclude(announcement__state=State.PUBLISHED).order_by("year", "pk"):
        step = next_step(actor, cycle, getattr(cycle, "announcement", None), at)
        if step is not None:
            found.append(
                Waiting(step.title, step.reason, step.url, step.since, step.due, step.mine)
            )
    return found
