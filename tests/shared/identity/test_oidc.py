"""OpenID sign-in against a real provider on loopback: the round trip, and every way to cheat."""

import json
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from joserfc.jwk import RSAKey
from tests.shared.identity import provider as misbehaviour

from samspill.shared.identity import queries, session
from samspill.shared.identity.models import ExternalIdentity, FailedSignIn, User


def start(client, slug="idporten", **query):
    """Press the button: where we are sent, and what is asked."""
    answer = client.get(f"/logg-inn/{slug}/", query)
    asked = {k: v[0] for k, v in parse_qs(urlsplit(answer.url).query).items()}
    return answer.url, asked


def at_provider(address):
    """The person signs in over there: the path we are sent back to."""
    back = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://testserver")


def round_trip(client, slug="idporten", **query):
    return client.get(at_provider(start(client, slug, **query)[0]))


def is_in(client):
    return client.get("/skriv/").status_code == 200


# --- The round trip ----------
def test_a_known_person_comes_in_and_lands_where_they_were_going(client, known, idporten, connect):
    connect(idporten=idporten)

    answer = round_trip(client, next="/skriv/?del=2")

    assert (answer.status_code, answer.url, is_in(client)) == (302, "/skriv/?del=2", True)


def test_we_ask_with_state_nonce_and_pkce(client, known, idporten, connect):
    connect(idporten=idporten, more={"acr_values": ["idporten-loa-high"], "scopes": ["openid"]})

    _address, asked = start(client)
    _address, again = start(client)

    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/logg-inn/idporten/retur/"
    assert asked["acr_values"] == "idporten-loa-high"
    for once in ("state", "nonce", "code_challenge"):
        assert len(asked[once]) >= 43
        assert asked[once] != again[once]


def test_the_session_key_is_new_after_sign_in(client, known, idporten, connect):
    connect(idporten=idporten)
    address, _asked = start(client)
    before = client.session.session_key

    client.get(at_provider(address))

    assert client.session.session_key != before
    assert session.ASKED not in client.session


def test_two_tabs_may_be_under_way_at_once(client, known, idporten, connect):
    connect(idporten=idporten)
    first, _asked = start(client)
    start(client)

    answer = client.get(at_provider(first))

    assert (answer.status_code, is_in(client)) == (302, True)


def test_two_providers_stand_side_by_side(client, known, idporten, feide, connect):
    ExternalIdentity.objects.create(user=known.user, issuer=feide.issuer, subject="feide-7")
    feide.subject = "feide-7"
    connect(idporten=idporten, feide=feide)

    page = client.get("/logg-inn/?next=/skriv/").content.decode()
    by_feide = round_trip(client, "feide")
    client.post("/logg-ut/")
    by_idporten = round_trip(client, "idporten")

    assert "Logg inn med Idporten" in page
    assert 'href="/logg-inn/feide/?next=%2Fskriv%2F"' in page
    assert (by_feide.status_code, by_idporten.status_code, is_in(client)) == (302, 302, True)


def test_the_same_subject_at_another_provider_is_another_person(client, known, feide, connect):
    feide.subject = known.subject
    connect(feide=feide)

    answer = round_trip(client, "feide")

    assert (answer.status_code, is_in(client)) == (403, False)


# --- Nobody comes in who was not let in ----------
def test_an_unknown_person_is_told_who_gives_access_and_gets_nothing(client, db, idporten, connect):
    connect(idporten=idporten)

    answer = round_trip(client)

    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Du har ikke fått tilgang ennå" in text
    assert "person-1" in text
    assert (User.objects.count(), ExternalIdentity.objects.count()) == (0, 0)


def test_a_subject_that_may_be_a_birth_number_is_not_shown(client, db, idporten, connect):
    idporten.claims = {"pid": "01010012345"}
    connect(idporten=idporten, more={"subject_claim": "pid"})

    answer = round_trip(client)

    assert answer.status_code == 403
    assert "01010012345" not in answer.content.decode()


def test_an_erased_person_does_not_come_in(client, known, idporten, connect):
    User.objects.update(pseudonymised_at=datetime.fromisoformat("2026-11-01T00:00:00+01:00"))
    connect(idporten=idporten)

    assert round_trip(client).status_code == 403


# --- Tokens that are not what they say ----------
#: name → (what the log says, the levers pulled at the provider)
CHEATS = {
    "wrong nonce": ("'nonce'", {"claims": {"nonce": "another"}}),
    "no nonce": ("Missing claim: 'nonce'", {"drop": ("nonce",)}),
    "a list of nonces": ("nonce", {"make": misbehaviour.a_list_with_the_nonce}),
    "for another client": ("'aud'", {"claims": {"aud": "another"}}),
    "for two, made for the other": (
        "made for another",
        {"claims": {"aud": ["samspill", "other"], "azp": "other"}},
    ),
    "for two, made for nobody": ("made for another", {"claims": {"aud": ["samspill", "other"]}}),
    "no audience": ("Missing claim: 'aud'", {"drop": ("aud",)}),
    "expired": ("expired", {"claims": {"exp": 1_700_000_000}}),
    "no expiry": ("Missing claim: 'exp'", {"drop": ("exp",)}),
    "from tomorrow": ("in the future", {"claims": {"iat": 4_000_000_000}}),
    "another issuer": ("'iss'", {"claims": {"iss": "https://evil.example"}}),
    "no subject": ("no sub", {"drop": ("sub",)}),
    "an empty subject": ("no sub", {"claims": {"sub": ""}}),
    "a number as subject": ("'sub'", {"claims": {"sub": 1}}),
    "tampered": ("bad_signature", {"make": misbehaviour.tampered}),
    "alg none": ("'none' is not allowed", {"make": misbehaviour.unsigned}),
    "HS256 with the public key": (
        "'HS256' is not allowed",
        {"make": misbehaviour.signed_with_public_key},
    ),
    "signed by a stranger": ("bad_signature", {"make": misbehaviour.signed_with_another_key}),
    "not a token": ("decode_error", {"make": lambda _provider, _claims: "x.y.z"}),
    "nothing": ("decode_error", {"make": lambda _provider, _claims: ""}),
    "metadata of another issuer": (
        "metadata of another issuer",
        {"metadata": {"issuer": "https://evil.example"}},
    ),
    "keys over plain http": (
        "without a safe jwks_uri",
        {"metadata": {"jwks_uri": "http://evil.example/jwks"}},
    ),
    "answered by another issuer": (
        "answer from another issuer",
        {"send_iss": "https://evil.example"},
    ),
    "promised iss left out": (
        "answer from another issuer",
        {"metadata": {"authorization_response_iss_parameter_supported": True}},
    ),
}


@pytest.mark.parametrize(("reason", "cheat"), CHEATS.values(), ids=CHEATS)
def test_a_token_that_is_not_right_lets_nobody_in(
    client, known, idporten, connect, caplog, reason, cheat
):
    connect(idporten=idporten)
    address, _asked = start(client)
    for lever, value in cheat.items():
        setattr(idporten, lever, value)

    answer = client.get(at_provider(address))

    assert (answer.status_code, is_in(client)) == (400, False)
    assert "Innloggingen gikk ikke" in answer.content.decode()
    assert reason in next(r.getMessage() for r in caplog.records if r.name == "samspill.identity")
    assert FailedSignIn.objects.count() == 1


def test_the_level_of_assurance_we_asked_for_must_be_there(client, known, idporten, connect):
    connect(idporten=idporten, more={"acr_values": ["loa-high"]})
    idporten.claims = {"acr": "loa-low"}
    low = round_trip(client)
    idporten.claims = {"acr": "loa-high"}
    high = round_trip(client)

    assert (low.status_code, high.status_code) == (400, 302)


def test_a_new_key_at_the_provider_works_at_once(client, known, idporten, connect):
    connect(idporten=idporten)
    round_trip(client)
    client.post("/logg-ut/")
    idporten.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})

    assert round_trip(client).status_code == 302


# --- State, code and PKCE ----------
def test_an_answer_counts_once(client, known, idporten, connect):
    connect(idporten=idporten)
    back = at_provider(start(client)[0])
    client.get(back)
    client.post("/logg-ut/")

    replayed = client.get(back)

    assert (replayed.status_code, is_in(client)) == (400, False)


def test_an_answer_that_failed_cannot_be_tried_again(client, known, idporten, connect):
    connect(idporten=idporten)
    idporten.claims = {"nonce": "another"}
    back = at_provider(start(client)[0])
    client.get(back)
    idporten.claims = {}

    assert client.get(back).status_code == 400


def test_an_answer_in_somebody_elses_browser_lets_nobody_in(client, known, idporten, connect):
    connect(idporten=idporten)
    stolen = at_provider(start(client)[0])
    victim = Client()
    start(victim)

    answer = victim.get(stolen)

    assert (answer.status_code, is_in(victim)) == (400, False)


def test_a_state_belongs_to_its_provider(client, known, idporten, feide, connect):
    connect(idporten=idporten, feide=feide)
    back = at_provider(start(client, "idporten")[0])

    answer = client.get(back.replace("/idporten/", "/feide/"))

    assert (answer.status_code, is_in(client)) == (400, False)


def test_an_answer_that_comes_too_late_is_refused(client, known, idporten, connect):
    connect(idporten=idporten)
    back = at_provider(start(client)[0])
    store = client.session
    for asked in store[session.ASKED].values():
        asked["at"] = (datetime.fromisoformat(asked["at"]) - timedelta(minutes=16)).isoformat()
    store[session.ASKED] = dict(store[session.ASKED])
    store.save()

    assert client.get(back).status_code == 400


@pytest.mark.parametrize("verifier", ["", "x" * 64])
def test_the_provider_refuses_a_code_without_its_pkce_verifier(
    client, known, idporten, connect, verifier
):
    connect(idporten=idporten)
    back = at_provider(start(client)[0])
    store = client.session
    for asked in store[session.ASKED].values():
        asked["verifier"] = verifier
    store[session.ASKED] = dict(store[session.ASKED])
    store.save()

    answer = client.get(back)

    assert (answer.status_code, is_in(client)) == (400, False)
    assert idporten.refused == ["code_verifier"]


def test_cancelling_at_the_provider_is_no_failure(client, known, idporten, connect):
    connect(idporten=idporten)
    _address, asked = start(client)
    query = {"error": "access_denied", "state": asked["state"]}

    answer = client.get("/logg-inn/idporten/retur/", query)

    assert "Innloggingen ble avbrutt" in answer.content.decode()
    assert FailedSignIn.objects.count() == 0


def test_a_provider_that_does_not_answer_gives_a_page_not_a_crash(client, db, connect):
    with misbehaviour.running() as gone:
        pass
    connect(idporten=gone)

    answer = client.get("/logg-inn/idporten/")

    assert answer.status_code == 400
    assert "Innloggingen gikk ikke" in answer.content.decode()


def test_a_provider_we_do_not_have_is_not_found(client, db):
    assert client.get("/logg-inn/ukjent/").status_code == 404


# --- Who we are: private_key_jwt ----------
@pytest.fixture
def our_key(tmp_path):
    key = RSAKey.generate_key(2048, {"kid": "ours"})
    path = tmp_path / "client-key.json"
    path.write_text(json.dumps(key.as_dict(private=True)))
    return key, str(path)


def test_we_prove_who_we_are_with_our_own_key(client, known, idporten, connect, our_key):
    key, path = our_key
    idporten.client_key = key
    connect(idporten=idporten, more={"private_key_file": path, "client_secret": ""})

    first = round_trip(client)
    one = idporten.assertion["jti"]
    second = round_trip(client)

    assert (first.status_code, second.status_code, idporten.refused) == (302, 302, [])
    assert idporten.assertion["jti"] != one


def test_the_provider_refuses_a_client_with_another_key(client, known, idporten, connect, our_key):
    _key, path = our_key
    idporten.client_key = RSAKey.generate_key(2048)
    connect(idporten=idporten, more={"private_key_file": path, "client_secret": ""})

    answer = round_trip(client)

    assert (answer.status_code, is_in(client), len(idporten.refused)) == (400, False, 1)


def test_the_provider_refuses_a_wrong_secret(client, known, idporten, connect):
    connect(idporten=idporten, more={"client_secret": "gjettet"})

    assert (round_trip(client).status_code, idporten.refused) == (400, ["client secret"])


# --- Guessing ----------
def test_a_network_that_fails_too_often_must_wait(client, known, idporten, connect, monkeypatch):
    monkeypatch.setattr(queries, "FAILURES", 3)
    connect(idporten=idporten)
    for _ in range(3):
        client.get("/logg-inn/idporten/retur/?state=x&code=y")

    same = client.get("/logg-inn/idporten/")
    other = client.get("/logg-inn/idporten/", REMOTE_ADDR="10.0.0.9")

    assert (same.status_code, other.status_code) == (429, 302)


def test_one_ipv6_network_is_counted_as_one_and_no_address_is_kept(client, db, idporten, connect):
    connect(idporten=idporten)
    for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"):
        client.get("/logg-inn/idporten/retur/?state=x", REMOTE_ADDR=address)

    networks = list(FailedSignIn.objects.values_list("network", flat=True))

    assert len(networks) == 3
    assert len(set(networks)) == 2
    assert not any("2001" in network for network in networks)


def test_only_our_own_proxy_may_say_who_asked(client, db, idporten, connect, settings):
    connect(idporten=idporten)
    said = {"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}
    client.get("/logg-inn/idporten/retur/?state=x", headers=said)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.get("/logg-inn/idporten/retur/?state=x", headers=said)
    client.get("/logg-inn/idporten/retur/?state=x", headers={"X-Forwarded-For": "9.9.9.9, 2.2.2.2"})

    one, two, three = FailedSignIn.objects.order_by("pk").values_list("network", flat=True)

    assert one != two
    assert two == three
