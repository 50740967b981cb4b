"""The sectioned form: what is drawn, what is saved, what the buttons do – without JavaScript."""

import pytest
from django.urls import reverse

from samspill.apps.needs.models import NeedsReport
from samspill.shared.identity.roles import Role
from tests.apps.needs.factories import (
    a_year,
    complete_report,
    draft_report,
    filled_report,
    fresh,
    returned_report,
    submitted_report,
)
from tests.apps.needs.pages.conftest import hidden_fields, typed_into
from tests.apps.organisations.factories import (
    EnvironmentFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
)

PARTS = [
    "om-tiltaket", "behovsvurdering", "partnerskap", "maal", "faser", "budsjett",
    "kunnskapsdeling",
]  # fmt: skip


def part_url(report, part):
    return reverse("needs:section", args=[report.pk, part])


def test_a_new_report_begins_blank_and_opens_its_first_part(year, as_actor):
    browser = as_actor(year.editor)

    answer = browser.post(reverse("needs:start"), {"cycle": year.cycle.pk, "source": "blank"})

    report = NeedsReport.objects.get()
    assert answer.url == part_url(report, "om-tiltaket")


def test_the_start_page_shows_the_deadline_and_the_blank_form(year, as_actor):
    page = as_actor(year.editor).get(reverse("needs:start"))

    assert page.status_code == 200
    assert "frist 20. januar 2027, 9 dager igjen" in page.content.decode()
    assert reverse("needs:blank") in page.content.decode()


def test_the_start_page_says_that_the_form_is_not_open(year, as_actor):
    year.cycle.announcement.delete()

    page = as_actor(year.editor).get(reverse("needs:start"))

    assert "Skjemaet er ikke åpent nå" in page.content.decode()


def test_a_start_without_a_choice_is_told_at_the_field(year, as_actor):
    page = as_actor(year.editor).post(reverse("needs:start"), {"cycle": year.cycle.pk})

    assert page.status_code == 422
    assert "Velg ett av alternativene." in page.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_blank_and_filled(year, as_actor, part):
    browser = as_actor(year.editor)
    reports = [draft_report(year), complete_report(year)]

    pages = [browser.get(part_url(report, part)) for report in reports]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(b'aria-current="step"' in page.content for page in pages)


@pytest.mark.parametrize("part", ["finnes-ikke", "review", "budget"])
def test_an_unknown_part_is_not_found(year, as_actor, part):
    report = draft_report(year)

    assert as_actor(year.editor).get(part_url(report, part)).status_code == 404


def test_somebody_elses_report_is_not_found(year, as_actor):
    report = draft_report(year)
    stranger = actor(Role.OWNER_EDITOR, organisation=OrganisationFactory())

    assert as_actor(stranger).get(part_url(report, "maal")).status_code == 404


def test_saving_goes_on_to_the_next_part(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    page = browser.get(part_url(report, "maal"))

    answer = browser.post(part_url(report, "maal"), typed_into(page, aims="Et rikere språk"))

    assert answer.url == part_url(report, "faser")
    assert fresh(report).aims == "Et rikere språk"


def test_saving_only_stays_on_the_part_and_says_when(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    page = browser.get(part_url(report, "maal"))

    answer = browser.post(
        part_url(report, "maal"), typed_into(page, aims="Et rikere språk", do="stay"), follow=True
    )

    assert answer.redirect_chain[0][0] == f"{part_url(report, 'maal')}#skjema"
    assert "Sist lagret 11. januar 2027 kl. 12.00" in answer.content.decode().replace("\xa0", " ")


def test_every_kind_of_answer_is_saved(year, as_actor):
    report = draft_report(year)
    unit = UnitFactory(owner=year.owner)
    browser = as_actor(year.editor)
    about = browser.get(part_url(report, "om-tiltaket"))
    assessment = browser.get(part_url(report, "behovsvurdering"))

    browser.post(
        part_url(report, "om-tiltaket"),
        typed_into(
            about, title="Ute", category="school", years="2", units=[str(unit.pk)],
            services=["pp_service"], staff__teachers="1 200", own_rank="1",
        ),
    )  # fmt: skip
    browser.post(
        part_url(report, "behovsvurdering"),
        typed_into(
            assessment, assessment_date="20.11.2026", assessment_staff="yes",
            assessment_leaders="no", no_union="on",
        ),
    )  # fmt: skip

    now = fresh(report)
    from samspill.apps.needs.queries import assessment_of

    shared = assessment_of(now)
    assert (now.title, now.category, now.years, now.services) == (
        "Ute",
        "school",
        2,
        ["pp_service"],
    )
    assert (now.staff, now.own_rank, list(now.units.all())) == ({"teachers": 1200}, 1, [unit])
    assert (shared.staff_took_part, shared.leaders_took_part, shared.no_union) == (
        True,
        False,
        True,
    )
    assert shared.conducted_on.isoformat() == "2026-11-20"


def test_a_day_is_shown_as_people_write_it(year, as_actor):
    report = filled_report(year)

    page = as_actor(year.editor).get(part_url(report, "behovsvurdering"))

    assert 'value="20.11.2026"' in page.content.decode()


def test_choices_can_be_taken_away_again(year, as_actor):
    report = filled_report(year, services=["pp_service"])
    browser = as_actor(year.editor)
    page = browser.get(part_url(report, "om-tiltaket"))
    sent = typed_into(page, services=[])
    del sent["services"]
    sent["seen-services"] = hidden_fields(page.content.decode())["seen-services"]

    browser.post(part_url(report, "om-tiltaket"), sent)

    assert fresh(report).services == []


def test_a_budget_line_is_added_filled_and_taken_out(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    url = part_url(report, "budsjett")
    page = browser.get(url)

    browser.post(
        url,
        typed_into(
            page, own_effort="Tid og folk", do="add_line",
            new_kind="travel", new_receiver=str(year.owner.pk),
        ),
    )  # fmt: skip
    line = fresh(report).budget.get()
    filled = typed_into(browser.get(url), **{f"budget__{line.pk}__2027": "60 000"}, do="stay")
    browser.post(url, filled)
    page = browser.get(url)

    assert (line.kind, line.receiver_id, fresh(report).own_effort) == (
        "travel", year.owner.pk, "Tid og folk",
    )  # fmt: skip
    assert fresh(report).budget.get().amounts == {"2027": 60_000}
    assert 'data-sum-of="alle">60\xa0000<' in page.content.decode()

    browser.post(url, typed_into(page, do=f"remove_line:{line.pk}"))

    assert fresh(report).budget.count() == 0


def test_a_partner_is_searched_for_chosen_asked_and_removed(year, as_actor):
    report = draft_report(year)
    other = EnvironmentFactory(name="Åsgårdstrand høyskole")
    browser = as_actor(year.editor)
    url = part_url(report, "partnerskap")

    answer = browser.post(
        url, typed_into(browser.get(url), do="find_partner", find_partner="åsg"), follow=True
    )
    assert "Åsgårdstrand høyskole" in answer.content.decode()
    assert year.environment.name not in answer.content.decode()

    browser.post(url, typed_into(answer, do=f"add_partner:{other.pk}"))
    partner = fresh(report).partners.get()
    browser.post(url, typed_into(browser.get(url), do=f"ask_partner:{partner.pk}"))
    asked = fresh(report).partners.get()
    browser.post(url, typed_into(browser.get(url), do=f"remove_partner:{partner.pk}"))

    assert (partner.environment, partner.asked_at, asked.asked_at is not None) == (
        other,
        None,
        True,
    )
    assert fresh(report).partners.count() == 0


def test_a_partner_in_the_budget_cannot_be_removed_and_it_is_said_there(year, as_actor):
    report = filled_report(year)
    partner = report.partners.get()
    browser = as_actor(year.editor)
    url = part_url(report, "partnerskap")

    page = browser.post(url, typed_into(browser.get(url), do=f"remove_partner:{partner.pk}"))

    assert page.status_code == 422
    assert "Fjern eller endre budsjettlinjene" in page.content.decode()


def test_owners_are_searched_for_and_invited(year, as_actor):
    report = draft_report(year)
    neighbour = OrganisationFactory(name="Ørnes kommune", county=year.cycle.county)
    browser = as_actor(year.editor)
    url = part_url(report, "om-tiltaket")
    before = browser.get(url)

    found = browser.post(url, typed_into(before, do="find_owner", find_owner="ørnes"), follow=True)
    browser.post(url, typed_into(found, do=f"invite_owner:{neighbour.pk}"))

    assert "Ørnes kommune" not in before.content.decode()
    assert "Ørnes kommune" in found.content.decode()
    assert fresh(report).network.get().owner == neighbour


def test_findings_stand_at_their_field_with_a_link_at_the_top(year, as_actor):
    report = filled_report(year, own_effort="")

    page = as_actor(year.editor).get(part_url(report, "budsjett")).content.decode()

    assert 'href="#felt-own_effort"' in page
    assert 'aria-invalid="true"' in page[page.index('name="own_effort"') :][:400]
    assert "Regel K18" in page[page.index('id="funn-own_effort"') :][:1500]


def test_a_part_nobody_has_begun_is_not_red(year, as_actor):
    report = draft_report(year)

    page = as_actor(year.editor).get(part_url(report, "maal")).content.decode()

    assert "Dette må rettes før dere kan sende" not in page
    assert "Ikke begynt" in page


def test_a_saved_field_answers_with_what_stands_around_it(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    url = part_url(report, "maal")
    page = browser.get(url)

    answer = browser.post(url, typed_into(page, aims="Nytt mål"), headers={"hx-request": "true"})

    html = answer.content.decode()
    assert (answer.status_code, fresh(report).aims) == (200, "Nytt mål")
    assert "Lagret kl. 12.00" in html.replace("\xa0", " ")
    assert "<html" not in html
    assert 'name="seen-aims"' in html
    assert 'name="seen-signs"' not in html
    assert "<textarea" not in html


def test_the_fingerprint_from_the_answer_saves_the_next_word_too(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    url = part_url(report, "maal")
    page = browser.get(url)
    htmx = {"headers": {"hx-request": "true"}}
    first = browser.post(url, typed_into(page, aims="Ett"), **htmx).content.decode()
    mark = first.split('id="seen-aims" value="')[1].split('"')[0]

    answer = browser.post(url, {"seen-aims": mark, "aims": "Ett og to"}, **htmx)

    assert (answer.status_code, fresh(report).aims) == (200, "Ett og to")


def test_a_returned_report_is_open_only_where_it_was_named(year, as_actor):
    report = returned_report(year, fields=("own_effort",))
    browser = as_actor(year.editor)

    page = browser.get(part_url(report, "budsjett")).content.decode()
    other = browser.get(part_url(report, "maal")).content.decode()

    assert 'name="own_effort"' in page
    assert 'name="minimum__2027"' not in page.replace('name="seen-minimum__2027"', "")
    assert "Merknad fra sekretariatet." in page
    assert "Vi trenger litt mer." in page
    assert "Barna får et rikere språk." in other
    assert "<textarea" not in other


def test_a_returned_report_is_mended_in_the_named_field(year, as_actor):
    report = returned_report(year, fields=("own_effort",))
    browser = as_actor(year.editor)
    url = part_url(report, "budsjett")
    sent = typed_into(browser.get(url), own_effort="Mer om innsatsen", minimum__2027="1")

    answer = browser.post(url, sent)

    now = fresh(report)
    assert answer.status_code == 302
    assert (now.own_effort, now.minimum) == ("Mer om innsatsen", {"2027": 300_000})


def test_writing_in_a_report_that_is_sent_loses_no_text(year, as_actor):
    report = complete_report(year)
    browser = as_actor(year.editor)
    url = part_url(report, "maal")
    sent = typed_into(browser.get(url), aims="Skrevet for sent")
    from tests.apps.needs.factories import submit

    submit(report, year)

    page = browser.post(url, sent)

    assert page.status_code == 409
    assert "Meldingen er sendt og kan ikke endres." in page.content.decode()
    assert "Skrevet for sent" in page.content.decode()


def test_a_report_that_is_sent_is_read_instead_of_written(year, as_actor):
    report = submitted_report(year)

    answer = as_actor(year.editor).get(part_url(report, "maal"))

    assert answer.url == reverse("needs:read", args=[report.pk])


@pytest.mark.parametrize("lines", [1, 30])
def test_the_budget_takes_the_same_queries_with_many_lines(
    year, as_actor, django_assert_num_queries, lines
):
    from samspill.apps.needs import actions
    from tests.apps.needs.factories import NOW

    report = filled_report(year)
    for _n in range(lines - 1):
        actions.add_budget_line(
            report=report, kind="travel", receiver=year.owner, by=year.editor, at=NOW
        )
    browser = as_actor(year.editor)
    browser.get(part_url(report, "budsjett"))

    with django_assert_num_queries(BUDGET_QUERIES):
        page = browser.get(part_url(report, "budsjett"))

    assert page.content.decode().count('id="linje-') == lines


BUDGET_QUERIES = 19


def test_two_counties_do_not_meet(year, as_actor):
    from tests.apps.organisations.factories import CountyFactory

    elsewhere = a_year(county=CountyFactory(number="15", name="Møre og Romsdal"))
    report = draft_report(elsewhere)

    assert as_actor(year.editor).get(part_url(report, "maal")).status_code == 404
