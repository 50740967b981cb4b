"""The long-term plan's machine-readable parameters (langsiktig plan), and rule P01."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from samspill.regulation import parameters
from samspill.regulation.parameters import SalaryRow
from samspill.regulation.reading import Node
from samspill.regulation.rule import Finding, Outcome, Severity, bad, good, in_force, rule
from samspill.regulation.text import gettext_noop

METHODS = ("proportional", "ranked", "optimal")
BASES = ("per_owner", "per_measure")


@dataclass(frozen=True)
class Criterion:
    """A criterion for when needs exceed the frame (§ 9 d), with its weight."""

    name: str
    weight: Decimal


@dataclass(frozen=True)
class PlanParameters:
    """What a plan version says in numbers (planens parametre).

    None and empty mean that the plan leaves the question open. Shares are exact decimals.
    ``sources`` says for a key whether it is from the draft ("seed") or ours ("standard").
    """

    title: str = ""
    status: str = ""
    county: str = ""
    first_year: int = 2026
    guide: Mapping[str, Decimal] = field(default_factory=dict)
    tolerance: Decimal = Decimal("0.05")
    phases_per_year: int = 2
    maximum_years: int = 3
    lock_cap: Decimal | None = None
    coordinator_share: Decimal = Decimal("0.15")
    coordinator_basis: Literal["per_owner", "per_measure"] = "per_owner"
    salary_rows: tuple[SalaryRow, ...] = ()
    region_key: Mapping[str, Decimal] = field(default_factory=dict)
    region_coordination: Mapping[str, int] = field(default_factory=dict)
    extra_allocation: bool = True
    receiver_shares: Mapping[str, Decimal] = field(default_factory=dict)
    special_needs_share: Decimal | None = None
    themes: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    method: str = "proportional"
    priority_weights: Mapping[str, Decimal] = field(default_factory=dict)
    tie_breaks: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, document: Any, path: str = "$") -> "PlanParameters":
        """Read the JSON form. Raises BadDocument, naming the path, for anything unexpected."""
        return _read(Node(document, path))

    def to_json(self) -> dict[str, Any]:
        """The JSON form; ``from_json`` gives the same parameters back."""
        return _write(self)


def _read(node: Node) -> PlanParameters:
    coordinator = node.get("coordinator", lambda it: it, Node({}, f"{node.path}.coordinator"))
    plan = PlanParameters(
        title=node.get("title", Node.text, ""),
        status=node.get("status", Node.text, ""),
        county=node.get("county", Node.text, ""),
        first_year=node.get("first_year", Node.whole, 2026),
        guide=node.get("guide", _shares, {}),
        tolerance=node.get("tolerance", _fraction, Decimal("0.05")),
        phases_per_year=node.get("phases_per_year", _count, 2),
        maximum_years=node.get("maximum_years", _count, 3),
        lock_cap=node.get("lock_cap", _fraction, None),
        coordinator_share=coordinator.get("share", _fraction, Decimal("0.15")),
        coordinator_basis=cast(
            Literal["per_owner", "per_measure"],
            coordinator.get("basis", lambda it: it.one_of(BASES), "per_owner"),
        ),
        salary_rows=node.get("salary_rows", lambda it: it.each(_salary), ()),
        region_key=node.get("region_key", lambda it: it.items(_fraction), {}),
        region_coordination=node.get("region_coordination", lambda it: it.items(_money), {}),
        extra_allocation=node.get("extra_allocation", Node.flag, True),
        receiver_shares=node.get("receiver_shares", _shares, {}),
        special_needs_share=node.get("special_needs_share", _fraction, None),
        themes=node.get("themes", lambda it: it.each(Node.text), ()),
        criteria=node.get("criteria", lambda it: it.each(_criterion), ()),
        method=node.get("method", lambda it: it.one_of(METHODS), "proportional"),
        priority_weights=node.get("priority_weights", lambda it: it.items(_weight), {}),
        tie_breaks=node.get("tie_breaks", lambda it: it.each(Node.text), ()),
        sources=node.get("sources", lambda it: it.items(Node.text), {}),
    )
    coordinator.done()
    node.done()
    return plan


def _write(plan: PlanParameters) -> dict[str, Any]:
    def exact(shares: Mapping[str, Decimal]) -> dict[str, str]:
        return {key: str(share) for key, share in shares.items()}

    return {
        "title": plan.title,
        "status": plan.status,
        "county": plan.county,
        "first_year": plan.first_year,
        "guide": exact(plan.guide),
        "tolerance": str(plan.tolerance),
        "phases_per_year": plan.phases_per_year,
        "maximum_years": plan.maximum_years,
        "lock_cap": None if plan.lock_cap is None else str(plan.lock_cap),
        "coordinator": {"share": str(plan.coordinator_share), "basis": plan.coordinator_basis},
        "salary_rows": [
            {
                "from": row.start.isoformat(),
                "until": row.until.isoformat(),
                "amount": row.amount,
                "source": row.source,
            }
            for row in plan.salary_rows
        ],
        "region_key": exact(plan.region_key),
        "region_coordination": dict(plan.region_coordination),
        "extra_allocation": plan.extra_allocation,
        "receiver_shares": exact(plan.receiver_shares),
        "special_needs_share": (
            None if plan.special_needs_share is None else str(plan.special_needs_share)
        ),
        "themes": list(plan.themes),
        "criteria": [{"name": each.name, "weight": str(each.weight)} for each in plan.criteria],
        "method": plan.method,
        "priority_weights": exact(plan.priority_weights),
        "tie_breaks": list(plan.tie_breaks),
        "sources": dict(plan.sources),
    }


def _fraction(node: Node) -> Decimal:
    found = node.share()
    if not 0 <= found <= 1:
        raise node.wrong("en andel ligger mellom 0 og 1")
    return found


def _weight(node: Node) -> Decimal:
    found = node.share()
    if found <= 0:
        raise node.wrong("en vekt er større enn 0")
    return found


def _count(node: Node) -> int:
    found = node.whole()
    if found < 1:
        raise node.wrong("skal være minst 1")
    return found


def _money(node: Node) -> int:
    found = node.kroner()
    if found < 0:
        raise node.wrong("beløpet kan ikke være negativt")
    return found


def _shares(node: Node) -> dict[str, Decimal]:
    found = node.items(_fraction)
    if found and sum(found.values()) != 1:
        raise node.wrong("andelene skal til sammen være 1")
    return found


def _salary(node: Node) -> SalaryRow:
    row = SalaryRow(
        start=node.get("from", Node.day),
        until=node.get("until", Node.day),
        amount=node.get("amount", _money),
        source=node.get("source", Node.text),
    )
    node.done()
    if row.until < row.start:
        raise node.wrong("siste dag er før første dag")
    return row


def _criterion(node: Node) -> Criterion:
    found = Criterion(node.get("name", Node.text), node.get("weight", _weight, Decimal(1)))
    node.done()
    return found


def nordland_draft() -> PlanParameters:
    """The packaged draft of autumn 2025 for Nordland, not adopted by anyone."""
    return PlanParameters.from_json(parameters.table("plan_nordland.toml"))


@dataclass(frozen=True)
class PlanCase:
    """A plan version put to adoption: which letters of § 9 it has content on."""

    content: Mapping[str, bool]
    on: date
    scheme_code: str = "koll"


@rule(
    id="P01",
    since=date(2026, 1, 12),
    says=gettext_noop("En plan kan ikke vedtas før den har innhold på alle bokstavene i § 9."),
    refs=("plan_content",),
    severities=(Severity.ERROR,),
)
def plan_has_every_letter(case: PlanCase) -> Iterator[Outcome]:
    """A plan says something on each point of § 9: four letters under KOLL, five under VGO."""
    for letter in parameters.scheme(case.scheme_code, case.on).plan_letters:
        if case.content.get(letter):
            yield good(
                gettext_noop("Planen har innhold på bokstav {letter}."),
                field=f"section_{letter}",
                letter=letter,
            )
        else:
            yield bad(
                gettext_noop("Planen mangler innhold på § 9 bokstav {letter}."),
                gettext_noop("Skriv kapitlet før planen legges fram til vedtak."),
                field=f"section_{letter}",
                letter=letter,
            )


def check_plan(
    content: Mapping[str, bool], *, on: date, scheme: str = "koll"
) -> tuple[Finding, ...]:
    """P01 for a plan version: may it be put to adoption?"""
    return in_force("P01", on).apply(PlanCase(content, on, scheme))
