"""Sign-in with an OpenID provider (innlogging): authorization code, PKCE, state and nonce.

`start` sends the person off and remembers one-time values in the session; `finish` takes them
back once and says who the provider vouches for, as (issuer, subject). It decides no rights.
Sources: OpenID Connect Core 1.0 § 3.1, RFC 7636 (PKCE), RFC 7523 (private_key_jwt), RFC 9207 (iss).
"""

import hmac
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.http import HttpRequest
from django.urls import reverse
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from samspill.shared.identity import clock, session
from samspill.shared.identity.providers import ALGORITHMS, Provider, is_safe

#: Seconds the person may spend at the provider, and how many tabs may be under way at once.
ASKED_SECONDS = 15 * 60
AT_ONCE = 5
#: Seconds our clock and the provider's may differ.
LEEWAY = 30
TIMEOUT = 10


class SignInFailed(Exception):
    """The provider's answer can't be trusted, or says no. `reason` is for the log, never shown."""

    def __init__(self, reason: str, *, cancelled: bool = False) -> None:
        self.cancelled = cancelled
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for, and where the person was going."""

    issuer: str
    subject: str
    next: str


def start(request: HttpRequest, provider: Provider, *, next_page: str) -> str:
    """The address at the provider to send the person to."""
    metadata = _metadata(provider)
    state, nonce, verifier = generate_token(43), generate_token(43), generate_token(64)
    asked = dict(list(request.session.get(session.ASKED, {}).items())[-(AT_ONCE - 1) :])
    asked[state] = {
        "provider": provider.slug,
        "nonce": nonce,
        "verifier": verifier,
        "next": next_page,
        "at": clock.real_now().isoformat(),
    }
    session.anonymous(request)
    request.session[session.ASKED] = asked
    more = {"acr_values": " ".join(provider.acr_values)} if provider.acr_values else {}
    client = _client(request, provider)
    address, _state = client.create_authorization_url(
        metadata["authorization_endpoint"],
        state=state,
        nonce=nonce,
        code_verifier=verifier,
        **more,
    )
    return str(address)


def finish(request: HttpRequest, provider: Provider) -> Vouched:
    """Who came back. Raises SignInFailed unless every check holds."""
    asked = _take(request, provider)
    metadata = _metadata(provider)
    _check_answer(request, metadata)
    token = _fetch(request, provider, metadata, verifier=asked["verifier"])
    claims = _verified(provider, metadata, str(token.get("id_token") or ""), nonce=asked["nonce"])
    subject = claims.get(provider.subject_claim)
    if not isinstance(subject, str) or not subject or len(subject) > 255:
        raise SignInFailed(f"no {provider.subject_claim}")
    return Vouched(provider.issuer, subject, asked["next"])


def _take(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """The one-time values of this state. Taken out first: an answer is never judged twice."""
    waiting = request.session.get(session.ASKED, {})
    asked: dict[str, Any] | None = waiting.pop(request.GET.get("state", ""), None)
    if asked is None:
        raise SignInFailed("unknown state")
    request.session[session.ASKED] = waiting
    if asked["provider"] != provider.slug:
        raise SignInFailed("state of another provider")
    age = clock.real_now() - datetime.fromisoformat(asked["at"])
    if age > timedelta(seconds=ASKED_SECONDS):
        raise SignInFailed("old state")
    return asked


def _check_answer(request: HttpRequest, metadata: dict[str, Any]) -> None:
    issuer = request.GET.get("iss")
    promised = metadata.get("authorization_response_iss_parameter_supported") is True
    if (issuer is not None or promised) and issuer != metadata["issuer"]:
        raise SignInFailed("answer from another issuer")
    if error := request.GET.get("error"):
        raise SignInFailed(f"provider: {error[:40]}", cancelled=error == "access_denied")
    if not request.GET.get("code"):
        raise SignInFailed("no code")


def _fetch(
    request: HttpRequest, provider: Provider, metadata: dict[str, Any], *, verifier: str
) -> dict[str, Any]:
    client = _client(request, provider, metadata)
    try:
        token: dict[str, Any] = client.fetch_token(
            metadata["token_endpoint"],
            code=request.GET["code"],
            code_verifier=verifier,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except (AuthlibBaseError, requests.RequestException, JoseError, ValueError) as failed:
        raise SignInFailed(f"token endpoint: {failed}") from failed
    return token


def _verified(
    provider: Provider, metadata: dict[str, Any], id_token: str, *, nonce: str
) -> dict[str, Any]:
    """The claims of the ID token, once signature, issuer, audience, time and nonce hold."""
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(id_token, _keys(metadata), algorithms=list(ALGORITHMS)).claims
        registry.validate(claims)
    except (JoseError, ValueError, TypeError) as wrong:
        raise SignInFailed(f"ID token: {wrong}") from wrong
    _check_closely(provider, claims, nonce)
    return dict(claims)


def _check_closely(provider: Provider, claims: dict[str, Any], nonce: str) -> None:
    """What the registry takes too lightly: lists where one value must stand, azp, acr."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    azp = claims.get("azp")
    if claims["iss"] != provider.issuer:
        raise SignInFailed("iss is not one issuer")
    if (len(audience) > 1 or azp is not None) and azp != provider.client_id:
        raise SignInFailed("token made for another client")
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise SignInFailed("nonce")
    if provider.acr_values and claims.get("acr") not in provider.acr_values:
        raise SignInFailed("level of assurance too low")


def _client(
    request: HttpRequest, provider: Provider, metadata: dict[str, Any] | None = None
) -> OAuth2Session:
    by_key = provider.authentication == "private_key_jwt"
    client = OAuth2Session(
        provider.client_id,
        provider.private_key() if by_key else provider.client_secret,
        token_endpoint_auth_method=provider.authentication,
        scope=" ".join(provider.scopes),
        redirect_uri=request.build_absolute_uri(
            reverse("identity:provider_return", args=[provider.slug])
        ),
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )
    if by_key and metadata is not None:
        client.register_client_auth_method(_assertion(provider))
    return client


def _assertion(provider: Provider) -> PrivateKeyJWT:
    """Our signed word for who we are. Made anew each time: a second use of its `jti` is refused."""
    key = provider.private_key()
    # ID-porten refuses assertions that live longer than 120 seconds.
    return PrivateKeyJWT(
        token_endpoint=provider.assertion_audience or provider.issuer,
        claims={"exp": int(time.time()) + 90},
        headers={"kid": key.kid} if key.kid else None,
        alg="ES256" if isinstance(key, ECKey) else "RS256",
    )


def _metadata(provider: Provider) -> dict[str, Any]:
    """The provider's own description, fetched each time: a changed key or address works at once."""
    metadata = _json(provider.metadata_address)
    if metadata.get("issuer") != provider.issuer:
        raise SignInFailed("metadata of another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe(str(metadata.get(name, ""))):
            raise SignInFailed(f"metadata without a safe {name}")
    return metadata


def _keys(metadata: dict[str, Any]) -> KeySet:
    """Only keys for signing, and never a shared secret."""
    keys = [
        key
        for key in _json(metadata["jwks_uri"]).get("keys", [])
        if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"
    ]
    return KeySet.import_key_set({"keys": keys})


def _json(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as failed:
        raise SignInFailed(f"{address}: {failed}") from failed
    if not isinstance(found, dict):
        raise SignInFailed(f"{address}: not an object")
    return found
