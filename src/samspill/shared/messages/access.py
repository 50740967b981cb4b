"""What people may do with messages."""

from django.utils.translation import gettext as _

from samspill.shared.audit.trail import NATIONAL
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER, SECRETARIAT, Role
from samspill.shared.messages.models import Message

#: Those who read what was sent to their organisation; other people there get their own messages.
READS_FOR_ORGANISATION = (*OWNER, *SECRETARIAT, Role.ENVIRONMENT_SIGNER)


def may_try_again(actor: Actor, message: Message) -> Answer:
    """The secretariat of the county; for what belongs to no county, the platform administrator."""
    if message.chain == NATIONAL:
        allowed = actor.has(Role.PLATFORM_ADMINISTRATOR)
    else:
        allowed = actor.has(*SECRETARIAT) and message.chain in actor.counties
    return YES if allowed else no(_("Bare sekretariatet i fylket kan sende meldingen på nytt."))
