"""advance(): the only way a case changes state."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models

from samspill.regulation.rule import Finding
from samspill.shared.audit.trail import Trail

#: Written by the move itself, never handed in as changes.
OWN_FIELDS = frozenset({"state", "state_since", "pk", "id"})


class IllegalMove(Exception):
    """The case is not in a state from which this move is allowed."""

    def __init__(self, case: models.Model, to: str) -> None:
        self.case, self.to = case, to
        super().__init__(f"{case._meta.label} {case.pk}: {case.state} → {to}")  # type: ignore[attr-defined]


class RulesBroken(Exception):
    """One or more rules said no. Carries the findings, so that the page can cite the paragraph."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.rule_id}: {f.text}" for f in self.findings))


Case = TypeVar("Case", bound=models.Model)


def advance(
    case: Case,
    *,
    to: str,
    trail: Trail,
    findings: Iterable[Finding] = (),
    changes: Mapping[str, Any] | None = None,
    covered: frozenset[str] = frozenset(),
) -> Case:
    """Move the case to a state, with the changes that belong to the move, or leave all untouched.

    Refuses an error finding that is not met (also one that cannot be judged) unless a recorded
    leave covers its rule, and nothing else. Returns the locked, moved case – use it instead of
    the one handed in, which still holds what was read earlier. `trail` says who and when. The
    move is one of the model's `MOVES`; the audit line holds the ids of the rules judged.
    """
    trail.check_open()
    changes = dict(changes or {})
    if own := OWN_FIELDS & changes.keys():
        raise ValueError(f"The move writes {', '.join(sorted(own))} itself.")
    findings = tuple(findings)
    locked = type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)
    before = locked.state  # type: ignore[attr-defined]
    if to not in locked.MOVES.get(before, ()):  # type: ignore[attr-defined]
        raise IllegalMove(locked, to)
    if broken := [f for f in findings if stops(f) and f.rule_id not in covered]:
        raise RulesBroken(broken)
    fields = {"state": to, "state_since": trail.at, **changes}
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    trail.line(locked, f"{before!s}→{to!s}", **_judged(findings, covered))
    return locked


def stops(finding: Finding) -> bool:
    """An error that is not met, or cannot be judged, stops a move."""
    return finding.stops


def _judged(findings: tuple[Finding, ...], covered: frozenset[str]) -> dict[str, list[str]]:
    """Ids of the rules that were judged, of those not met, and of those a leave covered."""
    return {
        "rules": sorted({f.rule_id for f in findings}),
        "unmet": sorted({f.rule_id for f in findings if f.met is not True}),
        "covered": sorted({f.rule_id for f in findings if stops(f) and f.rule_id in covered}),
    }
