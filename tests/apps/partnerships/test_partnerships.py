"""Agreements: seen by both parties, in force on their days, refused where they cannot be."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samspill.apps.partnerships import actions, queries
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import EnvironmentFactory, OrganisationFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def an_agreement(owner, environment, **changes):
    asked = {"title": "Avtale", "valid_from": date(2026, 8, 1), **changes}
    return actions.add_agreement(
        owner=owner, environment=environment, by=actor(organisation=owner), at=NOW, **asked
    )


def test_both_parties_see_the_agreement_and_nobody_else():
    owner, environment = OrganisationFactory(), EnvironmentFactory()
    agreement = an_agreement(owner, environment)
    signer = Role.ENVIRONMENT_SIGNER

    seen = [
        queries.agreements_of(who)
        for who in (
            actor(organisation=owner),
            actor(signer, organisation=environment),
            actor(),
            actor(signer, organisation=EnvironmentFactory()),
            actor(Role.CASE_WORKER, organisation=owner),
        )
    ]

    assert seen == [[agreement], [agreement], [], [], []]


def test_an_agreement_holds_to_the_end_of_its_last_day():
    owner, environment = OrganisationFactory(), EnvironmentFactory()
    agreement = an_agreement(owner, environment, valid_until=date(2027, 7, 31))

    days = [date(2026, 7, 31), date(2026, 8, 1), date(2027, 7, 31), date(2027, 8, 1)]
    found = [queries.agreement_between(owner.pk, environment.pk, day) for day in days]

    assert found == [None, agreement, agreement, None]


def test_an_agreement_is_ended_by_the_owner():
    owner, environment = OrganisationFactory(), EnvironmentFactory()
    agreement = an_agreement(owner, environment)
    asked = {"agreement": agreement, "on": date(2026, 12, 31), "at": NOW}

    with pytest.raises(PermissionDenied):
        actions.end_agreement(by=actor(), **asked)
    ended = actions.end_agreement(by=actor(organisation=owner), **asked)

    assert ended.valid_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": date(2026, 7, 31)},
        {"title": ""},
        {"title": "x" * 201},
    ],
)
def test_an_agreement_that_cannot_be_is_refused(change):
    with pytest.raises(ValidationError):
        an_agreement(OrganisationFactory(), EnvironmentFactory(), **change)


def test_an_agreement_is_made_with_a_competence_environment():
    with pytest.raises(ValidationError):
        an_agreement(OrganisationFactory(), OrganisationFactory())
