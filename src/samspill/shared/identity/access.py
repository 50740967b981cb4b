"""The one place where a role is let in: `door` on every view, `Answer` from every access rule."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samspill.shared.identity import sign_in
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import Role


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, or no with a reason that can be shown (may_… functions return it)."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Raise PermissionDenied (403) with the reason unless allowed."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


YES = Answer(True)


def no(reason: str) -> Answer:
    return Answer(False, reason)


def person_of(actor: Actor) -> int:
    """The id of the person who acts, for «written by». Raises PermissionDenied for nobody."""
    if actor.person_id is None:
        raise PermissionDenied(_("Du må logge inn for å gjøre dette."))
    return actor.person_id


@dataclass(frozen=True, slots=True)
class Door:
    """Which roles a page lets in. `docs/access.md` and the URL × role test are made from these."""

    roles: frozenset[Role]
    public: bool = False
    #: Signed in is enough, no mandate needed (choosing mandate, signing out).
    signed_in: bool = False
    #: What the view answers to, read from its `require_…`; empty: it never said.
    methods: tuple[str, ...] = ()


View = Callable[..., HttpResponse]


def door(*roles: Role, public: bool = False, signed_in: bool = False) -> Callable[[View], View]:
    """Let these roles in; others get 403, people not signed in are sent to sign in.

    Which *objects* a role may see is decided by the room's `queries` (404), what it may *do*
    with them by the room's `access` (403).
    """

    def put(view: View) -> View:
        this = Door(frozenset(roles), public, signed_in, _methods(view))

        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if this.public:
                return view(request, *args, **kwargs)
            if not actor.is_known:
                return sign_in.ask(request, is_page="GET" in this.methods)
            if this.signed_in or actor.has(*this.roles):
                return view(request, *args, **kwargs)
            raise PermissionDenied(_why_not(actor))

        guarded.door = this  # type: ignore[attr-defined]
        return guarded

    return put


def _why_not(actor: Actor) -> str:
    if actor.mandate is None:
        return _("Du har ingen gyldig fullmakt nå. Be den som gir fullmakter hos dere, om en ny.")
    return _("Rollen du bruker nå, har ikke tilgang til denne siden.")


def _methods(view: View | None) -> tuple[str, ...]:
    """The methods a `require_http_methods` below lets through.

    Django keeps its list in the wrapper's closure only; a test fails if that ever changes.
    """
    while view is not None:
        if inspect.isfunction(view):
            inside = inspect.getclosurevars(view).nonlocals
            if "request_method_list" in inside:
                return tuple(inside["request_method_list"])
        view = getattr(view, "__wrapped__", None)
    return ()
