"""Solve a problem with one of the methods (metodene), and put the answer in words and figures.

The method only decides the grants; later years, findings, figures and provenance follow from
them in the same way for all. Same problem, same result, always. Kroner.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from samspill.engines.allocation.explain import Reason, explain_cut
from samspill.engines.allocation.findings import Finding, findings_of, frame_kept
from samspill.engines.allocation.later import LaterYear, later_years
from samspill.engines.allocation.metrics import metrics_of
from samspill.engines.allocation.problem import Problem
from samspill.engines.allocation.proportional import cut_proportionally
from samspill.engines.allocation.provenance import provenance_of, result_sha256
from samspill.engines.allocation.result import Result


class InfeasibleError(Exception):
    """Commitments and coordination are above the frame: `finding` (F01) says by how much."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


class UnknownMethodError(ValueError):
    """The plan or the command names a method that the engine does not have."""

    def __init__(self, method: str) -> None:
        super().__init__(f"Ukjent metode «{method}». Velg blant: {', '.join(METHODS)}.")
        self.method = method


def solve(problem: Problem, method: str = "proportional") -> Result:
    """Share the year's money by the plan's method.

    Raises InfeasibleError when nothing can be shared, UnknownMethodError for an unknown method.
    """
    if method not in METHODS:
        raise UnknownMethodError(method)
    if not (finding := frame_kept(problem)).met:
        raise InfeasibleError(finding)
    return METHODS[method](problem)


def proportional(problem: Problem) -> Result:
    """Proportional reduction (forholdsmessig avkorting). Exact, hence always proven."""
    cut = cut_proportionally(problem)
    years = later_years(problem, cut.grants)
    return assemble(problem, "proportional", cut.grants, explain_cut(problem, cut, years), years)


def assemble(
    problem: Problem,
    method: str,
    grants: Mapping[str, int],
    reasons: Mapping[str, Reason],
    years: tuple[LaterYear, ...],
) -> Result:
    """Everything that follows from the grants, checksummed."""
    result = Result(
        method=method,
        proven=True,
        grants=grants,
        later=_by_need(years),
        reasons=reasons,
        stages=(),
        metrics=metrics_of(problem, grants, years),
        findings=findings_of(problem, grants, years),
        provenance=provenance_of(problem, method),
    )
    checksum = result_sha256(result.to_dict())
    return replace(result, provenance={**result.provenance, "result_sha256": checksum})


def _by_need(years: tuple[LaterYear, ...]) -> dict[str, Any]:
    later: dict[str, dict[str, int]] = {}
    for year in years:
        for need, amount in year.amounts.items():
            later.setdefault(need, {})[year.year] = amount
    return dict(sorted(later.items()))


METHODS: Mapping[str, Callable[[Problem], Result]] = {"proportional": proportional}
