"""A report laid before the rules: its facts, the moment, and the plan in force."""

from dataclasses import dataclass
from datetime import date, datetime

from samspill.regulation import parameters
from samspill.regulation.calendar import norwegian_day
from samspill.regulation.collective.facts import ReportFacts
from samspill.regulation.parameters import Scheme
from samspill.regulation.plan import PlanParameters

SINCE = date(2026, 1, 12)


@dataclass(frozen=True)
class ReportCase:
    """One report judged at one moment under one plan."""

    facts: ReportFacts
    at: datetime
    plan: PlanParameters

    @property
    def scheme_code(self) -> str:
        return self.facts.scheme

    @property
    def on(self) -> date:
        return norwegian_day(self.at)

    @property
    def scheme(self) -> Scheme:
        return parameters.scheme(self.facts.scheme, self.on)


def written(text: str) -> bool:
    """Is there anything but white space?"""
    return bool(text.strip())
