"""More states than the demo tells of, made by the rooms' own actions, and where they are."""

from dataclasses import replace
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from samspill.apps.allocation.models import Scenario
from samspill.apps.competence import actions as competence
from samspill.apps.cycle import actions as cycle_actions
from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Announcement, Cycle, Milestone
from samspill.apps.needs import actions as needs
from samspill.apps.needs.models import NeedsReport, NetworkOwner, Partner
from samspill.apps.organisations import actions as organisations
from samspill.apps.organisations import queries as organisation_queries
from samspill.apps.organisations.models import Organisation
from samspill.apps.partnerships import actions as partnerships
from samspill.demo import measures, stories
from samspill.demo.people import actor_of, organisation_of
from samspill.demo.personas import BODO, FAUSKE, NORD, VEVELSTAD
from samspill.demo.reports import content_for, take
from samspill.shared.messages.models import Message

#: Eight days before the deadline: most pages have something to show.
NOW = datetime(2027, 1, 12, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def more_states() -> dict[str, int]:
    """Make them; gives name → id, the demo's own stories among them."""
    cycle = Cycle.objects.get()
    places = stories.known_stories(cycle)
    bodo, nord = organisation_of(BODO), organisation_of(NORD)
    signer = actor_of("bodo-signer", NOW)
    competence.add_need(owner=bodo, title="Begynneropplæring", by=signer, at=NOW)
    competence.add_plan(
        owner=bodo,
        title="Kompetanseplan",
        first_year=2026,
        last_year=2029,
        address="https://www.bodo.example/kompetanseplan",
        by=signer,
        at=NOW,
    )
    partnerships.add_agreement(
        owner=bodo,
        environment=nord,
        title="Samarbeid om praksis",
        valid_from=date(2026, 1, 1),
        by=signer,
        at=NOW,
    )
    organisations.enter_account(organisation=bodo, number="86011117947", by=signer, at=NOW)
    _failed_mail()
    return {
        **places,
        "withdrawn": _withdrawn(cycle, bodo),
        "invitation": _invitation(places["vevelstad"], bodo),
        "cycle": cycle.pk,
        "announcement": Announcement.objects.get(cycle=cycle).pk,
        "milestone": Milestone.objects.get(cycle=cycle, number=3).pk,
        "scenario": Scenario.objects.latest("pk").pk,
        "partner": Partner.objects.get(report=places["bodo-sprak"]).pk,
        "partner-signed": Partner.objects.get(report=places["bodo-laget"]).pk,
        "receiver": _unconfirmed().pk,
        "announcing": _next_year(cycle).pk,
    }


def _withdrawn(cycle: Cycle, owner: Organisation) -> int:
    """A report that was sent in and taken back."""
    content = content_for(
        owner,
        year=cycle.year,
        category="kindergarten",
        draw=Random("trukket"),
        idea=measures.IDEAS["kindergarten"][1],
    )
    report = take(owner, replace(content), "nord-signer", cycle=cycle, until="submitted", at=NOW)
    needs.withdraw_report(report=report, by=actor_of("bodo-signer", NOW), at=NOW)
    return report.pk


def _invitation(report_pk: int, owner: Organisation) -> int:
    """Vevelstad asks Bodø to join its draft; Bodø has not answered."""
    row = needs.invite_network_owner(
        report=NeedsReport.objects.get(pk=report_pk),
        owner=owner,
        by=actor_of("vevelstad", NOW),
        at=NOW,
    )
    return NetworkOwner.objects.get(pk=row.pk).report_id


def _unconfirmed() -> Organisation:
    known = {organisation_of(key).pk for key in (BODO, VEVELSTAD, FAUSKE)}
    owners = organisation_queries.owners_in("18")
    return next(one for one in owners if not one.is_confirmed and one.pk not in known)


def _next_year(cycle: Cycle) -> Cycle:
    """2028 is set up, written, and waits for the approver."""
    worker = actor_of("case-worker", NOW)
    year = cycle_actions.set_up_cycle(
        scheme=cycle.scheme,
        county=cycle.county,
        authority=cycle.authority,
        year=2028,
        frame=15_000_000,
        synthetic=True,
        by=worker,
        at=NOW,
    )
    cycle_actions.draft_announcement(cycle=year, **cycles.drafted_texts(year), by=worker, at=NOW)
    return year


def _failed_mail() -> None:
    Message.objects.create(
        key="18/prove",
        message_id="<prove@samspill.example>",
        chain="18",
        kind=Message.Kind.INFO,
        email="ute@eier.example",
        language="nb",
        subject="Kunngjøring av midler",
        body="Hei",
        queued_at=NOW,
        failed_at=NOW,
        attempts=8,
    )
