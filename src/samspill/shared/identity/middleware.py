"""Who is asking, and when: sets `request.actor` and `request.at` on every request."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string

from samspill.shared.identity import clock
from samspill.shared.identity.actor import NOBODY, Actor, MandateFacts
from samspill.shared.identity.models import User

SESSION_PERSON = "person"
SESSION_MANDATE = "mandate"
SESSION_STARTED = "started"
SESSION_SEEN = "seen"


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
        person_id = request.session.get(SESSION_PERSON)
        if person_id is None:
            return NOBODY
        if _expired(request, timezone.now()):
            request.session.flush()
            return NOBODY
        user = User.objects.filter(pk=person_id, pseudonymised_at=None).first()
        if user is None:
            request.session.flush()
            return NOBODY
        mandates = self.mandates_of(user.pk)
        today = timezone.localdate(request.at)  # type: ignore[attr-defined]
        valid = [m for m in mandates if m.valid_on(today)]
        chosen = request.session.get(SESSION_MANDATE)
        active = next((m for m in valid if m.id == chosen), valid[0] if valid else None)
        return Actor(user.pk, user.name, active, mandates)


def _expired(request: HttpRequest, now: datetime) -> bool:
    """Idle too long, or signed in too long ago. Real time, also when the demo's clock stands."""
    session = request.session
    started = datetime.fromisoformat(session[SESSION_STARTED])
    seen = datetime.fromisoformat(session[SESSION_SEEN])
    if now - started > timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS):
        return True
    if now - seen > timedelta(seconds=settings.SESSION_IDLE_SECONDS):
        return True
    if now - seen > timedelta(seconds=60):  # not a write per request
        session[SESSION_SEEN] = now.isoformat()
    return False
