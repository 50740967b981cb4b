"""How a person comes in and goes out, and how what they typed survives a lost session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from samspill.shared.identity.middleware import (
    SESSION_MANDATE,
    SESSION_PERSON,
    SESSION_SEEN,
    SESSION_STARTED,
)
from samspill.shared.identity.models import User


def begin(request: HttpRequest, user: User, *, mandate_id: int | None = None) -> None:
    """Start a session for the person; a new session key, so an old one can't be planted."""
    request.session.cycle_key()
    now = timezone.now().isoformat()
    request.session[SESSION_PERSON] = user.pk
    request.session[SESSION_STARTED] = now
    request.session[SESSION_SEEN] = now
    if mandate_id is not None:
        request.session[SESSION_MANDATE] = mandate_id


def ask(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back here afterwards."""
    target = request.get_full_path()
    return redirect(f"{reverse('identity:sign_in')}?{urlencode({'next': target})}")
