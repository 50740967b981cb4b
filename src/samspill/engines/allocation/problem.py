"""The allocation problem (fordelingsproblemet): what there is to share, and who needs it.

Promise: the same problem whatever the order of the needs in the file – they are held in the
ranked order from the start. Amounts are whole kroner; shares and weights are exact fractions.
Source: `docs/formats/allocation-problem-1.schema.json`; KOLL §§ 8, 9, 11 for guide and needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from samspill.engines.allocation.reading import DocumentError

SCHEMA = "samspill/allocation-problem/1"


class ProblemError(DocumentError):
    """The problem cannot be used as it stands; `path` and `message` say where and why."""


@dataclass(frozen=True)
class Commitment:
    """An amount already promised (tilsagn fra tidligere år), this year and later. Kroner."""

    need: str
    owner: str
    region: str
    category: str
    amount: int
    later: Mapping[str, int]


@dataclass(frozen=True)
class Need:
    """One need (behov): what a measure asks for this year and later. Kroner, whole steps.

    `minimum` is the smallest sum for which the measure is worth doing; 0 means any sum.
    `submitted` is kept for the record: time of submission decides nothing.
    """

    id: str
    owners: tuple[str, ...]
    region: str
    category: str
    priority: int
    score: int
    requested: int
    minimum: int
    later: Mapping[str, int] = field(default_factory=dict)
    submitted: datetime | None = None
    owner_type: str | None = None
    staff_reached: int | None = None
    themes: tuple[str, ...] = ()
    joint: bool = False

    @property
    def rank(self) -> tuple[int, int, str]:
        """Place in the ranked order: priority 1 first, then high score, then id by code point."""
        return self.priority, -self.score, self.id


@dataclass(frozen=True)
class Rounding:
    """An amount that was not in whole steps and was rounded down on the way in. Kroner."""

    need: str
    field: str
    written: int
    used: int


@dataclass(frozen=True)
class Problem:
    """One county's year (fylkets fordeling for ett år). Kroner and exact shares.

    `canonical` is the document as handed in, in RFC 8785 form with the needs by id and the
    commitments sorted: the checksum is taken over it, so an auditor can repeat it anywhere.
    """

    county: str
    year: int
    step: int
    frame: int
    guide: Mapping[str, Fraction]
    tolerance: Fraction
    priority_weights: Mapping[int, Fraction]
    needs: tuple[Need, ...]
    commitments: tuple[Commitment, ...] = ()
    lock_cap: Fraction | None = None
    spend_slack: Fraction = Fraction(0)
    coverage_slopes: tuple[tuple[Fraction, Fraction], ...] = ()
    region_key: Mapping[str, Fraction] = field(default_factory=dict)
    region_coordination: Mapping[str, int] = field(default_factory=dict)
    later_frames: Mapping[str, int] = field(default_factory=dict)
    roundings: tuple[Rounding, ...] = ()
    canonical: bytes = field(default=b"", repr=False)

    @cached_property
    def committed(self) -> int:
        """What is already promised for this year, in kroner."""
        return sum(commitment.amount for commitment in self.commitments)

    @cached_property
    def coordination(self) -> int:
        """What the regions get for coordination (regionkoordinering), in kroner."""
        return sum(self.region_coordination.values())

    @property
    def available(self) -> int:
        """What is left for new needs, in kroner. Below zero: infeasible, finding F01."""
        return self.frame - self.committed - self.coordination

    def committed_in(self, category: str) -> int:
        """What is already promised in one category this year, in kroner."""
        return sum(c.amount for c in self.commitments if c.category == category)

    def weight(self, need: Need) -> Fraction:
        """The weight of the need's priority in the plan (§ 9 d). Always above 0."""
        return self.priority_weights[need.priority]

    @cached_property
    def later_years(self) -> tuple[str, ...]:
        """Every later year that someone asks for or was promised money in."""
        asked = {year for need in self.needs for year in need.later}
        return tuple(sorted(asked.union(*(c.later for c in self.commitments))))

    def frame_of(self, year: str) -> int:
        """The frame of a later year; this year's frame where none is set. Kroner."""
        return self.later_frames.get(year, self.frame)
