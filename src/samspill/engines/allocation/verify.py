"""Check a result by computing it again (etterregning): anyone may do it, without trusting us.

First the checksums and the hard constraints of the stored grants, then the whole result against a
new one from the same problem. The first difference is named by its JSON path. Kroner.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samspill.engines.allocation.problem import Problem
from samspill.engines.allocation.provenance import result_sha256, sha256
from samspill.engines.allocation.reading import below
from samspill.engines.allocation.result import FIELDS, Result
from samspill.engines.allocation.solving import solve
from samspill.engines.allocation.wording import kroner


@dataclass(frozen=True)
class Verdict:
    """Does the result hold (stemmer resultatet)? If not, the first difference in words."""

    holds: bool
    difference: str = ""

    def __bool__(self) -> bool:
        return self.holds


def verify(problem: Problem, result: Result) -> Verdict:
    """Compare a stored result with the problem it claims to solve.

    Raises as `solve` does when the problem is infeasible or the method unknown.
    """
    for difference in _differences(problem, result):
        return Verdict(False, difference)
    return Verdict(True)


def _differences(problem: Problem, result: Result) -> Iterator[str]:
    stored = result.to_dict()
    yield from _wrong_problem(problem, result)
    yield from _broken_constraints(problem, result.grants)
    again = solve(problem, result.method).to_dict()
    for key in FIELDS:
        yield from _unlike(again[key], stored[key], f"$.{key}")
    yield from _wrong_checksum(stored)


def _wrong_problem(problem: Problem, result: Result) -> Iterator[str]:
    if result.provenance.get("problem_sha256") != sha256(problem.canonical):
        yield "$.provenance.problem_sha256: Resultatet er regnet ut fra et annet problem."


def _wrong_checksum(stored: Mapping[str, Any]) -> Iterator[str]:
    if stored["provenance"].get("result_sha256") != result_sha256(stored):
        yield "$.provenance.result_sha256: Kontrollsummen passer ikke med innholdet."


def _broken_constraints(problem: Problem, grants: Mapping[str, int]) -> Iterator[str]:
    """Each grant is 0 or between minimum and requested, in whole steps, and all fit."""
    for need in sorted(problem.needs, key=lambda need: need.id):
        path = below("$.grants", need.id)
        granted = grants.get(need.id)
        if granted is None:
            yield f"{path}: Behovet mangler."
        elif granted % problem.step:
            yield f"{path}: {kroner(granted)} kroner er ikke hele {kroner(problem.step)} kroner."
        elif granted > need.requested:
            yield f"{path}: {kroner(granted)} kroner er mer enn behovet ber om."
        elif 0 < granted < need.minimum:
            yield f"{path}: {kroner(granted)} kroner er under minstebeløpet."
    for extra in sorted(grants.keys() - {need.id for need in problem.needs}):
        yield f"{below('$.grants', extra)}: Behovet finnes ikke i problemet."
    if (total := sum(grants.values())) > problem.available:
        over = kroner(total - problem.available)
        yield f"$.grants: Summen er {over} kroner over det som kan fordeles."


def _unlike(computed: Any, stored: Any, path: str) -> Iterator[str]:
    """The places where two JSON values differ, in the order of the computed one."""
    if isinstance(computed, dict) and isinstance(stored, dict):
        for key in [*computed, *(key for key in stored if key not in computed)]:
            yield from _unlike(computed.get(key), stored.get(key), below(path, key))
    elif isinstance(computed, list) and isinstance(stored, list) and len(computed) == len(stored):
        for i, (mine, theirs) in enumerate(zip(computed, stored, strict=True)):
            yield from _unlike(mine, theirs, f"{path}[{i}]")
    elif type(computed) is not type(stored) or computed != stored:
        yield f"{path}: Resultatet sier {stored!r}, utregningen gir {computed!r}."
