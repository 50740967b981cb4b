"""Where a report stands (hvordan meldingen står): signatures, sums, what was sent, who wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from samspill.apps.needs.models import (
    Attachment,
    Cosignature,
    NeedsReport,
    Partner,
    Return,
    Submission,
)
from samspill.apps.needs.queries.catalogue import years_of
from samspill.apps.needs.queries.content import (
    amounts_of,
    assessment_of,
    content_hash,
    content_of,
    lines_of,
)
from samspill.apps.organisations.models import Account, Organisation
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import OWNER, Role

State = NeedsReport.State
#: How long after the last keystroke someone is still said to be writing.
WRITING = timedelta(minutes=2)


def last_submission(report: NeedsReport) -> Submission | None:
    """What was sent in last, or None while nothing is."""
    return max(report.submissions.all(), key=lambda row: row.pk, default=None)


def first_submission(report: NeedsReport) -> Submission | None:
    return min(report.submissions.all(), key=lambda row: row.pk, default=None)


def current_hash(report: NeedsReport) -> str:
    """The hash of what stands: what was sent where the report lies with the authority, else now's.

    A name that moves in a register later does not change what was sent.
    """
    sent = last_submission(report)
    if sent is not None and report.state in (State.SUBMITTED, State.COMPLETE, State.WITHDRAWN):
        return sent.content_hash
    return content_hash(report)


def shown_content(actor: Actor, report: NeedsReport) -> dict[str, Any]:
    """The content this actor may read: the owner's side the living text, others what was sent."""
    inside = {report.owner_id, *(row.owner_id for row in report.network.all())}
    partners = {row.environment_id for row in report.partners.all() if row.asked_at}
    writes = actor.has(*OWNER) and actor.organisation_id in inside
    signs = actor.has(Role.ENVIRONMENT_SIGNER) and actor.organisation_id in partners
    sent = last_submission(report)
    if sent is None or ((writes or signs) and report.state == State.RETURNED):
        return content_of(report)
    if report.state in NeedsReport.UNSENT:
        return content_of(report)
    content: dict[str, Any] = sent.content
    return content


def shown_attachments(actor: Actor, report: NeedsReport) -> list[Attachment]:
    """The attachments that belong to the content this actor may read.

    While a report is returned, what the owner has added since is not the office's to read.
    """
    shown = {row["sha256"] for row in shown_content(actor, report)["attachments"]}
    return [row for row in report.attachments.all() if row.file.sha256 in shown]


def newest_signature(partner: Partner) -> Cosignature | None:
    """The partner's newest signature, whether or not it still holds."""
    return max(partner.signatures.all(), key=lambda row: row.pk, default=None)


def holds(signature: Cosignature | None, now: str) -> bool:
    """The signature is on exactly the content with this hash, and nothing has voided it."""
    return signature is not None and signature.voided_at is None and signature.content_hash == now


def open_return(report: NeedsReport) -> Return | None:
    """The return the owner has to answer now, or None."""
    if report.state != State.RETURNED:
        return None
    return max(report.returns.all(), key=lambda row: row.pk, default=None)


def named_in(returned: Return) -> frozenset[str]:
    """The fields a return lets the owner change."""
    return frozenset(str(row["field"]) for row in returned.fields)


def requested_of(report: NeedsReport, year: int) -> int:
    """What is asked for in the year, in kroner: every budget line. Own effort is not among them."""
    return sum(amounts_of(report, line).get(year, 0) for line in report.budget.all())


@dataclass(frozen=True)
class Sums:
    """Sums of the budget in whole kroner: by year, by line, by kind and year, and all in all."""

    years: tuple[int, ...]
    by_year: dict[int, int]
    by_line: dict[int, int]
    by_kind: dict[str, dict[int, int]]
    total: int


def sums_of(report: NeedsReport) -> Sums:
    """The budget summed every way the page shows it."""
    years = years_of(report)
    amounts = {line.pk: amounts_of(report, line) for line in lines_of(report)}
    by_kind: dict[str, dict[int, int]] = {}
    for line in lines_of(report):
        kind = by_kind.setdefault(str(line.kind), dict.fromkeys(years, 0))
        for year in years:
            kind[year] += amounts[line.pk][year]
    by_year = {year: sum(row[year] for row in amounts.values()) for year in years}
    by_line = {pk: sum(row.values()) for pk, row in amounts.items()}
    return Sums(years, by_year, by_line, by_kind, sum(by_year.values()))


@dataclass(frozen=True)
class ReceiverAccount:
    """A receiver in the budget, and the last digits of its account number (None: not entered)."""

    organisation: Organisation
    last_digits: str | None


def accounts_of(report: NeedsReport) -> list[ReceiverAccount]:
    """Every receiver in the budget with its account number, masked. Two queries at most."""
    receivers = {line.receiver_id: line.receiver for line in lines_of(report)}
    rows = Account.objects.filter(organisation__in=receivers, replaced_at=None)
    numbers = {row.organisation_id: row.number[-3:] for row in rows}
    return [ReceiverAccount(each, numbers.get(pk)) for pk, each in receivers.items()]


@dataclass(frozen=True)
class WritingNow:
    """Somebody else wrote in a field a moment ago."""

    field: str
    at: datetime
    name: str


def last_change(
    report: NeedsReport, name: str, *, shared: bool
) -> tuple[datetime | None, int | None]:
    """When and by whom (person id) a field was last written; None where it never was."""
    changes = (assessment_of(report) if shared else report).last_changes
    if name not in changes:
        return None, None
    at, person = changes[name]
    return datetime.fromisoformat(at), person


def recently_changed(report: NeedsReport, actor: Actor, at: datetime) -> list[WritingNow]:
    """What colleagues wrote in the last two minutes, newest first (one query for their names)."""
    rows = []
    for changes in (report.last_changes, assessment_of(report).last_changes):
        for name, (moment, person) in changes.items():
            when = datetime.fromisoformat(moment)
            if person != actor.person_id and when >= at - WRITING:
                rows.append((when, name, person))
    names = dict(
        User.objects.filter(pk__in={person for _, _, person in rows}).values_list("pk", "name")
    )
    newest = sorted(rows, key=lambda row: row[0], reverse=True)
    return [WritingNow(name, when, names.get(person, "")) for when, name, person in newest]
