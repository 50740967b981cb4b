"""The fields of a needs report (feltene i behovsmeldingen) as data: the one list everybody reads.

Forms, the frozen content, the section a finding belongs to, the blank PDF and the return for
completion are all made from `SECTIONS`. A field's name is the regulation's (`FIELDS`) where the
rules know it.

A field that holds several values is saved part by part, so that two people who write different
parts do not meet: `staff.teachers`, `phases.2027`, `minimum.2027`, `extra_amount.2027`,
`budget.<line>.2027` (and `budget.<line>.description`, `.receiver`, `.payee`). `part_names` gives
them; everything else is saved by its own name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FieldKind(StrEnum):
    """How a field is asked, and which value it holds (as stored, «canonical»)."""

    LINE = "line"  # str, one line
    TEXT = "text"  # str
    CHOICE = "choice"  # str, a code or ""
    CHOICES = "choices"  # list of codes in the catalogue's order
    YES_NO = "yes_no"  # True, False or None
    CHECK = "check"  # bool
    DATE = "date"  # ISO date or None
    KRONER = "kroner"  # int or None
    NUMBER = "number"  # int or None
    KRONER_BY_YEAR = "kroner_by_year"  # parts by year: int or None
    COUNT_BY_GROUP = "count_by_group"  # parts by target group: int or None
    PHASES_BY_YEAR = "phases_by_year"  # parts by year: list of codes
    UNITS = "units"  # list of unit ids
    NEEDS = "needs"  # list of Need ids
    ROWS = "rows"  # rows of their own, with their own actions


#: Kinds that are saved part by part.
IN_PARTS = (FieldKind.KRONER_BY_YEAR, FieldKind.COUNT_BY_GROUP, FieldKind.PHASES_BY_YEAR)


@dataclass(frozen=True)
class Field:
    """One field: `column` is where it is stored, on the report or on the shared assessment."""

    name: str
    kind: FieldKind
    label: Any
    help: Any = ""
    max_length: int = 0
    choices: Mapping[str, Any] = field(default_factory=dict)
    column: str = ""
    #: Kept in the owner's needs assessment of the year, shared by its reports.
    shared: bool = False
    smallest: int = 0
    largest: int = 10**12 - 1
    rows: int = 4

    @property
    def in_parts(self) -> bool:
        return self.kind in IN_PARTS


@dataclass(frozen=True)
class Section:
    """One of the eight parts of the report (del), with its fields in order."""

    code: str
    title: Any
    fields: tuple[Field, ...] = ()
    intro: Any = ""
