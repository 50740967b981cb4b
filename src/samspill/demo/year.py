"""The demo's year: Nordland 2027 with dates, plan and announcement, by two of the demo's people.

Everything goes through the rooms' own actions: nothing in the demo is put where a case worker
could not have put it.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from samspill.apps.cycle import actions as cycle_actions
from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Announcement, Cycle
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import County, Organisation, Scheme
from samspill.apps.plan import actions as plans
from samspill.demo.people import actor_of
from samspill.shared.identity.actor import SYSTEM

OSLO = ZoneInfo("Europe/Oslo")
COUNTY, YEAR = "18", 2027
#: Whole kroner; made up. The real frame has not been found in any public source.
FRAME = 14_000_000
LABEL = "Langsiktig plan for Nordland (fiktivt vedtatt i demoen)"
SET_UP_AT = datetime(2026, 9, 15, 9, 0, tzinfo=OSLO)
WRITTEN_AT = datetime(2026, 10, 1, 10, 0, tzinfo=OSLO)
PUBLISHED_AT = datetime(2026, 10, 6, 9, 0, tzinfo=OSLO)


def announce() -> Cycle:
    """The announced year; a second time it is found and left alone."""
    cycle = cycles.cycle_for(COUNTY, Scheme.KOLL, YEAR) or _set_up()
    announcement = cycles.announcement_of(cycle)
    if announcement is None:
        announcement = _written(cycle)
    if announcement.state == Announcement.State.DRAFT:
        announcement = cycle_actions.send_for_approval(
            announcement=announcement,
            seen_hash=_seen(cycle, announcement),
            by=actor_of("case-worker", WRITTEN_AT),
            at=WRITTEN_AT,
        )
    if announcement.state == Announcement.State.AWAITING_APPROVAL:
        cycle_actions.approve_announcement(
            announcement=announcement,
            seen_hash=_seen(cycle, announcement),
            by=actor_of("approver", PUBLISHED_AT),
            at=PUBLISHED_AT,
        )
    return cycle


def _set_up() -> Cycle:
    """Eight dates, a made-up frame, and the packaged draft copied as «fiktivt vedtatt»."""
    county = County.objects.get(pk=COUNTY)
    office = organisations.office_for(COUNTY)
    if office is None:
        raise LookupError("Load the county before its year.")
    case_worker = actor_of("case-worker", SET_UP_AT)
    cycle = cycle_actions.set_up_cycle(
        scheme=Scheme.KOLL,
        county=county,
        authority=office,
        year=YEAR,
        frame=FRAME,
        synthetic=True,
        by=case_worker,
        at=SET_UP_AT,
    )
    _put_plan(cycle, county, office)
    return Cycle.objects.get(pk=cycle.pk)


def _put_plan(cycle: Cycle, county: County, office: Organisation) -> None:
    draft = plans.load_packaged_plan(county=county, authority=office, by=SYSTEM, at=SET_UP_AT)
    adopted = plans.copy_as_adopted(version=draft, label=LABEL, by=SYSTEM, at=SET_UP_AT)
    plans.use_in_cycle(cycle=cycle, version=adopted, by=SYSTEM, at=SET_UP_AT)


def _written(cycle: Cycle) -> Announcement:
    return cycle_actions.draft_announcement(
        cycle=cycle,
        **cycles.drafted_texts(cycle),
        by=actor_of("case-worker", WRITTEN_AT),
        at=WRITTEN_AT,
    )


def _seen(cycle: Cycle, announcement: Announcement) -> str:
    """What the person sees on the page at this moment, as its hash."""
    return cycles.content_hash_of(cycles.content_of(cycle, announcement))
