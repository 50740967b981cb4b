"""Whose turn it is with a report, since when, and by when (hvem sin tur), in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Milestone
from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.content import content_hash
from samspill.apps.needs.queries.standing import holds, newest_signature, open_return
from samspill.regulation.finding import Finding
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER, Role

State = NeedsReport.State
#: The colour of the state's tag.
COLOURS: dict[str, str] = {
    State.DRAFT: "neutral",
    State.AWAITING_PARTNER: "warning",
    State.READY: "info",
    State.SUBMITTED: "info",
    State.RETURNED: "warning",
    State.COMPLETE: "success",
    State.WITHDRAWN: "neutral",
}
#: What the receipt says comes next.
AFTER_SENDING = (
    Milestone.Kind.FIRST_DRAFT,
    Milestone.Kind.DISCUSSION,
    Milestone.Kind.FINAL_DRAFT,
    Milestone.Kind.GRANT,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn, since when, and the next deadline. `step`: what to do next, in one sentence."""

    words: str
    step: str
    mine: bool
    since: datetime
    due: date | None


def turn_of(actor: Actor, report: NeedsReport, findings: Iterable[Finding]) -> Turn:
    """The turn as this actor reads it. A draft with something missing is always the owner's."""
    missing = sum(1 for each in findings if each.stops and each.audience == "owner")
    leads = actor.has(*OWNER) and actor.organisation_id == report.owner_id
    signs = actor.has(Role.ENVIRONMENT_SIGNER)
    words, step = _words(report, leads, missing)
    waiting_for_partner = report.state == State.AWAITING_PARTNER
    if signs and waiting_for_partner:
        words = _("Deres tur: les og signer")
    mine = (leads and report.state in (State.DRAFT, State.READY, State.RETURNED)) or (
        signs and waiting_for_partner
    )
    return Turn(words, step, mine, report.state_since, deadline_for(report))


def deadline_for(report: NeedsReport) -> date | None:
    """The last day to send: the return's, the extension's, or the year's. None once it is sent."""
    if returned := open_return(report):
        return returned.until
    if report.state not in NeedsReport.UNSENT:
        return None
    extension = getattr(report, "extension", None)
    return extension.until if extension else cycles.deadline_of(report.cycle)


def milestones_ahead(report: NeedsReport, at: datetime) -> list[Milestone]:
    """What happens in the year after a report is sent, nearest first."""
    later = [one for one in cycles.milestones_of(report.cycle) if one.kind in AFTER_SENDING]
    return cycles.next_deadlines(later, at, most=len(AFTER_SENDING))


def unsigned(report: NeedsReport) -> list[str]:
    """Partners whose signature is still to come, by name."""
    now = content_hash(report)
    rows = report.partners.all()
    return [row.environment.name for row in rows if not holds(newest_signature(row), now)]


def _words(report: NeedsReport, leads: bool, missing: int) -> tuple[str, str]:
    state = report.state
    if state == State.DRAFT:
        return _draft(report, leads, missing)
    if state == State.AWAITING_PARTNER:
        who = ", ".join(unsigned(report)) or _("Partneren")
        return _("{name} sin tur").format(name=who), _("Partneren leser meldingen og signerer.")
    if state == State.READY:
        step = _("Alle partnerne har signert. Se over meldingen og send den.")
        return _theirs(report, leads, _("se over og send")), step
    if state == State.RETURNED:
        step = _("Rett feltene som har merknad, og send på nytt.")
        return _theirs(report, leads, _("svar på merknadene")), step
    if state == State.WITHDRAWN:
        return _("Ingen venter"), _("Meldingen er trukket.")
    words = _("{name} sin tur").format(name=report.cycle.authority.name)
    return words, _("Meldingen blir lest og vurdert. Dere får beskjed hvis noe mangler.")


def _draft(report: NeedsReport, leads: bool, missing: int) -> tuple[str, str]:
    if missing:
        what = ngettext("én ting mangler", "{count} ting mangler", missing).format(count=missing)
        return _theirs(report, leads, what), _("Fyll ut det som mangler.")
    step = _("Be partneren om å lese og signere.")
    return _theirs(report, leads, _("be partneren signere")), step


def _theirs(report: NeedsReport, leads: bool, what: str) -> str:
    if leads:
        return _("Deres tur: {what}").format(what=what)
    return _("{name} sin tur").format(name=report.owner.name)
