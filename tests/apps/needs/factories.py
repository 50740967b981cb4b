"""A year with an open form, and the plainest complete report, made the way people make it.

`a_year()` gives everybody needed; `complete_report(year)` is ready to send (K01–K20 pass) and
`submitted_report(year)` is sent. Other states are reached through actions.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samspill.apps.cycle.models import Announcement, Cycle, Milestone
from samspill.apps.needs import actions, queries
from samspill.apps.needs.models import NeedsReport
from samspill.apps.organisations.models import Organisation, Scheme
from samspill.apps.plan.models import Plan, PlanInUse, PlanVersion
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import (
    CountyFactory,
    EnvironmentFactory,
    OfficeFactory,
    OrganisationFactory,
    UnitFactory,
    UserFactory,
    actor,
)

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2027, 1, 11, 12, 0, tzinfo=OSLO)
DEADLINE = date(2027, 1, 20)

ANSWERS = {
    "title": "Språk og lek",
    "category": "kindergarten",
    "years": 1,
    "staff.kindergarten_teachers": 20,
    "assessment_how": "Vi spurte alle barnehagene, og så på ståstedsanalysene.",
    "assessment_by": "Styrerne og fagleder",
    "assessment_date": date(2026, 11, 20),
    "assessment_staff": True,
    "assessment_leaders": True,
    "assessment_unions": True,
    "sami_answer": "safeguarded",
    "sami_reason": "Vi har snakket med de samiske avdelingene.",
    "partnership_plan": "Universitetet og styrerne planlegger samlingene sammen.",
    "pp_answer": "takes_part",
    "aims": "Barna får et rikere språk.",
    "signs": "De voksne leser mer sammen med barna.",
    "themes": ["learning_communities"],
    "phases.2027": ["analyse", "plan"],
    "own_effort": "To planleggingsdager i hver barnehage.",
    "minimum.2027": 300_000,
    "knowledge_sharing": "Barnehagene besøker hverandre.",
    "competence_plan": "Kapittel 3 i kompetanseplanen.",
}


@dataclass
class Year:
    """A cycle whose form is open, and one person in each part."""

    cycle: Cycle
    office: Organisation
    owner: Organisation
    environment: Organisation
    editor: Actor
    signer: Actor
    partner_signer: Actor
    case_worker: Actor


def a_year(*, number=2027, deadline=DEADLINE, county=None, office=None, scheme=Scheme.KOLL) -> Year:
    """An announced cycle with deadline and plan, an owner with one kindergarten, a university."""
    county = county or CountyFactory()
    office = office or OfficeFactory(organisation__county=county).organisation
    cycle = Cycle.objects.create(scheme=scheme, county=county, authority=office, year=number)
    Milestone.objects.create(
        cycle=cycle, number=2, kind=Milestone.Kind.NEEDS_DEADLINE, starts=deadline
    )
    announce(cycle, at=datetime(number - 1, 10, 6, 8, 0, tzinfo=OSLO))
    use_plan(cycle)
    owner = OrganisationFactory(county=county, email="post@eier.test")
    UnitFactory(owner=owner)
    environment = EnvironmentFactory(county=county, email="post@universitet.test")
    return Year(
        cycle=cycle,
        office=office,
        owner=owner,
        environment=environment,
        editor=actor(Role.OWNER_EDITOR, organisation=owner),
        signer=actor(Role.OWNER_SIGNER, organisation=owner),
        partner_signer=actor(Role.ENVIRONMENT_SIGNER, organisation=environment),
        case_worker=actor(Role.CASE_WORKER, organisation=office),
    )


def announce(cycle, *, at):
    """An announcement that stands published; how it gets there is tested in its own room."""
    prepared, approved = UserFactory(), UserFactory()
    return Announcement.objects.create(
        cycle=cycle,
        state=Announcement.State.PUBLISHED,
        state_since=at,
        title_nb="Kunngjøring",
        title_nn="Kunngjering",
        text_nb="Nå kan dere melde behov.",
        text_nn="No kan de melde behov.",
        prepared_by=prepared,
        writer_ids=[prepared.pk],
        approved_by=approved,
        published_at=at,
    )


def use_plan(cycle, **changes):
    """A plan in use with a salary for the year, so that the coordinator's cap is known."""
    salary = {
        "from": f"{cycle.year}-01-01",
        "until": f"{cycle.year}-12-31",
        "amount": 800_000,
        "source": "Oppdiktet sats",
    }
    plan, _new = Plan.objects.get_or_create(
        scheme=cycle.scheme,
        county=cycle.county,
        defaults={"authority": cycle.authority, "title": "Prøveplan"},
    )
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.versions.count() + 1,
        label="Prøveplan (fiktivt vedtatt)",
        state=PlanVersion.State.ADOPTED,
        state_since=NOW,
        parameters={"salary_rows": [salary], **changes},
        content_hash="0" * 64,
        synthetic=True,
    )
    return PlanInUse.objects.create(cycle=cycle, version=version)


def draft_report(year: Year, *, at=NOW, owner_actor=None) -> NeedsReport:
    """A blank draft by the year's owner."""
    return actions.start_report(
        cycle=year.cycle, owner=year.owner, by=owner_actor or year.editor, at=at
    )


def save(report, values, *, by, at=NOW, save_id="", seen=None):
    """Save as a form does that was drawn this very moment."""
    now = fresh(report)
    seen = seen or {name: queries.fingerprint(now, name) for name in values}
    return actions.save_fields(
        report=report, values=values, seen=seen, save_id=save_id, by=by, at=at
    )


def fresh(report) -> NeedsReport:
    """The report as it stands in the database now."""
    return queries.with_content(NeedsReport.objects.all()).get(pk=report.pk)


def filled_report(year: Year, *, at=NOW, amount=400_000, **answers) -> NeedsReport:
    """A draft with every field answered, one partner and a budget; nobody has signed."""
    report = draft_report(year, at=at)
    asked = {"report": report, "by": year.editor, "at": at}
    actions.add_partner(environment=year.environment, **asked)
    line = actions.add_budget_line(kind="professional", receiver=year.environment, **asked)
    values = {
        **ANSWERS,
        "units": [unit.pk for unit in year.owner.units.all()],
        f"budget.{line.pk}.{year.cycle.year}": amount,
        **answers,
    }
    saved = save(report, values, by=year.editor, at=at)
    assert saved.is_clean, saved
    return fresh(report)


def sign(report, year: Year, *, at=NOW, by=None):
    """The partner signs what stands."""
    partner = fresh(report).partners.get(environment=year.environment)
    return actions.sign_as_partner(
        partner=partner,
        content_hash_seen=queries.content_hash(fresh(report)),
        teacher_education="Studentene får praksis i barnehagene.",
        by=by or year.partner_signer,
        at=at,
    )


def complete_report(year: Year, *, at=NOW, amount=400_000, **answers) -> NeedsReport:
    """A report that is signed and ready to send: every rule passes."""
    report = filled_report(year, at=at, amount=amount, **answers)
    actions.send_to_partner(report=report, by=year.editor, at=at)
    sign(report, year, at=at)
    return fresh(report)


def submitted_report(year: Year, *, at=NOW, **answers) -> NeedsReport:
    """A report that is sent in."""
    report = complete_report(year, at=at, **answers)
    submit(report, year, at=at)
    return fresh(report)


def submit(report, year: Year, *, at=NOW, by=None):
    """The owner's signer sends what stands."""
    return actions.submit_report(
        report=report,
        content_hash_seen=queries.content_hash(fresh(report)),
        by=by or year.signer,
        at=at,
    )


def returned_report(year: Year, *, fields=("own_effort",), until=None, at=NOW) -> NeedsReport:
    """A report the office has sent back, open in these fields."""
    report = submitted_report(year, at=at)
    actions.return_report(
        report=report,
        fields=dict.fromkeys(fields, "Skriv mer her."),
        message="Vi trenger litt mer.",
        until=until or date(2027, 2, 1),
        by=year.case_worker,
        at=at + timedelta(days=1),
    )
    return fresh(report)
