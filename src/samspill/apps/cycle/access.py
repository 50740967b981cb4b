"""Who may do what with the year and its announcement."""

from django.utils.translation import gettext as _

from samspill.apps.cycle.models import Announcement, Cycle
from samspill.apps.organisations.models import County, Organisation
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import SYSTEM, Actor
from samspill.shared.identity.roles import SECRETARIAT, Role

State = Announcement.State


def may_set_up(actor: Actor, authority: Organisation, county: County) -> Answer:
    """The authority's own case workers and approvers, in counties they serve; the operator too."""
    if actor is SYSTEM:
        return YES
    return _works_for(actor, authority.pk, authority.name, county.pk)


def may_change_year(actor: Actor, cycle: Cycle) -> Answer:
    """Dates, frame and announcement: only those who work at the cycle's authority."""
    return may_set_up(actor, cycle.authority, cycle.county)


def may_prepare(actor: Actor, cycle: Cycle, announcement: Announcement | None) -> Answer:
    """Write the texts: until they are sent for approval. A person, never the system."""
    if not (answer := _person_at(actor, cycle)):
        return answer
    if announcement is not None and announcement.state != State.DRAFT:
        return no(
            _("Kunngjøringen er kunngjort og kan ikke endres.")
            if announcement.state == State.PUBLISHED
            else _("Kunngjøringen venter på godkjenning. Send den tilbake før dere endrer den.")
        )
    return YES


def may_send(actor: Actor, cycle: Cycle, announcement: Announcement, *, facts_hash: str) -> Answer:
    """Send for approval: the texts were saved after dates, frame and plan last changed."""
    if not (answer := may_prepare(actor, cycle, announcement)):
        return answer
    if not cycle.plan_label:
        return no(
            _("Kunngjøringen må si hvilken plan som gjelder. Ta en vedtatt plan i bruk først.")
        )
    return _texts_are_true(announcement, facts_hash)


def may_approve(
    actor: Actor, cycle: Cycle, announcement: Announcement, *, facts_hash: str
) -> Answer:
    """Approve and publish: another person than any who prepared it, whatever mandate is active."""
    if not (answer := _person_at(actor, cycle)):
        return answer
    if not actor.has(Role.APPROVER):
        return no(_("Bare den som har fullmakt som godkjenner, kan godkjenne kunngjøringen."))
    if actor.person_id in announcement.writer_ids:
        return no(
            _(
                "Du har selv forberedt kunngjøringen. En annen person må godkjenne den, "
                "også om du har flere fullmakter."
            )
        )
    if announcement.state != State.AWAITING_APPROVAL:
        return no(_("Kunngjøringen venter ikke på godkjenning."))
    return _texts_are_true(announcement, facts_hash)


def may_return(actor: Actor, cycle: Cycle, announcement: Announcement) -> Answer:
    """Send back to draft: anyone at the authority, the preparer too (to mend something)."""
    if not (answer := _person_at(actor, cycle)):
        return answer
    if announcement.state != State.AWAITING_APPROVAL:
        return no(_("Kunngjøringen venter ikke på godkjenning."))
    return YES


def _texts_are_true(announcement: Announcement, facts_hash: str) -> Answer:
    if announcement.facts_hash != facts_hash:
        return no(
            _(
                "Rammen, datoene eller planen er endret etter at teksten ble skrevet. "
                "Gå gjennom teksten og lagre den på nytt."
            )
        )
    return YES


def _person_at(actor: Actor, cycle: Cycle) -> Answer:
    if actor.person_id is None:
        return no(_("Dette må en person gjøre."))
    return _works_for(actor, cycle.authority_id, cycle.authority.name, cycle.county_id)


def _works_for(actor: Actor, authority_id: int, name: str, county_id: str) -> Answer:
    if not actor.has(*SECRETARIAT):
        return no(_("Bare saksbehandlere og godkjennere kan gjøre dette."))
    if actor.organisation_id != authority_id or county_id not in actor.counties:
        return no(_("Bare {name} kan gjøre dette.").format(name=name))
    return YES
