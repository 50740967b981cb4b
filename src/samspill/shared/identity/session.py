"""What a session holds (økten). Only this package reads it; everyone else reads `request.actor`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

PERSON = "person"
MANDATE = "mandate"
STARTED = "started"
SEEN = "seen"
KEPT = "kept"
ASKED = "oidc"

#: Seconds an anonymous session lives: long enough to sign in and get one's text back.
ANONYMOUS_SECONDS = 60 * 60
#: Seconds between two writes of «last seen»: not a write per request.
SEEN_EVERY = 60


def is_over(request: HttpRequest, now: datetime) -> bool:
    """Idle too long, or signed in too long ago (real time). Notes that the person was seen."""
    session = request.session
    try:
        started = datetime.fromisoformat(session[STARTED])
        seen = datetime.fromisoformat(session[SEEN])
    except (KeyError, ValueError):
        return True
    if now - started > timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS):
        return True
    if now - seen > timedelta(seconds=settings.SESSION_IDLE_SECONDS):
        return True
    if now - seen > timedelta(seconds=SEEN_EVERY):
        session[SEEN] = now.isoformat()
    return False


def anonymous(request: HttpRequest) -> None:
    """Something is about to be kept for nobody in particular: let it go after an hour."""
    if PERSON not in request.session:
        request.session.set_expiry(ANONYMOUS_SECONDS)
