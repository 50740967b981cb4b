"""One status line per report (statuslinjen), computed from all rooms, stored in none."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.apps.allocation import queries as allocation
from samspill.apps.cycle.models import Milestone
from samspill.apps.needs import queries as needs
from samspill.apps.needs.models import NeedsReport
from samspill.shared.design.sheets import Cell
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER

State = NeedsReport.State
Kind = Milestone.Kind

#: code → (words, colour of the tag, whose turn, which milestone is next)
LINES: dict[str, tuple[Promise, str, str, Kind | None]] = {
    State.DRAFT: (_("Utkast"), "neutral", "owner", Kind.NEEDS_DEADLINE),
    State.AWAITING_PARTNER: (_("Venter på partner"), "warning", "partner", Kind.NEEDS_DEADLINE),
    State.READY: (_("Klar til å sendes"), "info", "owner", Kind.NEEDS_DEADLINE),
    State.SUBMITTED: (_("Sendt inn"), "info", "authority", Kind.FIRST_DRAFT),
    State.RETURNED: (_("Sendt tilbake"), "warning", "owner", None),
    State.COMPLETE: (_("Komplett"), "info", "authority", Kind.FIRST_DRAFT),
    "assessed": (_("Vurdert"), "info", "authority", Kind.FIRST_DRAFT),
    State.WITHDRAWN: (_("Trukket"), "neutral", "nobody", None),
}
FILTERS = {
    "": _("Alle"),
    "mine": _("Deres tur"),
    "others": _("Andres tur"),
    "ended": _("Avsluttet"),
}


@dataclass(frozen=True, slots=True)
class StatusLine:
    """State in words, whose turn it is and since when, and the next deadline."""

    code: str
    words: str
    colour: str
    turn: str
    mine: bool
    since: datetime
    due: date | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its one status line."""

    report: NeedsReport
    status: StatusLine


def reports_of(actor: Actor, at: datetime) -> list[ReportRow]:
    """The reports the actor's organisation owns or joins, those that wait for it first."""
    reports = list(
        needs.visible_reports(actor)
        .select_related("cycle__authority", "owner", "assessment")
        .prefetch_related("returns")
    )
    dates = _milestones({report.cycle_id for report in reports})
    rows = [ReportRow(report, status_of(report, actor, dates)) for report in reports]
    return sorted(
        rows, key=lambda r: (not r.status.mine, r.status.code == "withdrawn", -r.report.pk)
    )


def filtered(rows: list[ReportRow], which: str) -> list[ReportRow]:
    """Rows of one filter: `mine`, `others`, `ended`, or all."""
    return [row for row in rows if which not in FILTERS or which in ("", _filter_of(row.status))]


def _filter_of(status: "StatusLine") -> str:
    """Each row stands behind exactly one filter besides «Alle»."""
    if status.mine:
        return "mine"
    return "ended" if status.code == State.WITHDRAWN else "others"


def status_of(report: NeedsReport, actor: Actor, dates: dict[tuple[int, str], date]) -> StatusLine:
    """The line for one report as this actor reads it."""
    code = _code(report)
    words, colour, whose, milestone = LINES[code]
    mine = _is_turn_of(actor, whose)
    due = dates.get((report.cycle_id, milestone)) if milestone else None
    if code == State.RETURNED:
        returned = needs.open_return(report)
        due = returned.until if returned else None
    return StatusLine(
        code, str(words), colour, _turn_words(report, whose, mine), mine, report.state_since, due
    )


def _code(report: NeedsReport) -> str:
    assessment = getattr(report, "assessment", None)
    if assessment and allocation.holds(assessment):
        return "assessed"
    return report.state


def _is_turn_of(actor: Actor, whose: str) -> bool:
    return whose == "owner" and actor.has(*OWNER)


def _turn_words(report: NeedsReport, whose: str, mine: bool) -> str:
    if mine:
        return str(_("Deres tur"))
    words = {
        "owner": _("{name} sin tur").format(name=report.owner.name),
        "partner": _("Partnerens tur: skal signere"),
        "authority": _("{name} sin tur").format(name=report.cycle.authority.name),
        "nobody": _("Ingen venter"),
    }
    return str(words[whose])


def _milestones(cycle_ids: set[int]) -> dict[tuple[int, str], date]:
    found = Milestone.objects.filter(cycle__in=cycle_ids)
    return {(m.cycle_id, m.kind): m.ends or m.starts for m in found}


def report_table(rows: list[ReportRow]) -> list[list[Cell]]:
    """The list as a table for a spreadsheet, first row the heads."""
    heads: list[Cell] = [
        str(h)
        for h in (_("Nummer"), _("Tiltak"), _("Kategori"), _("Status"), _("Siden"), _("Frist"))
    ]
    return [heads] + [
        [
            row.report.number,
            row.report.title,
            row.report.get_category_display(),
            row.status.words,
            timezone.localdate(row.status.since),
            row.status.due,
        ]
        for row in rows
    ]
