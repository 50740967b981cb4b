"""Starting, asking, signing: a signature holds for exactly one content."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspill.apps.cycle.models import Announcement
from samspill.apps.needs import access, actions, queries
from samspill.apps.needs.models import NeedsReport
from samspill.shared.identity.roles import Role
from samspill.shared.messages.models import Message
from samspill.shared.states import RulesBroken
from tests.apps.needs.factories import (
    NOW,
    a_year,
    complete_report,
    draft_report,
    filled_report,
    fresh,
    returned_report,
    save,
    sign,
    submitted_report,
)
from tests.apps.organisations.factories import (
    EnvironmentFactory,
    MandateFactory,
    OrganisationFactory,
    UnknownOwnerFactory,
    actor,
    actor_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
State = NeedsReport.State


# --- Starting ------------------------------------------------------------------------------------
def test_numbers_run_from_one_each_year():
    year = a_year()

    numbers = [(r.number, r.measure.number) for r in (draft_report(year), draft_report(year))]

    assert numbers == [("B-2027-001", "T-18-2027-001"), ("B-2027-002", "T-18-2027-002")]


def test_the_form_opens_with_the_announcement():
    year = a_year()
    Announcement.objects.all().delete()

    with pytest.raises(PermissionDenied, match="kunngjort"):
        draft_report(year)


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.ENVIRONMENT_SIGNER, Role.AUDITOR])
def test_only_those_who_write_for_the_owner_start(role):
    year = a_year()

    with pytest.raises(PermissionDenied):
        draft_report(year, owner_actor=actor(role, organisation=year.owner))


@pytest.mark.parametrize("kind", ["county_municipality", "state_school", "university"])
def test_others_than_the_three_kinds_of_owner_cannot_start(kind):
    year = a_year()
    year.owner = OrganisationFactory(kind=kind)

    with pytest.raises(PermissionDenied):
        draft_report(year, owner_actor=actor(organisation=year.owner))


def test_vgo_the_county_municipality_starts_under_its_own_number():
    """Upper secondary: the same road, other reporters, other letters."""
    year = a_year(scheme="vgo")
    owner = OrganisationFactory(kind="county_municipality", county=year.cycle.county)
    year.owner, writer = owner, actor(organisation=owner)

    report = draft_report(year, owner_actor=writer)

    assert (report.number, report.measure.number) == ("BV-2027-001", "TV-18-2027-001")


def test_a_measure_is_carried_on_with_its_number_and_without_signatures():
    before = a_year()
    old = submitted_report(before, years=2)
    after = a_year(
        number=2028,
        county=before.cycle.county,
        office=before.office,
        deadline=before.cycle.milestones.get().starts.replace(year=2028),
    )
    later = NOW.replace(year=2028)

    new = actions.start_report(
        cycle=after.cycle, owner=before.owner, by=before.editor, at=later, from_report=old
    )

    new = fresh(new)
    assert (new.measure, new.years, new.title) == (old.measure, 1, old.title)
    assert [line.amounts for line in new.budget.all()] == [{}]
    assert queries.newest_signature(new.partners.get()) is None
    assert [r.number for r in queries.measure_history(new)] == ["B-2027-001", "B-2028-001"]


def test_a_measure_has_one_report_a_year_unless_the_first_was_withdrawn():
    before = a_year()
    old = draft_report(before)
    after = a_year(number=2028, county=before.cycle.county, office=before.office)
    later = NOW.replace(year=2028)
    asked = {"cycle": after.cycle, "owner": before.owner, "by": before.editor, "at": later}
    first = actions.start_report(from_report=old, **asked)

    with pytest.raises(actions.Refused, match="allerede en behovsmelding"):
        actions.start_report(from_report=old, **asked)
    actions.withdraw_report(report=first, by=before.editor, at=NOW)
    again = actions.start_report(from_report=old, **asked)

    assert again.number == "B-2028-002"


def test_nobody_carries_on_another_owners_measure():
    before = a_year()
    old = draft_report(before)
    after = a_year(number=2028, county=before.cycle.county, office=before.office)

    with pytest.raises(actions.Refused):
        actions.start_report(
            cycle=after.cycle,
            owner=after.owner,
            by=after.editor,
            at=NOW.replace(year=2028),
            from_report=old,
        )


# --- Signing -------------------------------------------------------------------------------------
def test_the_last_signature_makes_the_report_ready():
    year = a_year()
    report = filled_report(year)
    other = EnvironmentFactory()
    actions.add_partner(report=report, environment=other, by=year.editor, at=NOW)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)

    sign(report, year)

    assert fresh(report).state == State.AWAITING_PARTNER
    actions.sign_as_partner(
        partner=fresh(report).partners.get(environment=other),
        content_hash_seen=queries.content_hash(fresh(report)),
        teacher_education="Studentene er med.",
        by=actor(Role.ENVIRONMENT_SIGNER, organisation=other),
        at=NOW,
    )
    assert fresh(report).state == State.READY


def test_a_report_without_partner_is_sent_to_nobody():
    year = a_year()

    with pytest.raises(actions.Refused, match="Velg en partner"):
        actions.send_to_partner(report=draft_report(year), by=year.editor, at=NOW)


def test_a_partner_signs_only_what_it_saw():
    year = a_year()
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    partner = fresh(report).partners.get()

    with pytest.raises(actions.ContentMoved) as moved:
        actions.sign_as_partner(
            partner=partner,
            content_hash_seen="0" * 64,
            teacher_education="x",
            by=year.partner_signer,
            at=NOW,
        )

    assert moved.value.now == queries.content_hash(fresh(report))
    assert fresh(report).state == State.AWAITING_PARTNER


def test_k20_a_university_says_how_experience_returns():
    year = a_year()
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    partner = fresh(report).partners.get()

    with pytest.raises(RulesBroken) as broken:
        actions.sign_as_partner(
            partner=partner,
            content_hash_seen=queries.content_hash(fresh(report)),
            by=year.partner_signer,
            at=NOW,
        )

    assert [f.rule_id for f in broken.value.findings] == ["K20"]
    assert partner.signatures.count() == 0


def test_a_double_click_signs_once():
    year = a_year()
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)

    first, second = sign(report, year), sign(report, year)

    assert first == second


def test_another_environments_signer_cannot_sign():
    year = a_year()
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    stranger = actor(Role.ENVIRONMENT_SIGNER, organisation=EnvironmentFactory())

    with pytest.raises(PermissionDenied, match="kompetansemiljøet"):
        sign(report, year, by=stranger)


def test_a_person_cannot_sign_on_both_sides_even_after_the_owners_mandate_ended():
    year = a_year()
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    person = MandateFactory(
        role=Role.OWNER_EDITOR, organisation=year.owner, valid_until=NOW.date() - timedelta(60)
    ).person
    both = MandateFactory(
        person=person, role=Role.ENVIRONMENT_SIGNER, organisation=year.environment
    )

    with pytest.raises(PermissionDenied, match="Be en kollega"):
        sign(report, year, by=actor_for(both))


def test_changes_since_the_signature_are_told_field_by_field():
    year = a_year()
    report = complete_report(year)
    line = report.budget.get()
    save(report, {"aims": "Nytt mål", f"budget.{line.pk}.2027": 420_000}, by=year.editor)

    changes = queries.changes_since_signed(fresh(report).partners.get())

    told = [(c.field, c.before, c.after.replace("\u00a0", " ")) for c in changes]
    assert told == [
        ("aims", "Barna får et rikere språk.", "Nytt mål"),
        (f"budget.{line.pk}.2027", "400\u00a0000\u00a0kr", "420 000 kr"),
    ]


def test_a_changed_report_is_signed_anew():
    year = a_year()
    report = complete_report(year)
    save(report, {"aims": "Nytt mål"}, by=year.editor)

    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    sign(report, year)

    assert fresh(report).state == State.READY
    assert queries.changes_since_signed(fresh(report).partners.get()) == []


def test_undoing_a_change_does_not_wake_a_void_signature():
    year = a_year()
    report = complete_report(year)
    save(report, {"aims": "Nytt mål"}, by=year.editor)
    save(report, {"aims": "Barna får et rikere språk."}, by=year.editor)

    actions.send_to_partner(report=report, by=year.editor, at=NOW)

    assert fresh(report).state == State.AWAITING_PARTNER


def test_a_partner_signs_a_returned_report_without_moving_it():
    year = a_year()
    report = returned_report(year)
    save(report, {"own_effort": "Mer tid"}, by=year.editor)

    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    sign(report, year)

    assert fresh(report).state == State.RETURNED
    assert queries.holds(
        queries.newest_signature(fresh(report).partners.get()),
        queries.content_hash(fresh(report)),
    )


def test_a_party_named_in_the_budget_cannot_be_taken_out():
    year = a_year()
    report = filled_report(year)

    with pytest.raises(actions.Refused, match="budsjettlinjene"):
        actions.remove_partner(partner=report.partners.get(), by=year.editor, at=NOW)
    actions.remove_budget_line(line=report.budget.get(), by=year.editor, at=NOW)
    actions.remove_partner(partner=fresh(report).partners.get(), by=year.editor, at=NOW)

    assert fresh(report).partners.count() == 0


def test_partners_are_told_once_for_each_content():
    year = a_year()
    report = filled_report(year)

    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)

    assert Message.objects.filter(organisation_id=year.environment.pk).count() == 1


# --- Networks ------------------------------------------------------------------------------------
def test_a_network_owner_counts_when_its_own_signer_has_confirmed():
    year = a_year()
    report = filled_report(year)
    other = OrganisationFactory(county=year.cycle.county)
    row = actions.invite_network_owner(report=report, owner=other, by=year.editor, at=NOW)
    theirs = actor(Role.OWNER_SIGNER, organisation=other)

    before = queries.facts_of(fresh(report), NOW).owners
    actions.confirm_network(network_owner=row, by=theirs, at=NOW)
    after = queries.facts_of(fresh(report), NOW).owners

    assert ([o.party.name for o in before], [o.party.name for o in after]) == (
        [year.owner.name],
        [year.owner.name, other.name],
    )


@pytest.mark.parametrize("role", [Role.OWNER_EDITOR, Role.ENVIRONMENT_SIGNER])
def test_others_cannot_confirm_for_the_invited_owner(role):
    year = a_year()
    other = OrganisationFactory()
    row = actions.invite_network_owner(
        report=filled_report(year), owner=other, by=year.editor, at=NOW
    )

    with pytest.raises(PermissionDenied):
        actions.confirm_network(network_owner=row, by=actor(role, organisation=other), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.confirm_network(network_owner=row, by=year.signer, at=NOW)


def test_a_university_is_no_network_owner():
    year = a_year()

    with pytest.raises(actions.Refused):
        actions.invite_network_owner(
            report=draft_report(year), owner=year.environment, by=year.editor, at=NOW
        )


def test_an_unconfirmed_owner_is_told_why_it_cannot_send():
    year = a_year()
    unknown = UnknownOwnerFactory(county=year.cycle.county)
    report = NeedsReport(owner=unknown, cycle=year.cycle, state=State.READY)

    answer = access.may_submit(actor(Role.OWNER_SIGNER, organisation=unknown), report)

    assert not answer
    assert "ikke bekreftet" in answer.reason
