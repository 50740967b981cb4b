"""The journal and the tasks as pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspill.apps.records.models import Task
from samspill.shared.audit import trail as audit
from samspill.shared.files.storage import store_made
from samspill.shared.identity import session as kept
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.roles import Role
from samspill.shared.messages import actions as messages
from samspill.shared.messages.address import to_email
from samspill.shared.messages.models import Message
from tests.apps.organisations.factories import MandateFactory, OrganisationFactory
from tests.apps.records.factories import AT, a_task, an_entry, an_office

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def office(db):
    return an_office()


@pytest.fixture
def signed_in(client):
    """The client with a person's session: `signed_in(Role.AUDITOR, county_id="18")`."""

    def as_role(role, **given):
        mandate = MandateFactory(role=role, **given)
        session, now = client.session, timezone.now().isoformat()
        session.update(
            {
                kept.PERSON: mandate.person_id,
                kept.MANDATE: mandate.pk,
                kept.STARTED: now,
                kept.SEEN: now,
            }
        )
        session.save()
        return client

    return as_role


def numbers(response):
    return [entry.number for entry in response.context["page"]]


def test_the_journal_shows_50_at_a_time_newest_first(signed_in, office):
    for _ in range(51):
        an_entry(office)
    browser = signed_in(Role.CASE_WORKER, organisation=office)

    first = browser.get("/journal/")
    second = browser.get("/journal/?page=2")

    assert (numbers(first), numbers(second)) == (list(range(51, 1, -1)), [1])


def test_the_filter_stands_in_the_address_and_in_the_links(signed_in, office):
    for _ in range(51):
        an_entry(office, direction="out")
    an_entry(office)
    browser = signed_in(Role.CASE_WORKER, organisation=office)

    page = browser.get("/journal/?aar=2027&retning=out&sok=behov")

    assert numbers(page) == list(range(51, 1, -1))
    assert re.findall(r'href="(\?[^"]*page=2)"', page.content.decode())[0] == (
        "?aar=2027&amp;retning=out&amp;sok=behov&amp;page=2"
    )


@pytest.mark.parametrize(
    "query", ["aar=x", "aar=99999", "retning=sidelengs", "sok=%00", "page=x", "page=999", "aar="]
)
def test_nonsense_in_the_address_does_no_harm(signed_in, office, query):
    an_entry(office)
    browser = signed_in(Role.CASE_WORKER, organisation=office)

    assert numbers(browser.get(f"/journal/?{query}")) == [1]


def test_an_empty_journal_and_an_empty_choice_say_so(signed_in, office):
    browser = signed_in(Role.AUDITOR, county_id="18")

    assert "Journalen er tom" in browser.get("/journal/").content.decode()
    assert "Ingen journalposter passer" in browser.get("/journal/?aar=2020").content.decode()


def queries_of(browser, url):
    """How many queries the page made, and how many of them the room's own."""
    with CaptureQueriesContext(connection) as made:
        assert browser.get(url).status_code == 200
    own = [one for one in made if 'FROM "records_' in one["sql"] or 'FROM "outbox_' in one["sql"]]
    return len(made), len(own)


def test_the_journal_asks_the_database_the_same_for_1_and_30_rows(signed_in, office):
    browser = signed_in(Role.CASE_WORKER, organisation=office)
    an_entry(office, correspondent_id=OrganisationFactory().pk)
    all_for_1, own_for_1 = queries_of(browser, "/journal/")
    for _ in range(29):
        an_entry(office, correspondent_id=OrganisationFactory().pk)
    all_for_30, own_for_30 = queries_of(browser, "/journal/")

    # count, page, years
    assert (own_for_1, own_for_30, all_for_30) == (3, 3, all_for_1)


def test_the_tasks_ask_the_database_the_same_for_1_and_30_rows(signed_in, office):
    browser = signed_in(Role.CASE_WORKER, organisation=office)
    a_task(office)
    a_failed_message("test/1")
    all_for_1, own_for_1 = queries_of(browser, "/oppgaver/")
    for number in range(2, 31):
        a_task(office, case=OrganisationFactory())
        a_failed_message(f"test/{number}")
    all_for_30, own_for_30 = queries_of(browser, "/oppgaver/")

    # count, page, failed mail
    assert (own_for_1, own_for_30, all_for_30) == (3, 3, all_for_1)


def test_a_document_is_handed_out_to_those_who_reach_the_entry(signed_in, office):
    stored = store_made(b"a;b\n1;2\n", kind="csv", name="liste.csv", at=AT)
    entry = an_entry(office, document=stored)

    mine = signed_in(Role.CASE_WORKER, organisation=office).get(f"/journal/{entry.pk}/dokument/")
    content = b"".join(mine.streaming_content)
    foreign = signed_in(Role.CASE_WORKER, organisation=an_office("55")).get(
        f"/journal/{entry.pk}/dokument/"
    )

    assert (mine.status_code, content, foreign.status_code) == (200, b"a;b\n1;2\n", 404)


def test_a_task_is_marked_as_done(signed_in, office):
    task = a_task(office)
    browser = signed_in(Role.APPROVER, organisation=office)

    answer = browser.post(f"/oppgaver/{task.pk}/ferdig/", follow=True)

    assert Task.objects.get().closed_at is not None
    assert "Oppgaven er merket som ferdig." in answer.content.decode()


def test_an_auditor_reads_tasks_without_a_button(signed_in, office):
    a_task(office)

    page = signed_in(Role.AUDITOR, county_id="18").get("/oppgaver/").content.decode()

    assert "3 mottakere mangler e-post" in page
    assert "/ferdig/" not in page


def a_failed_message(key="test/1"):
    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        message = messages.queue(
            trail=trail, key=key, to=to_email("feil@bodo.example"), subject="Hei", body="Hei"
        )
    Message.objects.filter(pk=message.pk).update(failed_at=AT, error_code="smtp_550")
    return message


def test_mail_that_did_not_come_through_is_sent_again(signed_in, office):
    message = a_failed_message()
    browser = signed_in(Role.CASE_WORKER, organisation=office)

    before = browser.get("/oppgaver/").content.decode()
    browser.post(f"/oppgaver/meldinger/{message.pk}/send/")

    assert "feil@bodo.example" in before
    assert Message.objects.get().failed_at is None


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.CASE_WORKER, (200, 200, 404, 404)),
        (Role.AUDITOR, (200, 200, 403, 403)),
        (Role.OWNER_SIGNER, (403, 403, 403, 403)),
        (Role.PLATFORM_ADMINISTRATOR, (403, 200, 403, 404)),
    ],
)
def test_who_comes_in(signed_in, office, role, answers):
    browser = signed_in(role, organisation=office)

    assert (
        browser.get("/journal/").status_code,
        browser.get("/oppgaver/").status_code,
        browser.post("/oppgaver/999/ferdig/").status_code,
        browser.post("/oppgaver/meldinger/999/send/").status_code,
    ) == answers


def test_those_not_signed_in_are_asked_to(client):
    answer = client.get("/journal/")

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("identity:sign_in"))
