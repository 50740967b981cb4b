"""How a person comes in and goes out, and how what they typed survives a lost session."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from samspill.shared.identity import clock, kept_text, session
from samspill.shared.identity.actor import MandateFacts
from samspill.shared.identity.models import User


def begin(request: HttpRequest, user: User, *, mandate_id: int | None = None) -> None:
    """Start a session for the person.

    A new session with a new key: nothing of the one before follows, so an old one can't be
    planted – except this person's own kept text. The CSRF cookie stays: a form that stands open
    in another tab must not lose its text because the person signed in again in this one.
    """
    kept = request.session.get(session.KEPT)
    request.session.flush()
    now = clock.real_now().isoformat()
    request.session[session.PERSON] = user.pk
    request.session[session.STARTED] = now
    request.session[session.SEEN] = now
    request.session[session.MANDATE] = mandate_id or user.last_mandate_id
    request.session.set_expiry(settings.SESSION_ABSOLUTE_SECONDS)
    if kept_text.survives(kept, user.pk):
        request.session[session.KEPT] = kept


def act_as(request: HttpRequest, mandate: MandateFacts) -> None:
    """From the next request on. The caller has checked that it is the person's own and valid."""
    request.session[session.MANDATE] = mandate.id


def end(request: HttpRequest) -> None:
    """Sign out: the session is gone, and so are forms left open on a shared machine."""
    request.session.flush()
    rotate_token(request)


def ask(request: HttpRequest, *, is_page: bool = True) -> HttpResponse:
    """Send to the sign-in page and back here afterwards, with what was typed kept.

    `is_page` is False when the address only takes posts: then the form's page is where we return.
    """
    if request.method in ("GET", "HEAD"):
        return _to_sign_in(request, request.get_full_path())
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        # A saved field, not the whole form: leave the page and its text alone.
        return HttpResponse(
            _("Du er logget ut. Teksten står her til du sender skjemaet."), status=401
        )
    page = _page_of_form(request, is_page=is_page)
    kept = kept_text.keep(request, page=page)
    return _to_sign_in(request, page, {"vare": "1"} if kept else {"ut": "1"})


def kept(request: HttpRequest) -> QueryDict | None:
    """What this person typed into the form of this page before the session was lost; only once.

    Call it where the form is shown (GET). «Vi tok vare på det dere skrev.»
    """
    return kept_text.take(request, request.actor.person_id)  # type: ignore[attr-defined]


def safe_next(request: HttpRequest, default: str = "") -> str:
    """Where to go afterwards: only ever a path on our own host.

    A word without a slash would be taken for the name of a view.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and is_own(request, wanted):
        return wanted
    return default or resolve_url(settings.LOGIN_REDIRECT_URL)


def is_own(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _page_of_form(request: HttpRequest, *, is_page: bool) -> str:
    """The page the form stood on: what the form says, the address itself, or where it came from."""
    if is_own(request, back := request.POST.get(kept_text.BACK, "")):
        return back
    if is_page:
        return request.get_full_path()
    if is_own(request, came_from := request.headers.get("Referer", "")):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _to_sign_in(
    request: HttpRequest, target: str, more: dict[str, str] | None = None
) -> HttpResponse:
    address = f"{reverse('identity:sign_in')}?{urlencode({'next': target, **(more or {})})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
