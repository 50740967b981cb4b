"""What the rules need to know about a year's allocation in a county (fordeling). Whole kroner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from samspill.regulation.plan import PlanParameters


@dataclass(frozen=True)
class ShareFacts:
    """One measure's money in one year: a grant, or a commitment from an earlier year.

    ``by_receiver`` splits ``amount`` over owner, university, vocational_college and
    other_environment; None = not known. ``later`` is what later years are bound to.
    """

    case: str
    category: str
    amount: int
    region: str = ""
    commitment: bool = False
    themes: frozenset[str] = frozenset()
    by_receiver: Mapping[str, int] | None = None
    later: Mapping[int, int] = field(default_factory=dict)
    size_class: str = ""
    staff_reached: int | None = None
    letter_reserves_later_years: bool | None = None


@dataclass(frozen=True)
class AllocationFacts:
    """A year's allocation in a county. ``earlier`` are the years before, for F02's three years."""

    year: int
    frame: int | None
    shares: tuple[ShareFacts, ...]
    coordination: int = 0
    earlier: tuple["AllocationFacts", ...] = ()

    @property
    def granted(self) -> int:
        """Grants and commitments; region coordination is not among them."""
        return sum(each.amount for each in self.shares)

    def sums(self, key: Callable[[ShareFacts], str]) -> dict[str, int]:
        """Kroner by a property of the measures, in code point order."""
        found: dict[str, int] = {}
        for each in self.shares:
            found[key(each)] = found.get(key(each), 0) + each.amount
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class AllocationCase:
    """An allocation laid before the rules under a plan."""

    facts: AllocationFacts
    plan: PlanParameters
    on: date
    scheme_code: str = "koll"
