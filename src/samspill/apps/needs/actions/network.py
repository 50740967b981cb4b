"""A network's owners (nettverkseiere): the lead invites, each says yes for itself."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.apps.needs import access
from samspill.apps.needs.actions import telling
from samspill.apps.needs.actions.changing import changing, locked
from samspill.apps.needs.actions.saved import Refused
from samspill.apps.needs.models import NeedsReport, NetworkOwner
from samspill.apps.organisations.models import Organisation
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import Actor


def invite_network_owner(
    *, report: NeedsReport, owner: Organisation, by: Actor, at: datetime
) -> NetworkOwner:
    """Invite an owner to the report (inviter eier). It counts when its own signer has confirmed.

    Inviting twice is once. Raises Refused for one that is no owner of the scheme.
    """
    if not access.reports_in(owner, report.cycle, at):
        raise Refused(_("Bare eiere som kan melde behov, kan bli med."), field="owners")
    if owner.pk == report.owner_id:
        raise Refused(_("Dere er allerede med: det er dere som leder tiltaket."), field="owners")
    with changing(report, by=by, at=at, chained=True) as change:
        if reason := change.may_touch("owners"):
            raise Refused(reason, field="owners")
        row, new = NetworkOwner.objects.get_or_create(report=change.report, owner=owner)
        if new:
            change.touched("owners")
            telling.network_invited(row, change.open_trail)
    return row


def confirm_network(*, network_owner: NetworkOwner, by: Actor, at: datetime) -> NetworkOwner:
    """Say yes to be part of the report (bekreft deltakelse). Raises PermissionDenied."""
    report = network_owner.report
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        locked(report.pk)
        row = NetworkOwner.objects.select_related("report__cycle").get(pk=network_owner.pk)
        access.may_confirm_network(by, row).or_refuse()
        if row.confirmed_at is None:
            row.confirmed_by_id, row.confirmed_at = by.person_id, at
            row.save(update_fields=["confirmed_by", "confirmed_at"])
            trail.line(row.report, "needs.network_confirmed", owner=row.owner_id)
    return row


def remove_network_owner(*, network_owner: NetworkOwner, by: Actor, at: datetime) -> None:
    """Take an owner out of the report (fjern eier); its budget lines must be taken out first."""
    with changing(network_owner.report, by=by, at=at) as change:
        if reason := change.may_touch("owners"):
            raise Refused(reason, field="owners")
        refuse_if_paid(change.report, network_owner.owner_id)
        gone, _rows = NetworkOwner.objects.filter(pk=network_owner.pk).delete()
        if gone:
            change.touched("owners")


def refuse_if_paid(report: NeedsReport, organisation_id: int) -> None:
    """A party that a budget line names cannot leave without the line."""
    for line in report.budget.all():
        if organisation_id in (line.receiver_id, line.payee_id):
            raise Refused(_("Fjern eller endre budsjettlinjene som nevner dem først."))
