"""An owner over time (balanse): B01."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samspill.regulation.collective.facts import SPECIAL_NEEDS, PPAnswer
from samspill.regulation.finding import Finding
from samspill.regulation.plan import PlanParameters
from samspill.regulation.rule import Outcome, Severity, bad, good, in_force, rule, unclear
from samspill.regulation.text import Listed, Word, gettext_noop

SINCE = date(2026, 1, 12)
FIRST_YEAR = 2026
WINDOW = 3
AREAS = {
    "kindergarten": gettext_noop("barnehage"),
    "school": gettext_noop("skole"),
    "special_needs": gettext_noop("spesialpedagogikk og inkluderende praksis"),
    "pp": gettext_noop("PP-tjenesten"),
}
KINDERGARTEN_UNITS = frozenset({"kindergarten"})
SCHOOL_UNITS = frozenset({"school", "after_school", "adult_education"})


@dataclass(frozen=True)
class GrantFacts:
    """A grant in one cycle that reached the owner, alone or as a confirmed owner of a network."""

    year: int
    amount: int
    category: str
    themes: frozenset[str] = frozenset()
    unit_kinds: frozenset[str] = frozenset()
    pp_answer: str = ""

    def covers(self, area: str) -> bool:
        """Does the grant look after the area? 0 kroner looks after nothing."""
        if self.amount <= 0:
            return False
        if area == "pp":
            return self.pp_answer in (PPAnswer.TAKES_PART, PPAnswer.SAFEGUARDED)
        if area == "special_needs":
            return SPECIAL_NEEDS in self.themes
        units = KINDERGARTEN_UNITS if area == "kindergarten" else SCHOOL_UNITS
        return self.category == area or (
            self.category == "interdisciplinary" and bool(units & self.unit_kinds)
        )


@dataclass(frozen=True)
class OwnerBalanceFacts:
    """An owner, what it has, and what it was granted. None = not known whether it has it.

    ``otherwise`` holds what the owner has stated for an area it looks after in another way.
    """

    owner_id: str
    owner_name: str
    cycle_year: int
    has_kindergartens: bool | None
    has_schools: bool | None
    has_pp_service: bool | None
    grants: tuple[GrantFacts, ...] = ()
    otherwise: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BalanceCase:
    """An owner's three years laid before B01."""

    facts: OwnerBalanceFacts
    plan: PlanParameters
    on: date
    scheme_code: str = "koll"

    @property
    def window(self) -> range:
        """The cycle year and the two before, never before 2026 or the plan's first year."""
        year = self.facts.cycle_year
        return range(max(year - WINDOW + 1, FIRST_YEAR, self.plan.first_year), year + 1)

    def has(self, area: str) -> bool | None:
        kindergartens, schools = self.facts.has_kindergartens, self.facts.has_schools
        if area == "kindergarten":
            return kindergartens
        if area == "school":
            return schools
        if area == "pp":
            return self.facts.has_pp_service
        if kindergartens or schools:
            return True
        return None if kindergartens is None or schools is None else False


@rule(
    id="B01",
    since=SINCE,
    says=gettext_noop(
        "I løpet av tre år er barnehage, skole, spesialpedagogikk og PP-tjenesten ivaretatt hos "
        "eieren, "
        "så langt eieren har dem. Det hindrer aldri at en melding sendes."
    ),
    refs=("plan",),
    severities=(Severity.WARNING, Severity.INFO),
)
def every_area_within_three_years(case: BalanceCase) -> Iterator[Outcome]:
    """First year a note, second a warning, third a warning and a task for the secretariat."""
    for area in AREAS:
        has = case.has(area)
        if has is None:
            yield unclear(
                gettext_noop("Vi vet ikke om {name} har {area}."),
                gettext_noop("Legg inn hva eieren har."),
                field="category",
                missing=f"has_{area}",
                severity=Severity.INFO,
                name=case.facts.owner_name,
                area=Word(AREAS[area]),
            )
        elif has:
            yield _area(case, area)


def _area(case: BalanceCase, area: str) -> Outcome:
    window = case.window
    years = Listed(
        sorted({g.year for g in case.facts.grants if g.year in window and g.covers(area)})
    )
    facts: dict[str, Any] = {
        "area": Word(AREAS[area]),
        "code": area,
        "first": window.start,
        "last": case.facts.cycle_year,
        "years": years,
        "year_number": max(len(window), 1),
        "secretariat_task": False,
    }
    if years:
        return good(gettext_noop("Ivaretatt: {area} ({years})."), field="category", **facts)
    if case.facts.otherwise.get(area, "").strip():
        return good(gettext_noop("Ivaretatt på annen måte: {area}."), field="category", **facts)
    third = facts["year_number"] == WINDOW
    return bad(
        gettext_noop("Ikke ivaretatt ennå: {area}. Ingen tildeling i perioden {first}–{last}."),
        gettext_noop(
            "Meld et tiltak som dekker dette, eller skriv hvordan det er ivaretatt på annen måte."
        ),
        field="category",
        severity=Severity.INFO if facts["year_number"] == 1 else Severity.WARNING,
        **{**facts, "secretariat_task": third},
    )


def check_balance(
    facts: OwnerBalanceFacts, *, plan: PlanParameters, on: date, scheme: str = "koll"
) -> tuple[Finding, ...]:
    """B01 for one owner. ``facts["secretariat_task"]`` marks what the secretariat must take up."""
    return in_force("B01", on).apply(BalanceCase(facts, plan, on, scheme))
