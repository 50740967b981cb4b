"""A needs report and its history as JSON files (behovsmelding som fil), read strictly.

The formats are published: docs/formats/needs-report-1.schema.json and report-history-1.schema.json.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from samspill.regulation.balance import GrantFacts, OwnerBalanceFacts
from samspill.regulation.collective import (
    FIELDS,
    THEMES,
    AssessmentFacts,
    BudgetKind,
    BudgetLine,
    ExtensionFacts,
    Kind,
    OwnerFacts,
    PartnerFacts,
    Party,
    Phase,
    PPAnswer,
    ReportFacts,
    ReturnFacts,
    SamiAnswer,
    UnitFacts,
)
from samspill.regulation.collective.words import COORDINATOR_GROUNDS, EXTRA_GROUNDS, TARGET_GROUPS
from samspill.regulation.reading import Node

SCHEMA = "samspill/needs-report/1"
HISTORY = "samspill/report-history/1"
SCHEMES = ("koll", "vgo")


def read_report(document: Any) -> ReportFacts:
    """The facts of the report. What only a history can tell is left as not known."""
    node = Node(document)
    node.get("schema", lambda it: it.one_of((SCHEMA,)))
    owner = node.get("owner", _owner)
    network = node.get("network", lambda it: it.each(_owner), ())
    partners = node.get("partners", lambda it: it.each(_partner), ())
    others = node.get("other_receivers", lambda it: it.each(_only_party), ())
    parties = [owner.party, *(each.party for each in network), *(p.party for p in partners)]
    known = {party.id: party for party in (*others, *parties)}
    facts = ReportFacts(
        scheme=node.get("scheme", lambda it: it.one_of(SCHEMES), "koll"),
        cycle_year=node.get("cycle", _year),
        reporter=owner,
        network=network,
        partners=partners,
        budget=node.get("budget", lambda it: it.each(lambda row: _line(row, known)), ()),
        **_content(node),
        **_groups(node),
        **_course(node),
    )
    node.done()
    measure_is_new = not facts.measure_id
    return replace(
        facts, granted_cycles=frozenset() if measure_is_new else None, other_coordinator=None
    )


def _content(node: Node) -> dict[str, Any]:
    texts = (
        "title",
        "category",
        "partnership_plan",
        "aims",
        "signs",
        "competence_plan",
        "knowledge_sharing",
        "measure_id",
    )
    return {
        **{key: node.get(key, Node.text, "") for key in texts},
        "first_year": node.get("first_year", _year, None),
        "units": node.get("units", lambda it: it.each(_unit), ()),
        "staff_by_target_group": node.get("staff", _staff, {}),
        "themes": frozenset(node.get("themes", lambda it: it.each(_theme), ())),
        "special_needs_share": node.get("special_needs_share", _percent, None),
        "minimum_by_year": node.get("minimum", lambda it: it.by_year(Node.kroner), {}),
        "stated_requested": node.get("requested", lambda it: it.by_year(Node.kroner), None),
        "own_rank": node.get("own_rank", Node.whole, None),
    }


def _groups(node: Node) -> dict[str, Any]:
    return {
        "assessment": node.get("assessment", _assessment, AssessmentFacts()),
        **node.get("pp", _pp, {}),
        **node.get("sami", _sami, {}),
        **node.get("own_effort", _own_effort, {}),
        **node.get("extra", _extra, {}),
        **node.get("coordinator", _coordinator, {}),
    }


def _course(node: Node) -> dict[str, Any]:
    return {
        "phases": node.get("phases", lambda it: it.by_year(_phases), {}),
        "deadline": node.get("deadline", Node.day, None),
        "submitted_at": node.get("submitted_at", Node.moment, None),
        "extension": node.get("extension", _extension, None),
        "returned": node.get("returned", _returned, None),
        "changed_fields": frozenset(
            node.get("changed_fields", lambda it: it.each(lambda each: each.one_of(FIELDS)), ())
        ),
    }


def _year(node: Node) -> int:
    found = node.whole()
    if not 2000 <= found <= 2999:
        raise node.wrong("er ikke et årstall")
    return found


def _percent(node: Node) -> int:
    found = node.whole()
    if not 0 <= found <= 100:
        raise node.wrong("skal ligge mellom 0 og 100")
    return found


def _theme(node: Node) -> str:
    return node.one_of(THEMES)


def _staff(node: Node) -> dict[str, int]:
    def people(each: Node) -> int:
        found = each.whole()
        if found < 0:
            raise each.wrong("antallet kan ikke være negativt")
        return found

    found = node.items(people)
    for group in found:
        if group not in TARGET_GROUPS:
            raise node.wrong(f"ukjent målgruppe {group!r}")
    return found


def _phases(node: Node) -> frozenset[str]:
    return frozenset(node.each(lambda each: each.one_of(tuple(Phase))))


def _party(node: Node) -> Party:
    return Party(
        id=node.get("id", Node.text),
        name=node.get("name", Node.text),
        kind=node.get("kind", lambda it: it.one_of(tuple(Kind))),
        confirmed=node.get("confirmed", Node.flag, True),
        active_contracts=node.get("active_contracts", Node.flag, None),
    )


def _only_party(node: Node) -> Party:
    party = _party(node)
    node.done()
    return party


def _owner(node: Node) -> OwnerFacts:
    owner = OwnerFacts(
        party=_party(node),
        sami_area=node.get("sami_area", Node.flag, False),
        joined=node.get("joined", Node.flag, True),
    )
    node.done()
    return owner


def _partner(node: Node) -> PartnerFacts:
    partner = PartnerFacts(
        party=_party(node),
        confirmed=node.get("signed", Node.flag, False),
        teacher_education=node.get("teacher_education", Node.text, ""),
    )
    node.done()
    return partner


def _unit(node: Node) -> UnitFacts:
    unit = UnitFacts(*(node.get(key, Node.text) for key in ("id", "name", "kind")))
    node.done()
    return unit


def _line(node: Node, known: Mapping[str, Party]) -> BudgetLine:
    def party(each: Node) -> Party:
        found = known.get(each.text())
        if found is None:
            raise each.wrong(f"{each.value!r} er ikke eier, partner eller mottaker i meldingen")
        return found

    line = BudgetLine(
        id=node.get("id", Node.text, node.path),
        kind=BudgetKind(node.get("kind", lambda it: it.one_of(tuple(BudgetKind)))),
        receiver=node.get("receiver", party),
        payee=node.get("payee", party, None),
        amounts=node.get("amounts", lambda it: it.by_year(Node.kroner)),
        description=node.get("description", Node.text, ""),
    )
    node.done()
    return line


def _assessment(node: Node) -> AssessmentFacts:
    assessment = AssessmentFacts(
        how=node.get("how", Node.text, ""),
        by=node.get("by", Node.text, ""),
        made_on=node.get("date", Node.day, None),
        staff=node.get("staff", Node.flag, None),
        leaders=node.get("leaders", Node.flag, None),
        unions=node.get("unions", Node.flag, None),
        no_union=node.get("no_union", Node.flag, False),
        union_none_how_heard=node.get("how_heard", Node.text, ""),
    )
    node.done()
    return assessment


def _pp(node: Node) -> dict[str, Any]:
    found = {
        "pp_answer": node.get("answer", lambda it: it.one_of(tuple(PPAnswer)), ""),
        "pp_note": node.get("note", Node.text, ""),
    }
    node.done()
    return found


def _sami(node: Node) -> dict[str, Any]:
    found = {
        "sami_answer": node.get("answer", lambda it: it.one_of(tuple(SamiAnswer)), ""),
        "sami_reason": node.get("reason", Node.text, ""),
    }
    node.done()
    return found


def _own_effort(node: Node) -> dict[str, Any]:
    found = {
        "own_effort": node.get("description", Node.text, ""),
        "own_effort_amount": node.get("amount", Node.kroner, None),
    }
    node.done()
    return found


def _extra(node: Node) -> dict[str, Any]:
    found = {
        "extra_amount": node.get("amounts", lambda it: it.by_year(Node.kroner), {}),
        "extra_ground": node.get("ground", lambda it: it.one_of(tuple(EXTRA_GROUNDS)), ""),
        "extra_explanation": node.get("explanation", Node.text, ""),
    }
    node.done()
    return found


def _coordinator(node: Node) -> dict[str, Any]:
    grounds = tuple(COORDINATOR_GROUNDS)
    found = {
        "coordinator_ground": node.get("ground", lambda it: it.one_of(grounds), ""),
        "coordinator_explanation": node.get("explanation", Node.text, ""),
    }
    node.done()
    return found


def _extension(node: Node) -> ExtensionFacts:
    found = ExtensionFacts(node.get("until", Node.day), node.get("reason", Node.text, ""))
    node.done()
    return found


def _returned(node: Node) -> ReturnFacts:
    fields = node.get("fields", lambda it: it.each(lambda each: each.one_of(FIELDS)))
    found = ReturnFacts(node.get("until", Node.day), frozenset(fields))
    node.done()
    return found


@dataclass(frozen=True)
class History:
    """What is known of a measure and its owner from before (historikk)."""

    granted_cycles: Mapping[str, tuple[int, ...]]
    follows_cycles: tuple[int, ...]
    other_coordinator: Mapping[int, int] | None
    balance: Mapping[str, Any] | None

    def added_to(self, facts: ReportFacts) -> ReportFacts:
        """The report's facts with what the history knows; a new measure carries no money yet."""
        granted = self.granted_cycles.get(facts.measure_id, ()) if facts.measure_id else ()
        return replace(
            facts,
            granted_cycles=frozenset(granted),
            follows_cycles=frozenset(self.follows_cycles),
            other_coordinator=self.other_coordinator,
        )

    def balance_of(self, facts: ReportFacts) -> OwnerBalanceFacts | None:
        """The owner's balance, if the history holds its grants."""
        if self.balance is None:
            return None
        owner = facts.reporter.party
        return OwnerBalanceFacts(
            owner_id=owner.id, owner_name=owner.name, cycle_year=facts.cycle_year, **self.balance
        )


def read_history(document: Any) -> History:
    """The history file."""
    node = Node(document)
    node.get("schema", lambda it: it.one_of((HISTORY,)))
    history = History(
        granted_cycles=node.get("granted_cycles", lambda it: it.items(_years), {}),
        follows_cycles=node.get("follows_cycles", _years, ()),
        other_coordinator=node.get("other_coordinator", lambda it: it.by_year(Node.kroner), None),
        balance=node.get("balance", _balance, None),
    )
    node.done()
    return history


def _years(node: Node) -> tuple[int, ...]:
    return node.each(_year)


def _balance(node: Node) -> dict[str, Any]:
    found = {
        **{
            key: node.get(key, Node.flag, None)
            for key in ("has_kindergartens", "has_schools", "has_pp_service")
        },
        "grants": node.get("grants", lambda it: it.each(_grant), ()),
        "otherwise": node.get("otherwise", lambda it: it.items(Node.text), {}),
    }
    node.done()
    return found


def _grant(node: Node) -> GrantFacts:
    grant = GrantFacts(
        year=node.get("year", _year),
        amount=node.get("amount", Node.kroner),
        category=node.get("category", Node.text),
        themes=frozenset(node.get("themes", lambda it: it.each(_theme), ())),
        unit_kinds=frozenset(node.get("unit_kinds", lambda it: it.each(Node.text), ())),
        pp_answer=node.get("pp_answer", lambda it: it.one_of(tuple(PPAnswer)), ""),
    )
    node.done()
    return grant
