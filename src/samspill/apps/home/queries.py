"""What the front page and *Min side* show: merges what the rooms below tell."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext

from samspill.apps.allocation import queries as allocation
from samspill.apps.cycle import queries as cycle
from samspill.apps.cycle.models import Cycle, Milestone
from samspill.apps.needs import queries as needs
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import County, Organisation, RegisterLoad, Scheme, Unit
from samspill.apps.records import queries as records
from samspill.regulation import parameters
from samspill.regulation.reference import in_words
from samspill.regulation.rulebook import all_rules
from samspill.shared.design import wording
from samspill.shared.identity.actor import Actor
from samspill.shared.waiting import Waiting

SESSION_COUNTY = "county"
#: Rooms that know of something that waits; each decides for itself what the actor may see.
WAITING_ROOMS = (organisations, cycle, needs, allocation, records)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date ahead (frist): what, when, days left and whom it concerns."""

    milestone: Milestone
    day: date
    days_left: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """What waits, and how long it is to its deadline, the number apart: «8», «dager igjen»."""

    one: Waiting
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """The county in four numbers (nøkkeltall); frame in kroner, None while it is unknown."""

    municipalities: int
    kindergartens: int
    schools: int
    frame: int | None


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule as the public reads it: what it says, where it stands, since when."""

    id: str
    says: str
    cited: str
    since: date


def rules_in_words(at: datetime) -> list[RuleWords]:
    """The rulebook in the reader's language, rules on a report (K) first."""
    today = timezone.localdate(at)
    order = {"K": 0, "B": 1, "F": 2, "P": 3}
    found = sorted(all_rules(), key=lambda rule: (order.get(rule.id[0], 9), rule.id, rule.since))
    return [
        RuleWords(
            rule.id,
            gettext(rule.says),
            "; ".join(
                in_words(
                    parameters.places(rule.refs, scheme=Scheme.KOLL, on=max(today, rule.since)),
                    gettext,
                )
            ),
            rule.since,
        )
        for rule in found
    ]


def counties() -> list[County]:
    """Counties whose registers are loaded, in number order."""
    loaded = RegisterLoad.objects.values("county")
    return list(County.objects.filter(pk__in=loaded).order_by("number"))


def shown_county(actor: Actor, *, chosen: str | None) -> County | None:
    """The county the pages speak of: one with a year to show, else the first that is loaded."""
    return cycle.default_county(actor, chosen=chosen) or next(iter(counties()), None)


def year_of(county: County, at: datetime) -> Cycle | None:
    """The cycle of collective development that runs at the moment, if one is set up."""
    return next(iter(cycle.current_cycles(county.pk, at)), None)


def deadlines_ahead(running: Cycle, at: datetime, *, most: int = 3) -> list[Deadline]:
    """The next milestones, today included, nearest first."""
    today = timezone.localdate(at)
    ahead = cycle.next_deadlines(cycle.milestones_of(running), at, most=most)
    return [Deadline(m, m.last_day, (m.last_day - today).days) for m in ahead]


def key_numbers(county: County, running: Cycle | None) -> KeyNumbers:
    """Counted from what is loaded, not typed in."""
    units = Unit.objects.filter(municipality__county=county, closed_date=None)
    return KeyNumbers(
        municipalities=county.municipalities.count(),
        kindergartens=units.filter(kind=Unit.Kind.KINDERGARTEN).count(),
        schools=units.filter(kind=Unit.Kind.SCHOOL).count(),
        frame=running.frame if running else None,
    )


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """All that waits for the actor, the nearest deadline first, what has none last."""
    found = [one for room in WAITING_ROOMS for one in room.waiting_for(actor, at)]
    return sorted(found, key=lambda w: (not w.mine, w.due is None, w.due or date.max, w.title))


def in_rows(waiting: list[Waiting], at: datetime) -> list[WaitingRow]:
    """The same with the time left in words; without a number where the words have none first."""
    rows = []
    for one in waiting:
        left = wording.days_left(one.due, timezone.localdate(at)) if one.due else ""
        number, _space, words = left.partition(" ")
        rows.append(WaitingRow(one, *((number, words) if number.isdigit() else ("", left))))
    return rows


def organisation_of(actor: Actor) -> Organisation | None:
    """The organisation the actor works for now."""
    if actor.organisation_id is None:
        return None
    return Organisation.objects.get(pk=actor.organisation_id)
