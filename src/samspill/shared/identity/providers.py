"""The OpenID providers (innloggingstjenestene) of this installation, from one JSON file.

The form of the file stands in docs/operations.md. A mistake in it stops the sign-in page with a
sentence that says what is wrong, rather than letting people in with half a check.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

#: Signatures we take. `none` and shared secrets (HS…) are never among them.
ALGORITHMS = ("RS256", "PS256", "ES256")
AUTHENTICATIONS = ("private_key_jwt", "client_secret_basic", "client_secret_post")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider (ID-porten, Ansattporten, Feide) and what we have agreed with it."""

    #: In the address: `/logg-inn/<slug>/`.
    slug: str
    #: On the button, after «Logg inn med».
    name: str
    issuer: str
    client_id: str
    authentication: str
    client_secret: str = ""
    #: Our own key as a JWK file, for `private_key_jwt`.
    private_key_file: str = ""
    #: `aud` of our assertion; ID-porten wants its issuer, some want their token endpoint.
    assertion_audience: str = ""
    metadata_url: str = ""
    scopes: tuple[str, ...] = ("openid",)
    #: The claim that is the same person for ever. Never a birth number where `sub` will do.
    subject_claim: str = "sub"
    #: Levels of assurance we ask for, and of which the answer must name one.
    acr_values: tuple[str, ...] = ()
    #: One line under the button: who uses this.
    help: str = ""

    @property
    def metadata_address(self) -> str:
        return self.metadata_url or f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    def private_key(self) -> RSAKey | ECKey:
        return _key(Path(self.private_key_file))


def configured() -> tuple[Provider, ...]:
    """The providers, in the file's order; none when no file is named."""
    if not settings.OIDC_PROVIDERS_FILE:
        return ()
    path = Path(settings.OIDC_PROVIDERS_FILE)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as missing:
        raise ImproperlyConfigured(f"SAMSPILL_OIDC: {missing}") from missing


def named(slug: str) -> Provider | None:
    return next((p for p in configured() if p.slug == slug), None)


def is_safe(address: str) -> bool:
    """Encrypted, or on this machine (tests)."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Provider, ...]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["providers"]
        found = tuple(_provider(row) for row in rows)
    except (ValueError, KeyError, TypeError) as wrong:
        raise ImproperlyConfigured(f"{path}: {wrong}") from wrong
    if len({p.slug for p in found}) != len(found):
        raise ImproperlyConfigured(f"{path}: two providers share a slug")
    return found


def _provider(row: dict[str, Any]) -> Provider:
    row = dict(row)
    for name in ("scopes", "acr_values"):
        if name in row:
            row[name] = tuple(row[name])
    by_key = bool(row.get("private_key_file"))
    row.setdefault("authentication", "private_key_jwt" if by_key else "client_secret_basic")
    provider = Provider(**row)
    _check(provider)
    return provider


def _check(provider: Provider) -> None:
    where = f"provider «{provider.slug}»"
    if provider.slug in ("", "demo") or not provider.slug.replace("-", "").isalnum():
        raise ValueError(f"{where}: the slug must be letters and digits, and not «demo»")
    if provider.authentication not in AUTHENTICATIONS:
        raise ValueError(f"{where}: authentication must be one of {', '.join(AUTHENTICATIONS)}")
    if not is_safe(provider.issuer) or not is_safe(provider.metadata_address):
        raise ValueError(f"{where}: issuer and metadata_url must begin with https://")
    if "openid" not in provider.scopes:
        raise ValueError(f"{where}: scopes must hold «openid»")
    if provider.authentication == "private_key_jwt":
        provider.private_key()
    elif not provider.client_secret:
        raise ValueError(f"{where}: client_secret or private_key_file is missing")


def _key(path: Path) -> RSAKey | ECKey:
    try:
        jwk = json.loads(path.read_text(encoding="utf-8"))
        kind = ECKey if jwk.get("kty") == "EC" else RSAKey
        key: RSAKey | ECKey = kind.import_key(jwk)
    except (OSError, ValueError, AttributeError, JoseError) as wrong:
        raise ImproperlyConfigured(f"{path}: not a private key in JWK form ({wrong})") from wrong
    if not key.is_private:
        raise ImproperlyConfigured(f"{path}: holds no private key")
    return key
