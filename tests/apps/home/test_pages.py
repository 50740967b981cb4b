"""The front page and Min side: right for whom it is shown to, also when there is nothing yet."""

from dataclasses import replace

import pytest

from samspill.apps.home import queries
from samspill.shared.identity.actor import NOBODY
from samspill.shared.identity.roles import Role
from tests.apps.needs.factories import NOW, a_year, complete_report, draft_report, submitted_report
from tests.apps.organisations.factories import OrganisationFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def year(clock):
    clock(NOW)
    return a_year()


def text(response):
    return response.content.decode().replace("\xa0", " ")


def test_the_front_page_says_what_to_do_when_nothing_is_loaded(client):
    page = client.get("/")

    assert (page.status_code, "Ingen kunngjøring ennå" in text(page)) == (200, True)


def test_the_front_page_shows_the_year_and_the_next_deadline(client, year):
    page = client.get("/")

    assert "Frist for behovsmelding" in text(page)
    assert "onsdag 20. januar 2027" in text(page).lower()


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Finn din inngang"), ("nn", "Finn inngangen din"), ("en", "Find your way in")],
)
def test_the_visitors_language_is_kept(client, year, language, words):
    client.post("/spraak/", {"language": language, "next": "/"})

    page = client.get("/")

    assert f'<html lang="{language}"' in text(page)
    assert words in text(page)


@pytest.mark.parametrize(
    "address", ["/regler/", "/tilgjengelighet/", "/si-fra/", "/personvern/", "/fylke/", "/kilder/"]
)
def test_the_standing_pages_are_open_for_all(client, year, address):
    assert client.get(address).status_code == 200


def test_the_rules_are_there_in_words_with_their_source(client, year):
    page = text(client.get("/regler/"))

    for rule in ("K01", "K20", "B01"):
        assert f'id="{rule}"' in page


def test_my_page_shows_the_owner_what_waits_and_its_own_reports_only(page_as, year):
    mine = draft_report(year)
    other = OrganisationFactory(county=year.cycle.county)
    draft_report(replace(year, owner=other, editor=actor(organisation=other)))

    page = page_as(year.editor).get("/min-side/")

    assert [row.report.pk for row in page.context["reports"]] == [mine.pk]
    assert page.context["waiting"] != []


def test_my_page_is_calm_when_nothing_waits(page_as, year):
    auditor = actor(Role.AUDITOR, organisation=year.office)

    page = page_as(auditor).get("/min-side/")

    assert "Ingenting venter på dere nå" in text(page)


@pytest.mark.parametrize("role", list(Role))
def test_my_page_opens_for_every_role(page_as, year, role):
    person = actor(role, organisation=year.owner, county=year.cycle.county)

    assert page_as(person).get("/min-side/").status_code == 200


def test_what_waits_comes_nearest_deadline_first(year):
    submitted_report(year)
    complete_report(year, title="Ute hele året")

    waiting = queries.waiting_for(year.signer, NOW)

    dues = [one.due for one in waiting if one.mine]
    assert dues == sorted(dues, key=lambda d: (d is None, d))


def test_a_county_that_is_not_loaded_cannot_be_chosen(client, year):
    assert client.post("/fylke/", {"county": "99"}).status_code == 404
    assert queries.shown_county(NOBODY, chosen="99") == year.cycle.county
