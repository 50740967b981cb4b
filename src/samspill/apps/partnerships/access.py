"""Who may do what with agreements."""

from django.utils.translation import gettext as _

from samspill.apps.organisations.models import Organisation
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER


def may_add(actor: Actor, owner: Organisation) -> Answer:
    """Register an agreement: those who write for the owner."""
    if actor.has(*OWNER) and actor.organisation_id == owner.pk:
        return YES
    return no(_("Bare de som skriver for eieren, kan legge til en avtale."))
