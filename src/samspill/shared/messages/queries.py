"""Everything that reads messages. The only door to them for pages."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from samspill.shared.audit.trail import NATIONAL
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.messages.access import READS_FOR_ORGANISATION
from samspill.shared.messages.models import Message, Reading

#: Neither sent, failed nor withdrawn.
WAITING = Q(sent_at=None, failed_at=None, withdrawn_at=None)


def notices_for(actor: Actor) -> QuerySet[Message]:
    """The person's own notices and the organisation's, newest first; `is_read` for this person.

    A notice got for a mandate is shown while that mandate is the active one. Seen whether or not
    the mail came through, but not when it was withdrawn.
    """
    if actor.person_id is None:
        return Message.objects.none()
    mandate_id = actor.mandate.id if actor.mandate else None
    mine = Q(person_id=actor.person_id) & (Q(mandate_id=None) | Q(mandate_id=mandate_id))
    if actor.has(*READS_FOR_ORGANISATION):
        mine |= Q(organisation_id=actor.organisation_id)
    read = Reading.objects.filter(message=OuterRef("pk"), person_id=actor.person_id)
    notices = Message.objects.filter(mine, withdrawn_at=None).annotate(is_read=Exists(read))
    return notices.order_by("-queued_at", "-pk")


def notice_for(actor: Actor, pk: int) -> Message:
    """One notice, or 404, also when it exists but is someone else's."""
    notice = notices_for(actor).filter(pk=pk).first()
    if notice is None:
        raise Http404
    return notice


def failed(actor: Actor) -> QuerySet[Message]:
    """Messages that did not come through in all their attempts, oldest first.

    The secretariat sees its own counties', the platform administrator those of no county.
    """
    chains: set[str] = set()
    if actor.has(*SECRETARIAT):
        chains |= actor.counties
    if actor.has(Role.PLATFORM_ADMINISTRATOR):
        chains.add(NATIONAL)
    rows = Message.objects.filter(chain__in=chains).exclude(failed_at=None)
    return rows.select_related("person").order_by("failed_at", "pk")


def failed_for(actor: Actor, pk: int) -> Message:
    """One message that failed, or 404."""
    message = failed(actor).filter(pk=pk).first()
    if message is None:
        raise Http404
    return message


def due(at: datetime) -> QuerySet[Message]:
    """What the worker may take now: waiting, its time has come, and nobody holds it."""
    come = Q(next_try_at=None) | Q(next_try_at__lte=at)
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    return Message.objects.filter(WAITING & come & free)
