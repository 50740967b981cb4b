"""Erasing a person, connecting an identity, and who may do it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from tests.shared.identity import people
from tests.shared.identity.people import ADMINISTRATOR
from tests.shared.identity.test_sign_in import sign_in_as

from samspill.shared.audit.models import Line
from samspill.shared.identity import actions
from samspill.shared.identity.models import ExternalIdentity, User
from samspill.shared.identity.roles import Role

NOW = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Oslo"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def retired():
    """Someone whose mandate has ended."""
    user = people.make_person("odd", people.mandate(1, Role.OWNER_EDITOR, until=date(2026, 11, 23)))
    ExternalIdentity.objects.create(user=user, issuer="https://a.example", subject="s")
    return user


def test_an_erased_person_leaves_a_number_and_a_line_and_nothing_else(retired):
    person = actions.pseudonymise(user=retired, by=ADMINISTRATOR, at=NOW)

    person.refresh_from_db()
    assert (person.name, person.email, person.handle) == ("Slettet person", "", f"-{person.pk}")
    assert (person.pk, person.pseudonymised_at) == (retired.pk, NOW)
    assert not person.identities.exists()
    assert list(Line.objects.values_list("chain_id", "event", "case_id", "person_id")) == [
        ("national", "identity.pseudonymised", str(person.pk), 9_000)
    ]


def test_an_erased_person_cannot_sign_in(client, retired):
    sign_in_as(client, "odd")

    actions.pseudonymise(user=retired, by=ADMINISTRATOR, at=NOW)

    assert client.get("/skriv/").status_code == 302
    assert sign_in_as(client, f"-{retired.pk}").status_code == 404


@pytest.mark.parametrize("until", [None, date(2026, 11, 24), date(2027, 1, 1)])
def test_a_person_who_may_still_act_is_not_erased(until):
    user = people.make_person("odd", people.mandate(1, Role.OWNER_EDITOR, until=until))

    with pytest.raises(PermissionDenied, match="Avslutt dem først"):
        actions.pseudonymise(user=user, by=ADMINISTRATOR, at=NOW)


def test_a_person_is_erased_once(retired):
    erased = actions.pseudonymise(user=retired, by=ADMINISTRATOR, at=NOW)

    with pytest.raises(PermissionDenied, match="allerede slettet"):
        actions.pseudonymise(user=erased, by=ADMINISTRATOR, at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMINISTRATOR])
def test_nobody_but_the_platform_administrator_changes_people(retired, role):
    by = people.Actor(person_id=1, mandate=people.mandate(1, role))

    with pytest.raises(PermissionDenied, match="Bare plattformansvarlig"):
        actions.pseudonymise(user=retired, by=by, at=NOW)
    with pytest.raises(PermissionDenied, match="Bare plattformansvarlig"):
        actions.connect_identity(user=retired, issuer="https://b", subject="s", by=by, at=NOW)
    retired.refresh_from_db()
    assert retired.name == "Odd Demo"


def test_the_operator_connects_a_code_to_a_person(retired):
    call_command("connect_identity", "odd", "https://b.example", "code-7")

    assert retired.identities.filter(issuer="https://b.example", subject="code-7").exists()
    assert Line.objects.get().event == "identity.connected"


def test_a_subject_belongs_to_one_person(retired):
    other = people.make_person("kari")

    with pytest.raises(ValidationError):
        actions.connect_identity(
            user=other, issuer="https://a.example", subject="s", by=ADMINISTRATOR, at=NOW
        )
    assert Line.objects.count() == 0


def test_the_operator_erases_a_person_and_is_told_why_not(retired):
    people.make_person("kari", people.mandate(2, Role.CASE_WORKER))

    call_command("pseudonymise", "odd")

    assert set(User.objects.values_list("name", flat=True)) == {"Slettet person", "Kari Demo"}
    with pytest.raises(CommandError, match="Avslutt dem først"):
        call_command("pseudonymise", "kari")
    with pytest.raises(CommandError, match="no person"):
        call_command("pseudonymise", "odd")
