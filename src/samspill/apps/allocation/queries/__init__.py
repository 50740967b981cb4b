"""Everything that reads assessments and scenarios."""

from samspill.apps.allocation.queries.assessment import (
    CRITERIA,
    FILTERS,
    QueueRow,
    assessment_of,
    holds,
    neighbours,
    queue,
    queue_counts,
    queue_rows,
    queue_table,
    report_to_assess,
    waiting_for,
)
from samspill.apps.allocation.queries.problem import STEP, problem_of
from samspill.apps.allocation.queries.proposal import (
    NeedRow,
    ready_reports,
    regions_of,
    rows_of,
    scenario_for,
    scenarios_of,
    shares_of,
    table_of,
)

__all__ = [
    "CRITERIA",
    "FILTERS",
    "STEP",
    "NeedRow",
    "QueueRow",
    "assessment_of",
    "holds",
    "neighbours",
    "problem_of",
    "queue",
    "queue_counts",
    "queue_rows",
    "queue_table",
    "ready_reports",
    "regions_of",
    "report_to_assess",
    "rows_of",
    "scenario_for",
    "scenarios_of",
    "shares_of",
    "table_of",
    "waiting_for",
]
