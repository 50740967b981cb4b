"""The plan as everybody reads it."""

import pytest
from django.urls import reverse

from samspill.apps.plan import actions
from samspill.shared.identity.actor import SYSTEM
from tests.apps.cycle.factories import SEPTEMBER, an_office
from tests.apps.plan.test_plan import LABEL, packaged

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def draft(transactional_db):
    return packaged(an_office(with_plan=False))


def copies(draft, number):
    return [
        actions.copy_as_adopted(version=draft, label=f"{LABEL} {n}", by=SYSTEM, at=SEPTEMBER)
        for n in range(number)
    ]


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def test_the_draft_says_that_it_is_a_draft_and_that_9_d_is_missing(client, draft):
    response = client.get(reverse("plan:plan"))

    text = text_of(response)
    assert response.status_code == 200
    assert "Utkast – ikke vedtatt" in text
    assert "ingen vedtak kan bygge på det" in text
    assert "Kapitlet mangler" in text
    assert "<li>tverrfaglig 20 %</li>" in text
    assert text.count("<h1") == 1


def test_the_fictive_copy_says_that_it_is_made_up(client, draft):
    copies(draft, 1)

    text = text_of(client.get(reverse("plan:plan", args=["18"])))

    assert "Fiktivt vedtatt" in text
    assert "Vedtaket er oppdiktet for demoen" in text
    assert "Kapitlet er skrevet for demoen" in text


def test_a_chosen_version_is_shown_and_a_strange_one_is_not_found(client, draft):
    copies(draft, 1)
    address = reverse("plan:plan", args=["18"])

    assert client.get(address, {"versjon": draft.pk}).context["version"] == draft
    for strange in ("0", "999999", "abc", "\x00", "9" * 400):
        assert client.get(address, {"versjon": strange}).status_code == 404


def test_those_who_read_nynorsk_get_the_plan_in_nynorsk(client, draft):
    client.cookies["spraak"] = "nn"

    text = text_of(client.get(reverse("plan:plan")))

    assert "Fordeling mellom barnehage og skule" in text
    assert 'lang="nn"' in text


def test_without_a_plan_the_page_says_so(client, db):
    response = client.get(reverse("plan:plan"))

    assert response.status_code == 200
    assert "Ingen plan er lagt inn ennå" in text_of(response)


def test_an_unknown_county_is_not_found(client, draft):
    assert client.get(reverse("plan:plan", args=["99"])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_much_with_1_as_with_30_versions(
    client, draft, number, django_assert_num_queries
):
    copies(draft, number)
    client.get(reverse("plan:plan", args=["18"]))

    with django_assert_num_queries(4):
        response = client.get(reverse("plan:plan", args=["18"]))

    assert len(response.context["versions"]) == number + 1
