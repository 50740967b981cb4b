"""The announcement: two people, one text, everyone who may receive."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from samspill.apps.cycle import actions, queries
from samspill.apps.cycle.models import Announcement
from samspill.apps.organisations.models import Organisation
from samspill.apps.records.models import JournalEntry, Task
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.roles import Role
from samspill.shared.messages.models import Message
from tests.apps.cycle.factories import (
    OCTOBER,
    SEPTEMBER,
    a_county_municipality,
    an_office,
    drafted,
    fresh,
    milestone,
    published,
    seen,
    sent,
)
from tests.apps.organisations.factories import (
    EnvironmentFactory,
    MandateFactory,
    OrganisationFactory,
    StudyPlaceFactory,
    UnitFactory,
    UnknownOwnerFactory,
    actor,
    actor_for,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
State = Announcement.State


@pytest.fixture
def office(transactional_db):
    return an_office()


def approve(announcement, *, by, seen_hash=None, at=OCTOBER):
    return actions.approve_announcement(
        announcement=announcement, seen_hash=seen_hash or seen(announcement), by=by, at=at
    )


def test_the_text_states_frame_plan_criteria_and_deadlines_in_both_written_forms(office):
    texts = queries.drafted_texts(office.cycle)

    nb, nn = texts["text_nb"].replace("\xa0", " "), texts["text_nn"].replace("\xa0", " ")
    assert texts["title_nb"] == (
        "Kunngjøring av tilskudd til kollektiv kompetanseutvikling i Nordland 2027"
    )
    assert texts["title_nn"] == (
        "Kunngjering av tilskot til kollektiv kompetanseutvikling i Nordland 2027"
    )
    for text in (nb, nn):
        assert "24 000 000 kr" in text
        assert "Prøveplanen (fiktivt vedtatt)" in text
        assert "20. januar 2027 kl. 24.00" in text
    assert "onsdag 20. januar 2027" in nb
    assert "uke 11 i 2027" in nb
    assert "veke 11 i 2027" in nn
    assert "senest 15. april 2027" in nb
    lists = [items for kind, items in queries.blocks(texts["text_nb"]) if kind == "list"]
    assert len(lists[0]) == 6


def test_an_unknown_frame_is_said_to_be_unknown(office):
    actions.set_frame(cycle=office.cycle, frame=None, by=office.case_worker, at=SEPTEMBER)

    text = queries.drafted_texts(fresh(office.cycle))["text_nb"]

    assert "Rammen for 2027 er ikke kjent ennå" in text


def test_the_form_opens_when_another_person_has_approved(office):
    assert not queries.form_is_open(office.cycle, OCTOBER)
    announcement = sent(office)
    assert not queries.form_is_open(office.cycle, OCTOBER)

    announcement = approve(announcement, by=office.approver)

    assert announcement.state == State.PUBLISHED
    assert queries.form_is_open(office.cycle, OCTOBER)
    before = OCTOBER - dt.timedelta(minutes=1)
    answer = queries.form_is_open(office.cycle, before)
    assert (bool(answer), answer.reason) == (
        False,
        "Skjemaet åpner når Statsforvalteren i Prøve har kunngjort midlene for 2027.",
    )


def test_one_message_goes_to_every_possible_receiver_in_its_own_written_form(office):
    bokmal = OrganisationFactory(email="post@en.test")
    nynorsk = OrganisationFactory(email="post@to.test", written_form="nn")
    by_municipality = OrganisationFactory(
        email="post@tre.test", kind=Organisation.Kind.PRIVATE_SCHOOL
    )
    by_municipality.municipality.written_form = "nn"
    by_municipality.municipality.save()
    OrganisationFactory(kind=Organisation.Kind.UNION, email="union@test.no")

    announcement = published(office)

    assert list(
        Message.objects.order_by("email").values_list("key", "organisation_id", "language", "kind")
    ) == [
        (f"announcement/{announcement.pk}/organisation/{one.pk}", one.pk, language, "must")
        for one, language in ((bokmal, "nb"), (nynorsk, "nn"), (by_municipality, "nn"))
    ]
    assert Message.objects.get(organisation_id=nynorsk.pk).subject == announcement.title_nn
    assert Message.objects.get(organisation_id=bokmal.pk).link == (
        f"/kunngjoring/{announcement.pk}/"
    )


def test_receivers_without_address_are_kept_and_become_one_task(office):
    OrganisationFactory(email="post@en.test")
    UnknownOwnerFactory()
    UnknownOwnerFactory()

    announcement = published(office)

    assert queries.receiver_count(office.cycle, announcement) == {"all": 3, "missing": 2}
    assert Message.objects.count() == 1
    task = Task.objects.get()
    assert (task.kind, task.title, task.link) == (
        "no_address",
        "2 mottakere av kunngjøringen for 2027 mangler e-postadresse",
        f"/aarshjul/{office.cycle.pk}/kunngjoring/se/",
    )
    line = Line.objects.get(event="cycle.announced")
    assert line.detail == {"receivers": 3, "without_address": 2}


def test_the_announcement_is_journalled_with_what_was_approved(office):
    announcement = published(office)

    entry = JournalEntry.objects.get()
    assert (entry.direction, entry.title, entry.content_hash, entry.case_id) == (
        "out",
        announcement.title_nb,
        announcement.content_hash,
        str(announcement.pk),
    )
    assert announcement.content["text_nb"] == announcement.text_nb


def test_the_preparer_is_refused_also_through_a_second_mandate(office):
    preparer = office.case_worker
    second = MandateFactory(
        person_id=preparer.person_id, role=Role.APPROVER, organisation=office.organisation
    )
    announcement = sent(office)

    with pytest.raises(PermissionDenied, match="Du har selv forberedt kunngjøringen"):
        approve(announcement, by=actor_for(second))

    announcement.refresh_from_db()
    assert (announcement.state, Message.objects.count()) == (State.AWAITING_APPROVAL, 0)


def test_everyone_who_ever_wrote_in_it_is_refused(office):
    drafted(office, by=office.approver)
    announcement = sent(office)

    with pytest.raises(PermissionDenied, match="En annen person må godkjenne den"):
        approve(announcement, by=office.approver)

    other = actor(Role.APPROVER, organisation=office.organisation)
    assert approve(announcement, by=other).approved_by_id == other.person_id


def test_the_database_itself_refuses_one_person_in_both_parts(office):
    announcement = published(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=announcement.pk).update(approved_by=announcement.prepared_by)


@pytest.mark.parametrize("who", ["case worker", "other office", "system"])
def test_only_an_approver_at_the_authority_approves(office, who):
    announcement = sent(office)
    by = {
        "case worker": lambda: actor(Role.CASE_WORKER, organisation=office.organisation),
        "other office": lambda: actor(
            Role.APPROVER, organisation=an_office(year=2028).organisation
        ),
        "system": lambda: SYSTEM,
    }[who]()

    with pytest.raises(PermissionDenied):
        approve(announcement, by=by)

    assert Message.objects.count() == 0


def test_it_is_approved_only_as_it_was_seen(office):
    announcement = sent(office)
    was_seen = seen(announcement)
    late = OrganisationFactory(name="Kom til etterpå")

    with pytest.raises(actions.ContentMoved) as moved:
        approve(announcement, by=office.approver, seen_hash=was_seen)

    parts = queries.differences(moved.value.before, moved.value.now)
    assert [part.part for part in parts] == ["Mottakerne"]
    assert ("+", f"nr. {late.pk}") in parts[0].lines
    assert Message.objects.count() == 0


@pytest.mark.parametrize("nonsense", ["", "0" * 64, "\x00"])
def test_a_made_up_hash_approves_nothing(office, nonsense):
    announcement = sent(office)

    with pytest.raises(actions.ContentMoved):
        actions.approve_announcement(
            announcement=announcement, seen_hash=nonsense, by=office.approver, at=OCTOBER
        )


def test_dates_changed_while_it_waits_send_it_back_to_the_text(office):
    announcement = sent(office)
    actions.change_milestone(
        milestone=milestone(office, "needs_deadline"),
        precision="day",
        day=dt.date(2027, 1, 21),
        by=office.case_worker,
        at=SEPTEMBER,
    )

    with pytest.raises(PermissionDenied, match="endret etter at teksten ble skrevet"):
        approve(announcement, by=office.approver)

    returned = actions.return_announcement(
        announcement=announcement, note="Ny frist", by=office.approver, at=SEPTEMBER
    )
    assert (returned.state, returned.return_note) == (State.DRAFT, "Ny frist")
    again = drafted(office)
    assert "21. januar 2027 kl. 24.00" in again.text_nb


def test_a_text_written_before_the_frame_changed_is_not_sent(office):
    announcement = drafted(office)
    actions.set_frame(cycle=office.cycle, frame=1_000, by=office.case_worker, at=SEPTEMBER)

    with pytest.raises(PermissionDenied, match="lagre den på nytt"):
        actions.send_for_approval(
            announcement=announcement,
            seen_hash=seen(announcement),
            by=office.case_worker,
            at=SEPTEMBER,
        )


def test_without_a_plan_it_is_not_sent(transactional_db):
    office = an_office(with_plan=False)
    announcement = drafted(office)

    with pytest.raises(PermissionDenied, match="hvilken plan som gjelder"):
        actions.send_for_approval(
            announcement=announcement,
            seen_hash=seen(announcement),
            by=office.case_worker,
            at=SEPTEMBER,
        )


def test_it_is_not_edited_while_it_waits_nor_when_it_is_out(office):
    sent(office)
    with pytest.raises(PermissionDenied, match="venter på godkjenning"):
        drafted(office)

    announcement = Announcement.objects.get()
    approve(announcement, by=office.approver)
    with pytest.raises(PermissionDenied, match="kan ikke endres"):
        drafted(office)


@pytest.mark.parametrize(
    "texts",
    [
        {"text_nn": ""},
        {"title_nn": ""},
        {"text_nb": "x" * 20_001},
        {"title_nb": "x" * 201},
        {"text_nb": "NUL\x00 her"},
        {"title_nn": "NUL\x00"},
    ],
)
def test_texts_missing_too_long_or_with_nul_are_refused_and_nothing_is_saved(office, texts):
    with pytest.raises(ValidationError):
        drafted(office, **texts)

    assert Announcement.objects.count() == 0


def test_two_approvers_at_once_announce_once(office):
    OrganisationFactory(email="post@en.test")
    announcement = sent(office)
    others = [actor(Role.APPROVER, organisation=office.organisation) for _ in range(2)]
    was_seen, outcomes, start = seen(announcement), [], threading.Barrier(2)

    def run(by):
        start.wait()
        try:
            approve(announcement, by=by, seen_hash=was_seen)
            outcomes.append("approved")
        except PermissionDenied as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(by,)) for by in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["Kunngjøringen venter ikke på godkjenning.", "approved"]
    assert (Message.objects.count(), JournalEntry.objects.count()) == (1, 1)


def test_what_waits_follows_whose_turn_it_is(office):
    due = dt.date(2026, 10, 6)

    def waiting(who):
        return [(w.title, w.mine, w.due) for w in queries.waiting_for(who, SEPTEMBER)]

    assert waiting(office.case_worker) == [("Skriv kunngjøringen for 2027", True, due)]
    sent(office)
    assert waiting(office.case_worker) == [("Godkjenn kunngjøringen for 2027", False, due)]
    assert waiting(office.approver) == [("Godkjenn kunngjøringen for 2027", True, due)]
    approve(Announcement.objects.get(), by=office.approver)
    assert waiting(office.approver) == []
    assert queries.waiting_for(actor(Role.OWNER_EDITOR), SEPTEMBER) == []


def test_the_first_two_steps_of_an_upper_secondary_year(transactional_db):
    office = a_county_municipality()
    private = OrganisationFactory(kind=Organisation.Kind.PRIVATE_SCHOOL, email="post@privat.test")
    UnitFactory(owner=private, kind="upper_secondary", private=True)
    university = EnvironmentFactory(email="post@universitet.test")
    StudyPlaceFactory(environment=university)
    OrganisationFactory(email="post@kommune.test")  # a municipality is no receiver under VGO

    announcement = published(office)

    assert queries.form_is_open(office.cycle, OCTOBER)
    assert {m.who for m in queries.milestones_of(office.cycle)} == {
        "Eiere som melder behov",
        "Fylkeskommunen",
        "De som meldte behov",
    }
    assert set(Message.objects.values_list("organisation_id", flat=True)) == {
        office.organisation.pk,
        private.pk,
        university.pk,
    }
    for text in (announcement.text_nb, announcement.text_nn):
        assert "tatsforvalt" not in text
        assert "Prøve fylkeskommune" in text


def test_the_county_governor_does_not_touch_the_county_municipalitys_year(transactional_db):
    office = a_county_municipality()
    governor = an_office().case_worker

    with pytest.raises(PermissionDenied, match="Bare Prøve fylkeskommune kan gjøre dette"):
        actions.set_frame(cycle=office.cycle, frame=1, by=governor, at=SEPTEMBER)


def test_a_colleagues_saving_is_not_overwritten_unseen(office):
    announcement = drafted(office)
    was_seen = queries.texts_hash_of(announcement)
    drafted(office, by=office.approver, text_nb="Kollegaens tekst")

    with pytest.raises(actions.ContentMoved) as moved:
        drafted(office, text_nb="Min tekst", seen_hash=was_seen)

    assert (moved.value.before["text_nb"], moved.value.now["text_nb"]) == (
        "Kollegaens tekst",
        "Min tekst",
    )
    assert Announcement.objects.get().text_nb == "Kollegaens tekst"
