"""Everything that reads competence plans and needs. Each owner sees its own."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from samspill.apps.competence.models import CompetencePlan, Need
from samspill.apps.organisations.models import Organisation
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER


def owner_of(actor: Actor) -> Organisation:
    """The owner the actor writes for, or 404."""
    if not actor.has(*OWNER):
        raise Http404
    return get_object_or_404(Organisation, pk=actor.organisation_id)


def needs_of(actor: Actor) -> list[Need]:
    """The owner's open needs (kompetansebehov), newest first."""
    rows = Need.objects.filter(owner=owner_of(actor), closed_date=None)
    return list(rows.order_by("-added_at", "-pk"))


def plans_of(actor: Actor) -> list[CompetencePlan]:
    """The owner's plan documents (kompetanseplaner), the latest years first."""
    rows = CompetencePlan.objects.filter(owner=owner_of(actor)).select_related("file")
    return list(rows.order_by("-last_year", "-pk"))


def plan_for(actor: Actor, pk: int) -> CompetencePlan:
    """One of the owner's own plans, or 404."""
    rows = CompetencePlan.objects.filter(owner=owner_of(actor)).select_related("file")
    return get_object_or_404(rows, pk=pk)
