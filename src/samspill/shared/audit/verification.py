"""Walk the chains and find what was removed, changed, reordered or cut off (kontroll av sporet)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from django.db.models import Count, Max

from samspill.shared.audit.models import Chain, Line
from samspill.shared.audit.trail import hash_of

Kind = Literal[
    "missing",
    "changed",
    "broken_link",
    "head",
    "cut_off",
    "rewritten",
    "unknown_key",
    "bad_signature",
]
NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a chain stands: its last sequence number and hash."""

    chain: str
    seq: int
    hash: str


class Said(Protocol):
    """Anything that says where a chain stood at some time."""

    @property
    def statement(self) -> Statement: ...


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a chain (feil i sporet), with the first line it shows at."""

    chain: str
    seq: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a walk found: where each chain stands, how many lines were read, and the flaws."""

    heads: tuple[Statement, ...]
    lines: int
    flaws: tuple[Flaw, ...]


def verify_all(said: Iterable[Said] = ()) -> Report:
    """Walk every chain and hold it against what checkpoints said.

    Lines written while the walk goes on are left for the next one. Without checkpoints kept
    elsewhere, lines cut off at the end together with the head cannot be seen.
    """
    by_chain: dict[str, list[Statement]] = {}
    for one in said:
        by_chain.setdefault(one.statement.chain, []).append(one.statement)
    flaws: list[Flaw] = []
    heads = _heads()
    for head in heads.values():
        flaws += _walk(head, by_chain.pop(head.statement.chain, []))
    for chain, lost in by_chain.items():
        last = max(one.seq for one in lost)
        flaws.append(Flaw(chain, last, "cut_off", f"{chain}: the whole chain is gone"))
    statements = tuple(head.statement for head in heads.values())
    return Report(statements, sum(one.lines for one in heads.values()), tuple(flaws))


@dataclass(frozen=True, slots=True)
class _Head:
    statement: Statement
    lines: int
    last: int


def _heads() -> Mapping[str, _Head]:
    """Heads and their lines in one statement, so that both are of the same moment."""
    rows = Chain.objects.annotate(count=Count("lines"), last=Max("lines__seq")).order_by("key")
    return {
        row.key: _Head(Statement(row.key, row.seq, row.hash), row.count, row.last or 0)
        for row in rows
    }


def _walk(head: _Head, said: Sequence[Statement]) -> list[Flaw]:
    chain, flaws = head.statement.chain, list[Flaw]()
    expected: dict[int, set[str]] = {}
    for one in said:
        expected.setdefault(one.seq, set()).add(one.hash)
    seq, previous = 0, NOTHING
    for line in Line.objects.filter(chain=chain, seq__lte=head.last).order_by("seq").iterator():
        flaws += _flaws_of(line, after=seq, previous=previous)
        if expected.pop(line.seq, set()) - {line.hash}:
            text = f"{chain}/{line.seq}: another line than the checkpoint saw"
            flaws.append(Flaw(chain, line.seq, "rewritten", text))
        seq, previous = line.seq, line.hash
    if (seq, previous) != (head.statement.seq, head.statement.hash):
        text = f"{chain}: the last line is {seq}, the head says {head.statement.seq}"
        flaws.append(Flaw(chain, seq, "head", text))
    if gone := [unseen for unseen in expected if unseen > seq]:
        text = f"{chain}: ends at {seq}, but a checkpoint saw {max(gone)}"
        flaws.append(Flaw(chain, seq, "cut_off", text))
    return flaws


def _flaws_of(line: Line, *, after: int, previous: str) -> list[Flaw]:
    chain, seq = line.chain_id, line.seq
    flaws: list[Flaw] = []
    if seq != after + 1:
        text = f"{chain}: {seq} follows {after}; lines between are missing"
        flaws.append(Flaw(chain, seq, "missing", text))
    elif line.previous_hash != previous:
        text = f"{chain}/{seq}: does not continue line {after}"
        flaws.append(Flaw(chain, seq, "broken_link", text))
    if _recomputed(line) != line.hash:
        flaws.append(Flaw(chain, seq, "changed", f"{chain}/{seq}: the content was changed"))
    return flaws


def _recomputed(line: Line) -> str:
    """Nothing where the content can't even be written canonically: then it was surely changed."""
    try:
        return hash_of(line)
    except (ValueError, TypeError):
        return ""
