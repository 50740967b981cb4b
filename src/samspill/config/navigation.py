"""What stands in the menu for whom: wires rooms to the base template, decides no rights."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.shared.identity.actor import NOBODY, Actor
from samspill.shared.identity.roles import EVERYONE, OWNER, SECRETARIAT, Role

#: (words, url name, roles; an empty tuple is everyone, also not signed in)
MENU: tuple[tuple[Any, str, tuple[Role, ...]], ...] = (
    (_("Min side"), "home:my_page", EVERYONE),
    (_("Behovsmeldinger"), "needs:list", OWNER),
    (_("Medsignering"), "needs:partner_list", (Role.ENVIRONMENT_SIGNER,)),
    (_("Meldinger"), "allocation:queue", SECRETARIAT),
    (_("Forslag"), "allocation:scenarios", SECRETARIAT),
    (_("Årshjul"), "cycle:board", SECRETARIAT),
    (_("Kalender"), "cycle:calendar", ()),
    (_("Langsiktig plan"), "plan:plan", ()),
    (_("Regler"), "home:rules", ()),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the menu, the actor and whether this is the demo."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return {"actor": actor, "demo": settings.DEMO, "navigation": _menu(actor, request.path)}


def _menu(actor: Actor, here: str) -> list[dict[str, Any]]:
    shown = [(label, reverse(name)) for label, name, roles in MENU if _sees(actor, roles)]
    current = max((url for _, url in shown if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == current} for label, url in shown]


def _sees(actor: Actor, roles: tuple[Role, ...]) -> bool:
    return not roles or actor.has(*roles)
