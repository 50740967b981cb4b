"""The one road every change of content takes: lock, change, count up, void what no longer holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.apps.needs import access
from samspill.apps.needs.models import Cosignature, NeedsReport
from samspill.apps.needs.queries.catalogue import whole
from samspill.apps.needs.queries.content import content_hash, with_content
from samspill.apps.needs.queries.standing import named_in, open_return
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.identity.actor import Actor
from samspill.shared.states import advance

State = NeedsReport.State
#: States a change of content leaves alone: no signature is asked for yet, or it is derived.
QUIET = (State.DRAFT, State.RETURNED)


@dataclass
class Change:
    """An open change of one report: the locked row, and what has been touched so far."""

    report: NeedsReport
    by: Actor
    at: datetime
    trail: Trail | None
    fields: set[str] = field(default_factory=set)
    #: The shared assessment was touched: the owner's other unsent reports have new content too.
    shared: bool = False
    voided: bool = False
    #: Done last, in the same transaction, when revision, state and signatures are settled.
    then: Callable[[], None] | None = None

    def touched(self, *names: str) -> None:
        """These fields have new content; the revision is counted up when the change closes."""
        self.fields.update(names)

    @property
    def open_trail(self) -> Trail:
        """The trail of a change that asked for the chain."""
        if self.trail is None:
            raise RuntimeError("Open the change with chained=True to use the trail.")
        return self.trail

    def may_touch(self, name: str) -> str:
        """Empty, or why the field may not be written: a returned report is open where named."""
        returned = open_return(self.report)
        if returned is None or whole(name) in named_in(returned):
            return ""
        return _("Feltet var ikke med i tilbakesendingen, og kan ikke endres nå.")


@contextmanager
def changing(
    report: NeedsReport, *, by: Actor, at: datetime, chained: bool = False
) -> Iterator[Change]:
    """Lock the report and change it. A draft leaves no audit line; a state that moves does.

    The chain's head is locked before the report, and only where a state may move: two people
    writing in two drafts never wait for each other. `chained`: lock it anyway, for a message is
    queued, or the shared assessment is written and the owner's other reports may move.
    Raises PermissionDenied.
    """
    if not chained and NeedsReport.objects.filter(pk=report.pk, state__in=QUIET).exists():
        with transaction.atomic(durable=True):
            change = Change(locked(report.pk), by, at, None)
            if change.report.state in QUIET:
                access.may_edit(by, change.report).or_refuse()
                yield change
                _settle(change)
                return
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        change = Change(locked(report.pk), by, at, trail)
        access.may_edit(by, change.report).or_refuse()
        yield change
        _settle(change)


def locked(pk: int) -> NeedsReport:
    """The report, locked, with its rows read after the lock was won.

    Two questions, not one: in a single one PostgreSQL would read joined rows as they were before
    the wait.
    """
    NeedsReport.objects.select_for_update().get(pk=pk)
    return with_content(NeedsReport.objects.all()).get(pk=pk)


def _settle(change: Change) -> None:
    """Count up and void, on this report and – for the shared assessment – on its siblings."""
    if change.fields:
        _count_up(change)
    if change.then:
        change.then()


def _count_up(change: Change) -> None:
    moved_all = change.shared and change.report.state != State.RETURNED
    reports = [change.report, *(_siblings(change.report) if moved_all else ())]
    for each in sorted(reports, key=lambda row: row.pk):
        each.content_revision += 1
        each.save(update_fields=["content_revision"])
        change.voided |= _void(each, change)


def _siblings(report: NeedsReport) -> list[NeedsReport]:
    """The owner's other unsent reports of the year, locked: they share the assessment."""
    others = NeedsReport.objects.select_for_update(of=("self",)).filter(
        cycle=report.cycle_id, owner=report.owner_id, state__in=NeedsReport.UNSENT
    )
    return list(with_content(others.exclude(pk=report.pk)).order_by("pk"))


def _void(report: NeedsReport, change: Change) -> bool:
    """Void signatures that no longer fit, and take a report that waited back to draft."""
    if report.state in QUIET and not any(row.signatures.all() for row in report.partners.all()):
        return False
    fresh = with_content(NeedsReport.objects.all()).get(pk=report.pk)
    now = content_hash(fresh)
    open_ones = Cosignature.objects.filter(partner__report=report, voided_at=None)
    voided = bool(open_ones.exclude(content_hash=now).update(voided_at=change.at))
    if report.state in QUIET:
        return voided
    moved = advance(report, to=State.DRAFT, trail=change.open_trail)
    change.open_trail.line(moved, "needs.content_moved", hash=now, revision=moved.content_revision)
    if report.pk == change.report.pk:
        change.report = moved
    return voided
