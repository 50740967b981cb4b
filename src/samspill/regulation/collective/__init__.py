"""The rules on one needs report (behovsmelding): K01–K20, and B02 where it follows a measure."""

from dataclasses import replace
from datetime import datetime

from samspill.regulation.collective import content, coordinator, course, money, parties, sums
from samspill.regulation.collective.case import ReportCase
from samspill.regulation.collective.facts import (
    FIELDS,
    SPECIAL_NEEDS,
    THEMES,
    AssessmentFacts,
    BudgetKind,
    BudgetLine,
    ExtensionFacts,
    Kind,
    OwnerFacts,
    PartnerFacts,
    Party,
    Phase,
    PPAnswer,
    ReportFacts,
    ReturnFacts,
    SamiAnswer,
    UnitFacts,
)
from samspill.regulation.finding import Finding
from samspill.regulation.plan import PlanParameters
from samspill.regulation.rule import in_force

__all__ = [
    "FIELDS",
    "RULES",
    "RULE_MODULES",
    "SPECIAL_NEEDS",
    "THEMES",
    "AssessmentFacts",
    "BudgetKind",
    "BudgetLine",
    "ExtensionFacts",
    "Kind",
    "OwnerFacts",
    "PPAnswer",
    "PartnerFacts",
    "Party",
    "Phase",
    "ReportFacts",
    "ReturnFacts",
    "SamiAnswer",
    "UnitFacts",
    "check_cosignature",
    "check_money",
    "check_report",
]

# Importing these modules puts their rules in the rulebook.
RULE_MODULES = (content, coordinator, course, money, parties, sums)
RULES = tuple(f"K{number:02}" for number in range(1, 21))


def check_report(facts: ReportFacts, *, at: datetime, plan: PlanParameters) -> tuple[Finding, ...]:
    """Every finding about a report at a moment, K01–K20 in order, then B02.

    The versions of the rules are those in force on the Norwegian day of ``at``; raises
    NoRuleInForce before the regulation began.
    """
    case = ReportCase(facts, at, plan)
    rules = (in_force(rule_id, case.on) for rule_id in (*RULES, "B02"))
    return tuple(finding for each in rules for finding in each.apply(case))


def check_money(facts: ReportFacts, *, at: datetime, plan: PlanParameters) -> tuple[Finding, ...]:
    """K01, K05 and K06 alone: run again when a reduced grant is split over the budget lines."""
    case = ReportCase(facts, at, plan)
    rules = (in_force(rule_id, case.on) for rule_id in ("K01", "K05", "K06"))
    return tuple(finding for each in rules for finding in each.apply(case))


def check_cosignature(
    facts: ReportFacts, partner_id: str, *, at: datetime, plan: PlanParameters
) -> tuple[Finding, ...]:
    """K20 for the partner about to co-sign, as if it had already done so."""
    signing = tuple(
        replace(each, confirmed=True) for each in facts.partners if each.party.id == partner_id
    )
    case = ReportCase(replace(facts, partners=signing), at, plan)
    return in_force("K20", case.on).apply(case)
