"""The security headers every page carries (sikkerhetshoder).

Nothing is allowed unless it comes from ourselves: no inline script, no inline style, no
frame, no outside address. A view that has already set its own policy, as files do
(``sandbox``), keeps it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
    "form-action {form_action}"
)
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def content_security_policy() -> str:
    """The policy as one line.

    Browsers check ``form-action`` also for the redirect after a form, so a sign-in form that
    sends people on to ID-porten needs that address in ``settings.FORM_ACTIONS``.
    """
    others = getattr(settings, "FORM_ACTIONS", ())
    return _POLICY.format(form_action=" ".join(["'self'", *others]))


class StrictHeaders:
    """Put the strict headers on every answer that has not set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
