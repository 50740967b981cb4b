"""What a save answers (lagringssvar), and what stops one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Conflict:
    """Two wrote the same field (konflikt): `mine` was not stored, `theirs` stands. Show both.

    To win with «mine», save again with `theirs_fingerprint` as what was seen.
    """

    field: str
    mine: Any
    theirs: Any
    theirs_at: datetime | None
    theirs_by: str
    theirs_fingerprint: str


@dataclass(frozen=True)
class Saved:
    """What became of one save. Fields in conflict or with errors are left as they were stored;
    every other field is kept, also when a neighbour failed.
    """

    saved_at: datetime
    revision: int
    state: str
    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    #: Why a value could not be stored, by field, in words for the one who wrote it.
    errors: Mapping[str, str] = field(default_factory=dict)
    #: The new fingerprints of all fields that were sent: what the form carries from now on.
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    #: Somebody's signature no longer holds, for the content moved.
    voided: bool = False

    @property
    def is_clean(self) -> bool:
        """Everything that was sent is stored (or was stored already)."""
        return not self.conflicts and not self.errors

    def as_json(self) -> dict[str, Any]:
        return {
            "saved_at": self.saved_at.isoformat(),
            "revision": self.revision,
            "state": self.state,
            "changed": list(self.changed),
            "conflicts": [
                {
                    "field": each.field,
                    "mine": each.mine,
                    "theirs": each.theirs,
                    "theirs_at": each.theirs_at.isoformat() if each.theirs_at else None,
                    "theirs_by": each.theirs_by,
                    "theirs_fingerprint": each.theirs_fingerprint,
                }
                for each in self.conflicts
            ],
            "errors": dict(self.errors),
            "fingerprints": dict(self.fingerprints),
            "voided": self.voided,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Saved":
        conflicts = tuple(
            Conflict(
                **{
                    **each,
                    "theirs_at": datetime.fromisoformat(each["theirs_at"])
                    if each["theirs_at"]
                    else None,
                }
            )
            for each in stored["conflicts"]
        )
        return cls(
            **{
                **stored,
                "saved_at": datetime.fromisoformat(stored["saved_at"]),
                "changed": tuple(stored["changed"]),
                "conflicts": conflicts,
            }
        )


class ContentMoved(Exception):
    """The report is no longer what the person saw: show the difference, and ask again.

    `seen` is the hash that came with the form, `now` the content's own.
    """

    def __init__(self, report: Any, *, seen: str, now: str) -> None:
        self.report, self.seen, self.now = report, seen, now
        super().__init__("The content has moved since it was seen.")


class Refused(Exception):
    """What was asked cannot be done now, or the value cannot be used. `message` is for the person.

    `field` names the input where one is to blame.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        self.message, self.field = message, field
        super().__init__(message)
