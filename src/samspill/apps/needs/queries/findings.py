"""What the rules say about a report (funn), and which part of the form each finding belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.catalogue import SECTIONS, section_of
from samspill.apps.needs.queries.facts import Around, around, facts_of
from samspill.apps.needs.queries.fields import Section
from samspill.apps.plan import queries as plans
from samspill.regulation.collective import check_report
from samspill.regulation.finding import Finding
from samspill.regulation.plan import PlanParameters


def plan_of(cycle: Cycle) -> PlanParameters:
    """The parameters that govern the cycle."""
    return plans.parameters_for(cycle)


def findings_of(
    report: NeedsReport, at: datetime, *, known: Around | None = None
) -> tuple[Finding, ...]:
    """Every finding on the report as it stands (K01–K20, B02). `known` spares queries in lists."""
    known = known or around([report])
    facts = facts_of(report, at, known=known)
    return check_report(facts, at=at, plan=known.plan(report.cycle))


def findings_by_report(
    reports: Iterable[NeedsReport], at: datetime
) -> dict[int, tuple[Finding, ...]]:
    """Findings for a page of reports (loaded with `with_content`), by report id, in few queries."""
    rows = list(reports)
    known = around(rows)
    return {row.pk: findings_of(row, at, known=known) for row in rows}


@dataclass(frozen=True)
class SectionState:
    """A part of the form with what is wrong in it: `done` means that no finding asks for more."""

    section: Section
    number: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.stops)

    @property
    def done(self) -> bool:
        return not self.errors


def section_states(findings: Iterable[Finding]) -> list[SectionState]:
    """The eight parts in order, each with its own findings (unmet ones and good news alike)."""
    by_code: dict[str, list[Finding]] = {section.code: [] for section in SECTIONS}
    for each in findings:
        by_code[section_of(each.field).code].append(each)
    return [
        SectionState(section, number, tuple(by_code[section.code]))
        for number, section in enumerate(SECTIONS, start=1)
    ]
