"""Signing in and out, choosing mandate and language."""

import logging

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samspill.shared.identity import (
    actions,
    clock,
    networks,
    oidc,
    personas,
    providers,
    queries,
    sign_in,
)
from samspill.shared.identity.access import door

log = logging.getLogger("samspill.identity")
A_YEAR = 365 * 24 * 60 * 60


@door(public=True)
@never_cache
@require_GET
def sign_in_page(request):
    """Who are you? Providers as buttons; in the demo, made-up people as cards."""
    context = {
        "providers": providers.configured(),
        "groups": personas.shown() if settings.DEMO else [],
        "next": sign_in.safe_next(request),
        "kept": "vare" in request.GET,
        "lost": "ut" in request.GET,
    }
    return render(request, "identity/sign_in.html", context)


@door(public=True)
@require_POST
def demo(request):
    """Sign in as a made-up person. Does not exist outside the demo."""
    person = queries.demo_person(request.POST.get("persona", "")) if settings.DEMO else None
    if person is None:
        raise Http404
    target = sign_in.safe_next(request)
    sign_in.begin(request, person)
    return redirect(target)


@door(public=True)
@never_cache
@require_GET
def provider_start(request, provider):
    """Off to the provider."""
    chosen = _provider(provider)
    if queries.must_wait(networks.of(request), clock.real_now()):
        return render(request, "design/429.html", status=429)
    try:
        address = oidc.start(request, chosen, next_page=sign_in.safe_next(request))
    except oidc.SignInFailed as failed:
        return _failed(request, chosen, failed)
    return redirect(address)


@door(public=True)
@never_cache
@require_GET
def provider_return(request, provider):
    """Back from the provider: in, or a page that says what to do. Never makes rights."""
    chosen = _provider(provider)
    if queries.must_wait(networks.of(request), clock.real_now()):
        return render(request, "design/429.html", status=429)
    try:
        vouched = oidc.finish(request, chosen)
    except oidc.SignInFailed as failed:
        return _failed(request, chosen, failed)
    person = queries.person_at(issuer=vouched.issuer, subject=vouched.subject)
    if person is None:
        _note_failure(request)
        # A subject that is a birth number or the like is never put on a page.
        code = vouched.subject if chosen.subject_claim == "sub" else ""
        context = {"provider": chosen, "code": code}
        return render(request, "identity/unknown.html", context, status=403)
    sign_in.begin(request, person)
    log.info("person %s signed in with %s", person.pk, chosen.slug)
    return redirect(vouched.next)


@door(public=True)
@require_POST
def sign_out(request):
    sign_in.end(request)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


@door(signed_in=True)
@require_POST
def choose_mandate(request):
    """Act in another of one's own valid mandates from now on, also next time."""
    today = timezone.localdate(request.at)
    chosen = next(
        (
            mandate
            for mandate in request.actor.mandates
            if str(mandate.id) == request.POST.get("mandate") and mandate.valid_on(today)
        ),
        None,
    )
    if chosen is None:
        raise Http404(_("Denne fullmakten har du ikke, eller den gjelder ikke lenger."))
    sign_in.act_as(request, chosen)
    actions.remember_mandate(person_id=request.actor.person_id, mandate_id=chosen.id)
    return redirect(sign_in.safe_next(request))


@door(public=True)
@require_POST
def set_language(request):
    """The visitor's own choice, signed in or not; wins over the browser's wish."""
    response = redirect(sign_in.safe_next(request, default="/"))
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _provider(slug):
    provider = providers.named(slug)
    if provider is None:
        raise Http404
    return provider


def _failed(request, provider, failed):
    if not failed.cancelled:
        log.warning("sign-in with %s failed: %s", provider.slug, failed)
        _note_failure(request)
    context = {"provider": provider, "cancelled": failed.cancelled}
    return render(request, "identity/failed.html", context, status=400)


def _note_failure(request):
    actions.note_failure(network=networks.of(request), at=clock.real_now())
