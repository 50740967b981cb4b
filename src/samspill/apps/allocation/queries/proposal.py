"""What the secretariat reads in a scenario: shares against the guide, and why for each need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext

from samspill.apps.allocation.models import Scenario
from samspill.apps.allocation.queries.problem import UNKNOWN_REGION, assessed
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport
from samspill.apps.organisations.models import Region
from samspill.engines.allocation import Result
from samspill.shared.design.sheets import Cell
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT, Role


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need in the proposal: asked, granted, and the reason in the reader's language. Kroner."""

    number: str
    report_id: int | None
    title: str
    owner: str
    category: str
    priority: int
    score: int
    requested: int
    granted: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A category's part of the money against the plan's guide. Shares of one."""

    category: str
    granted: int
    share: Decimal | None
    guide: Decimal
    tolerance: Decimal
    deviation: Decimal | None
    within: bool | None


def scenarios_of(actor: Actor, cycle: Cycle) -> QuerySet[Scenario]:
    """The cycle's scenarios, newest first. Internal to the office until presented."""
    return _visible(actor).filter(cycle=cycle).order_by("-made_at", "-pk")


def scenario_for(actor: Actor, pk: int) -> Scenario:
    """The scenario, or 404."""
    found = _visible(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def ready_reports(cycle: Cycle) -> tuple[int, int]:
    """(assessed and in the next computation, sent in but not assessed yet)."""
    ready = assessed(cycle).count()
    waiting = (
        NeedsReport.objects.filter(cycle=cycle)
        .filter(state__in=(NeedsReport.State.SUBMITTED, NeedsReport.State.COMPLETE))
        .count()
    )
    return ready, waiting - ready


class NeedRows(Sequence[NeedRow]):
    """Every need of a scenario as rows, made when they are asked for: a page makes only its own."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.needs = sorted(
            scenario.problem["needs"], key=lambda n: (n["priority"], -n["score"], n["id"])
        )
        self.result = Result.from_json(scenario.result)

    def __len__(self) -> int:
        return len(self.needs)

    @overload
    def __getitem__(self, at: int) -> NeedRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[NeedRow]: ...
    def __getitem__(self, at: int | slice) -> NeedRow | list[NeedRow]:
        if isinstance(at, int):
            return self._rows([self.needs[at]])[0]
        return self._rows(self.needs[at])

    def __iter__(self) -> Iterator[NeedRow]:
        return iter(self[:])

    def _rows(self, needs: list[dict[str, Any]]) -> list[NeedRow]:
        found = NeedsReport.objects.filter(
            cycle=self.scenario.cycle_id, number__in=[need["id"] for need in needs]
        ).select_related("owner")
        reports = {report.number: report for report in found}
        return [_row(need, self.result, reports.get(need["id"])) for need in needs]


def rows_of(scenario: Scenario) -> NeedRows:
    """Every need by priority and score: names as they are now, amounts as they were stored."""
    return NeedRows(scenario)


def _row(need: dict[str, Any], result: Result, report: NeedsReport | None) -> NeedRow:
    reason = result.reasons[need["id"]]
    return NeedRow(
        number=need["id"],
        report_id=report.pk if report else None,
        title=report.title if report else need["id"],
        owner=report.owner.name if report else "",
        category=str(NeedsReport.Category(need["category"]).label),
        priority=need["priority"],
        score=need["score"],
        requested=need["requested"],
        granted=result.grants[need["id"]],
        code=reason.code,
        reason=reason.said(gettext),
    )


def shares_of(scenario: Scenario) -> list[ShareRow]:
    """Each category's share against the guide, as the engine measured it."""
    measured = scenario.result["metrics"]["category"]
    tolerance = Decimal(scenario.problem["tolerance"])
    return [
        ShareRow(
            category=str(NeedsReport.Category(code).label),
            granted=measured[code]["granted"],
            share=_decimal(measured[code]["share"]),
            guide=Decimal(guide),
            tolerance=tolerance,
            deviation=_decimal(measured[code]["deviation"]),
            within=measured[code]["within_tolerance"],
        )
        for code, guide in sorted(scenario.problem["guide"].items(), key=_category_order)
    ]


def _category_order(item: tuple[str, str]) -> int:
    """PostgreSQL keeps the keys of a document in an order of its own; pages have theirs."""
    return NeedsReport.Category.values.index(item[0])


def regions_of(scenario: Scenario) -> list[tuple[str, int, Decimal | None]]:
    """(region, granted kroner, part of what was asked that is covered), in the regions' order."""
    names = dict(Region.objects.filter(county=scenario.cycle.county_id).values_list("slug", "name"))
    measured = scenario.result["metrics"]["region"]
    return [
        (
            gettext("Ukjent region") if slug == UNKNOWN_REGION else names.get(slug, slug),
            row["granted"],
            _decimal(row["coverage"]),
        )
        for slug, row in sorted(measured.items())
    ]


def table_of(scenario: Scenario) -> list[list[Cell]]:
    """The proposal as a table for a spreadsheet, heads first."""
    heads = ("Nummer", "Eier", "Tiltak", "Kategori", "Prioritet", "Poeng")
    money = ("Søkt (kr)", "Forslag (kr)", "Grunn")
    table: list[list[Cell]] = [[gettext(h) for h in (*heads, *money)]]
    return table + [
        [
            r.number,
            r.owner,
            r.title,
            r.category,
            r.priority,
            r.score,
            r.requested,
            r.granted,
            r.reason,
        ]
        for r in rows_of(scenario)
    ]


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _visible(actor: Actor) -> QuerySet[Scenario]:
    """The deciding organisation's own people, and the county's auditor."""
    found = Scenario.objects.filter(cycle__county__in=actor.counties)
    if actor.has(*SECRETARIAT):
        found = found.filter(cycle__authority=actor.organisation_id)
    elif not actor.has(Role.AUDITOR):
        found = found.none()
    return found.select_related("cycle__county", "made_by")
