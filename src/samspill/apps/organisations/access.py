"""Who may do what with organisations. Each answer says why not."""

from django.utils.translation import gettext as _

from samspill.apps.organisations.models import Organisation
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import SYSTEM, Actor
from samspill.shared.identity.roles import SECRETARIAT, Role


def may_load_registers(actor: Actor) -> Answer:
    """The operator at the machine itself, and the platform administrator."""
    if actor is SYSTEM or actor.has(Role.PLATFORM_ADMINISTRATOR):
        return YES
    return no(_("Bare plattformansvarlig kan laste inn registre."))


def may_give_mandates(actor: Actor) -> Answer:
    if actor is SYSTEM or actor.has(Role.PLATFORM_ADMINISTRATOR):
        return YES
    return no(_("Bare plattformansvarlig kan gi og avslutte fullmakter."))


def may_confirm(actor: Actor, owner: Organisation) -> Answer:
    """A case worker in the county, who is not and has never been at the owner herself."""
    if not actor.has(*SECRETARIAT):
        return no(_("Bare saksbehandlere hos statsforvalteren kan bekrefte en mottaker."))
    if owner.county_id not in actor.counties and not _reached_by_place(actor, owner):
        return no(_("Mottakeren hører til et annet fylke."))
    if actor.ever_at(owner.pk):
        return no(_("Du har eller har hatt en fullmakt hos mottakeren. En annen må bekrefte den."))
    if owner.is_confirmed:
        return no(_("Mottakeren er allerede bekreftet."))
    return YES


def _reached_by_place(actor: Actor, owner: Organisation) -> bool:
    """An environment may sit in one county and have study places in others."""
    if not owner.is_environment:
        return False
    return owner.study_places.filter(municipality__county__in=actor.counties).exists()


def may_enter_account(actor: Actor, organisation: Organisation) -> Answer:
    """Only the organisation's own signer; nobody types in an account number for others."""
    if not actor.has(Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER):
        return no(_("Bare den som signerer for mottakeren, kan legge inn kontonummer."))
    if actor.organisation_id != organisation.pk:
        return no(_("Du kan bare legge inn kontonummer for din egen organisasjon."))
    return YES
