"""How a paragraph becomes Python: a decorator and a rulebook (regelbok)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from samspill.regulation import parameters
from samspill.regulation.finding import Finding, Outcome, Severity, bad, good, unclear
from samspill.regulation.reference import Ref
from samspill.regulation.text import Listed, gettext_noop, render

__all__ = [
    "RULEBOOK",
    "Finding",
    "NoRuleInForce",
    "Outcome",
    "Ref",
    "Rule",
    "Severity",
    "bad",
    "gettext_noop",
    "good",
    "in_force",
    "rule",
    "unclear",
]


class Case(Protocol):
    """What a rule is asked about: facts under one scheme (koll, vgo, vu) on one day."""

    @property
    def scheme_code(self) -> str: ...
    @property
    def on(self) -> date: ...


C = TypeVar("C", bound=Case)


@dataclass(frozen=True)
class Rule:
    """One version of one rule (regel), in force from ``since`` until a later version.

    ``refs`` names places; their paragraph numbers are dated data in ``parameters/places.toml``.
    """

    id: str
    since: date
    says: str
    severities: tuple[Severity, ...]
    refs: tuple[str, ...]
    code: str
    judge: Callable[[Any], Iterable[Outcome]]

    def apply(self, case: Case) -> tuple[Finding, ...]:
        """Every finding of this rule about the case; none where it does not apply."""
        return tuple(self._finding(outcome, case) for outcome in self.judge(case))

    def _finding(self, said: Outcome, case: Case) -> Finding:
        refs = parameters.places(said.refs or self.refs, scheme=case.scheme_code, on=case.on)
        return Finding(
            rule_id=self.id,
            severity=said.severity or self.severities[0],
            met=said.met,
            text=render(said.text, said.facts),
            remedy=render(said.remedy, said.facts),
            reference=str(Listed(str(ref) for ref in refs)),
            field=said.field,
            facts=dict(said.facts),
            audience=said.audience,
            text_template=said.text,
            remedy_template=said.remedy,
            refs=refs,
        )


class NoRuleInForce(LookupError):
    """No version of the rule had begun on the day asked about."""


RULEBOOK: dict[tuple[str, date], Rule] = {}


def rule(
    *, id: str, since: date, says: str, refs: tuple[str, ...], severities: tuple[Severity, ...]
) -> Callable[[Callable[[C], Iterable[Outcome]]], Callable[[C], tuple[Finding, ...]]]:
    """Put a judge in the rulebook; the first severity is the usual one."""

    def register(judge: Callable[[C], Iterable[Outcome]]) -> Callable[[C], tuple[Finding, ...]]:
        if (id, since) in RULEBOOK:
            raise ValueError(f"Rule {id} since {since} is registered twice.")
        code = f"{judge.__module__.removeprefix('samspill.regulation.')}.{judge.__name__}"
        RULEBOOK[id, since] = Rule(id, since, says, severities, refs, code, judge)
        return RULEBOOK[id, since].apply

    return register


def in_force(rule_id: str, on: date) -> Rule:
    """The version of the rule that applied on the day; the newest one begun by then."""
    begun = [since for known, since in RULEBOOK if known == rule_id and since <= on]
    if not begun:
        raise NoRuleInForce(f"No rule {rule_id} in force on {on}.")
    return RULEBOOK[rule_id, max(begun)]
