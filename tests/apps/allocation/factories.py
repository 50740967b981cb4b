"""Assessed reports, made through the actions a case worker uses."""

from samspill.apps.allocation import actions, queries
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs import actions as needs_actions
from tests.apps.needs.factories import NOW, fresh, submitted_report

YES = {code: {"answer": "yes"} for code in queries.CRITERIA}
FRAME = 1_000_000
PLAN = {
    "guide": {"kindergarten": "0.4", "school": "0.4", "interdisciplinary": "0.2"},
    "priority_weights": {"1": "1.0", "2": "0.8", "3": "0.6"},
}


def with_frame(year, frame=FRAME):
    """The year with a frame and a plan that says how money is shared."""
    Cycle.objects.filter(pk=year.cycle.pk).update(frame=frame)
    year.cycle.refresh_from_db()
    version = year.cycle.plan_in_use.version
    version.parameters = version.parameters | PLAN
    version.save(update_fields=["parameters"])
    return year


def save_assessment(report, year, **changes):
    """Everything answered unless the test says otherwise."""
    answers = {
        "checklist": YES,
        "score": 80,
        "priority": 1,
        "public_reason": "Tiltaket bygger på et godt beskrevet behov.",
        "internal_note": "Snakk med kollegaen om reisekostnadene.",
        "by": year.case_worker,
        "at": NOW,
    }
    return actions.save_assessment(report=report, **answers | changes)


def complete(report, year):
    """The case worker has marked the report as complete."""
    needs_actions.mark_complete(report=report, by=year.case_worker, at=NOW)
    return fresh(report)


def assessed_report(year, **changes):
    """Submitted, complete and assessed."""
    answers = {key: changes.pop(key) for key in list(changes) if key not in {"score", "priority"}}
    report = complete(submitted_report(year, **answers), year)
    save_assessment(report, year, **changes)
    actions.finish_assessment(report=report, by=year.case_worker, at=NOW)
    return fresh(report)
