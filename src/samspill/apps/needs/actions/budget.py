"""Rows of the budget (budsjettlinjer). Amounts and parties are saved by `save_fields`."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.apps.needs.actions.changing import changing
from samspill.apps.needs.actions.saved import Refused
from samspill.apps.needs.actions.values import LONGEST_DESCRIPTION, parties_of, text
from samspill.apps.needs.models import BudgetLine, NeedsReport
from samspill.apps.organisations.models import Organisation
from samspill.shared.identity.actor import Actor

#: More lines than this is no budget anybody reads.
MOST_LINES = 40


def add_budget_line(
    *,
    report: NeedsReport,
    kind: str,
    receiver: Organisation,
    payee: Organisation | None = None,
    description: str = "",
    by: Actor,
    at: datetime,
) -> BudgetLine:
    """Add a row (ny budsjettlinje): what for, who receives, and – where that is an owner – who is
    paid in the end. It starts without amounts. Raises Refused.
    """
    said = text(description, longest=LONGEST_DESCRIPTION, single_line=True)
    with changing(report, by=by, at=at) as change:
        _check(change.may_touch("budget"), kind)
        parties = parties_of(change.report)
        if receiver.pk not in parties or (payee is not None and payee.pk not in parties):
            raise Refused(_("Velg en av eierne eller partnerne i meldingen."), field="receiver")
        if len(change.report.budget.all()) >= MOST_LINES:
            raise Refused(_("Budsjettet har allerede så mange linjer det kan ha."), field="budget")
        last = max((line.position for line in change.report.budget.all()), default=0)
        line = BudgetLine.objects.create(
            report=change.report,
            kind=kind,
            receiver=receiver,
            payee=payee,
            description=said,
            position=last + 1,
        )
        change.touched(f"budget.{line.pk}")
    return line


def remove_budget_line(*, line: BudgetLine, by: Actor, at: datetime) -> None:
    """Take a row out of the budget. Taking it out twice is once."""
    with changing(line.report, by=by, at=at) as change:
        _check(change.may_touch("budget"), line.kind)
        gone, _rows = BudgetLine.objects.filter(pk=line.pk, report=change.report).delete()
        if gone:
            change.touched(f"budget.{line.pk}")


def _check(reason: str, kind: str) -> None:
    if reason:
        raise Refused(reason, field="budget")
    if kind not in BudgetLine.Kind.values:
        raise Refused(_("Velg hva beløpet gjelder."), field="kind")
