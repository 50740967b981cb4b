"""From assessed reports to the engine's problem (fordelingsproblemet)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from samspill.apps.allocation.queries.assessment import ASSESSED
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs import queries as needs
from samspill.apps.needs.models import NeedsReport
from samspill.apps.organisations.models import RegionMembership
from samspill.apps.plan import queries as plan
from samspill.regulation.plan import PlanParameters

#: Whole thousands (produktets standard: no source says how fine amounts are cut).
STEP = 1000
#: No region known, e.g. an owner without a municipality. Shown as «ukjent».
UNKNOWN_REGION = "unknown"
#: Stand in no source either; the plan's own values go before them.
WEIGHTS = {"1": "1.0", "2": "0.8", "3": "0.6"}
SLOPES = [["0.5", "1.0"], ["0.8", "0.6"], ["1.0", "0.3"]]


def problem_of(cycle: Cycle) -> dict[str, Any]:
    """The problem document of `docs/formats/allocation-problem.json`, from all assessed reports.

    Amounts are whole kroner; shares and weights decimal strings from the plan that governs the
    cycle. Raises ValueError when the frame is unknown.
    """
    if cycle.frame is None:
        raise ValueError("The frame is not known yet.")
    parameters = plan.parameters_for(cycle)
    reports = list(assessed(cycle))
    regions = _regions(reports, date(cycle.year, 1, 1))
    problem: dict[str, Any] = {
        "schema": "samspill/allocation-problem/1",
        "county": cycle.county_id,
        "year": cycle.year,
        "step": STEP,
        "frame": cycle.frame,
        "guide": {category: str(share) for category, share in parameters.guide.items()},
        "tolerance": str(parameters.tolerance),
        "priority_weights": _weights(parameters),
        "coverage_slopes": SLOPES,
        "region_coordination": dict(parameters.region_coordination),
        "commitments": [],
        "needs": [_need(report, cycle.year, regions) for report in reports],
    }
    if parameters.lock_cap is not None:
        problem["lock_cap"] = str(parameters.lock_cap)
    if parameters.region_key:
        problem["region_key"] = {r: str(share) for r, share in parameters.region_key.items()}
    return problem


def assessed(cycle: Cycle) -> QuerySet[NeedsReport]:
    """Reports with a finished assessment, by number."""
    return (
        NeedsReport.objects.filter(ASSESSED, cycle=cycle)
        .select_related("owner", "assessment", "measure", "cycle")
        .prefetch_related("budget", "network__owner", "submissions")
        .order_by("number")
    )


def _need(report: NeedsReport, year: int, regions: dict[str, str]) -> dict[str, Any]:
    asked = needs.sums_of(report).by_year
    requested = asked.get(year, 0)
    owners = [report.owner, *(row.owner for row in report.network.all() if row.confirmed_at)]
    submitted = max(s.submitted_at for s in report.submissions.all())
    return {
        "id": report.number,
        "owners": sorted({owner.orgnr or f"id-{owner.pk}" for owner in owners}),
        "region": regions.get(report.owner.municipality_id or "", UNKNOWN_REGION),
        "category": report.category,
        "priority": report.assessment.priority,
        "score": report.assessment.score,
        "submitted": submitted.isoformat(),
        "requested": requested,
        "minimum": min(int(report.minimum.get(str(year)) or 0), requested),
        "later": {str(y): amount for y, amount in sorted(asked.items()) if y > year},
        "owner_type": report.owner.kind,
        "staff_reached": sum(int(n) for n in report.staff.values()),
        "themes": sorted(report.themes),
        "joint": len(owners) > 1,
    }


def _weights(parameters: PlanParameters) -> dict[str, str]:
    own = {priority: str(weight) for priority, weight in parameters.priority_weights.items()}
    return own or WEIGHTS


def _regions(reports: list[NeedsReport], day: date) -> dict[str, str]:
    """Region slug by municipality on the day, in one query for all reports."""
    memberships = RegionMembership.objects.filter(
        municipality__in={report.owner.municipality_id for report in reports},
        valid_from__lte=day,
    ).select_related("region")
    return {
        row.municipality_id: row.region.slug
        for row in memberships
        if row.valid_until is None or row.valid_until >= day
    }
