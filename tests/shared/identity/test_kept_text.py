"""What was typed survives a lost session, and only for the one who typed it."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.shared.identity.test_sign_in import shift, sign_in_as

from samspill.shared.identity import kept_text, session

TEXT = "Vi vil lære mer om lek og språk – «sammen» 🌱\nlinje to"


def fields(client, **more):
    """What the form on the page posts."""
    page = client.get("/skriv/").content.decode()
    found = re.search(r'name="kept_for" value="([^"]+)"', page)
    return {"kept_for": found[1], "text": TEXT, **more}


@pytest.fixture
def typing(client, odd, settings):
    """Odd has the form open and has typed when the session runs out."""
    settings.SESSION_IDLE_SECONDS = 600
    sign_in_as(client, "odd")
    posted = fields(client)
    shift(client, session.SEEN, seconds=700)
    return posted


def kept_in(client):
    return client.session.get(session.KEPT)


def test_text_posted_after_the_session_ran_out_comes_back_once_after_sign_in(client, typing):
    asked = client.post("/skriv/", {**typing, "csrfmiddlewaretoken": "t"})
    told = client.get(asked.url).content.decode()
    back = sign_in_as(client, "odd", next="/skriv/")
    first, second = client.get(back.url), client.get(back.url)

    assert asked.url == "/logg-inn/?next=%2Fskriv%2F&vare=1"
    assert "Vi har tatt vare på det du skrev" in told
    assert "linje to" in first.content.decode()
    assert "linje to" not in second.content.decode()


def test_several_values_and_every_sign_survive_but_neither_token_nor_marks(client, typing, odd):
    client.post("/skriv/", {**typing, "unit": ["1", "2"], "csrfmiddlewaretoken": "t"})

    assert kept_in(client)["fields"] == [["text", [TEXT]], ["unit", ["1", "2"]]]


def test_another_person_at_the_same_machine_never_sees_it(client, typing, kari):
    client.post("/skriv/", typing)

    sign_in_as(client, "kari")
    store = dict(client.session)
    sign_in_as(client, "odd")

    assert session.KEPT not in store
    assert "linje to" not in client.get("/skriv/").content.decode()


def test_text_without_the_mark_or_with_a_forged_one_is_not_kept(client, typing, odd):
    for mark in ("", str(odd.pk), typing["kept_for"].replace(str(odd.pk), "999", 1)):
        answer = client.post("/skriv/", {**typing, "kept_for": mark})

        assert answer.url == "/logg-inn/?next=%2Fskriv%2F&ut=1"
        assert kept_in(client) is None


def test_too_much_text_is_not_kept_and_the_page_says_so(client, typing):
    answer = client.post("/skriv/", {**typing, "text": "å" * 100_001})
    page = client.get(answer.url).content.decode()

    assert kept_in(client) is None
    assert "det siste er ikke lagret" in page


def test_files_are_not_kept(client, typing):
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")

    client.post("/skriv/", {**typing, "file": upload})

    assert [name for name, _values in kept_in(client)["fields"]] == ["text"]


def test_text_is_forgotten_after_an_hour(client, typing):
    client.post("/skriv/", typing)
    store = client.session
    kept = store[session.KEPT]
    kept["at"] = (datetime.fromisoformat(kept["at"]) - timedelta(minutes=61)).isoformat()
    store[session.KEPT] = kept
    store.save()

    sign_in_as(client, "odd")

    assert "linje to" not in client.get("/skriv/").content.decode()


def test_a_post_only_address_leads_back_to_the_page_of_the_form(client, typing):
    said = client.post("/send/", {**typing, "kept_back": "/skriv/"})
    from_header = client.post("/send/", typing, headers={"Referer": "http://testserver/skriv/?d=1"})
    from_elsewhere = client.post(
        "/send/",
        {**typing, "kept_back": "//evil.example/"},
        headers={"Referer": "https://evil.example/"},
    )

    assert said.url.startswith("/logg-inn/?next=%2Fskriv%2F&")
    assert from_header.url.startswith("/logg-inn/?next=%2Fskriv%2F%3Fd%3D1&")
    assert from_elsewhere.url.startswith("/logg-inn/?next=%2Fmin-side%2F&")


def test_text_waits_for_its_own_page(client, typing, odd):
    client.post("/send/", {**typing, "kept_back": "/annen-side/"})
    sign_in_as(client, "odd")

    assert "linje to" not in client.get("/skriv/").content.decode()
    assert kept_in(client)["path"] == "/annen-side/"


def test_a_field_saved_by_script_leaves_the_page_alone(client, typing):
    answer = client.post("/skriv/", typing, headers={"HX-Request": "true"})

    assert (answer.status_code, kept_in(client)) == (401, None)


def test_the_mark_is_only_drawn_for_someone_signed_in(client, odd):
    assert kept_text.sign(odd.pk) != str(odd.pk)
    assert kept_text.sign(1).split(":")[0] == "1"
