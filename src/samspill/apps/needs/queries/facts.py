"""From rows to facts (fakta til reglene): what the regulation needs to know about a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import BudgetLine, NeedsAssessment, NeedsReport, Partner
from samspill.apps.needs.queries.catalogue import years_of
from samspill.apps.needs.queries.changes import changed_fields
from samspill.apps.needs.queries.content import (
    amounts_of,
    assessment_of,
    by_year,
    content_of,
    lines_of,
)
from samspill.apps.needs.queries.standing import (
    current_hash,
    first_submission,
    holds,
    last_submission,
    named_in,
    newest_signature,
    open_return,
)
from samspill.apps.organisations.models import Organisation
from samspill.apps.plan import queries as plans
from samspill.regulation import collective as law
from samspill.regulation.plan import PlanParameters

State = NeedsReport.State


@dataclass
class Around:
    """What stands around reports: deadline, plan, the owners' other coordinator money.

    Read once for a list of reports. Kroner by year.
    """

    deadlines: dict[int, date | None] = field(default_factory=dict)
    #: None where no plan is in use yet.
    plans: dict[int, PlanParameters | None] = field(default_factory=dict)
    #: (cycle, owner) → {report: {year: kroner}} of the reports that are sent.
    coordinator: dict[tuple[int, int], dict[int, dict[int, int]]] = field(default_factory=dict)

    def other_coordinator(self, report: NeedsReport) -> dict[int, int]:
        """The lead owner's coordinator money in its other sent reports of the cycle, by year."""
        sums: dict[int, int] = {}
        for pk, years in self.coordinator.get((report.cycle_id, report.owner_id), {}).items():
            for year, amount in years.items() if pk != report.pk else ():
                sums[year] = sums.get(year, 0) + amount
        return sums


def around(reports: Iterable[NeedsReport]) -> Around:
    """Read what stands around these reports, in a fixed number of queries per cycle."""
    rows = list(reports)
    known = Around()
    for cycle in {row.cycle_id: row.cycle for row in rows}.values():
        known.deadlines[cycle.pk] = deadline_of(cycle)
        known.plans[cycle.pk] = plan_of(cycle)
    lines = BudgetLine.objects.filter(
        kind=BudgetLine.Kind.COORDINATOR,
        report__cycle__in=known.plans,
        report__owner__in={row.owner_id for row in rows},
        report__state__in=NeedsReport.SENT,
    ).select_related("report__cycle")
    for line in lines:
        sent = known.coordinator.setdefault((line.report.cycle_id, line.report.owner_id), {})
        years = sent.setdefault(line.report_id, {})
        for year, amount in amounts_of(line.report, line).items():
            years[year] = years.get(year, 0) + amount
    return known


def plan_of(cycle: Cycle) -> PlanParameters | None:
    """The parameters of the plan in use, or None: then nothing is judged by a guess."""
    try:
        return plans.parameters_for(cycle)
    except plans.NoPlanInUse:
        return None


def deadline_of(cycle: Cycle) -> date | None:
    """The last day for needs reports, or None where the year has none yet (K13 says so)."""
    try:
        return cycles.deadline_of(cycle)
    except LookupError:
        return None


def party_id(organisation: Organisation) -> str:
    """What the regulation knows a party by: its organisation number, else our own id."""
    return organisation.orgnr or f"org-{organisation.pk}"


def party_of(organisation: Organisation) -> law.Party:
    """The organisation as a party; a kind the regulation does not know is «unknown»."""
    kind = organisation.kind
    return law.Party(
        id=party_id(organisation),
        name=organisation.name,
        kind=str(kind if kind in set(law.Kind) else law.Kind.UNKNOWN),
        confirmed=organisation.is_confirmed,
    )


def facts_of(
    report: NeedsReport,
    at: datetime,
    *,
    known: Around | None = None,
    teacher_education: Mapping[int, str] | None = None,
) -> law.ReportFacts:
    """The report as the rules read it. `teacher_education`: what a partner is about to say (K20).

    With rows loaded by `with_content` and `known` handed in this asks the database at most once.
    """
    known = known or around([report])
    cycle = report.cycle
    return law.ReportFacts(
        cycle_year=cycle.year,
        reporter=_owner(report.owner),
        scheme=cycle.scheme,
        first_year=report.measure.first_year,
        network=tuple(_owner(row.owner, joined=bool(row.confirmed_at)) for row in _network(report)),
        units=_units(report),
        partners=_partners(report, teacher_education or {}),
        budget=tuple(_line(report, line) for line in lines_of(report)),
        measure_id=report.measure.number,
        granted_cycles=_granted_cycles(report),
        other_coordinator=known.other_coordinator(report),
        deadline=known.deadlines.get(cycle.pk),
        **_answers(report),
        **_assessed(assessment_of(report)),
        **_course(report),
    )


def _answers(report: NeedsReport) -> dict[str, Any]:
    phases = {
        year: frozenset(report.phases.get(str(year), ()))
        for year in years_of(report)
        if report.phases.get(str(year))
    }
    return {
        "title": report.title,
        "category": report.category,
        "staff_by_target_group": {g: n for g, n in report.staff.items() if n},
        "partnership_plan": report.partnership_plan,
        "aims": report.aims,
        "signs": report.signs,
        "themes": frozenset(report.themes),
        "special_needs_share": report.special_needs_share,
        "pp_answer": report.pp_answer,
        "pp_note": report.pp_text,
        "phases": phases,
        "own_effort": report.own_effort,
        "own_effort_amount": report.own_effort_amount,
        "minimum_by_year": by_year(report, report.minimum),
        "extra_amount": by_year(report, report.extra_amount),
        "extra_ground": report.extra_ground,
        "extra_explanation": report.extra_text,
        "coordinator_ground": report.coordinator_ground,
        "coordinator_explanation": report.coordinator_text,
        "own_rank": report.own_rank,
        "competence_plan": report.competence_plan,
        "knowledge_sharing": report.knowledge_sharing,
    }


def _assessed(row: NeedsAssessment) -> dict[str, Any]:
    return {
        "assessment": law.AssessmentFacts(
            how=row.how,
            by=row.conducted_by,
            made_on=row.conducted_on,
            staff=row.staff_took_part,
            leaders=row.leaders_took_part,
            unions=row.unions_took_part,
            no_union=row.no_union,
            union_none_how_heard=row.no_union_how_heard,
        ),
        "sami_answer": row.sami_answer,
        "sami_reason": row.sami_text,
    }


def _course(report: NeedsReport) -> dict[str, Any]:
    """When it was sent, what was returned and changed since, and a later deadline (K13)."""
    first, last = first_submission(report), last_submission(report)
    returned = open_return(report)
    extension = getattr(report, "extension", None)
    changed = changed_fields(last.content, content_of(report)) if returned and last else frozenset()
    return {
        "submitted_at": first.submitted_at if first else None,
        "returned": law.ReturnFacts(returned.until, named_in(returned)) if returned else None,
        "changed_fields": changed,
        "extension": law.ExtensionFacts(extension.until, extension.reason) if extension else None,
    }


def _owner(organisation: Organisation, *, joined: bool = True) -> law.OwnerFacts:
    place = organisation.municipality
    return law.OwnerFacts(party_of(organisation), bool(place and place.sami_area), joined)


def _network(report: NeedsReport) -> list[Any]:
    return sorted(report.network.all(), key=lambda row: row.pk)


def _units(report: NeedsReport) -> tuple[law.UnitFacts, ...]:
    units = sorted(report.units.all(), key=lambda unit: unit.pk)
    return (
        *(law.UnitFacts(unit.orgnr, unit.name, str(unit.kind)) for unit in units),
        *(law.UnitFacts(service, service, service) for service in report.services),
    )


def _partners(report: NeedsReport, saying: Mapping[int, str]) -> tuple[law.PartnerFacts, ...]:
    rows = sorted(report.partners.all(), key=lambda row: row.pk)
    if not rows:
        return ()
    signed = {row.pk: newest_signature(row) for row in rows}
    now = current_hash(report) if any(signed.values()) else ""
    return tuple(_partner(row, signed[row.pk], now, saying) for row in rows)


def _partner(row: Partner, signature: Any, now: str, saying: Mapping[int, str]) -> law.PartnerFacts:
    said = signature.teacher_education if signature else ""
    return law.PartnerFacts(
        party_of(row.environment), holds(signature, now), saying.get(row.pk, said)
    )


def _line(report: NeedsReport, line: BudgetLine) -> law.BudgetLine:
    return law.BudgetLine(
        id=str(line.pk),
        kind=law.BudgetKind(line.kind),
        receiver=party_of(line.receiver),
        amounts=amounts_of(report, line),
        payee=party_of(line.payee) if line.payee else None,
        description=line.description,
    )


def _granted_cycles(report: NeedsReport) -> frozenset[int] | None:
    """Years the measure was granted money in: none for a new one, not known for one that goes on.

    Grants are decided in rooms that are not opened yet; until then K04 says «kan ikke vurderes».
    """
    return frozenset() if report.measure.first_year == report.cycle.year else None
