"""Everything that changes an assessment, and the making of scenarios."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.allocation import access, queries
from samspill.apps.allocation.models import Assessment, Scenario
from samspill.apps.allocation.queries import CRITERIA, problem_of
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport
from samspill.apps.plan import queries as plan
from samspill.engines.allocation import InfeasibleError, Problem, ProblemError, parse_problem, solve
from samspill.shared.audit.trail import Trail, writing
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor
from samspill.shared.states import advance

PRIORITIES = (1, 2, 3)


class AssessmentIncomplete(Exception):
    """Something must be filled in first. Maps field to a sentence for the case worker."""

    def __init__(self, missing: Mapping[str, str]) -> None:
        self.missing = dict(missing)
        super().__init__("; ".join(self.missing.values()))


class NothingToCompute(Exception):
    """No proposal can be computed, with the reason in words."""


def save_assessment(
    *,
    report: NeedsReport,
    checklist: Mapping[str, Mapping[str, Any]],
    score: int | None,
    priority: int | None,
    public_reason: str,
    internal_note: str,
    by: Actor,
    at: datetime,
) -> Assessment:
    """Keep a half-done assessment (vurdering); an assessment that was done is opened again."""
    access.may_assess(by, report).or_refuse()
    unknown = set(checklist) - set(CRITERIA)
    if unknown:
        raise ValueError(f"Unknown criteria: {sorted(unknown)}")
    with writing(report.cycle.county_id, by=by, at=at) as trail:
        assessment = _locked(report, trail)
        if assessment.state == Assessment.State.DONE:
            assessment = advance(assessment, to=Assessment.State.OPEN, trail=trail)
        assessment.checklist = {code: dict(answer) for code, answer in checklist.items()}
        assessment.score, assessment.priority = score, priority
        assessment.public_reason, assessment.internal_note = public_reason, internal_note
        assessment.assessed_by_id = by.person_id
        assessment.full_clean(exclude=["report"])
        assessment.save()
        trail.line(assessment, "allocation.assessment_saved", score=score, priority=priority)
    return assessment


def finish_assessment(*, report: NeedsReport, by: Actor, at: datetime) -> Assessment:
    """Mark the report as assessed (vurdert). Twice is once.

    What was assessed before the report was sent anew no longer counts: it is finished anew.
    Raises AssessmentIncomplete, naming each field.
    """
    access.may_assess(by, report).or_refuse()
    with writing(report.cycle.county_id, by=by, at=at) as trail:
        assessment = _locked(report, trail)
        if missing := _missing(assessment):
            raise AssessmentIncomplete(missing)
        if queries.holds(assessment):
            return assessment
        if assessment.state == Assessment.State.DONE:
            assessment = advance(assessment, to=Assessment.State.OPEN, trail=trail)
        return advance(
            assessment,
            to=Assessment.State.DONE,
            trail=trail,
            changes={"assessed_by_id": by.person_id},
        )


def compute_scenario(*, cycle: Cycle, name: str, by: Actor, at: datetime) -> Scenario:
    """Compute and keep a proposal (forslag) by the plan's method, with input, result and hashes.

    The engine runs before the transaction; what it was given is kept beside what it gave.
    """
    access.may_compute(by, cycle).or_refuse()
    document, result = _solved(cycle)
    with writing(cycle.county_id, by=by, at=at) as trail:
        scenario = Scenario.objects.create(
            cycle=cycle,
            name=name,
            method=result["method"],
            problem=document,
            result=result,
            problem_hash=result["provenance"]["problem_sha256"],
            result_hash=result["provenance"]["result_sha256"],
            made_by_id=person_of(by),
            made_at=at,
        )
        hashes = {"problem": scenario.problem_hash, "result": scenario.result_hash}
        trail.line(scenario, "allocation.scenario_computed", **hashes)
    return scenario


def _solved(cycle: Cycle) -> tuple[dict[str, Any], dict[str, Any]]:
    if cycle.frame is None:
        raise NothingToCompute(_("Rammen er ikke satt. Sett den i årshjulet først."))
    try:
        document, method = problem_of(cycle), plan.parameters_for(cycle).method
    except plan.NoPlanInUse:
        raise NothingToCompute(_("Ingen plan er tatt i bruk for dette året.")) from None
    if not document["needs"]:
        raise NothingToCompute(_("Ingen meldinger er ferdig vurdert ennå. Vurder minst én først."))
    try:
        problem: Problem = parse_problem(document)
        result = solve(problem, method=method)
    except (ProblemError, InfeasibleError) as error:
        raise NothingToCompute(str(error)) from error
    return document, result.to_dict()


def _locked(report: NeedsReport, trail: Trail) -> Assessment:
    """The report's assessment under lock, with the report as it is now; made the first time.

    Whoever moves the report holds the same chain, so it stands still while we hold ours.
    """
    Assessment.objects.get_or_create(report=report, defaults={"state_since": trail.at})
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("report")
    return rows.get(report=report)


def _missing(assessment: Assessment) -> dict[str, str]:
    missing = {
        code: _("Svar på dette punktet.")
        for code in CRITERIA
        if assessment.checklist.get(code, {}).get("answer") not in {"yes", "no", "not_relevant"}
    }
    if assessment.score is None:
        missing["score"] = _("Gi poeng fra 0 til 100.")
    if assessment.priority not in PRIORITIES:
        missing["priority"] = _("Velg prioritet 1, 2 eller 3.")
    if not assessment.public_reason.strip():
        missing["public_reason"] = _("Skriv en begrunnelse eieren kan lese.")
    if assessment.report.state != NeedsReport.State.COMPLETE:
        missing[""] = _("Merk meldingen som komplett først, eller send den tilbake.")
    return missing
