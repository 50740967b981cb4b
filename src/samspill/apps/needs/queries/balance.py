"""An owner's three years (balanse, regel B01) as four lamps with words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.content import with_content
from samspill.apps.needs.queries.facts import plan_of
from samspill.apps.needs.queries.standing import requested_of
from samspill.apps.organisations.models import Organisation, Unit
from samspill.regulation.balance import GrantFacts, OwnerBalanceFacts, check_balance
from samspill.regulation.finding import Finding, Severity

TITLES = {
    "kindergarten": gettext_noop("Barnehage"),
    "school": gettext_noop("Skole"),
    "special_needs": gettext_noop("Spesialpedagogikk"),
    "pp": gettext_noop("PP-tjenesten"),
}
#: The day the rule began: a year is judged by what was in force at its start, never before this.
FIRST_DAY = date(2026, 1, 12)


@dataclass(frozen=True)
class Lamp:
    """One area of the balance: colour, icon and word say the same thing."""

    code: str
    title: str
    color: str
    icon: str
    word: str
    text: str
    finding: Finding


def balance_of(owner: Organisation, cycle: Cycle) -> list[Lamp]:
    """The owner's balance up to and including the cycle's year; never stops a report.

    Judged on what is known. While no grant of the window stands in Samspill, a lamp does not
    warn: it says what is reported this year, and that earlier years are not known.
    """
    reports = _running(owner, cycle)
    facts = OwnerBalanceFacts(
        owner_id=str(owner.pk),
        owner_name=owner.name,
        cycle_year=cycle.year,
        **_has(owner),
    )
    on = max(FIRST_DAY, date(cycle.year, 1, 1))
    plan = plan_of(cycle)
    if plan is None:  # nothing to judge by yet
        return []
    findings = check_balance(facts, plan=plan, on=on, scheme=cycle.scheme)
    return [_lamp(each, cycle, reports, known=bool(facts.grants)) for each in findings]


def _running(owner: Organisation, cycle: Cycle) -> list[NeedsReport]:
    """The owner's reports of the year, as lead or as a confirmed owner of a network."""
    mine = NeedsReport.objects.filter(cycle=cycle).exclude(state=NeedsReport.State.WITHDRAWN)
    joined = mine.filter(network__owner=owner, network__confirmed_at__isnull=False)
    wanted = mine.filter(owner=owner).values("pk").union(joined.values("pk"))
    return list(with_content(NeedsReport.objects.filter(pk__in=wanted)).order_by("number"))


def _has(owner: Organisation) -> dict[str, Any]:
    """What the owner has, by the registers: kindergartens, schools, PP service."""
    kinds = set(
        Unit.objects.filter(owner=owner, closed_date=None).values_list("kind", flat=True).distinct()
    )
    municipality = owner.kind == Organisation.Kind.MUNICIPALITY
    return {
        "has_kindergartens": Unit.Kind.KINDERGARTEN in kinds,
        "has_schools": Unit.Kind.SCHOOL in kinds,
        "has_pp_service": municipality,
    }


def _lamp(finding: Finding, cycle: Cycle, reports: Iterable[NeedsReport], *, known: bool) -> Lamp:
    area = str(finding.facts.get("code") or str(finding.facts["missing"]).removeprefix("has_"))
    asked = [each.number for each in reports if _would_cover(each, cycle.year, area)]
    color, icon, word = _look(finding) if known else _look_unknown(finding, asked)
    return Lamp(area, gettext(TITLES[area]), color, icon, word, _text(finding, asked), finding)


def _look(finding: Finding) -> tuple[str, str, str]:
    if finding.met:
        return "success", "CheckmarkCircleFill", _("Ivaretatt")
    if finding.met is None:
        return "neutral", "QuestionmarkDiamond", _("Vet ikke")
    if finding.severity is Severity.INFO:
        return "info", "Circle", _("Ikke ennå")
    return "warning", "ExclamationmarkTriangleFill", _("Ikke ivaretatt")


def _look_unknown(finding: Finding, asked: list[str]) -> tuple[str, str, str]:
    """No grant of the window is known: an owner is not warned about what nobody has recorded."""
    if finding.met:
        return _look(finding)
    if asked:
        return "info", "FileText", _("Meldt i år")
    return "neutral", "QuestionmarkDiamond", _("Ikke meldt i år")


def _text(finding: Finding, asked: list[str]) -> str:
    if finding.met is not False:
        return finding.said(gettext)
    if asked:
        return _("Meldt i år: {numbers}. Regnes med når dere har fått tildeling.").format(
            numbers=", ".join(asked)
        )
    return _("Tildelinger fra tidligere år står ikke i Samspill ennå.")


def _would_cover(report: NeedsReport, year: int, area: str) -> bool:
    asked = GrantFacts(
        year=year,
        amount=requested_of(report, year),
        category=report.category,
        themes=frozenset(report.themes),
        unit_kinds=frozenset([*(str(unit.kind) for unit in report.units.all()), *report.services]),
        pp_answer=report.pp_answer,
    )
    return asked.covers(area)
