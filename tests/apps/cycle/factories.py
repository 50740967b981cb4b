"""A year as people make it: set up by the office, announced by two of them."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from samspill.apps.cycle import actions, queries
from samspill.apps.cycle.models import Announcement, Cycle
from samspill.apps.organisations.models import Organisation, Scheme
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import (
    CountyFactory,
    OfficeFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
)

OSLO = ZoneInfo("Europe/Oslo")
SEPTEMBER = dt.datetime(2026, 9, 15, 10, 0, tzinfo=OSLO)
OCTOBER = dt.datetime(2026, 10, 6, 8, 0, tzinfo=OSLO)
PLAN = "Prøveplanen (fiktivt vedtatt)"


@dataclass
class Office:
    """An office with two people, and the year they work on."""

    organisation: Organisation
    case_worker: Actor
    approver: Actor
    cycle: Cycle


def an_office(*, year=2027, frame=24_000_000, county=None, with_plan=True) -> Office:
    """A county governor's office with a year set up and a plan chosen."""
    county = county or CountyFactory()
    organisation = OfficeFactory(
        organisation__county=county, organisation__name="Statsforvalteren i Prøve"
    ).organisation
    case_worker = actor(Role.CASE_WORKER, organisation=organisation)
    cycle = actions.set_up_cycle(
        scheme=Scheme.KOLL,
        county=county,
        authority=organisation,
        year=year,
        frame=frame,
        by=case_worker,
        at=SEPTEMBER,
    )
    if with_plan:
        choose_plan(cycle, case_worker)
    return Office(
        organisation, case_worker, actor(Role.APPROVER, organisation=organisation), fresh(cycle)
    )


def a_county_municipality(*, year=2027) -> Office:
    """The authority of an upper-secondary year: the county municipality itself, one school."""
    county = CountyFactory()
    organisation = OrganisationFactory(
        kind=Organisation.Kind.COUNTY_MUNICIPALITY,
        name="Prøve fylkeskommune",
        county=county,
        email="post@fylke.test",
    )
    UnitFactory(owner=organisation, kind="upper_secondary")
    case_worker = actor(Role.CASE_WORKER, organisation=organisation)
    cycle = actions.set_up_cycle(
        scheme=Scheme.VGO,
        county=county,
        authority=organisation,
        year=year,
        frame=3_000_000,
        by=case_worker,
        at=SEPTEMBER,
    )
    choose_plan(cycle, case_worker)
    return Office(
        organisation, case_worker, actor(Role.APPROVER, organisation=organisation), fresh(cycle)
    )


def choose_plan(cycle, by):
    """As the plan's room does it; the plan itself is not what is tested here."""
    with audit.writing(cycle.county_id, by=by, at=SEPTEMBER) as trail:
        actions.set_plan_label(trail=trail, cycle=cycle, label=PLAN)


def drafted(office: Office, *, by=None, at=SEPTEMBER, **texts) -> Announcement:
    return actions.draft_announcement(
        cycle=office.cycle,
        **{**queries.drafted_texts(fresh(office.cycle)), **texts},
        by=by or office.case_worker,
        at=at,
    )


def seen(announcement) -> str:
    """The hash a page would carry if it were opened now."""
    now = Announcement.objects.get(pk=announcement.pk)
    return queries.content_hash_of(queries.content_of(fresh(now.cycle), now))


def sent(office: Office, *, by=None, at=SEPTEMBER) -> Announcement:
    announcement = drafted(office)
    return actions.send_for_approval(
        announcement=announcement,
        seen_hash=seen(announcement),
        by=by or office.case_worker,
        at=at,
    )


def published(office: Office, *, at=OCTOBER) -> Announcement:
    announcement = sent(office)
    return actions.approve_announcement(
        announcement=announcement, seen_hash=seen(announcement), by=office.approver, at=at
    )


def fresh(cycle) -> Cycle:
    return Cycle.objects.select_related("county", "authority").get(pk=cycle.pk)


def milestone(office: Office, kind):
    return office.cycle.milestones.get(kind=kind)
