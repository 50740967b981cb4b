"""`writing(chain)`: the one transaction every change goes through, and the lines it leaves."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import rfc8785
from django.db import models, transaction

from samspill.shared.audit.models import Chain, Line
from samspill.shared.identity.actor import Actor

#: A code, an id or a hash. Anything longer or with other signs would be free text.
CODE = re.compile(r"^[\w.:/@→+-]{0,80}$")


class NotACode(ValueError):
    """Free text or a name was about to be written to the trail."""


class Trail:
    """What an open `writing` block hands out. Holds who (`by`) and when (`at`, aware)."""

    def __init__(self, head: Chain, by: Actor, at: datetime) -> None:
        self._head, self.by, self.at = head, by, at

    def line(self, case: models.Model, event: str, **detail: Any) -> Line:
        """Append one line about the case. Detail: ids, codes, hashes, integers, lists of them."""
        _check_codes(event, "event")
        _check_codes(detail, "detail")
        head = self._head
        line = Line(
            chain=head,
            seq=head.seq + 1,
            at=self.at,
            person_id=self.by.person_id,
            mandate_id=self.by.mandate.id if self.by.mandate else None,
            role=self.by.role or "",
            event=event,
            case_type=case._meta.label_lower,
            case_id=str(case.pk),
            detail=detail,
            previous_hash=head.hash,
        )
        line.hash = hash_of(line)
        line.save(force_insert=True)
        head.seq, head.hash = line.seq, line.hash
        head.save(update_fields=["seq", "hash"])
        return line


@contextmanager
def writing(chain: str, *, by: Actor, at: datetime) -> Iterator[Trail]:
    """Open the one transaction of a change: locks the chain head FIRST, cases come after.

    Lock cases in pk order inside the block. No rendering, mail, solver or file I/O here.
    Blocks do not nest: an action below that must take part takes the `trail` as argument.
    """
    with transaction.atomic(durable=True):
        Chain.objects.get_or_create(key=chain)
        head = Chain.objects.select_for_update().get(key=chain)
        yield Trail(head, by, at)


def hash_of(line: Line) -> str:
    """SHA-256 over the line's canonical JSON (RFC 8785), the previous hash included."""
    content = {
        "chain": line.chain_id,
        "seq": line.seq,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": line.person_id,
        "mandate": line.mandate_id,
        "role": line.role,
        "event": line.event,
        "case": [line.case_type, line.case_id],
        "detail": line.detail,
        "previous": line.previous_hash,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _check_codes(value: Any, where: str) -> None:
    if value is None or isinstance(value, (bool, int)):
        return
    if isinstance(value, str):
        if not CODE.match(value):
            raise NotACode(f"{where} is not a code: {value[:40]!r}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_codes(key, where)
            _check_codes(inner, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check_codes(inner, where)
    else:
        raise NotACode(f"{where} has type {type(value).__name__}")
