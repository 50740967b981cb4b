"""The room's pages: what they show, to whom, and with how many queries."""

import datetime as dt

import pytest
from django.urls import reverse

from samspill.apps.organisations import queries
from samspill.apps.organisations.models import Account, RegisterLoad
from samspill.shared.identity import clock
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import (
    CountyFactory,
    MandateFactory,
    OfficeFactory,
    UnitFactory,
    UnknownOwnerFactory,
    actor,
    actor_for,
)

AT = dt.datetime(2026, 10, 1, 7, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    """Sign in with the mandate, as the sign-in page does."""

    def begin(mandate):
        now = clock.real_now().isoformat()
        session = client.session
        session.update(
            {"person": mandate.person_id, "started": now, "seen": now, "mandate": mandate.pk}
        )
        session.save()
        return client

    return begin


@pytest.fixture
def case_worker():
    return MandateFactory(role=Role.CASE_WORKER, organisation=OfficeFactory().organisation)


def loaded(items=3):
    remark = {
        "reason": "owner_unknown",
        "count": items,
        "items": [["974760673", f"Barnehage {n}"] for n in range(items)],
    }
    return RegisterLoad.objects.create(
        county=CountyFactory(),
        at=AT,
        source_hash="a" * 64,
        counts={"municipalities": 41, "kindergartens": 320},
        skipped=[remark],
    )


def unknown_owners(count):
    for _ in range(count):
        UnitFactory(owner=UnknownOwnerFactory(), private=True)


def test_the_sources_page_is_open_to_all_and_names_licences(client):
    page = client.get("/kilder/").content.decode()

    assert page.count("NLOD 2.0") == 6
    assert page.count("CC BY 4.0") >= 3
    assert "<h1" in page


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.APPROVER, Role.AUDITOR])
def test_the_register_page_shows_counts_and_remarks(sign_in, role):
    loaded()
    mandate = MandateFactory(role=role, organisation=OfficeFactory().organisation)

    page = sign_in(mandate).get("/register/18/").content.decode()

    assert "320" in page
    assert "Privat eier er ukjent" in page


def test_another_countys_register_is_not_found(sign_in):
    loaded()
    troms = OfficeFactory(organisation__county=CountyFactory(number="55", name="Troms"))
    client = sign_in(MandateFactory(role=Role.CASE_WORKER, organisation=troms.organisation))

    answers = [
        client.get(f"/register/{number}/{rest}").status_code
        for number, rest in (("18", ""), ("55", ""), ("18", "mottakere/"), ("18", "mottakere/1/"))
    ]

    assert answers == [404, 404, 404, 404]


def test_the_administrator_sees_every_countys_register(sign_in):
    loaded()
    elsewhere = OfficeFactory(organisation__county=CountyFactory(number="55", name="Troms"))
    mandate = MandateFactory(role=Role.PLATFORM_ADMINISTRATOR, organisation=elsewhere.organisation)

    assert sign_in(mandate).get("/register/18/").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_unconfirmed_takes_as_many_queries_for_1_as_for_30(
    sign_in, case_worker, django_assert_num_queries, count
):
    unknown_owners(count)
    client = sign_in(case_worker)

    with django_assert_num_queries(11):
        page = client.get("/register/18/mottakere/")

    assert page.content.decode().count("Ukjent eier av") == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_page_takes_as_many_queries_for_1_as_for_30(
    sign_in, case_worker, django_assert_num_queries, count
):
    loaded(items=count)
    unknown_owners(count)
    client = sign_in(case_worker)

    with django_assert_num_queries(10):
        page = client.get("/register/18/")

    assert page.content.decode().count("974760673") == count


def test_the_list_is_searched_and_paged(sign_in, case_worker):
    unknown_owners(60)
    client = sign_in(case_worker)
    name = UnknownOwnerFactory(name="Ukjent eier av Ørneredet").name

    first = client.get("/register/18/mottakere/").context["page"]
    found = client.get("/register/18/mottakere/", {"q": "ørne"}).context["page"]

    assert (first.paginator.count, len(first.object_list)) == (61, 50)
    assert [owner.name for owner in found.object_list] == [name]


@pytest.mark.both
def test_a_search_for_a_sign_nobody_can_store_is_answered(sign_in, case_worker):
    client = sign_in(case_worker)

    assert client.get("/register/18/mottakere/?q=a%00b").status_code == 200


def test_a_receiver_is_confirmed_on_the_page(sign_in, case_worker):
    unit = UnitFactory(owner=UnknownOwnerFactory(), private=True, orgnr="974760673")
    address = reverse("organisations:confirm", args=["18", unit.owner.pk])
    client = sign_in(case_worker)

    wrong = client.post(address, {"name": "Lia", "orgnr": "974760674", "approval_note": "Sett."})
    right = client.post(
        address, {"name": "Lia AS", "orgnr": "974 760 673", "approval_note": "Sett."}
    )

    unit.owner.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Sett." in wrong.content.decode()
    assert (unit.owner.name, unit.owner.is_confirmed) == ("Lia AS", True)


def test_the_signer_enters_an_account_number_on_the_page(sign_in):
    mandate = MandateFactory(role=Role.OWNER_SIGNER)
    client = sign_in(mandate)

    wrong = client.post("/kontonummer/", {"number": "86011117948"})
    right = client.post("/kontonummer/", {"number": "8601 11 17947"}, follow=True)

    assert wrong.status_code == 422
    assert "•••• •• •7947" in right.content.decode()
    assert "86011117947" not in right.content.decode()
    assert Account.objects.get().organisation_id == mandate.organisation_id


def test_what_waits_for_signer_and_secretariat(case_worker):
    loaded()
    unknown_owners(2)
    signer = queries.waiting_for(actor(Role.OWNER_SIGNER), AT)
    secretariat = queries.waiting_for(actor_for(case_worker), AT)

    assert [(w.title, w.mine) for w in signer] == [("Legg inn kontonummer", True)]
    assert [(w.title, w.mine) for w in secretariat] == [("2 mottakere er ikke bekreftet", False)]
    assert queries.waiting_for(actor(Role.EMPLOYEE), AT) == []
