"""Who is asking, and when: sets `request.actor` and `request.at` on every request."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string

from samspill.shared.identity import clock, queries, session
from samspill.shared.identity.actor import NOBODY, Actor, MandateFacts


class ActorMiddleware:
    """Everything after this reads `request.actor`; nobody reads the session for rights."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.mandates_of: Callable[[int], tuple[MandateFacts, ...]] = import_string(
            settings.MANDATES
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        person_id = request.session.get(session.PERSON)
        if person_id is None:
            return NOBODY
        user = None
        if not session.is_over(request, clock.real_now()):
            user = queries.person(person_id)
        if user is None:
            request.session.flush()
            return NOBODY
        mandates = self.mandates_of(user.pk)
        today = timezone.localdate(request.at)  # type: ignore[attr-defined]
        chosen = request.session.get(session.MANDATE)
        return Actor(user.pk, user.name, _active(mandates, chosen, today), mandates)


def _active(
    mandates: tuple[MandateFacts, ...], chosen: int | None, today: date
) -> MandateFacts | None:
    """The mandate chosen in this session while it is valid, else the first valid one."""
    valid = [m for m in mandates if m.valid_on(today)]
    return next((m for m in valid if m.id == chosen), valid[0] if valid else None)
