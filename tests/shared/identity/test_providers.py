"""The providers' file: what it may say, and that a mistake in it lets nobody in."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import ECKey, OctKey, RSAKey

from samspill.shared.identity import providers

ROW = {"slug": "a", "name": "A", "issuer": "https://a.example", "client_id": "x"}
BAD = {
    "not https": {**ROW, "issuer": "http://a.example", "client_secret": "s"},
    "no secret": ROW,
    "demo is taken": {**ROW, "slug": "demo", "client_secret": "s"},
    "a slash in the slug": {**ROW, "slug": "a/b", "client_secret": "s"},
    "no openid": {**ROW, "scopes": ["profile"], "client_secret": "s"},
    "unknown word": {**ROW, "client_secret": "s", "verify": False},
    "unknown way": {**ROW, "client_secret": "s", "authentication": "none"},
    "missing key": {**ROW, "private_key_file": "/does/not/exist"},
}


@pytest.mark.parametrize("row", BAD.values(), ids=BAD)
def test_a_mistake_in_the_file_is_said_and_nobody_gets_in(settings, tmp_path, row):
    path = tmp_path / "providers.json"
    path.write_text(json.dumps({"providers": [row]}))
    settings.OIDC_PROVIDERS_FILE = str(path)

    with pytest.raises(ImproperlyConfigured):
        providers.configured()


def test_two_providers_may_not_share_an_address(settings, tmp_path):
    path = tmp_path / "providers.json"
    path.write_text(json.dumps({"providers": [{**ROW, "client_secret": "s"}] * 2}))
    settings.OIDC_PROVIDERS_FILE = str(path)

    with pytest.raises(ImproperlyConfigured, match="share a slug"):
        providers.configured()


@pytest.mark.parametrize(
    "key",
    [
        RSAKey.generate_key(2048).as_dict(private=False),
        OctKey.generate_key(256).as_dict(private=True),
        {"kty": "RSA"},
        [],
    ],
    ids=["public", "shared secret", "empty", "no object"],
)
def test_our_key_must_be_a_private_one(settings, tmp_path, key):
    (tmp_path / "key.json").write_text(json.dumps(key))
    path = tmp_path / "providers.json"
    row = {**ROW, "private_key_file": str(tmp_path / "key.json")}
    path.write_text(json.dumps({"providers": [row]}))
    settings.OIDC_PROVIDERS_FILE = str(path)

    with pytest.raises(ImproperlyConfigured, match="private key"):
        providers.configured()


def test_an_elliptic_key_may_sign_for_us(settings, tmp_path):
    key = ECKey.generate_key("P-256")
    (tmp_path / "key.json").write_text(json.dumps(key.as_dict(private=True)))
    path = tmp_path / "providers.json"
    row = {**ROW, "private_key_file": str(tmp_path / "key.json")}
    path.write_text(json.dumps({"providers": [row]}))
    settings.OIDC_PROVIDERS_FILE = str(path)

    assert providers.named("a").authentication == "private_key_jwt"
