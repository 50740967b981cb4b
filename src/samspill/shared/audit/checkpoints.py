"""Checkpoints (kontrollpunkter): signed statements of where chains stood, kept elsewhere too."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from samspill.shared.audit import signing
from samspill.shared.audit.models import Checkpoint
from samspill.shared.audit.verification import Flaw, Statement, verify_all


class TrailBroken(RuntimeError):
    """The trail has flaws, so where it stands is not signed."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("; ".join(flaw.text for flaw in self.flaws))


class NotACheckpoint(ValueError):
    """A file handed in holds something else than checkpoints."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One checkpoint as it stands in a file: plain JSON, times in UTC."""

    chain: str
    seq: int
    hash: str
    at: str
    public_key_id: str
    signature: str

    @property
    def statement(self) -> Statement:
        return Statement(self.chain, self.seq, self.hash)

    def content(self) -> bytes:
        """What is signed: every field but the signature, and what kind of statement it is."""
        fields: dict[str, Any] = asdict(self)
        del fields["signature"]
        return rfc8785.dumps({"kind": "samspill-audit-checkpoint", **fields})


def make(
    *, key: Ed25519PrivateKey, at: datetime, earlier: Iterable[Ed25519PublicKey] = ()
) -> list[Signed]:
    """Verify every chain, then sign and store where each stands. A broken trail is not signed.

    `earlier` are keys that signed before this one was taken into use.
    """
    before = stored()
    report = verify_all(before)
    flaws = [*flaws_in_signatures(before, [key.public_key(), *earlier]), *report.flaws]
    if flaws:
        raise TrailBroken(flaws)
    made = [_signed(head, key, at) for head in report.heads]
    Checkpoint.objects.bulk_create(_row(one) for one in made)
    return made


def stored() -> list[Signed]:
    """Every checkpoint in the database, as signed statements."""
    rows = Checkpoint.objects.order_by("pk")
    return [
        Signed(row.chain_id, row.seq, row.hash, _utc(row.at), row.public_key_id, row.signature)
        for row in rows
    ]


def flaws_in_signatures(signed: Iterable[Signed], known: Iterable[Ed25519PublicKey]) -> list[Flaw]:
    """A checkpoint nobody we know has signed proves nothing; somebody may have put it there."""
    keys = {signing.id_of(key): key for key in known}
    flaws = []
    for one in signed:
        key = keys.get(one.public_key_id)
        if key is None:
            text = f"checkpoint {one.chain}/{one.seq}: unknown key {one.public_key_id}"
            flaws.append(Flaw(one.chain, one.seq, "unknown_key", text))
        elif not signing.is_signed_by(key, one.content(), one.signature):
            text = f"checkpoint {one.chain}/{one.seq}: the signature does not fit"
            flaws.append(Flaw(one.chain, one.seq, "bad_signature", text))
    return flaws


def as_json(signed: Iterable[Signed]) -> str:
    """What is kept outside: printed, mailed, published."""
    return json.dumps([asdict(one) for one in signed], indent=2, sort_keys=True) + "\n"


def from_json(text: str) -> list[Signed]:
    """Read one checkpoint or a list of them; raises NotACheckpoint for anything else."""
    try:
        content = json.loads(text)
        items = content if isinstance(content, list) else [content]
        signed = [Signed(**item) for item in items]
    except (ValueError, TypeError) as error:
        raise NotACheckpoint("The file does not hold checkpoints.") from error
    if not signed or not all(isinstance(one.seq, int) for one in signed):
        raise NotACheckpoint("The file does not hold checkpoints.")
    return signed


def _signed(head: Statement, key: Ed25519PrivateKey, at: datetime) -> Signed:
    unsigned = Signed(
        chain=head.chain,
        seq=head.seq,
        hash=head.hash,
        at=_utc(at),
        public_key_id=signing.id_of(key.public_key()),
        signature="",
    )
    signature = signing.sign(key, unsigned.content())
    return Signed(**{**asdict(unsigned), "signature": signature})


def _row(one: Signed) -> Checkpoint:
    return Checkpoint(
        chain_id=one.chain,
        seq=one.seq,
        hash=one.hash,
        at=datetime.fromisoformat(one.at),
        public_key_id=one.public_key_id,
        signature=one.signature,
    )


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
