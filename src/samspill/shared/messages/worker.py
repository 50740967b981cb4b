"""The worker (utsenderen): takes one message at a time from the outbox and sends it.

At least once: a worker that is killed after the server took the mail, and before that was noted,
leaves a lease that runs out, and another sends it again – with the same Message-ID, so that the
receiver's mail system shows one. Any number of workers may run: a lease is taken by one only.
Times here are real time, also where the demo's clock stands still.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from threading import Event

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from samspill.shared.identity.models import User
from samspill.shared.messages import delivery, queries
from samspill.shared.messages.models import Message

#: Longer than all time limits of one SMTP conversation together.
LEASE = timedelta(minutes=5)
#: Minutes until the next try after the first, second … attempt; in all about a day.
BACK_OFF = (1, 5, 15, 60, 180, 360, 720)
ATTEMPTS = len(BACK_OFF) + 1

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of the message that was taken."""

    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    #: Someone else finished it: the lease had run out.
    LOST = "lost"


def run_once(at: datetime, worker_id: str, *, today: date | None = None) -> Outcome | None:
    """Send the oldest message that is due; None when there is none.

    `today` is the Norwegian day mandates are judged on, by default that of `at`.
    """
    message = _leased(at, worker_id)
    if message is None:
        return None
    if message.attempts > ATTEMPTS:  # workers have died with it in their hands, time and again
        return _finish(message, Outcome.FAILED, failed_at=at, error_code="gave_up")
    if lost := _lost_access(message, today or timezone.localdate(at)):
        return _finish(message, Outcome.WITHDRAWN, withdrawn_at=at, error_code=lost)
    address = _address_of(message)
    if not address:
        return _without_address(message, at)
    try:
        delivery.send(message, address)
    except delivery.Refusal as refusal:
        return _not_taken(message, refusal, at)
    return _finish(message, Outcome.SENT, sent_at=at, error_code="")


def run(
    worker_id: str,
    *,
    stop: Event,
    now: Callable[[], datetime],
    today: Callable[[], date],
    pause: float = 2.0,
    until_empty: bool = False,
    idle: Callable[[], None] = lambda: None,
) -> None:
    """Send until `stop` is set; what is being sent then is finished first.

    `idle` is called each time nothing is due: the rooms' own jobs (`settings.WORKER_JOBS`).
    """
    while not stop.is_set():
        try:
            outcome = run_once(now(), worker_id, today=today())
        except Exception as error:  # the database is away, say: wait, and go on
            if until_empty:
                raise
            log.error("The outbox could not be read: %s", type(error).__name__)
            outcome = None
        if outcome is None:
            idle()
            if until_empty:
                return
            close_old_connections()
            stop.wait(pause)


def _leased(at: datetime, worker_id: str) -> Message | None:
    """Take one due message: SKIP LOCKED where the database has it, and only if still due."""
    if not queries.due(at).exists():  # an idle worker takes no write lock on SQLite
        return None
    with transaction.atomic():
        row = queries.due(at).select_for_update(skip_locked=True).order_by("pk").first()
        if row is None:
            return None
        taken = queries.due(at).filter(pk=row.pk)
        if not taken.update(
            leased_by=worker_id, lease_until=at + LEASE, attempts=F("attempts") + 1
        ):
            return None
    row.refresh_from_db()
    return row


def _lost_access(message: Message, today: date) -> str:
    """Why the person no longer may have it, as a code; empty when all is well."""
    if message.person_id is None:
        return ""
    if not User.objects.filter(pk=message.person_id, pseudonymised_at=None).exists():
        return "pseudonymised"
    if message.mandate_id is None:
        return ""
    mandates = import_string(settings.MANDATES)(message.person_id)
    if any(one.id == message.mandate_id and one.valid_on(today) for one in mandates):
        return ""
    return "mandate_ended"


def _address_of(message: Message) -> str:
    if message.person_id is None:
        return message.email
    return User.objects.values_list("email", flat=True).get(pk=message.person_id)


def _without_address(message: Message, at: datetime) -> Outcome:
    """The notice is enough for what may be read; what must be read becomes somebody's task."""
    if message.kind == Message.Kind.MUST:
        return _finish(message, Outcome.FAILED, failed_at=at, error_code="no_address")
    return _finish(message, Outcome.SENT, sent_at=at, error_code="notice_only")


def _not_taken(message: Message, refusal: delivery.Refusal, at: datetime) -> Outcome:
    if refusal.final or message.attempts >= ATTEMPTS:
        return _finish(message, Outcome.FAILED, failed_at=at, error_code=refusal.code)
    wait = timedelta(minutes=BACK_OFF[message.attempts - 1])
    return _finish(message, Outcome.LATER, next_try_at=at + wait, error_code=refusal.code)


def _finish(message: Message, outcome: Outcome, **fields: object) -> Outcome:
    """Write what happened and give up the lease, if it is still ours."""
    mine = Message.objects.filter(
        queries.WAITING, pk=message.pk, leased_by=message.leased_by, attempts=message.attempts
    )
    if not mine.update(leased_by="", lease_until=None, **fields):
        return Outcome.LOST
    return outcome
