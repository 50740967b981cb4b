"""The world of URL × role, built once: rows made by the rooms' own actions and factories."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from tests.apps.allocation.factories import PLAN, assessed_report
from tests.apps.needs.factories import (
    NOW,
    Year,
    draft_report,
    filled_report,
    fresh,
    sign,
    submit,
    use_plan,
)
from tests.apps.organisations.factories import (
    CountyFactory,
    EnvironmentFactory,
    MandateFactory,
    MunicipalityFactory,
    OfficeFactory,
    OrganisationFactory,
    RegionFactory,
    UnitFactory,
    UnknownOwnerFactory,
    UserFactory,
    actor,
)
from tests.apps.records.factories import a_task, an_entry

from samspill.apps.allocation.actions import compute_scenario
from samspill.apps.allocation.models import Scenario
from samspill.apps.competence.models import CompetencePlan
from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.actions import set_up_cycle
from samspill.apps.cycle.models import Announcement, Cycle
from samspill.apps.needs import actions as needs
from samspill.apps.needs.models import NeedsReport, NetworkOwner
from samspill.apps.organisations.models import Organisation, RegisterLoad, Scheme
from samspill.apps.plan.models import PlanVersion
from samspill.apps.records.models import JournalEntry, Task
from samspill.shared.files.models import StoredFile
from samspill.shared.files.storage import store_made
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role
from samspill.shared.messages.models import Message

YEAR = 2027
#: The first word of every name on a side.
OWN, FOREIGN, OTHER_COUNTY = "Egen", "Fremmed", "Annen"
LABEL = "Prøveplan 1 (fiktivt vedtatt)"
State = NeedsReport.State


@dataclass
class Side:
    """What one party owns or is part of."""

    county: object
    office: Organisation
    owner: Organisation
    environment: Organisation
    cycle: Cycle
    region: object
    version: PlanVersion
    #: Years whose announcement is written but not sent, and waits for another person.
    written: Cycle
    awaiting: Cycle
    unconfirmed: Organisation
    entry: JournalEntry
    task: Task
    #: Mail that did not come through, the county's and the platform's own.
    failed: Message
    failed_national: Message
    scenario: Scenario | None = None
    #: By state.
    reports: dict[str, NeedsReport] = field(default_factory=dict)
    #: Into somebody else's report.
    invitation: NetworkOwner | None = None


@dataclass
class World:
    own: Side
    foreign: Side
    other_county: Side
    #: One person per role, on the own side.
    people: dict[Role, User]
    #: Signs for the own owner and, by another mandate, for the foreign one.
    two: User
    two_foreign_mandate: int
    #: An owner's signer whose only mandate ended yesterday.
    expired: User


def build() -> World:
    """Everything, once. Rows are made directly: how they come about is tested in their rooms."""
    here = _place("18", "Nordland")
    own, foreign = _side(here, OWN), _side(here, FOREIGN)
    other = _side(_place("55", "Troms"), OTHER_COUNTY)
    people = {role: _person(role, own) for role in Role}
    two = MandateFactory(role=Role.OWNER_SIGNER, organisation=own.owner).person
    second = MandateFactory(
        person=two, role=Role.OWNER_SIGNER, organisation=foreign.owner, valid_from=date(2026, 2, 1)
    )
    expired = MandateFactory(
        role=Role.OWNER_SIGNER, organisation=own.owner, valid_until=date(2027, 1, 10)
    ).person
    return World(own, foreign, other, people, two, second.pk, expired)


def _place(number: str, name: str) -> dict[str, object]:
    """A county with its office, its years and its plan: what both sides in it share."""
    county = CountyFactory(number=number, name=name)
    office = OfficeFactory(organisation__county=county).organisation
    states = Announcement.State
    cycle = _year(county, office, YEAR, states.PUBLISHED)
    version = use_plan(cycle, **PLAN).version
    RegisterLoad.objects.create(county=county, at=NOW, source_hash="0" * 64)
    return {
        "county": county,
        "office": office,
        "cycle": cycle,
        "written": _year(county, office, YEAR + 1, states.DRAFT),
        "awaiting": _year(county, office, YEAR + 2, states.AWAITING_APPROVAL),
        "version": version,
    }


def _year(county, office, year, state) -> Cycle:
    """A year with its eight dates, and an announcement that is true and in this state."""
    cycle = set_up_cycle(
        scheme=Scheme.KOLL,
        county=county,
        authority=office,
        year=year,
        frame=10_000_000,
        by=SYSTEM,
        at=NOW,
    )
    Cycle.objects.filter(pk=cycle.pk).update(plan_label=LABEL)
    cycle.refresh_from_db()
    published = state == Announcement.State.PUBLISHED
    writer = UserFactory()
    Announcement.objects.create(
        cycle=cycle,
        state=state,
        state_since=NOW,
        title_nb="Kunngjøring",
        title_nn="Kunngjering",
        text_nb="Nå kan dere melde behov.",
        text_nn="No kan de melde behov.",
        plan_label=LABEL,
        facts_hash=cycles.facts_hash_of(cycle),
        prepared_by=writer,
        writer_ids=[writer.pk],
        approved_by=UserFactory() if published else None,
        published_at=NOW if published else None,
    )
    return cycle


def _side(here: dict[str, object], name: str) -> Side:
    county, office = here["county"], here["office"]
    place = MunicipalityFactory(county=county, name=f"{name} kommune")
    owner = OrganisationFactory(county=county, municipality=place, name=f"{name} kommune")
    environment = EnvironmentFactory(county=county, municipality=place, name=f"{name} universitet")
    UnitFactory(owner=owner)
    side = Side(
        **here,
        owner=owner,
        environment=environment,
        region=RegionFactory(county=county),
        unconfirmed=UnknownOwnerFactory(county=county, municipality=place),
        entry=an_entry(office, county=county.pk, at=NOW, case=owner, document=_document()),
        task=a_task(office, county=county.pk, at=NOW, case=owner),
        failed=_failed_mail(county.pk, name),
        failed_national=_failed_mail("national", name),
    )
    CompetencePlan.objects.create(
        owner=owner,
        title="Kompetanseplan",
        first_year=YEAR,
        last_year=YEAR + 2,
        file=_document(),
        added_by=UserFactory(),
        added_at=NOW,
    )
    _write_reports(side, title_of(name))
    return side


def title_of(name: str) -> str:
    """What the side's reports are called, so that they are known again on a list."""
    return f"Tiltaket hos {name.upper()}"


def _write_reports(side: Side, title: str) -> None:
    """One report in each state, made by the side's own people, and a proposal from another."""
    year = _year_of(side, side.owner)
    side.reports = {
        state: _report_in(year, state, title)
        for state in (State.DRAFT, State.AWAITING_PARTNER, State.READY, State.SUBMITTED)
    }
    leader = OrganisationFactory(county=side.county)
    side.invitation = needs.invite_network_owner(
        report=draft_report(leads := _year_of(side, leader)),
        owner=side.owner,
        by=leads.editor,
        at=NOW,
    )
    assessed_report(year, title=title)
    side.scenario = compute_scenario(cycle=side.cycle, name="Forslag", by=year.case_worker, at=NOW)


def _report_in(year: Year, state: str, title: str) -> NeedsReport:
    """A report with an attachment, as far on its way as the state says."""
    report = filled_report(year, title=title)
    asked = {"by": year.editor, "at": NOW}
    needs.add_attachment(report=report, file=_document(), **asked)
    if state != State.DRAFT:
        needs.send_to_partner(report=fresh(report), **asked)
    if state in (State.READY, State.SUBMITTED):
        sign(report, year)
    if state == State.SUBMITTED:
        submit(report, year)
    return fresh(report)


def _year_of(side: Side, owner: Organisation) -> Year:
    """The side as the needs room's factories want it, with people to act for everybody."""
    return Year(
        cycle=side.cycle,
        office=side.office,
        owner=owner,
        environment=side.environment,
        editor=actor(Role.OWNER_EDITOR, organisation=owner),
        signer=actor(Role.OWNER_SIGNER, organisation=owner),
        partner_signer=actor(Role.ENVIRONMENT_SIGNER, organisation=side.environment),
        case_worker=actor(Role.CASE_WORKER, organisation=side.office),
    )


def _document():
    return store_made(b"%PDF-1.7", kind=StoredFile.Kind.PDF, name="brev.pdf", at=NOW)


def _failed_mail(chain: str, name: str) -> Message:
    key = f"{chain}/{name}"
    return Message.objects.create(
        key=key,
        message_id=f"<{key}@samspill.example>",
        chain=chain,
        kind=Message.Kind.INFO,
        email="ute@eier.example",
        language="nb",
        subject="Til dere",
        body="Hei",
        queued_at=NOW,
        failed_at=NOW,
        attempts=8,
    )


def _person(role: Role, side: Side) -> User:
    """Someone with this role alone, where such a role belongs."""
    kinds = Organisation.Kind
    homes = SimpleNamespace(
        office=(Role.CASE_WORKER, Role.APPROVER, Role.FACILITATOR, Role.AUDITOR),
        environment=(Role.ENVIRONMENT_SIGNER,),
        union=(Role.UNION_REPRESENTATIVE,),
        platform=(Role.PLATFORM_ADMINISTRATOR,),
    )
    if role in homes.office:
        organisation = side.office
    elif role in homes.environment:
        organisation = side.environment
    elif role in homes.union:
        organisation = OrganisationFactory(kind=kinds.UNION, county=side.county, municipality=None)
    elif role in homes.platform:
        organisation = OrganisationFactory(kind=kinds.OTHER, county=side.county, municipality=None)
    else:
        organisation = side.owner
    return MandateFactory(role=role, organisation=organisation, person__is_demo=True).person
