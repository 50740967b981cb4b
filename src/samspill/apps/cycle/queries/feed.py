"""The calendar feed (kalenderstrøm): milestones as iCalendar (RFC 5545).

The same data give the same bytes: UIDs follow scheme, county, year and kind, DTSTAMP is when
the date was last set, SEQUENCE how often it was changed. Days, weeks and months are all-day
events, so no clock change can move them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar, Event

from samspill.apps.cycle.models import Announcement, Cycle, Milestone
from samspill.apps.cycle.queries.years import DEADLINES
from samspill.apps.organisations.models import County

#: Before midnight at the start of the day: 08.00 a week before, and 08.00 the day before.
ALARMS = (timedelta(days=-6, hours=-16), timedelta(hours=-16))
#: A date nobody ever set a time for (made by hand): a fixed stamp rather than a moving one.
UNKNOWN = datetime(2026, 1, 12, tzinfo=UTC)


def feed_of(county: County, *, language: str, site: str) -> bytes:
    """Every milestone of the county as one calendar. `site` is our address, no slash last."""
    with override(language):
        calendar = _head(county, language)
        for milestone, announced in _rows(county):
            calendar.add_component(_event(county, milestone, announced, site))
        return bytes(calendar.to_ical())


def _rows(county: County) -> Iterable[tuple[Milestone, int | None]]:
    announced = dict(
        Announcement.objects.filter(
            cycle__county=county, state=Announcement.State.PUBLISHED
        ).values_list("cycle", "pk")
    )
    found = Milestone.objects.filter(cycle__county=county).select_related("cycle__authority")
    for milestone in found.order_by("cycle__scheme", "cycle__year", "number"):
        yield milestone, announced.get(milestone.cycle_id)


def _head(county: County, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Samspill//{county.pk}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = _("Samspill: fristene i {county}").format(county=_one_line(county.name))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    return calendar


def uid_of(cycle: Cycle, kind: str) -> str:
    """Stays the same when the date moves, so that the event moves and is not doubled."""
    return f"{cycle.scheme}-{cycle.county_id}-{cycle.year}-{kind}@samspill"


def _event(county: County, milestone: Milestone, announced: int | None, site: str) -> Event:
    cycle, stamp = milestone.cycle, (milestone.set_at or UNKNOWN).astimezone(UTC)
    event = Event()
    event.add("uid", uid_of(cycle, milestone.kind))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", milestone.revision)
    event.add("dtstart", milestone.starts)
    event.add("dtend", milestone.last_day + timedelta(days=1))
    event.add("summary", f"{milestone.label} ({_one_line(county.name)} {cycle.year})")
    event.add("description", _description(milestone, announced))
    event.add(
        "url", f"{site}/kunngjoring/{announced}/" if announced else f"{site}/kalender/{county.pk}/"
    )
    event.add("status", "CONFIRMED" if announced else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [str(cycle.get_scheme_display())])
    if milestone.kind in DEADLINES:
        for before in ALARMS:
            event.add_component(_alarm(milestone, before))
    return event


def _description(milestone: Milestone, announced: int | None) -> str:
    lines = []
    if milestone.kind in DEADLINES:
        lines.append(_("Fristen er åpen til kl. 24.00 norsk tid."))
    if milestone.who:
        lines.append(_("Hvem: {who}.").format(who=milestone.who))
    if milestone.responsible:
        lines.append(_("Ansvarlig: {who}.").format(who=milestone.responsible))
    if announced is None:
        lines.append(_("Datoen er ikke kunngjort ennå og kan bli endret."))
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """Some lines of the format cannot hold a line break."""
    return " ".join(text.split())


def _alarm(milestone: Milestone, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", milestone.label)
    alarm.add("trigger", before)
    return alarm
