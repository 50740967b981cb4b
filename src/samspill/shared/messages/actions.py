"""Everything that changes the outbox before a message is sent, and what its readers do."""

import hashlib
import re
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models

from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import CODE, Trail
from samspill.shared.identity.actor import Actor
from samspill.shared.messages import access
from samspill.shared.messages.address import Address, is_usable
from samspill.shared.messages.models import Message, Reading

CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
LONGEST_SUBJECT = 200


class BadMessage(ValueError):
    """The message can't be sent as it is, such as a subject with a line break in it."""


def queue(
    *,
    trail: Trail,
    key: str,
    to: Address,
    subject: str,
    body: str,
    kind: str = Message.Kind.INFO,
    language: str = "nb",
    case: models.Model | None = None,
    link: str = "",
) -> Message:
    """Put a message in the outbox, in the caller's transaction: rolled back, it was never there.

    The same key twice is one message, whatever the second says: a retried action sends once.
    Subject and body come written in `language`; `link` is a path on our own site.
    """
    trail.check_open()
    _check(key, to, subject, body, kind, language, link)
    message, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "message_id": message_id_of(key),
            "chain": trail.chain,
            "kind": kind,
            "person_id": to.person_id,
            "mandate_id": to.mandate_id,
            "organisation_id": to.organisation_id,
            "email": to.email,
            "language": language,
            "subject": subject,
            "body": body,
            "link": link,
            "case_type": case._meta.label_lower if case else "",
            "case_id": str(case.pk) if case else "",
            "queued_at": trail.at,
        },
    )
    if new:
        trail.line(message, "messages.queued", key=key, kind=str(kind))
    return message


def mark_read(*, notice: Message, by: Actor, at: datetime) -> None:
    """Note that the person has read the notice; colleagues' copies stay unread. Twice is once."""
    if by.person_id is None:
        raise PermissionDenied("Du må logge inn for å lese varsler.")
    Reading.objects.get_or_create(message=notice, person_id=by.person_id, defaults={"at": at})


def try_again(*, message: Message, by: Actor, at: datetime) -> Message:
    """Put a message that failed back in the outbox, with all its attempts ahead of it."""
    access.may_try_again(by, message).or_refuse()
    with audit.writing(message.chain, by=by, at=at) as trail:
        locked = Message.objects.select_for_update().get(pk=message.pk)
        if locked.failed_at is None:
            return locked
        locked.failed_at, locked.next_try_at = None, None
        locked.error_code, locked.attempts = "", 0
        locked.save(update_fields=["failed_at", "next_try_at", "error_code", "attempts"])
        trail.line(locked, "messages.tried_again")
    return locked


def message_id_of(key: str) -> str:
    """The Message-ID: made from this site's address and the key alone, so always the same."""
    site = urlsplit(settings.SITE_URL)
    digest = hashlib.sha256(f"{settings.SITE_URL}\n{key}".encode()).hexdigest()
    return f"<{digest[:40]}@{site.hostname or 'samspill'}>"


def _check(
    key: str, to: Address, subject: str, body: str, kind: str, language: str, link: str
) -> None:
    if not key or not CODE.fullmatch(key):
        raise BadMessage("Nøkkelen til meldingen må være en kode på høyst 80 tegn.")
    if CONTROL.search(subject):
        raise BadMessage("Emnet kan ikke ha linjeskift eller andre styretegn.")
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise BadMessage(f"Emnet må ha fra 1 til {LONGEST_SUBJECT} tegn.")
    if not body.strip() or "\x00" in body:
        raise BadMessage("Meldingen må ha en tekst.")
    if kind not in Message.Kind.values or language not in dict(settings.LANGUAGES):
        raise BadMessage("Meldingen må ha en kjent type og et kjent språk.")
    if link and (not link.startswith("/") or link.startswith("//") or CONTROL.search(link)):
        raise BadMessage("Lenken må være en sti på vårt eget nettsted.")
    _check_address(to)


def _check_address(to: Address) -> None:
    if to.person_id is not None:
        if to.organisation_id is not None or to.email:
            raise BadMessage("En melding har én mottaker: en person eller en adresse.")
        return
    if to.mandate_id is not None:
        raise BadMessage("Bare en person kan få en melding for en fullmakt.")
    if CONTROL.search(to.email):
        raise BadMessage("E-postadressen kan ikke ha linjeskift eller andre styretegn.")
    if not is_usable(to.email):
        raise BadMessage("E-postadressen er ikke gyldig.")
