"""Two people with the draft open at once."""

import pytest
from django.urls import reverse

from samspill.apps.cycle.models import Announcement
from tests.apps.cycle.factories import SEPTEMBER, an_office, drafted

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def office(transactional_db, today):
    today(SEPTEMBER)
    return an_office()


def typed(response, **changes):
    form = response.context["form"]
    texts = {name: form[name].value() for name in form.fields}
    return {**texts, "seen": response.context["seen"], **changes}


def test_both_texts_are_shown_and_the_second_saving_is_a_choice(office, signed_in):
    drafted(office)
    address = reverse("cycle:draft", args=[office.cycle.pk])
    one, two = signed_in(office.case_worker), signed_in(office.approver)
    page_one, page_two = one.get(address), two.get(address)
    two.post(address, typed(page_two, text_nb="Kollegaens tekst"))

    conflict = one.post(address, typed(page_one, text_nb="Min tekst"))

    said = conflict.content.decode()
    assert conflict.status_code == 409
    assert "En kollega har lagret teksten etter at du åpnet siden" in said
    assert "Kollegaens tekst" in said
    assert conflict.context["form"]["text_nb"].value() == "Min tekst"
    assert Announcement.objects.get().text_nb == "Kollegaens tekst"
    assert one.post(address, typed(conflict)).status_code == 302
    assert Announcement.objects.get().text_nb == "Min tekst"


def test_the_first_saving_of_two_new_drafts_stands(office, signed_in):
    address = reverse("cycle:draft", args=[office.cycle.pk])
    one, two = signed_in(office.case_worker), signed_in(office.approver)
    page_one, page_two = one.get(address), two.get(address)

    codes = [
        two.post(address, typed(page_two)).status_code,
        one.post(address, typed(page_one, title_nb="Min tittel")).status_code,
    ]

    assert codes == [302, 409]


def test_a_refused_text_keeps_what_was_seen_so_that_a_conflict_still_shows(office, signed_in):
    drafted(office)
    address = reverse("cycle:draft", args=[office.cycle.pk])
    one = signed_in(office.case_worker)
    page_one = one.get(address)
    refused = one.post(address, typed(page_one, text_nn=""))
    drafted(office, by=office.approver, text_nb="Kollegaens tekst")

    again = one.post(address, typed(refused, text_nn="Min nynorsk"))

    assert (refused.status_code, again.status_code) == (422, 409)
