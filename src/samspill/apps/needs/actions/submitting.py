"""Sending a report (innsending): judged, frozen, numbered and journalled in one transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.apps.needs import access
from samspill.apps.needs.actions import telling
from samspill.apps.needs.actions.changing import locked
from samspill.apps.needs.actions.saved import ContentMoved, Refused
from samspill.apps.needs.models import NeedsAssessment, NeedsReport, Return, Submission
from samspill.apps.needs.queries.content import (
    assessment_of,
    content_of,
    hash_of_content,
    with_content,
)
from samspill.apps.needs.queries.findings import findings_of
from samspill.apps.needs.queries.standing import holds, last_submission, newest_signature
from samspill.apps.records import actions as records
from samspill.apps.records.models import JournalEntry
from samspill.regulation.calendar import norwegian_day
from samspill.regulation.finding import Finding
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor
from samspill.shared.states import advance

State = NeedsReport.State


def submit_report(
    *, report: NeedsReport, content_hash_seen: str, by: Actor, at: datetime
) -> Submission:
    """Send the report to the authority (send inn), exactly as it was seen.

    A second click with the same content gives the first submission back. Raises PermissionDenied
    (role, unconfirmed owner, partners who have not signed), ContentMoved, Refused while a
    partner's signature is on something else, and RulesBroken with the findings when a rule stops
    it – the deadline (K13, until 24:00 in Oslo) among them.
    The PDF copy is made afterwards: `make_copy`.
    """
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        if already := _sent_already(report, content_hash_seen, by):
            return already
        access.may_submit(by, report).or_refuse()
        content = content_of(report)
        now = hash_of_content(content)
        if now != content_hash_seen:
            raise ContentMoved(report, seen=content_hash_seen, now=now)
        findings = findings_of(report, at)
        advance(report, to=State.SUBMITTED, trail=trail, findings=findings)
        _refuse_unsigned(report, now)
        _keep_assessment(report)
        submission = _frozen(report, content, now, findings, trail)
        Return.objects.filter(report=report, answered_at=None).update(answered_at=at)
        _record(submission, trail)
    return submission


def _refuse_unsigned(report: NeedsReport, now: str) -> None:
    """Every partner signs exactly what is sent, also what was changed in a return.

    K01 asks for one; it has had its say first, so that the page can cite it.
    """
    if not all(holds(newest_signature(row), now) for row in report.partners.all()):
        raise Refused(
            _("Alle partnerne må bekrefte meldingen før dere kan sende den."), field="partners"
        )


def _sent_already(report: NeedsReport, seen: str, by: Actor) -> Submission | None:
    """The submission a double click made a moment ago."""
    sent = last_submission(report)
    if sent is None or report.state != State.SUBMITTED or sent.content_hash != seen:
        return None
    return sent if by.organisation_id == report.owner_id else None


def _keep_assessment(report: NeedsReport) -> None:
    """Give the sent report its own copy of the year's assessment, which the owner may write on."""
    if getattr(report, "own_assessment", None) is not None:
        return
    row = assessment_of(report)
    copy = {
        field.name: getattr(row, field.name)
        for field in NeedsAssessment._meta.concrete_fields
        if field.name not in ("id", "report")
    }
    NeedsAssessment.objects.create(**copy, report=report)


def _frozen(
    report: NeedsReport,
    content: dict[str, object],
    now: str,
    findings: tuple[Finding, ...],
    trail: Trail,
) -> Submission:
    """The submission with its receipt number: county, report and which sending it is."""
    count = report.submissions.count() + 1
    return Submission.objects.create(
        report=with_content(NeedsReport.objects.all()).get(pk=report.pk),
        receipt_number=f"{report.cycle.county_id}-{report.number}-{count}",
        submitted_at=trail.at,
        submitted_by_id=person_of(trail.by),
        content=content,
        content_hash=now,
        findings=[each.recorded() for each in findings],
    )


def _record(submission: Submission, trail: Trail) -> None:
    report = submission.report
    cycle = report.cycle
    trail.line(
        report,
        "needs.submitted",
        submission=submission.pk,
        hash=submission.content_hash,
        revision=report.content_revision,
    )
    records.journal(
        trail=trail,
        scheme=cycle.scheme,
        county_id=cycle.county_id,
        authority_id=cycle.authority_id,
        direction=JournalEntry.Direction.IN,
        title=_("Behovsmelding {number}: {title}").format(number=report.number, title=report.title),
        correspondent_id=report.owner_id,
        case=report,
        content_hash=submission.content_hash,
        document_date=norwegian_day(trail.at),
    )
    telling.submitted(submission, trail)
