"""Everything that reads partnership agreements. Both parties see theirs."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import Organisation
from samspill.apps.partnerships.models import Agreement
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER, Role


def owner_of(actor: Actor) -> Organisation:
    """The owner the actor writes for, or 404."""
    if not actor.has(*OWNER):
        raise Http404
    return get_object_or_404(Organisation, pk=actor.organisation_id)


def agreements_of(actor: Actor) -> list[Agreement]:
    """The agreements of the actor's owner or competence environment, newest first."""
    rows = Agreement.objects.select_related("owner", "environment")
    if actor.has(*OWNER):
        rows = rows.filter(owner=actor.organisation_id)
    elif actor.has(Role.ENVIRONMENT_SIGNER):
        rows = rows.filter(environment=actor.organisation_id)
    else:
        rows = rows.none()
    return list(rows.order_by("-valid_from", "-pk"))


def agreement_between(owner_id: int, environment_id: int, day: date) -> Agreement | None:
    """The agreement in force on the day (avtale som gjelder), or None."""
    rows = Agreement.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        owner=owner_id,
        environment=environment_id,
        valid_from__lte=day,
    )
    return rows.order_by("-valid_from", "-pk").first()


def environments() -> QuerySet[Organisation]:
    """Competence environments an agreement can be made with, by name."""
    return organisations.environments("").order_by("name", "pk")
