"""The public calendar, the feed and the announcement page."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from samspill.apps.cycle import actions, queries
from samspill.apps.cycle.models import Milestone
from samspill.apps.organisations.models import Scheme
from samspill.shared.identity.actor import SYSTEM
from tests.apps.cycle.factories import (
    OCTOBER,
    OSLO,
    SEPTEMBER,
    an_office,
    milestone,
    published,
    sent,
)
from tests.apps.organisations.factories import CountyFactory, OrganisationFactory

pytestmark = [pytest.mark.both, pytest.mark.django_db]
Kind = Milestone.Kind
JANUARY = dt.datetime(2027, 1, 12, 9, 0, tzinfo=OSLO)


@pytest.fixture
def office(transactional_db, today):
    today(JANUARY)
    return an_office()


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def feed_of(client, county="18", **query):
    response = client.get(reverse("cycle:feed", args=[county]), query)
    return response, Calendar.from_ical(response.content)


def move(office, day, reason=""):
    actions.change_milestone(
        milestone=milestone(office, Kind.NEEDS_DEADLINE),
        precision="day",
        day=day,
        reason=reason,
        by=office.case_worker,
        at=JANUARY,
    )


# --- The page ------------------------------------------------------------------------------------
def test_an_announced_year_shows_wheel_list_next_dates_and_announcement(client, office):
    announcement = published(office)

    response = client.get(reverse("cycle:calendar"))

    text = text_of(response)
    assert response.status_code == 200
    assert text.count("<h1") == 1
    assert 'class="sp-wheel"' in text
    assert "8 dager igjen" in text
    assert "Onsdag 20. januar 2027" in text
    assert reverse("cycle:announcement", args=[announcement.pk]) in text
    assert [m.kind for m in response.context["years"][0][1]] == [
        Kind.NEEDS_DEADLINE,
        Kind.FIRST_DRAFT,
        Kind.DISCUSSION,
    ]


def test_a_year_that_is_not_announced_says_that_dates_may_change(client, office):
    text = text_of(client.get(reverse("cycle:calendar", args=["18"])))

    assert "Datoene kan bli endret" in text
    assert "/kunngjoring/" not in text


def test_a_change_after_the_announcement_is_marked_with_its_reason(client, office):
    published(office)
    move(office, dt.date(2027, 1, 22), "Strømbrudd i <b>hele</b> fylket")

    text = text_of(client.get(reverse("cycle:calendar", args=["18"])))

    assert "Før: onsdag 20. januar 2027." in text
    assert "Strømbrudd i &lt;b&gt;hele&lt;/b&gt; fylket" in text
    assert text.count(">Endret</span>") == 1


def test_the_visitors_county_is_shown_and_else_the_first(client, office):
    troms = CountyFactory(number="55", name="Troms")
    an_office(county=troms)

    assert client.get(reverse("cycle:calendar")).context["shown"].pk == "18"
    session = client.session
    session["county"] = "55"
    session.save()
    assert client.get(reverse("cycle:calendar")).context["shown"].pk == "55"
    session["county"] = "03"
    session.save()
    assert client.get(reverse("cycle:calendar")).context["shown"].pk == "18"


def test_without_any_year_the_page_says_so(client, db):
    assert "Ingen fylker har satt opp året ennå" in text_of(client.get("/kalender/"))


@pytest.mark.parametrize("county", ["99", "x", "1800000000"])
def test_an_unknown_county_is_not_found(client, office, county):
    assert client.get(f"/kalender/{county}/").status_code == 404
    assert client.get(f"/kalender/{county}.ics").status_code == 404


@pytest.mark.parametrize("changes", [1, 30])
def test_the_calendar_asks_as_much_with_1_as_with_30_changes(
    client, office, changes, django_assert_num_queries
):
    published(office)
    for n in range(changes):
        move(office, dt.date(2027, 1, 21 if n % 2 == 0 else 22), f"Grunn {n}")
    address = reverse("cycle:calendar", args=["18"])
    client.get(address)

    with django_assert_num_queries(7):
        response = client.get(address)

    assert len(response.context["years"][0][0].changes) == changes


# --- The feed ------------------------------------------------------------------------------------
def test_the_feed_is_a_calendar_of_all_day_events(client, office):
    announcement = published(office)

    response, calendar = feed_of(client)

    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(events) == 8
    deadline = events["koll-18-2027-needs_deadline@samspill"]
    assert deadline["DTSTART"].dt == dt.date(2027, 1, 20)
    assert deadline["DTEND"].dt == dt.date(2027, 1, 21)
    assert deadline["DTSTAMP"].dt == SEPTEMBER
    assert str(deadline["SUMMARY"]) == "Frist for behovsmelding (Nordland 2027)"
    assert "kl. 24.00" in str(deadline["DESCRIPTION"])
    assert str(deadline["STATUS"]) == "CONFIRMED"
    assert str(deadline["URL"]).endswith(f"/kunngjoring/{announcement.pk}/")
    discussion = events["koll-18-2027-discussion@samspill"]
    assert (discussion["DTSTART"].dt, discussion["DTEND"].dt) == (
        dt.date(2027, 3, 15),
        dt.date(2027, 3, 20),
    )


def test_deadlines_alarm_a_week_and_a_day_before_and_others_do_not(client, office):
    _response, calendar = feed_of(client)

    alarms = {
        str(event["UID"]).split("-")[-1].split("@")[0]: [
            alarm["TRIGGER"].dt for alarm in event.walk("VALARM")
        ]
        for event in calendar.walk("VEVENT")
    }
    both = [dt.timedelta(days=-6, hours=-16), dt.timedelta(hours=-16)]
    assert {kind: found for kind, found in alarms.items() if found} == {
        "needs_deadline": both,
        "evaluation": both,
    }


def test_a_moved_date_keeps_its_uid_and_counts_its_sequence(client, office):
    move(office, dt.date(2027, 1, 22))

    _response, calendar = feed_of(client)

    moved = next(e for e in calendar.walk("VEVENT") if "needs_deadline" in str(e["UID"]))
    assert str(moved["UID"]) == "koll-18-2027-needs_deadline@samspill"
    assert (moved["SEQUENCE"], moved["DTSTAMP"].dt, moved["DTSTART"].dt) == (
        1,
        JANUARY,
        dt.date(2027, 1, 22),
    )
    assert str(moved["STATUS"]) == "TENTATIVE"


def test_the_feed_is_the_same_bytes_until_something_changes(client, office, today):
    first, _calendar = feed_of(client)
    today(JANUARY + dt.timedelta(days=30))

    assert feed_of(client)[0].content == first.content


def test_names_with_commas_and_line_breaks_stay_inside_their_line(client, transactional_db):
    county = CountyFactory(number="55", name="Troms, nord;\nsør")
    an_office(county=county)

    _response, calendar = feed_of(client, "55")

    assert len(calendar.walk("VEVENT")) == 8
    assert "Troms, nord; sør" in str(calendar.walk("VEVENT")[0]["SUMMARY"])


def test_the_feed_asks_as_much_for_30_years_as_for_one(client, office, django_assert_num_queries):
    for year in range(2028, 2058):
        actions.set_up_cycle(
            scheme=Scheme.KOLL,
            county=office.cycle.county,
            authority=office.organisation,
            year=year,
            frame=None,
            by=SYSTEM,
            at=SEPTEMBER,
        )

    with django_assert_num_queries(2):
        content = queries.feed_of(office.cycle.county, language="nb", site="https://x.test")

    assert len(Calendar.from_ical(content).walk("VEVENT")) == 31 * 8


# --- The announcement ----------------------------------------------------------------------------
def test_the_announcement_is_read_in_either_written_form(client, office):
    OrganisationFactory()
    announcement = published(office)
    address = reverse("cycle:announcement", args=[announcement.pk])

    bokmal, nynorsk = client.get(address), client.get(address, {"spraak": "nn"})

    assert announcement.title_nb in text_of(bokmal)
    assert announcement.title_nn in text_of(nynorsk)
    assert "Hvem kan melde behov" in text_of(bokmal)
    assert "Kven kan melde behov" in text_of(nynorsk)
    assert bokmal.context["receivers"] == {"all": 1, "missing": 1}
    assert text_of(bokmal).count("<h1") == 1


def test_what_is_written_in_it_cannot_become_markup(client, office):
    actions.draft_announcement(
        cycle=office.cycle,
        **{
            **queries.drafted_texts(office.cycle),
            "title_nb": "<script>x</script>",
            "text_nb": "## <b>fet</b>\n\n- <i>punkt</i>\n\n<script>y</script>",
        },
        by=office.case_worker,
        at=SEPTEMBER,
    )
    announcement = office.cycle.announcement
    for act, by in (
        (actions.send_for_approval, office.case_worker),
        (actions.approve_announcement, office.approver),
    ):
        seen = queries.content_hash_of(queries.content_of(office.cycle, announcement))
        announcement = act(announcement=announcement, seen_hash=seen, by=by, at=OCTOBER)

    text = text_of(client.get(reverse("cycle:announcement", args=[announcement.pk])))

    assert "<script>x" not in text
    assert "<script>y" not in text
    assert "<b>fet" not in text
    assert "&lt;i&gt;punkt" in text


def test_a_draft_does_not_exist_to_the_public(client, office):
    announcement = sent(office)

    response = client.get(reverse("cycle:announcement", args=[announcement.pk]))

    assert response.status_code == 404
