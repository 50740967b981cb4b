"""Signatures, ties and unsent text: what may not slip through."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspill.apps.needs import actions, queries
from samspill.apps.needs.models import NeedsReport
from samspill.apps.organisations.queries import mandates_of
from samspill.shared.files.models import StoredFile
from samspill.shared.files.storage import store_made
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role
from samspill.shared.messages.models import Message
from samspill.shared.states import RulesBroken
from tests.apps.needs import factories as needs
from tests.apps.needs.factories import (
    NOW,
    a_year,
    complete_report,
    filled_report,
    fresh,
    returned_report,
    submitted_report,
)
from tests.apps.organisations.factories import EnvironmentFactory, MandateFactory, actor

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
LATER = NOW + timedelta(days=2)
State = NeedsReport.State


@pytest.mark.parametrize("field", ["title", "category"])
def test_a_report_without_name_or_category_is_not_sent(field):
    year = a_year()
    report = complete_report(year, **{field: ""})

    with pytest.raises(RulesBroken) as broken:
        needs.submit(report, year)

    assert [one.field for one in broken.value.findings if one.stops] == [field]


def two_partners_have_signed(year):
    """A report with a second partner, signed by both; and who signs for the second."""
    second = EnvironmentFactory(county=year.cycle.county)
    signer = actor(Role.ENVIRONMENT_SIGNER, organisation=second)
    report = filled_report(year)
    actions.add_partner(report=report, environment=second, by=year.editor, at=NOW)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    needs.sign(report, year)
    sign_second(report, second, signer, at=NOW)
    return fresh(report), second, signer


def sign_second(report, environment, signer, *, at):
    actions.sign_as_partner(
        partner=fresh(report).partners.get(environment=environment),
        content_hash_seen=queries.content_hash(fresh(report)),
        teacher_education="Studentene får praksis.",
        by=signer,
        at=at,
    )


def test_a_returned_report_is_sent_anew_only_when_every_partner_has_signed_it():
    year = a_year()
    report, second, signer = two_partners_have_signed(year)
    needs.submit(report, year)
    actions.return_report(
        report=report,
        fields={"own_effort": "Skriv mer."},
        message="Vi trenger litt mer.",
        until=date(2027, 2, 1),
        by=year.case_worker,
        at=LATER,
    )
    needs.save(report, {"own_effort": "Tre dager."}, by=year.editor, at=LATER)
    actions.send_to_partner(report=report, by=year.editor, at=LATER)
    needs.sign(report, year, at=LATER)

    with pytest.raises(actions.Refused, match="Alle partnerne"):
        needs.submit(report, year, at=LATER)

    assert fresh(report).state == State.RETURNED
    sign_second(report, second, signer, at=LATER)
    assert needs.submit(report, year, at=LATER).pk


def test_a_name_that_moved_in_a_register_can_be_signed_anew():
    year = a_year()
    report = complete_report(year)
    asked = Message.objects.filter(key__startswith="needs/partner/").count()
    year.owner.units.update(name="Nytt navn barnehage")

    actions.send_to_partner(report=report, by=year.editor, at=NOW)

    assert fresh(report).state == State.AWAITING_PARTNER
    assert Message.objects.filter(key__startswith="needs/partner/").count() == asked + 1
    needs.sign(report, year)
    assert needs.submit(report, year).pk


@pytest.mark.parametrize("tie", ["owner", "environment"])
def test_a_case_worker_with_a_tie_to_a_party_neither_completes_nor_returns(tie):
    year = a_year()
    report = submitted_report(year)
    tied = actor(Role.CASE_WORKER, organisation=year.office)
    MandateFactory(
        person=User.objects.get(pk=tied.person_id),
        role=Role.OWNER_EDITOR if tie == "owner" else Role.ENVIRONMENT_SIGNER,
        organisation=getattr(year, tie),
        valid_from=date(2020, 1, 1),
        valid_until=date(2021, 1, 1),
    )
    tied = with_all_mandates(tied)

    with pytest.raises(PermissionDenied, match="En kollega"):
        actions.mark_complete(report=report, by=tied, at=LATER)

    with pytest.raises(PermissionDenied, match="En kollega"):
        actions.return_report(
            report=report,
            fields={"own_effort": ""},
            message="Mer.",
            until=date(2027, 2, 1),
            by=tied,
            at=LATER,
        )


def with_all_mandates(who):
    return replace(who, mandates=mandates_of(who.person_id))


def test_the_office_reads_what_was_sent_not_what_the_owner_is_about_to_send(page_as, clock):
    clock(LATER)
    year = a_year()
    report = returned_report(year, fields=("attachments",))
    file = store_made(b"%PDF-1.7", kind=StoredFile.Kind.PDF, name="uferdig.pdf", at=LATER)
    row = actions.add_attachment(report=report, file=file, by=year.editor, at=LATER)
    office = page_as(year.case_worker)

    page = office.get(f"/behovsmelding/{report.pk}/les/")
    fetched = office.get(f"/behovsmelding/vedlegg/{row.pk}/")

    assert "uferdig.pdf" not in page.text
    assert fetched.status_code == 404
    assert page_as(year.editor).get(f"/behovsmelding/vedlegg/{row.pk}/").status_code == 200
