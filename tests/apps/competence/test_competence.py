"""The owner's needs and plan: its own only, a file or an address, and what was typed is kept."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from samspill.apps.competence import actions, queries
from samspill.apps.competence.forms import PlanForm
from samspill.shared.files.models import StoredFile
from samspill.shared.files.storage import store_made
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import EnvironmentFactory, OrganisationFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))
PLAN = {"title": "Plan", "first_year": 2026, "last_year": 2029}


def test_an_owner_sees_its_own_needs_newest_first():
    owner, other = OrganisationFactory(), OrganisationFactory()
    mine, theirs = actor(organisation=owner), actor(organisation=other)
    actions.add_need(owner=owner, title="Språk", by=mine, at=NOW)
    actions.add_need(owner=owner, title="Lek", by=mine, at=NOW)
    actions.add_need(owner=other, title="Regning", by=theirs, at=NOW)

    assert [need.title for need in queries.needs_of(mine)] == ["Lek", "Språk"]


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.ENVIRONMENT_SIGNER, Role.EMPLOYEE])
def test_only_those_who_write_for_the_owner_add(role):
    owner = OrganisationFactory()
    who = actor(role, organisation=owner)

    with pytest.raises(PermissionDenied):
        actions.add_need(owner=owner, title="Språk", by=who, at=NOW)
    with pytest.raises(Http404):
        queries.needs_of(who)


def test_nobody_adds_to_another_owner():
    with pytest.raises(PermissionDenied):
        actions.add_plan(
            owner=OrganisationFactory(), address="https://a.test/", by=actor(), at=NOW, **PLAN
        )


def a_file():
    return store_made(b"%PDF-1.7", kind=StoredFile.Kind.PDF, name="plan.pdf", at=NOW)


@pytest.mark.parametrize("how", ["file", "address"])
def test_a_plan_is_a_file_or_an_address(how):
    owner = OrganisationFactory()
    who = actor(organisation=owner)
    given = {"file": a_file()} if how == "file" else {"address": "https://eier.test/plan"}

    plan = actions.add_plan(owner=owner, by=who, at=NOW, **PLAN, **given)

    assert queries.plans_of(who) == [plan]
    assert queries.plan_for(who, plan.pk) == plan


BAD_PLANS = [
    ({}, "address"),
    ({"address": "https://a.test/", "last_year": 2025}, "last_year"),
    ({"address": "javascript:alert(1)"}, "address"),
    ({"address": "https://a.test/", "title": "x" * 201}, "title"),
]


@pytest.mark.parametrize(("change", "field"), BAD_PLANS)
def test_a_plan_that_cannot_be_is_refused_at_its_field(change, field):
    owner = OrganisationFactory()

    with pytest.raises(ValidationError) as refused:
        actions.add_plan(owner=owner, by=actor(organisation=owner), at=NOW, **{**PLAN, **change})

    assert set(refused.value.message_dict) == {field}


def test_both_file_and_address_is_one_too_many():
    owner = OrganisationFactory()

    with pytest.raises(ValidationError):
        actions.add_plan(
            owner=owner,
            address="https://a.test/",
            file=a_file(),
            by=actor(organisation=owner),
            at=NOW,
            **PLAN,
        )


def test_another_owners_plan_is_not_found():
    owner = OrganisationFactory()
    plan = actions.add_plan(
        owner=owner, address="https://a.test/", by=actor(organisation=owner), at=NOW, **PLAN
    )

    for stranger in (actor(), actor(Role.ENVIRONMENT_SIGNER, organisation=EnvironmentFactory())):
        with pytest.raises(Http404):
            queries.plan_for(stranger, plan.pk)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ikke en adresse", "a\x00b"])
def test_the_form_takes_web_addresses_only(address):
    form = PlanForm({**PLAN, "address": address}, {})

    assert set(form.errors) == {"address"}
