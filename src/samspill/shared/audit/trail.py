"""`writing(chain)`: the one transaction every change goes through, and the lines it leaves."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import rfc8785
from django.db import models, transaction
from django.utils import timezone

from samspill.shared.audit.models import Chain, Line
from samspill.shared.identity.actor import Actor

#: The chain of what belongs to no single county.
NATIONAL = "national"
CHAIN_KEY = re.compile(r"\d{2}|national", re.ASCII)
#: A code, an id or a hash. `@` only before a version, so that no e-mail address slips through.
CODE = re.compile(r"(?:[A-Za-z0-9_.:/→+-]|@(?=\d)){0,80}")
#: Eleven digits are a birth number or an account number.
ELEVEN_DIGITS = re.compile(r"\d{11}", re.ASCII)
#: Canonical JSON (RFC 8785) has no larger whole numbers.
LARGEST = 2**53 - 1


class NotACode(ValueError):
    """Free text, a name or a number that tells who was about to be written to the trail."""


class TrailClosed(RuntimeError):
    """A trail was used after its transaction had ended."""


class Trail:
    """What an open `writing` block hands out. Holds who (`by`) and when (`at`, aware)."""

    def __init__(self, head: Chain, by: Actor, at: datetime) -> None:
        self._head, self.by, self.at = head, by, at
        self._open = True

    @property
    def chain(self) -> str:
        """The key of the chain that is locked: a county number or `national`."""
        return self._head.key

    def line(self, case: models.Model, event: str, /, **detail: Any) -> Line:
        """Append one line about the case. Detail: ids, codes, hashes, integers, lists of them."""
        self.check_open()
        if not event or case.pk is None:
            raise NotACode("A line needs an event, and a case that is saved.")
        _check_codes(event, "event")
        _check_codes(detail, "detail")
        line = self._next(case, event, detail)
        if not self._moved(line):  # a savepoint took lines back: begin from what still stands
            self._head.refresh_from_db(fields=["seq", "hash"])
            line = self._next(case, event, detail)
            self._moved(line)
        line.save(force_insert=True)
        return line

    def _next(self, case: models.Model, event: str, detail: dict[str, Any]) -> Line:
        line = Line(
            chain=self._head,
            seq=self._head.seq + 1,
            at=self.at,
            person_id=self.by.person_id,
            mandate_id=self.by.mandate.id if self.by.mandate else None,
            role=str(self.by.role or ""),
            event=event,
            case_type=case._meta.label_lower,
            case_id=str(case.pk),
            detail=detail,
            previous_hash=self._head.hash,
        )
        line.hash = hash_of(line)
        return line

    def _moved(self, line: Line) -> bool:
        """Move the head to the line; False when the database's head is not where we left it."""
        here = Chain.objects.filter(pk=self.chain, seq=line.seq - 1, hash=line.previous_hash)
        if not here.update(seq=line.seq, hash=line.hash):
            return False
        self._head.seq, self._head.hash = line.seq, line.hash
        return True

    def check_open(self) -> None:
        """Raise unless the transaction is still open: outside it nothing is locked."""
        if not self._open:
            raise TrailClosed("The writing block has ended; open a new one.")

    def close(self) -> None:
        self._open = False


@contextmanager
def writing(chain: str, *, by: Actor, at: datetime) -> Iterator[Trail]:
    """Open the one transaction of a change: locks the chain head FIRST, cases come after.

    Lock cases in pk order inside the block. No rendering, mail, solver or file I/O here.
    Blocks do not nest (RuntimeError): an action below that takes part takes `trail` as argument.
    """
    if not CHAIN_KEY.fullmatch(chain):
        raise ValueError(f"A chain is a county number or {NATIONAL!r}, not {chain!r}.")
    if timezone.is_naive(at):
        raise ValueError("The time of a change must be aware.")
    with transaction.atomic(durable=True):
        trail = Trail(_locked_head(chain), by, at)
        try:
            yield trail
        finally:
            trail.close()


def _locked_head(key: str) -> Chain:
    head = Chain.objects.select_for_update().filter(key=key).first()
    if head is None:
        Chain.objects.get_or_create(key=key)  # two may begin the same chain at once
        head = Chain.objects.select_for_update().get(key=key)
    return head


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
    """Every value, however deep, is a code, a whole number, yes/no or nothing."""
    if isinstance(value, str):
        _check_text(value, where)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotACode(f"{where} has a key of type {type(key).__name__}")
            _check_codes(key, where)
            _check_codes(inner, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check_codes(inner, where)
    elif value is not None and not isinstance(value, (bool, int)):
        raise NotACode(f"{where} has type {type(value).__name__}")
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise NotACode(f"{where} is too large a number for canonical JSON")


def _check_text(value: str, where: str) -> None:
    """The refused text itself is not repeated: error messages end in logs."""
    if not CODE.fullmatch(value):
        raise NotACode(f"{where} is not a code ({len(value)} characters)")
    if ELEVEN_DIGITS.fullmatch(value):
        raise NotACode(f"{where} looks like a birth number or an account number")
