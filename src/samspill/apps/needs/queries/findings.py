"""What the rules say about a report (funn), and which part of the form each finding belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.catalogue import SECTIONS, section_of
from samspill.apps.needs.queries.facts import Around, around, facts_of
from samspill.apps.needs.queries.fields import Section
from samspill.regulation.collective import check_report
from samspill.regulation.finding import Finding, Severity
from samspill.regulation.text import gettext_noop

#: Said instead of judging by a guess. It stops a submission until the office has chosen a plan.
NO_PLAN = Finding(
    rule_id="K",
    severity=Severity.ERROR,
    met=None,
    text=gettext_noop("Ingen plan er tatt i bruk for dette året, så meldingen kan ikke prøves."),
    remedy=gettext_noop("Ta i bruk en plan for året."),
    facts={"missing": "plan"},
    audience="secretariat",
    text_template="Ingen plan er tatt i bruk for dette året, så meldingen kan ikke prøves.",
    remedy_template="Ta i bruk en plan for året.",
)

#: Neither stands in the regulation, but nobody can handle or share out a report without them.
NO_TITLE = Finding(
    rule_id="K",
    severity=Severity.ERROR,
    met=False,
    text=gettext_noop("Tiltaket har ikke noe navn."),
    remedy=gettext_noop("Gi tiltaket et navn."),
    field="title",
    text_template="Tiltaket har ikke noe navn.",
    remedy_template="Gi tiltaket et navn.",
)
NO_CATEGORY = Finding(
    rule_id="K",
    severity=Severity.ERROR,
    met=False,
    text=gettext_noop("Tiltaket har ingen kategori."),
    remedy=gettext_noop("Velg barnehage, skole eller tverrfaglig."),
    field="category",
    text_template="Tiltaket har ingen kategori.",
    remedy_template="Velg barnehage, skole eller tverrfaglig.",
)


def findings_of(
    report: NeedsReport, at: datetime, *, known: Around | None = None
) -> tuple[Finding, ...]:
    """Every finding on the report as it stands (K01–K20, B02), first what it cannot be without.

    `known` spares queries in lists.
    """
    known = known or around([report])
    plan = known.plans[report.cycle_id]
    if plan is None:
        return (NO_PLAN,)
    missing = [NO_TITLE] * (not report.title) + [NO_CATEGORY] * (not report.category)
    return (*missing, *check_report(facts_of(report, at, known=known), at=at, plan=plan))


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
