"""Confirming receivers, account numbers and mandates: who may, and what is left behind."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404

from samspill.apps.organisations import access, actions, queries
from samspill.apps.organisations.models import Account, Mandate, Organisation
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import NOBODY, SYSTEM
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import (
    CountyFactory,
    EnvironmentFactory,
    MandateFactory,
    MunicipalityFactory,
    OfficeFactory,
    OrganisationFactory,
    RegionFactory,
    RegionMembershipFactory,
    StudyPlaceFactory,
    UnitFactory,
    UnknownOwnerFactory,
    UserFactory,
    actor,
    actor_for,
)

AT = dt.datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
LATER = AT + dt.timedelta(days=1)
ACCOUNT, OTHER_ACCOUNT = "86011117947", "12345678903"

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_worker():
    return actor(Role.CASE_WORKER, organisation=OfficeFactory().organisation)


@pytest.fixture
def unknown():
    owner = UnknownOwnerFactory()
    UnitFactory(owner=owner, private=True, name="Lia barnehage", orgnr="974760673")
    return owner


def confirm(owner, by, orgnr="974760673", note="Vedtak etter § 14 sett 1. november.", **kwargs):
    return actions.confirm_owner(
        owner=owner, orgnr=orgnr, approval_note=note, by=by, at=AT, **kwargs
    )


# --- Confirm -------------------------------------------------------------------------------------
def test_a_case_worker_confirms_with_the_kindergartens_own_number(case_worker, unknown):
    owner = confirm(unknown, case_worker)

    assert (owner.name, owner.orgnr, owner.confirmed_at) == ("Lia barnehage", "974760673", AT)
    assert (owner.confirmed_by_id, owner.approval_note) == (
        case_worker.person_id,
        "Vedtak etter § 14 sett 1. november.",
    )
    assert list(Line.objects.values_list("chain", "event", "case_id")) == [
        ("18", "organisations.owner_confirmed", str(owner.pk))
    ]


@pytest.mark.parametrize("orgnr", ["974760674", "97476067", "", "abcdefghi", "U74760673"])
def test_a_number_that_fails_mod_11_is_refused(case_worker, unknown, orgnr):
    with pytest.raises(actions.Refused, match="stemmer ikke") as refused:
        confirm(unknown, case_worker, orgnr=orgnr)

    unknown.refresh_from_db()
    assert (refused.value.field, unknown.is_confirmed) == ("orgnr", False)
    assert Line.objects.count() == 0


def test_an_approval_must_be_noted(case_worker, unknown):
    with pytest.raises(actions.Refused, match="godkjent"):
        confirm(unknown, case_worker, note="  ")


def test_a_number_another_receiver_has_is_refused(case_worker, unknown):
    OrganisationFactory(orgnr="974760673", name="Kjeden AS")

    with pytest.raises(actions.Refused, match="Kjeden AS har dette nummeret"):
        confirm(unknown, case_worker)


def test_the_number_of_someone_elses_unit_is_refused(case_worker, unknown):
    other = UnitFactory(name="Naboen barnehage")

    with pytest.raises(actions.Refused, match="Nummeret tilhører Naboen barnehage"):
        confirm(unknown, case_worker, orgnr=other.orgnr)


def test_a_receiver_is_confirmed_once(case_worker, unknown):
    confirm(unknown, case_worker)

    with pytest.raises(PermissionDenied, match="allerede bekreftet"):
        confirm(unknown, case_worker)


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.CASE_WORKER, Role.APPROVER)])
def test_nobody_but_the_secretariat_confirms(unknown, role):
    with pytest.raises(PermissionDenied):
        confirm(unknown, actor(role, organisation=unknown))


def test_another_countys_case_worker_does_not_confirm(unknown):
    county = CountyFactory(number="55", name="Troms")
    office = OfficeFactory(organisation__county=county)

    with pytest.raises(PermissionDenied, match="annet fylke"):
        confirm(unknown, actor(Role.CASE_WORKER, organisation=office.organisation))


def test_a_case_worker_who_has_ever_been_at_the_owner_does_not_confirm_it(unknown):
    office = OfficeFactory().organisation
    mandate = MandateFactory(role=Role.CASE_WORKER, organisation=office)
    MandateFactory(person=mandate.person, organisation=unknown, valid_until=dt.date(2026, 1, 31))

    with pytest.raises(PermissionDenied, match="En annen må bekrefte"):
        confirm(unknown, actor_for(mandate))


def test_an_environment_is_confirmed_where_it_has_a_study_place(case_worker):
    troms = CountyFactory(number="55", name="Troms")
    place = MunicipalityFactory(number="5501", county=troms)
    university = EnvironmentFactory(county=troms, municipality=place, orgnr=None, confirmed_at=None)
    StudyPlaceFactory(environment=university, municipality=MunicipalityFactory())

    assert confirm(university, case_worker).is_confirmed is True


def test_the_database_refuses_a_confirmed_owner_without_a_number():
    with pytest.raises(IntegrityError):
        OrganisationFactory(orgnr=None)


# --- Account -------------------------------------------------------------------------------------
def enter(organisation, by, number=ACCOUNT, at=AT):
    return actions.enter_account(organisation=organisation, number=number, by=by, at=at)


@pytest.mark.parametrize("role", [Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER])
def test_the_signer_enters_the_account_and_the_trail_holds_only_a_hash(role):
    signer = actor(role)
    organisation = queries.signers_organisation(signer)

    account = enter(organisation, signer, number="8601 11 17947")

    line = Line.objects.get()
    assert queries.account_of(organisation) == account
    assert (account.number, account.entered_by_id) == (ACCOUNT, signer.person_id)
    assert line.event == "organisations.account_entered"
    assert ACCOUNT not in str(line.detail)
    assert len(line.detail["number_hash"]) == 64


def test_a_new_number_replaces_the_old_which_keeps_its_dates():
    signer = actor(Role.OWNER_SIGNER)
    organisation = queries.signers_organisation(signer)
    enter(organisation, signer)

    enter(organisation, signer, number=OTHER_ACCOUNT, at=LATER)

    rows = Account.objects.order_by("pk").values_list("number", "entered_at", "replaced_at")
    assert list(rows) == [(ACCOUNT, AT, LATER), (OTHER_ACCOUNT, LATER, None)]
    assert queries.account_of(organisation).number == OTHER_ACCOUNT


def test_the_same_number_again_changes_nothing():
    signer = actor(Role.OWNER_SIGNER)
    organisation = queries.signers_organisation(signer)

    first, second = enter(organisation, signer), enter(organisation, signer, at=LATER)

    assert first == second
    assert (Account.objects.count(), Line.objects.count()) == (1, 1)


@pytest.mark.parametrize("number", ["86011117948", "00000000000", "8601", "", "x" * 11])
def test_an_account_number_that_cannot_be_right_is_refused(number):
    signer = actor(Role.OWNER_SIGNER)

    with pytest.raises(actions.Refused, match="stemmer ikke"):
        enter(queries.signers_organisation(signer), signer, number=number)

    assert Account.objects.count() == 0


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER)]
)
def test_nobody_but_a_signer_enters_an_account(role):
    someone = actor(role)
    organisation = Organisation.objects.get(pk=someone.organisation_id)

    with pytest.raises(PermissionDenied):
        enter(organisation, someone)


def test_a_signer_does_not_enter_another_organisations_account():
    with pytest.raises(PermissionDenied, match="din egen"):
        enter(OrganisationFactory(), actor(Role.OWNER_SIGNER))


def test_an_account_number_is_shown_masked():
    assert queries.masked(ACCOUNT) == "•••• •• •7947"


# --- Mandates ------------------------------------------------------------------------------------
def test_mandates_of_tells_all_also_ended_ones_newest_first():
    person = UserFactory()
    ended = MandateFactory(
        person=person, valid_from=dt.date(2025, 1, 1), valid_until=dt.date(2026, 6, 30)
    )
    office = OfficeFactory(counties=[CountyFactory(), CountyFactory(number="50", name="T")])
    now = MandateFactory(
        person=person,
        role=Role.CASE_WORKER,
        organisation=office.organisation,
        valid_from=dt.date(2026, 7, 1),
    )

    facts = queries.mandates_of(person.pk)

    assert [(m.id, m.role, m.counties) for m in facts] == [
        (now.pk, Role.CASE_WORKER, {"18", "50"}),
        (ended.pk, Role.OWNER_EDITOR, {"18"}),
    ]
    assert [m.valid_on(dt.date(2026, 6, 30)) for m in facts] == [False, True]
    assert [m.valid_on(dt.date(2026, 7, 1)) for m in facts] == [True, False]


def test_a_mandate_bound_to_a_county_reaches_only_that():
    office = OfficeFactory(counties=[CountyFactory(), CountyFactory(number="50", name="T")])

    forum = actor(
        Role.FORUM_MEMBER, organisation=office.organisation, county=CountyFactory(number="50")
    )

    assert forum.counties == {"50"}


def test_mandates_take_two_queries_however_many(django_assert_num_queries):
    person = UserFactory()
    office = OfficeFactory().organisation
    for _ in range(5):
        MandateFactory(person=person, organisation=office)

    with django_assert_num_queries(2):
        queries.mandates_of(person.pk)


def test_only_the_administrator_gives_mandates():
    owner, person = OrganisationFactory(), UserFactory()
    wanted = {
        "person": person,
        "role": Role.OWNER_EDITOR,
        "organisation": owner,
        "valid_from": dt.date(2026, 1, 1),
        "at": AT,
    }

    with pytest.raises(PermissionDenied):
        actions.give_mandate(**wanted, by=actor(Role.CASE_WORKER))
    given = actions.give_mandate(**wanted, by=SYSTEM)
    ended = actions.end_mandate(mandate=given, last_day=dt.date(2026, 11, 30), by=SYSTEM, at=AT)

    assert Mandate.objects.filter(person=person).get() == ended
    assert list(Line.objects.values_list("event", flat=True)) == [
        "organisations.mandate_given",
        "organisations.mandate_ended",
    ]


def test_a_mandate_cannot_end_before_it_begins():
    given = MandateFactory()

    with pytest.raises(ValidationError):
        actions.end_mandate(mandate=given, last_day=dt.date(2025, 1, 1), by=SYSTEM, at=AT)


def test_people_at_are_those_with_the_role_that_day():
    owner = OrganisationFactory()
    signer = MandateFactory(role=Role.OWNER_SIGNER, organisation=owner).person
    MandateFactory(role=Role.OWNER_EDITOR, organisation=owner)
    MandateFactory(role=Role.OWNER_SIGNER, organisation=owner, valid_until=dt.date(2026, 1, 31))

    people = queries.people_at(owner.pk, Role.OWNER_SIGNER, day=AT.date())

    assert list(people) == [signer]


# --- Other doors ---------------------------------------------------------------------------------
def test_owner_for_is_404_unless_one_writes_for_an_owner():
    editor = actor(Role.OWNER_EDITOR)

    assert queries.owner_for(editor).pk == editor.organisation_id
    for stranger in (NOBODY, actor(Role.CASE_WORKER), actor(organisation=EnvironmentFactory())):
        with pytest.raises(Http404):
            queries.owner_for(stranger)


def test_region_of_follows_the_date():
    owner = OrganisationFactory()
    first, second = RegionFactory(), RegionFactory()
    RegionMembershipFactory(
        region=first, municipality=owner.municipality, valid_until=dt.date(2026, 6, 30)
    )
    RegionMembershipFactory(
        region=second, municipality=owner.municipality, valid_from=dt.date(2026, 7, 1)
    )

    regions = [queries.region_of(owner, dt.date(2026, month, 30)) for month in (6, 7)]

    assert regions == [first, second]
    assert queries.region_of(owner, dt.date(2025, 12, 31)) is None


def test_environments_are_found_by_name_and_place_whatever_the_case():
    university = EnvironmentFactory(name="Ålesund høgskole")
    StudyPlaceFactory(environment=university, name="Ørsta")
    EnvironmentFactory(name="Et annet")

    found = [list(queries.environments(q)) for q in ("ålesund", "HØGSKOLE", "ørsta", "Å")]

    assert found == [[university]] * 4


def test_confirming_needs_the_right_to_and_tells_why_not(unknown):
    assert str(access.may_confirm(actor(Role.AUDITOR), unknown).reason).startswith("Bare saksb")
