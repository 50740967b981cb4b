"""Signing in and out: personas, sessions and their limits, mandates, language, where next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.shared.identity import people

from samspill.shared.identity import session
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role

OSLO = ZoneInfo("Europe/Oslo")


def sign_in_as(client, handle, **more):
    return client.post("/logg-inn/demo/", {"persona": handle, **more})


def shift(client, key, **delta):
    """Move a moment the session remembers into the past."""
    store = client.session
    moment = datetime.fromisoformat(store[key])
    store[key] = (moment - timedelta(**delta)).isoformat()
    store.save()


def signed_in(client) -> bool:
    return client.get("/skriv/").status_code == 200


# --- Demo people --------------------------------------------------------------------------------
def test_the_sign_in_page_shows_demo_people_in_groups_with_a_banner(client, db):
    page = client.get("/logg-inn/")

    text = page.content.decode()
    assert "Dette er en demo" in text
    assert text.index("Kontor") < text.index("Kari Demo") < text.index("Eiere")
    assert 'name="persona" value="kari"' in text
    assert page["Cache-Control"].startswith("max-age=0")


def test_a_persona_signs_in_with_one_press(client, odd):
    answer = sign_in_as(client, "odd", next="/skriv/")

    assert (answer.status_code, answer.url) == (302, "/skriv/")
    assert signed_in(client)


def test_outside_the_demo_there_are_no_personas_and_no_banner(client, odd, settings):
    settings.DEMO = False

    page, answer = client.get("/logg-inn/"), sign_in_as(client, "odd")

    assert answer.status_code == 404
    assert "Kari Demo" not in page.content.decode()
    assert "Innlogging er ikke satt opp ennå" in page.content.decode()


def test_a_persona_nobody_could_be_called_is_not_found(client, db):
    assert sign_in_as(client, "odd\x00").status_code == 404


def test_a_real_person_cannot_be_reached_through_the_demo(client, db):
    people.make_person("ekte", people.mandate(1, Role.OWNER_EDITOR), is_demo=False)

    assert sign_in_as(client, "ekte").status_code == 404


# --- Where next ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\x00/",
     "home:front", "abc", "²", "=1+1"],
)  # fmt: skip
def test_next_leads_only_to_our_own_host(client, odd, wanted):
    answer = sign_in_as(client, "odd", next=wanted)

    assert answer.url == "/min-side/"


def test_a_page_asks_for_sign_in_and_gets_the_person_back(client, db):
    answer = client.get("/skriv/?del=2")

    assert answer.url == "/logg-inn/?next=%2Fskriv%2F%3Fdel%3D2"


def test_htmx_is_told_to_load_the_sign_in_page_whole(client, db):
    answer = client.get("/skriv/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == "/logg-inn/?next=%2Fskriv%2F"


# --- Sessions -----------------------------------------------------------------------------------
def test_signing_in_makes_a_new_key_and_drops_what_was_there(client, odd):
    client.get("/logg-inn/")
    store = client.session
    store["planted"] = 1
    store.save()
    client.cookies["samspill"] = before = store.session_key

    sign_in_as(client, "odd")

    assert client.session.session_key != before
    assert "planted" not in client.session


def test_a_session_ends_when_idle_too_long(client, odd, settings):
    settings.SESSION_IDLE_SECONDS = 600
    sign_in_as(client, "odd")
    shift(client, session.SEEN, seconds=599)
    within = signed_in(client)
    shift(client, session.SEEN, seconds=601)

    assert (within, signed_in(client)) == (True, False)


def test_a_session_ends_at_its_absolute_limit_however_busy(client, odd, settings):
    settings.SESSION_ABSOLUTE_SECONDS = 3600
    sign_in_as(client, "odd")
    shift(client, session.STARTED, seconds=3590)
    within = signed_in(client)
    shift(client, session.STARTED, seconds=20)

    assert (within, signed_in(client)) == (True, False)


def test_being_seen_moves_the_idle_limit(client, odd, settings):
    settings.SESSION_IDLE_SECONDS = 600
    sign_in_as(client, "odd")
    shift(client, session.SEEN, seconds=500)
    signed_in(client)
    shift(client, session.SEEN, seconds=500)

    assert signed_in(client)


def test_a_session_without_its_times_is_no_session(client, odd):
    sign_in_as(client, "odd")
    store = client.session
    del store[session.STARTED]
    store.save()

    assert not signed_in(client)


def test_signing_out_empties_the_session_and_its_old_key_is_dead(client, odd):
    sign_in_as(client, "odd")
    key = client.cookies["samspill"].value

    answer = client.post("/logg-ut/")
    client.cookies["samspill"] = key

    assert answer.url == "/"
    assert not signed_in(client)


def test_signing_out_takes_a_post(client, odd):
    sign_in_as(client, "odd")

    assert (client.get("/logg-ut/").status_code, signed_in(client)) == (405, True)


def test_signing_in_needs_a_csrf_token(odd):
    strict = Client(enforce_csrf_checks=True)

    assert sign_in_as(strict, "odd").status_code == 403


def test_an_erased_person_is_signed_out_at_the_next_page(client, odd):
    sign_in_as(client, "odd")
    User.objects.update(pseudonymised_at=datetime(2026, 11, 1, tzinfo=OSLO))

    assert not signed_in(client)


# --- Mandates -----------------------------------------------------------------------------------
def test_a_mandate_lasts_until_midnight_in_oslo_on_its_last_day(client, db, settings):
    people.make_person("odd", people.mandate(1, Role.OWNER_EDITOR, until=date(2026, 11, 24)))
    settings.AS_OF = datetime(2026, 11, 24, 23, 59, 59, tzinfo=OSLO)
    sign_in_as(client, "odd")
    before = client.get("/skriv/").status_code
    settings.AS_OF = datetime(2026, 11, 25, 0, 0, tzinfo=OSLO)

    after = client.get("/skriv/")

    assert (before, after.status_code) == (200, 403)
    assert "ingen gyldig fullmakt" in after.content.decode()


@pytest.fixture
def both(db):
    """One person, an owner's editor and a case worker."""
    return people.make_person(
        "odd", people.mandate(1, Role.OWNER_EDITOR), people.mandate(2, Role.CASE_WORKER)
    )


def test_one_mandate_is_active_at_a_time(client, both):
    sign_in_as(client, "odd")
    as_owner = client.get("/skriv/").status_code, client.get("/ko/").status_code

    client.post("/rolle/", {"mandate": "2"})

    assert as_owner == (200, 403)
    assert (client.get("/skriv/").status_code, client.get("/ko/").status_code) == (403, 200)


def test_the_mandate_chosen_last_is_active_at_the_next_sign_in(client, both):
    sign_in_as(client, "odd")
    client.post("/rolle/", {"mandate": "2"})
    client.post("/logg-ut/")

    sign_in_as(client, "odd")

    assert client.get("/ko/").status_code == 200


@pytest.mark.parametrize("number", ["99", "2", "", "x"])
def test_somebody_elses_mandate_cannot_be_chosen(client, odd, kari, number):
    sign_in_as(client, "odd")

    assert client.post("/rolle/", {"mandate": number}).status_code == 404


def test_an_ended_mandate_cannot_be_chosen(client, db):
    ended = people.mandate(2, Role.CASE_WORKER, until=date(2026, 1, 31))
    people.make_person("odd", people.mandate(1, Role.OWNER_EDITOR), ended)
    sign_in_as(client, "odd")

    assert client.post("/rolle/", {"mandate": "2"}).status_code == 404


# --- Language -----------------------------------------------------------------------------------
def test_the_visitors_language_wins_over_the_browsers_signed_in_or_not(client, odd):
    client.post("/spraak/", {"language": "nn", "next": "/logg-inn/"})

    page = client.get("/logg-inn/", headers={"Accept-Language": "en"})
    sign_in_as(client, "odd")
    inside = client.get("/rolle/", headers={"Accept-Language": "en"})

    assert page["Content-Language"] == "nn"
    assert inside["Content-Language"] == "nn"


def test_choosing_a_language_leads_back_to_the_page(client, db):
    answer = client.post("/spraak/", {"language": "en", "next": "/logg-inn/?next=/skriv/"})

    assert answer.url == "/logg-inn/?next=/skriv/"
    assert client.cookies["spraak"]["httponly"] is True


@pytest.mark.parametrize("language", ["", "xx", "se\r\nSet-Cookie: a=b"])
def test_an_unknown_language_changes_nothing(client, db, language):
    answer = client.post("/spraak/", {"language": language, "next": "//evil.example"})

    assert (answer.url, "spraak" in client.cookies) == ("/", False)
