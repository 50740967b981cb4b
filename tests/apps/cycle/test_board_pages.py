"""The secretariat's pages: board, dates, frame, and the announcement from draft to published."""

import datetime as dt

import pytest
from django.urls import reverse

from samspill.apps.cycle import actions
from samspill.apps.cycle.models import Announcement, Cycle, Milestone
from samspill.shared.identity.roles import Role
from samspill.shared.messages.models import Message
from tests.apps.cycle.factories import (
    OCTOBER,
    OSLO,
    SEPTEMBER,
    an_office,
    drafted,
    fresh,
    milestone,
    published,
    seen,
    sent,
)
from tests.apps.organisations.factories import (
    CountyFactory,
    OfficeFactory,
    OrganisationFactory,
    actor,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
Kind, State = Milestone.Kind, Announcement.State


@pytest.fixture
def office(transactional_db, today):
    today(SEPTEMBER)
    return an_office()


@pytest.fixture
def browser(office, signed_in):
    return signed_in(office.case_worker)


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def page(name, pk):
    return reverse(f"cycle:{name}", args=[pk])


def test_the_board_shows_next_step_numbers_and_dates(browser, office):
    OrganisationFactory()

    response = browser.get(reverse("cycle:board"))

    text = text_of(response)
    assert response.status_code == 200
    assert "Skriv kunngjøringen for 2027" in text
    assert "24 000 000 kr" in text
    assert "Lørdag 20. februar 2027" in text
    assert response.context["receivers"] == {"all": 1, "missing": 1}
    assert [row.state for row in response.context["rows"]] == ["ahead"] * 8
    assert text.count("<h1") == 1


def test_an_announcement_not_out_by_its_day_is_late(browser, office, today):
    today(OCTOBER + dt.timedelta(days=1))

    response = browser.get(reverse("cycle:board"))

    assert response.context["rows"][0].state == "late"
    assert "For sent ute" in text_of(response)


def test_the_auditor_reads_the_board_and_changes_nothing(office, signed_in):
    auditor = signed_in(actor(Role.AUDITOR, county=office.cycle.county))
    drafted(office)

    text = text_of(auditor.get(reverse("cycle:board")))

    assert "Endre ramme" not in text
    assert auditor.get(page("preview", office.cycle.pk)).status_code == 200
    assert "Endre teksten" not in text_of(auditor.get(page("preview", office.cycle.pk)))
    for name in ("frame", "draft"):
        assert auditor.get(page(name, office.cycle.pk)).status_code == 403
    for name in ("send", "approve", "give_back"):
        assert auditor.post(page(name, office.cycle.pk)).status_code == 403


def test_another_offices_pages_are_not_found(office, signed_in):
    stranger = signed_in(actor(Role.APPROVER, organisation=OfficeFactory().organisation))
    drafted(office)

    for name in ("board", "frame", "draft", "preview"):
        assert stranger.get(page(name, office.cycle.pk)).status_code == 404
    for name in ("send", "approve", "give_back"):
        assert stranger.post(page(name, office.cycle.pk)).status_code == 404
    assert stranger.get(page("milestone", milestone(office, Kind.GRANT).pk)).status_code == 404


def test_an_office_without_a_year_is_led_to_set_one_up(transactional_db, signed_in):
    organisation = OfficeFactory().organisation
    browser = signed_in(actor(Role.CASE_WORKER, organisation=organisation))

    assert reverse("cycle:set_up") in text_of(browser.get(reverse("cycle:board")))
    response = browser.post(
        reverse("cycle:set_up"), {"county": "18", "year": "2028", "frame": "1 250 000"}
    )

    cycle = Cycle.objects.get()
    assert response.url == page("board", cycle.pk)
    assert (cycle.year, cycle.frame, cycle.scheme) == (2028, 1_250_000, "koll")


@pytest.mark.parametrize(
    "typed",
    [
        {"year": "2027"},
        {"year": "2025"},
        {"year": "9" * 50},
        {"year": "to"},
        {"year": "2028\x00"},
        {"county": "55"},
        {"frame": "1 250 000,50"},
        {"frame": "-1"},
        {"frame": "1" * 15},
        {"frame": "1\x00"},
    ],
)
def test_bad_input_to_a_new_year_is_told_at_the_field_and_kept(browser, typed):
    CountyFactory(number="55", name="Troms")
    given = {"county": "18", "year": "2029", "frame": "", **typed}

    response = browser.post(reverse("cycle:set_up"), given)

    name = next(iter(typed))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {name}
    assert response.context["form"][name].value() == typed[name]
    assert Cycle.objects.count() == 1


# --- Dates and frame -----------------------------------------------------------------------------
def test_a_date_is_changed_from_the_page(browser, office):
    found = milestone(office, Kind.FIRST_DRAFT)
    address = page("milestone", found.pk)
    assert "20. februar 2027 er en lørdag" in text_of(browser.get(address))

    response = browser.post(address, {"day": "19.02.2027", "precision": "day"})

    assert response.url == page("board", office.cycle.pk)
    assert milestone(office, Kind.FIRST_DRAFT).starts == dt.date(2027, 2, 19)


def test_a_date_can_be_looked_at_without_saving(browser, office):
    address = page("milestone", milestone(office, Kind.FINAL_DRAFT).pk)

    response = browser.post(address, {"day": "25.3.2027", "precision": "day", "check": "1"})

    text = text_of(response)
    assert response.status_code == 200
    assert "25. mars 2027 er en torsdag" in text
    assert "Dagen er en helligdag: Skjærtorsdag" in text
    assert "faller på Skjærtorsdag" in text
    assert milestone(office, Kind.FINAL_DRAFT).starts == dt.date(2027, 3, 20)


def test_a_date_after_15_april_stays_in_the_field_with_the_paragraph(browser, office):
    address = page("milestone", milestone(office, Kind.GRANT).pk)

    response = browser.post(address, {"day": "16.04.2027", "precision": "day"})

    text = text_of(response)
    assert response.status_code == 422
    assert "Forskriften krever at midlene er fordelt innen 15. april 2027" in text
    assert "§ 14" in text
    assert 'value="16.04.2027"' in text


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "31.02.2027"},
        {"day": "snart"},
        {"day": ""},
        {"day": "20.01.2027\x00"},
        {"precision": "year"},
        {"precision": ""},
    ],
)
def test_bad_dates_are_told_at_the_field(browser, office, typed):
    address = page("milestone", milestone(office, Kind.EVALUATION).pk)

    response = browser.post(address, {"day": "21.05.2027", "precision": "day", **typed})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == typed.keys()
    assert milestone(office, Kind.EVALUATION).starts == dt.date(2027, 5, 20)


def test_after_the_announcement_the_page_asks_why(browser, office, today):
    published(office)
    today(OCTOBER)
    address = page("milestone", milestone(office, Kind.EVALUATION).pk)
    move = {"day": "21.05.2027", "precision": "day"}

    assert browser.post(address, move).context["form"].errors.keys() == {"reason"}
    assert browser.post(address, {**move, "reason": "x" * 1001}).status_code == 422
    assert browser.post(address, {**move, "check": "1"}).status_code == 200
    assert browser.post(address, {**move, "reason": "17. mai-uken"}).status_code == 302

    assert "17. mai-uken" in text_of(browser.get(reverse("cycle:board")))


def test_the_frame_is_set_from_the_page(browser, office):
    address = page("frame", office.cycle.pk)

    assert browser.post(address, {"frame": "1 250 000,50"}).status_code == 422
    assert browser.post(address, {"frame": "25 000 000 kr"}).status_code == 302

    assert fresh(office.cycle).frame == 25_000_000


# --- The announcement ----------------------------------------------------------------------------
def test_the_announcement_goes_from_template_to_published(office, signed_in):
    OrganisationFactory(email="post@eier.test")
    writer, approver = signed_in(office.case_worker), signed_in(office.approver)
    pk = office.cycle.pk
    form = writer.get(page("draft", pk)).context["form"]
    texts = {name: form[name].value() for name in form.fields}

    saved = writer.post(page("draft", pk), texts)
    preview = writer.get(saved.url)
    sent_off = writer.post(page("send", pk), {"seen": preview.context["seen"]})
    waiting = approver.get(sent_off.url)
    out = approver.post(page("approve", pk), {"seen": waiting.context["seen"]}, follow=True)

    assert "Midlene er kunngjort, og skjemaet er åpent." in text_of(out)
    assert Announcement.objects.get().state == State.PUBLISHED
    assert Message.objects.count() == 1


def test_the_preparer_sees_why_they_cannot_approve(office, signed_in):
    sent(office)
    browser = signed_in(office.case_worker)
    pk = office.cycle.pk

    assert "Bare den som har fullmakt som godkjenner" in text_of(browser.get(page("preview", pk)))
    refused = browser.post(page("approve", pk), {"seen": seen(Announcement.objects.get())})

    assert refused.status_code == 403
    assert "Bare den som har fullmakt som godkjenner" in text_of(refused)


def test_what_changed_between_preview_and_approval_is_shown_as_a_difference(office, signed_in):
    sent(office)
    browser = signed_in(office.approver)
    pk = office.cycle.pk
    was_seen = browser.get(page("preview", pk)).context["seen"]
    OrganisationFactory()

    moved = browser.post(page("approve", pk), {"seen": was_seen})

    assert moved.status_code == 409
    assert "Kunngjøringen er endret etter at du så den" in text_of(moved)
    assert "Mottakerne" in text_of(moved)
    assert Announcement.objects.get().state == State.AWAITING_APPROVAL
    again = browser.get(page("preview", pk))
    assert "Endret etter at den ble sendt til godkjenning" in text_of(again)
    assert browser.post(page("approve", pk), {"seen": again.context["seen"]}).status_code == 302


def test_it_is_given_back_with_a_note_that_the_writer_sees(office, signed_in):
    sent(office)
    pk = office.cycle.pk
    approver = signed_in(office.approver)

    empty = approver.post(page("give_back", pk), {"note": ""})
    approver.post(page("give_back", pk), {"note": "Rett rammen"})

    assert empty.status_code == 422
    assert empty.context["form"].errors.keys() == {"note"}
    assert "Rett rammen" in text_of(signed_in(office.case_worker).get(page("draft", pk)))


def test_a_double_click_on_approve_announces_once(office, signed_in):
    OrganisationFactory(email="post@eier.test")
    announcement = sent(office)
    browser = signed_in(office.approver)
    given = {"seen": seen(announcement)}

    codes = [browser.post(page("approve", office.cycle.pk), given).status_code for _ in range(2)]

    assert codes == [302, 403]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text_nb", "x" * 20_001),
        ("title_nn", "x" * 201),
        ("text_nn", ""),
        ("text_nb", "NUL\x00 midt i"),
    ],
)
def test_bad_texts_are_told_at_the_field_and_nothing_is_lost(browser, office, field, typed):
    pk = office.cycle.pk
    form = browser.get(page("draft", pk)).context["form"]
    texts = {**{name: form[name].value() for name in form.fields}, field: typed}

    response = browser.post(page("draft", pk), texts)

    bound = response.context["form"]
    assert response.status_code == 422
    assert bound.errors.keys() == {field}
    assert {name: bound[name].value() for name in texts} == texts
    assert Announcement.objects.count() == 0


def test_emoji_and_sami_letters_are_kept(browser, office):
    pk = office.cycle.pk
    form = browser.get(page("draft", pk)).context["form"]
    texts = {name: form[name].value() for name in form.fields}

    browser.post(page("draft", pk), {**texts, "text_nb": "Sámi mánáidgárdi 🎉 čđŋšŧž"})

    assert Announcement.objects.get().text_nb == "Sámi mánáidgárdi 🎉 čđŋšŧž"


def test_the_text_is_made_anew_without_saving(browser, office):
    drafted(office, text_nb="Min egen tekst")
    actions.set_frame(cycle=office.cycle, frame=7_000_000, by=office.case_worker, at=SEPTEMBER)
    address = page("draft", office.cycle.pk)
    assert "er endret etter at teksten ble lagret" in text_of(browser.get(address))

    response = browser.post(address, {"fresh": "1"})

    assert "7 000 000 kr" in text_of(response)
    assert "Teksten er laget på nytt og er ikke lagret ennå." in text_of(response)
    assert Announcement.objects.get().text_nb == "Min egen tekst"


@pytest.mark.parametrize("receivers", [1, 30])
def test_board_and_preview_ask_as_much_with_1_as_with_30_receivers(
    browser, office, receivers, django_assert_num_queries
):
    for n in range(receivers):
        OrganisationFactory(email=f"post@eier{n}.test")
    sent(office)
    for name, number in (("board", 11), ("preview", 12)):
        browser.get(page(name, office.cycle.pk))
        with django_assert_num_queries(number):
            browser.get(page(name, office.cycle.pk))


def test_receivers_come_50_on_a_page_and_a_strange_page_is_the_last(browser, office):
    for _ in range(51):
        OrganisationFactory()
    drafted(office)
    address = page("preview", office.cycle.pk)

    assert len(browser.get(address).context["page"]) == 50
    assert len(browser.get(address, {"page": "99"}).context["page"]) == 1
    assert len(browser.get(address, {"page": "\x00"}).context["page"]) == 50


def test_the_year_shown_first_is_the_one_that_runs(browser, office, today):
    actions.set_up_cycle(
        scheme="koll",
        county=office.cycle.county,
        authority=office.organisation,
        year=2028,
        frame=None,
        by=office.case_worker,
        at=SEPTEMBER,
    )
    assert browser.get(reverse("cycle:board")).context["cycle"].year == 2027

    today(dt.datetime(2027, 10, 6, tzinfo=OSLO))
    assert browser.get(reverse("cycle:board")).context["cycle"].year == 2028
