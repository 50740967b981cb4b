"""What stands around every page: menu, mandates, county. Wires rooms, decides no rights."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.apps.home import queries as home
from samspill.shared.identity.actor import NOBODY, Actor
from samspill.shared.identity.roles import EVERYONE, OWNER, SECRETARIAT, Role

#: (words, url name, roles), in the order of the menu.
MENU: tuple[tuple[Any, str, tuple[Role, ...]], ...] = (
    (_("Min side"), "home:my_page", EVERYONE),
    (_("Behovsmeldinger"), "overview:reports", OWNER),
    (_("Kompetanseplan"), "competence:overview", OWNER),
    (_("Medsignering"), "needs:partner_list", (Role.ENVIRONMENT_SIGNER,)),
    (_("Kontonummer"), "organisations:account", (Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER)),
    (_("Meldinger"), "allocation:queue", (*SECRETARIAT, Role.AUDITOR)),
    (_("Forslag"), "allocation:scenarios", (*SECRETARIAT, Role.AUDITOR)),
    (_("Årshjul"), "cycle:board", (*SECRETARIAT, Role.AUDITOR)),
    (_("Oppgaver"), "records:tasks", SECRETARIAT),
    (_("Journal"), "records:journal", (*SECRETARIAT, Role.AUDITOR)),
)
#: Open for all: in the menu of those who are not signed in, at the foot of every page.
OPEN = (
    (_("Kalender"), "cycle:calendar"),
    (_("Langsiktig plan"), "plan:plan"),
    (_("Regler"), "home:rules"),
)
ABOUT = (
    (_("Tilgjengelighet"), "home:accessibility"),
    (_("Si fra om noe som ikke virker"), "home:feedback"),
    (_("Personvern"), "home:privacy"),
    (_("Kilder"), "organisations:sources"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the menu, the actor, the county and whether this is the demo."""
    # A request for a host that is not ours is turned away before it has an actor or a session.
    actor: Actor = getattr(request, "actor", NOBODY)
    session: Mapping[str, Any] = getattr(request, "session", {})
    county = home.shown_county(actor, chosen=session.get(home.SESSION_COUNTY))
    return {
        "actor": actor,
        "demo": settings.DEMO,
        "home_url": reverse("home:front"),
        "county": {"name": county.name, "url": reverse("home:choose_county")} if county else None,
        "navigation": _menu(actor, request.path),
        "mandates": _mandates(actor, request),
        "mandate_url": reverse("identity:choose_mandate"),
        "actor_label": _label(actor),
        "sign_in_url": reverse("identity:sign_in"),
        "sign_out_url": reverse("identity:sign_out"),
        "footer_links": [{"url": reverse(name), "label": words} for words, name in OPEN + ABOUT],
    }


def _menu(actor: Actor, here: str) -> list[dict[str, Any]]:
    if actor.is_known:
        shown = [(words, reverse(name)) for words, name, roles in MENU if actor.has(*roles)]
    else:
        shown = [(words, reverse(name)) for words, name in OPEN]
    current = max((url for _, url in shown if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == current} for label, url in shown]


def _mandates(actor: Actor, request: HttpRequest) -> list[dict[str, Any]]:
    today = timezone.localdate(request.at) if actor.mandates else None  # type: ignore[attr-defined]
    return [
        {
            "value": m.id,
            "label": f"{m.organisation_name} – {m.role.label.lower()}",
            "current": actor.mandate is not None and m.id == actor.mandate.id,
        }
        for m in actor.mandates
        if today and m.valid_on(today)
    ]


def _label(actor: Actor) -> str:
    if not actor.is_known:
        return ""
    if actor.mandate is None:
        return actor.name
    return f"{actor.mandate.organisation_name} – {actor.mandate.role.label.lower()}"
