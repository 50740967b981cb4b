"""The plainest valid needs report as facts, and how a rule's answer to a changed one is read."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from samspill.regulation.calendar import OSLO
from samspill.regulation.collective import (
    AssessmentFacts,
    BudgetKind,
    BudgetLine,
    OwnerFacts,
    PartnerFacts,
    Party,
    ReportFacts,
    UnitFacts,
    check_report,
)
from samspill.regulation.finding import Finding
from samspill.regulation.parameters import SalaryRow
from samspill.regulation.plan import PlanParameters, nordland_draft

JANUARY = datetime(2027, 1, 12, 9, 31, tzinfo=OSLO)
BODO = Party("972418013", "Bodø kommune", "municipality")
NORD = Party("970940243", "Nord universitet", "university")
FAGSKOLEN = Party("f", "Fagskolen", "vocational_college")
PLAN = replace(nordland_draft(), salary_rows=(SalaryRow.on_new_year(2027, 800_000, "fiktiv sats"),))


def line(kind: str, amounts: dict[int, int], receiver: Party = NORD, **more: Any) -> BudgetLine:
    return BudgetLine(more.pop("id", kind), BudgetKind(kind), receiver, amounts, **more)


PROFESSIONAL = line("professional", {2027: 200_000})
TRAVEL = line("travel", {2027: 40_000})


def coordinator(amount: int, year: int = 2027) -> BudgetLine:
    return line("coordinator", {year: amount}, BODO)


REPORT = ReportFacts(
    cycle_year=2027,
    reporter=OwnerFacts(BODO),
    title="Lese sammen",
    category="kindergarten",
    units=(UnitFacts("1", "Bakken barnehage", "kindergarten"),),
    staff_by_target_group={"kindergarten_teachers": 12},
    assessment=AssessmentFacts(
        how="Samtaler", by="Eier", made_on=date(2026, 10, 20), staff=True, leaders=True, unions=True
    ),
    partnership_plan="Fire samlinger.",
    pp_answer="safeguarded",
    sami_answer="safeguarded",
    sami_reason="Drøftet med samiske barnehager.",
    partners=(PartnerFacts(NORD, confirmed=True, teacher_education="Studentene er med."),),
    phases={2027: frozenset({"analyse", "plan"})},
    budget=(PROFESSIONAL, TRAVEL),
    own_effort="Møtetid.",
    competence_plan="https://example.no",
    knowledge_sharing="Nettverk.",
    deadline=date(2027, 1, 20),
)


def judge(
    rule_id: str, *, plan: PlanParameters = PLAN, at: datetime = JANUARY, **changes: Any
) -> tuple[Finding, ...]:
    """What one rule says about the plainest report with these changes."""
    found = check_report(replace(REPORT, **changes), at=at, plan=plan)
    return tuple(finding for finding in found if finding.rule_id == rule_id)


def answers(rule_id: str, **changes: Any) -> list[tuple[str, bool | None, str]]:
    """Severity, met and field of each finding of the rule."""
    return [(str(f.severity), f.met, f.field) for f in judge(rule_id, **changes)]
