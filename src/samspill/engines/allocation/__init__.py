"""Share one county year's money between needs (fordeling): exact, explained, reproducible.

A problem goes in, a result comes out; no clock, no database, no settings. A scenario can be
recomputed years later from what was stored with it.

>>> from samspill.engines.allocation import parse_problem, solve, verify  # doctest: +SKIP
>>> result = solve(parse_problem(document), method="proportional")  # doctest: +SKIP

Source: `docs/allocation-by-hand.md`, `docs/formats/allocation-*`. Amounts are whole kroner.
"""

from samspill.engines.allocation.explain import Reason
from samspill.engines.allocation.findings import Finding
from samspill.engines.allocation.parsing import parse_problem
from samspill.engines.allocation.problem import Commitment, Need, Problem, ProblemError
from samspill.engines.allocation.provenance import ENGINE_VERSION
from samspill.engines.allocation.result import Result, ResultError
from samspill.engines.allocation.solving import (
    METHODS,
    InfeasibleError,
    UnknownMethodError,
    solve,
)
from samspill.engines.allocation.verify import Verdict, verify

__all__ = [
    "ENGINE_VERSION",
    "METHODS",
    "Commitment",
    "Finding",
    "InfeasibleError",
    "Need",
    "Problem",
    "ProblemError",
    "Reason",
    "Result",
    "ResultError",
    "UnknownMethodError",
    "Verdict",
    "parse_problem",
    "solve",
    "verify",
]
