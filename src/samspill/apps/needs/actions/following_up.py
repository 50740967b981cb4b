"""What the office and the owner do with a report afterwards: return, complete, extend, withdraw."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from samspill.apps.needs import access
from samspill.apps.needs.actions import telling
from samspill.apps.needs.actions.changing import locked
from samspill.apps.needs.actions.saved import Refused
from samspill.apps.needs.actions.values import text
from samspill.apps.needs.models import Extension, NeedsReport, Return
from samspill.apps.needs.queries.catalogue import FIELDS_BY_NAME
from samspill.regulation.calendar import norwegian_day
from samspill.shared.audit import trail as audit
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor
from samspill.shared.states import advance

State = NeedsReport.State
LONGEST_REMARK = 1000
LONGEST_MESSAGE = 4000


def return_report(
    *,
    report: NeedsReport,
    fields: Mapping[str, str],
    message: str,
    until: date,
    by: Actor,
    at: datetime,
) -> Return:
    """Send the report back for completion (tilbakesending): field → remark, a message, a date.

    Only the named fields open for the owner; it may send again until 24:00 in Oslo on the date.
    Raises PermissionDenied and Refused (`field` names the input).
    """
    remarks = _remarks(fields)
    kept = text(message, longest=LONGEST_MESSAGE)
    if not kept:
        raise Refused(_("Skriv en melding til eieren."), field="message")
    if until <= norwegian_day(at):
        raise Refused(_("Velg en dato etter i dag."), field="until")
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        access.may_return(by, report).or_refuse()
        moved = advance(report, to=State.RETURNED, trail=trail)
        row = Return.objects.create(
            report=moved,
            fields=remarks,
            message=kept,
            until=until,
            returned_by_id=person_of(by),
            returned_at=at,
        )
        names = [each["field"] for each in remarks]
        trail.line(moved, "needs.returned", fields=names, until=until.isoformat())
        telling.returned(row, trail)
    return row


def _remarks(fields: Mapping[str, str]) -> list[dict[str, str]]:
    """The named fields in the order of the form, each with what is missing in it."""
    if not fields:
        raise Refused(_("Velg minst ett felt eieren skal rette."), field="fields")
    if strangers := sorted(set(fields) - set(FIELDS_BY_NAME)):
        raise Refused(_("Vi kjenner ikke feltet {name}.").format(name=strangers[0]), field="fields")
    return [
        {"field": name, "remark": text(fields[name], longest=LONGEST_REMARK)}
        for name in FIELDS_BY_NAME
        if name in fields
    ]


def mark_complete(*, report: NeedsReport, by: Actor, at: datetime) -> NeedsReport:
    """Say that the report is complete (komplett) and can be assessed. Twice is once."""
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        if report.state == State.COMPLETE and access.may_handle(by, report):
            return report
        access.may_mark_complete(by, report).or_refuse()
        return advance(report, to=State.COMPLETE, trail=trail)


def extend_deadline(
    *, report: NeedsReport, until: date, reason: str, by: Actor, at: datetime
) -> Extension:
    """Give one report a later deadline (utsatt frist) with the reason for it (K13)."""
    kept = text(reason, longest=LONGEST_REMARK)
    if not kept:
        raise Refused(_("Skriv hvorfor fristen blir utsatt."), field="reason")
    if until < norwegian_day(at):
        raise Refused(_("Den nye fristen kan ikke være passert."), field="until")
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        access.may_extend(by, report).or_refuse()
        row, _new = Extension.objects.update_or_create(
            report=report,
            defaults={
                "until": until,
                "reason": kept,
                "granted_by_id": person_of(by),
                "granted_at": at,
            },
        )
        report.extension = row
        trail.line(report, "needs.deadline_extended", until=until.isoformat())
        telling.extended(report, trail)
    return row


def withdraw_report(*, report: NeedsReport, by: Actor, at: datetime) -> NeedsReport:
    """Withdraw the report (trekk). What was sent stays in the journal; the measure may start anew.

    Rooms above refuse it once a decision is made. Raises PermissionDenied.
    """
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        access.may_withdraw(by, report).or_refuse()
        sent = report.state in NeedsReport.SENT
        moved = advance(report, to=State.WITHDRAWN, trail=trail)
        if sent:
            telling.withdrawn(moved, trail)
    return moved
