"""What waits in this room (det som venter), for owners, competence environments and the office."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.apps.needs.models import NeedsReport, NetworkOwner
from samspill.apps.needs.queries.doors import partnerships_of, reports_of_owner, visible_reports
from samspill.apps.needs.queries.facts import deadline_of
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER, SECRETARIAT, Role
from samspill.shared.waiting import Waiting

State = NeedsReport.State


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """Everything in this room that waits for the actor, or that it waits for."""
    if actor.has(*OWNER):
        return [*_invitations(actor), *_own(actor)]
    if actor.has(Role.ENVIRONMENT_SIGNER):
        return _to_sign(actor)
    if actor.has(*SECRETARIAT):
        return _to_check(actor)
    return []


def return_deadline(report: NeedsReport) -> date | None:
    """The last day to send a returned report again, or None when nothing is returned."""
    if report.state != State.RETURNED:
        return None
    newest = max(report.returns.all(), key=lambda row: row.pk, default=None)
    return newest.until if newest else None


def _own(actor: Actor) -> list[Waiting]:
    reasons = {
        State.DRAFT: (_("Utkastet er ikke sendt."), True),
        State.AWAITING_PARTNER: (_("Partneren skal lese og bekrefte."), False),
        State.READY: (_("Alle partnerne har bekreftet. Meldingen kan sendes."), True),
        State.RETURNED: (_("Sekretariatet har bedt om mer."), True),
    }
    reports = reports_of_owner(actor).filter(owner=actor.organisation_id, state__in=reasons)
    found, deadlines = [], {}
    for report in reports.prefetch_related("cycle__milestones"):
        if report.cycle_id not in deadlines:
            deadlines[report.cycle_id] = deadline_of(report.cycle)
        reason, mine = reasons[State(report.state)]
        due = return_deadline(report) or deadlines[report.cycle_id]
        found.append(_waiting(report, reason, due, mine=mine))
    return found


def _waiting(report: NeedsReport, reason: str, due: date | None, *, mine: bool) -> Waiting:
    title = f"{report.number} {report.title or _('Uten navn')}"
    url = reverse("needs:report", args=[report.pk])
    return Waiting(title, reason, url, report.state_since, due, mine)


def _invitations(actor: Actor) -> list[Waiting]:
    rows = NetworkOwner.objects.filter(
        owner=actor.organisation_id,
        confirmed_at=None,
        report__state__in=(*NeedsReport.UNSENT, State.RETURNED),
    ).select_related("report__owner", "report__cycle")
    return [
        Waiting(
            _("Bli med i «{title}»").format(title=row.report.title or row.report.number),
            _("{name} har invitert dere.").format(name=row.report.owner.name),
            reverse("needs:report", args=[row.report_id]),
            None,
            deadline_of(row.report.cycle),
            actor.has(Role.OWNER_SIGNER),
        )
        for row in rows.order_by("pk")
    ]


def _to_sign(actor: Actor) -> list[Waiting]:
    found = []
    for row in partnerships_of(actor):
        report = row.report
        signed = any(each.voided_at is None for each in row.signatures.all())
        if signed or report.state not in (State.AWAITING_PARTNER, State.RETURNED):
            continue
        found.append(
            Waiting(
                _("Les og bekreft «{title}»").format(title=report.title or report.number),
                _("{name} ber dere bekrefte behovsmeldingen.").format(name=report.owner.name),
                reverse("needs:partner_report", args=[row.pk]),
                row.asked_at,
                deadline_of(report.cycle),
            )
        )
    return found


def _to_check(actor: Actor) -> list[Waiting]:
    """One line for all, not one for each: the queue shows them."""
    rows = visible_reports(actor).filter(state=State.SUBMITTED)
    since = list(rows.order_by("state_since").values_list("state_since", flat=True))
    if not since:
        return []
    title = ngettext(
        "{count} behovsmelding skal kontrolleres",
        "{count} behovsmeldinger skal kontrolleres",
        len(since),
    ).format(count=len(since))
    url = reverse("allocation:queue")
    return [Waiting(title, _("Se om de er komplette."), url, since[0], None)]
