"""The pages of the competence plan and the agreements, as people fill them in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samspill.apps.competence.models import CompetencePlan, Need
from samspill.apps.partnerships.models import Agreement
from samspill.shared.identity import clock
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import (
    EnvironmentFactory,
    MandateFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
PLAN = {"title": "Plan for oppvekst", "first_year": "2026", "last_year": "2029"}


def signed_in(client, role=Role.OWNER_EDITOR, **kwargs):
    """A new person's browser, with one mandate."""
    mandate = MandateFactory(role=role, **kwargs)
    session, now = client.session, clock.real_now().isoformat()
    session.update(
        {"person": mandate.person_id, "started": now, "seen": now, "mandate": mandate.pk}
    )
    session.save()
    return client


def test_a_need_is_noted_and_shown(client):
    signed_in(client)

    answer = client.post(reverse("competence:need"), {"title": "Språk"}, follow=True)

    assert answer.redirect_chain == [(reverse("competence:overview"), 302)]
    assert "Språk" in answer.content.decode()
    assert Need.objects.get().title == "Språk"


def test_what_is_too_long_is_said_at_the_field_and_kept(client):
    signed_in(client)

    answer = client.post(reverse("competence:need"), {"title": "x" * 201, "description": "Beholdt"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("1 tegn for lang" in page.replace("\u00a0", " "), "Beholdt" in page) == (True, True)
    assert Need.objects.count() == 0


def test_a_plan_is_uploaded_and_fetched_by_its_owner_alone(client):
    owner = OrganisationFactory()
    signed_in(client, organisation=owner)
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")

    client.post(reverse("competence:plan"), {**PLAN, "file": file})

    address = reverse("competence:document", args=[CompetencePlan.objects.get().pk])
    mine = client.get(address)
    theirs = signed_in(client).get(address)
    assert (mine.status_code, theirs.status_code) == (200, 404)
    assert mine["Content-Disposition"].startswith("attachment")


def test_a_program_called_pdf_is_refused_at_the_field(client):
    signed_in(client)
    file = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00" + b"\x00" * 200)

    answer = client.post(reverse("competence:plan"), {**PLAN, "file": file})

    assert (answer.status_code, CompetencePlan.objects.count()) == (422, 0)
    assert "Plan for oppvekst" in answer.content.decode()


def test_an_agreement_is_added_by_the_owner_and_seen_by_the_environment(client):
    owner, environment = OrganisationFactory(), EnvironmentFactory()
    signed_in(client, organisation=owner)
    client.post(
        reverse("partnerships:add"),
        {"environment": environment.pk, "title": "Avtale om språk", "valid_from": "01.08.2026"},
    )

    signed_in(client, Role.ENVIRONMENT_SIGNER, organisation=environment)
    page = client.get(reverse("partnerships:overview")).content.decode()

    assert Agreement.objects.get().owner == owner
    assert "Avtale om språk" in page
    assert reverse("partnerships:add") not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_questions_however_long(
    count, client, django_assert_max_num_queries
):
    owner = OrganisationFactory()
    signed_in(client, organisation=owner)
    for number in range(count):
        client.post(reverse("competence:need"), {"title": f"Behov {number}"})

    with django_assert_max_num_queries(22):
        client.get(reverse("competence:overview"))
