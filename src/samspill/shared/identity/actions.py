"""Everything that changes people."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from samspill.shared.audit import trail as audit
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import SYSTEM, Actor, MandateFacts
from samspill.shared.identity.models import ExternalIdentity, FailedSignIn, User
from samspill.shared.identity.roles import Role

#: People belong to no county; what happens to them is written here.
CHAIN = "national"


def may_change_people(by: Actor) -> Answer:
    """Only the platform administrator, and the operator at the machine itself."""
    if by is SYSTEM or by.has(Role.PLATFORM_ADMINISTRATOR):
        return YES
    return no(_("Bare plattformansvarlig kan endre personer."))


def may_pseudonymise(by: Actor, user: User, at: datetime) -> Answer:
    """Not while the person still may act for someone: those mandates are ended first, by name."""
    if not (answer := may_change_people(by)):
        return answer
    if user.pseudonymised_at is not None:
        return no(_("Personen er allerede slettet."))
    mandates_of: Callable[[int], tuple[MandateFacts, ...]] = import_string(settings.MANDATES)
    today = timezone.localdate(at)
    if any(
        mandate.valid_until is None or mandate.valid_until >= today
        for mandate in mandates_of(user.pk)
    ):
        return no(_("Personen har fullmakter som gjelder. Avslutt dem først."))
    return YES


def pseudonymise(*, user: User, by: Actor, at: datetime) -> User:
    """Erase a person (pseudonymisering): name, mail and sign-in go, decisions and mandates stay.

    The number stays, so that four eyes and conflicts of interest can still be checked. There is
    no way back. Sessions die with the next request, since the person is no longer found.
    """
    may_pseudonymise(by, user, at).or_refuse()
    with audit.writing(CHAIN, by=by, at=at) as trail:
        person = User.objects.select_for_update().get(pk=user.pk)
        person.name = _("Slettet person")
        person.email = ""
        person.handle = f"-{person.pk}"
        person.last_mandate_id = None
        person.pseudonymised_at = at
        person.save()
        ExternalIdentity.objects.filter(user=person).delete()
        trail.line(person, "identity.pseudonymised")
    return person


def connect_identity(
    *, user: User, issuer: str, subject: str, by: Actor, at: datetime
) -> ExternalIdentity:
    """Say that the provider's subject is this person. Gives no rights: mandates do."""
    may_change_people(by).or_refuse()
    with audit.writing(CHAIN, by=by, at=at) as trail:
        identity = ExternalIdentity(user=user, issuer=issuer, subject=subject)
        identity.full_clean()
        identity.save()
        trail.line(user, "identity.connected", identity=identity.pk)
    return identity


def remember_mandate(*, person_id: int, mandate_id: int) -> None:
    """The next session begins in this role. A preference, no right: no line in the trail."""
    User.objects.filter(pk=person_id).update(last_mandate_id=mandate_id)


def note_failure(*, network: str, at: datetime) -> None:
    """Count a failed sign-in against its network; what is older than an hour is forgotten."""
    FailedSignIn.objects.filter(at__lt=at - timedelta(hours=1)).delete()
    FailedSignIn.objects.create(network=network, at=at)
