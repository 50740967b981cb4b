"""The demo's people: who they are, that they are marked as made up, and that twice is once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from samspill.apps.organisations import queries
from samspill.apps.organisations.models import Account, Mandate, Organisation
from samspill.demo import people, start
from samspill.demo.personas import MAIL_DOMAIN, PERSONAS, persona, personas_for_sign_in
from samspill.shared.audit.models import Line
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role

AT = dt.datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    start.prepare(AT)


def test_every_role_has_someone():
    roles = {held.role for one in PERSONAS for held in one.mandates}

    assert roles == set(Role)


def test_every_name_says_demo_and_every_key_is_used_once():
    assert all(one.name.endswith("(demo)") for one in PERSONAS)
    assert len({one.key for one in PERSONAS}) == len(PERSONAS)


def test_the_sign_in_page_gets_them_in_order_of_their_headings():
    groups = [one.group for one in personas_for_sign_in()]

    assert groups == sorted(groups, key=groups.index)
    assert personas_for_sign_in()[0].handle == "bodo-editor"


def test_twice_is_once(demo):
    def counts():
        models = (User, Mandate, Organisation, Account, Line)
        return [model.objects.count() for model in models]

    before = counts()

    start.prepare(AT + dt.timedelta(days=1))

    assert counts() == before


def test_the_people_stand_with_their_mandates(demo):
    day = AT.date()

    assert User.objects.filter(is_demo=True).count() == len(PERSONAS)
    for one in PERSONAS:
        actor = people.actor_of(one.key, AT)
        valid = [m.role for m in actor.mandates if m.valid_on(day)]
        expected = [held.role for held in one.mandates if held.until is None]
        assert (one.key, valid) == (one.key, expected)


def test_the_person_whose_mandate_ended_has_none_now(demo):
    former = people.actor_of("former", AT)

    assert (former.mandate, len(former.mandates), former.is_known) == (None, 1, True)


def test_the_tiny_municipality_has_one_person_with_two_mandates(demo):
    vigdis = people.actor_of("vevelstad", AT)

    assert {m.role for m in vigdis.mandates} == {Role.OWNER_SIGNER, Role.OWNER_EDITOR}
    assert queries.owner_for(vigdis).name == "Vevelstad kommune"


def test_the_case_worker_with_two_hats_writes_for_an_owner_too(demo):
    tora = people.actor_of("two-hats", AT)
    narvik = Organisation.objects.get(name="Narvik kommune")

    assert (tora.role, tora.ever_at(narvik.pk)) == (Role.CASE_WORKER, True)


def test_the_other_offices_case_worker_reaches_two_counties_and_not_nordland(demo):
    assert people.actor_of("north-case-worker", AT).counties == {"55", "56"}


def test_the_coordinator_has_a_region(demo):
    assert queries.region_of_mandate(people.actor_of("coordinator", AT)).name == "Salten"


def test_the_kindergarten_is_confirmed_and_says_that_it_is_made_up(demo):
    owner = queries.owner_for(people.actor_of("styrer", AT))

    assert (owner.name, owner.orgnr) == ("Blåfjell barnehage SA", "986968164")
    assert owner.approval_note.startswith("Fiktiv bekreftelse i demoen")
    assert (owner.is_confirmed, owner.synthetic) == (True, True)


def test_every_receiver_has_a_made_up_address_and_is_marked(demo):
    receivers = queries.possible_receivers("18")

    assert receivers.exclude(email__endswith=f"@{MAIL_DOMAIN}").count() == 0
    assert receivers.exclude(email__regex=r"^\d{9}@").count() == 0
    assert receivers.exclude(synthetic=True).count() == 0
    assert len({r.email for r in receivers}) == len(receivers)


def test_signers_of_receivers_have_account_numbers(demo):
    for key in people.ACCOUNTS:
        assert persona(key).role in (Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER)
    assert Account.objects.count() == len(people.ACCOUNTS)


def test_only_in_the_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="SAMSPILL_DEMO=1"):
        call_command("load_demo")

    assert User.objects.count() == 0


def test_the_list_names_everyone(capsys):
    call_command("load_demo", "--list")

    out = capsys.readouterr().out
    assert out.count("(demo)") == len(PERSONAS)
