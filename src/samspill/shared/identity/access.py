"""The one place where a role is let in: `door` on every view, `Answer` from every access rule."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from samspill.shared.identity import sign_in
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


@dataclass(frozen=True, slots=True)
class Door:
    """Which roles a page lets in. `docs/access.md` and the URL × role test are made from these."""

    roles: frozenset[Role]
    public: bool = False
    #: Signed in is enough, no mandate needed (choosing mandate, signing out).
    signed_in: bool = False


View = Callable[..., HttpResponse]


def door(*roles: Role, public: bool = False, signed_in: bool = False) -> Callable[[View], View]:
    """Let these roles in; others get 403, people not signed in are sent to sign in.

    Which *objects* a role may see is decided by the room's `queries` (404), what it may *do*
    with them by the room's `access` (403).
    """
    this = Door(frozenset(roles), public, signed_in)

    def put(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            if this.public:
                return view(request, *args, **kwargs)
            if not actor.is_known:
                return sign_in.ask(request)
            if this.signed_in or actor.has(*this.roles):
                return view(request, *args, **kwargs)
            raise PermissionDenied("Rollen du bruker nå, har ikke tilgang til denne siden.")

        guarded.door = this  # type: ignore[attr-defined]
        return guarded

    return put
