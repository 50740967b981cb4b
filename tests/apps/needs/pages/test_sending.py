"""Seeing over, asking for signatures, sending, the receipt, withdrawing."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from samspill.apps.needs import actions
from samspill.apps.needs.models import NeedsReport
from tests.apps.needs.factories import (
    NOW,
    complete_report,
    draft_report,
    filled_report,
    fresh,
    returned_report,
    save,
    sign,
    submitted_report,
)

State = NeedsReport.State


def words(page):
    return unescape(page.content.decode()).replace("\xa0", " ")


def open_review(browser, report):
    return browser.get(reverse("needs:review", args=[report.pk]))


def send(browser, report, page):
    html = page.content.decode()
    sent = {
        name: html.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "seen_at")
    }
    return browser.post(reverse("needs:submit", args=[report.pk]), sent)


def test_the_review_lists_what_is_missing_with_links_and_does_not_send(year, as_actor):
    report = filled_report(year, own_effort="", title="")

    page = words(open_review(as_actor(year.signer), report))

    assert "Dette må rettes før dere kan sende" in page
    assert f"{reverse('needs:section', args=[report.pk, 'budsjett'])}#felt-own_effort" in page
    assert "Alle partnerne må bekrefte meldingen før dere kan sende den." in page
    assert reverse("needs:submit", args=[report.pk]) not in page


def test_the_review_shows_the_content_as_it_will_be_sent(year, as_actor):
    report = complete_report(year)

    page = words(open_review(as_actor(year.signer), report))

    assert "Alt som må være med, er på plass." in page
    assert "Vi spurte alle barnehagene, og så på ståstedsanalysene." in page
    assert "400 000" in page
    assert "Det som skjer da" in page
    assert reverse("organisations:account") in page


def test_the_editor_reads_that_the_signer_sends(year, as_actor):
    report = complete_report(year)

    page = words(open_review(as_actor(year.editor), report))

    assert "Bare den som signerer for eieren, kan sende meldingen." in page


def test_asking_for_signatures_tells_the_partner(year, as_actor):
    report = filled_report(year)
    browser = as_actor(year.editor)

    answer = browser.post(reverse("needs:ask", args=[report.pk]), follow=True)

    assert fresh(report).state == State.AWAITING_PARTNER
    assert "Partnerne har fått beskjed om å lese og signere." in words(answer)


def test_asking_without_a_partner_says_what_to_do(year, as_actor):
    report = draft_report(year)

    page = as_actor(year.editor).post(reverse("needs:ask", args=[report.pk]))

    assert page.status_code == 422
    assert "Velg en partner først." in words(page)


def test_sending_gives_a_receipt_with_number_copy_and_what_happens_next(year, as_actor):
    report = complete_report(year)
    browser = as_actor(year.signer)

    answer = send(browser, report, open_review(browser, report))
    page = words(browser.get(answer.url))
    submission = fresh(report).submissions.get()
    copy = browser.get(reverse("needs:copy", args=[submission.pk]))

    assert answer.url == reverse("needs:receipt", args=[report.pk])
    assert submission.receipt_number in page
    assert "Mottatt 11. januar 2027 kl. 12.00" in page
    assert copy["Content-Type"] == "application/pdf"
    assert b"".join(copy.streaming_content).startswith(b"%PDF-")


def test_the_copy_is_the_same_file_every_time(year, as_actor):
    report = submitted_report(year)
    browser = as_actor(year.editor)
    url = reverse("needs:copy", args=[report.submissions.get().pk])

    first, second = (b"".join(browser.get(url).streaming_content) for _n in range(2))

    assert first == second


def test_rules_that_stop_it_are_shown_with_links_and_nothing_is_sent(year, as_actor, settings):
    report = complete_report(year)
    browser = as_actor(year.signer)
    page = open_review(browser, report)
    settings.AS_OF = NOW + timedelta(days=10)

    answer = send(browser, report, page)

    assert answer.status_code == 422
    assert "Meldingen er ikke sendt. Dette må rettes først" in words(answer)
    assert "(K13)" in words(answer)
    assert fresh(report).state == State.READY


def test_content_that_moved_is_shown_before_it_is_sent(year, as_actor, settings):
    report = complete_report(year)
    browser = as_actor(year.signer)
    page = open_review(browser, report)
    settings.AS_OF = later = NOW + timedelta(minutes=5)
    save(report, {"aims": "Et nytt mål"}, by=year.editor, at=later)
    actions.send_to_partner(report=fresh(report), by=year.editor, at=later)
    sign(report, year, at=later)

    answer = send(browser, report, page)

    assert answer.status_code == 409
    assert "Meldingen er endret mens dere leste. Den er ikke sendt." in words(answer)
    assert "Hva skal dere oppnå? (kl. 12.05)" in words(answer)
    assert "Et nytt mål" in words(answer)
    assert fresh(report).state == State.READY


def test_a_draft_cannot_be_sent_by_hand(year, as_actor):
    report = filled_report(year)

    answer = as_actor(year.signer).post(reverse("needs:submit", args=[report.pk]), {"seen": "x"})

    assert answer.status_code == 403
    assert "Alle partnerne må bekrefte meldingen" in words(answer)


def test_a_returned_report_is_sent_again(year, as_actor, settings):
    report = returned_report(year, fields=("own_effort",))
    settings.AS_OF = later = NOW + timedelta(days=2)
    save(report, {"own_effort": "Mye mer"}, by=year.editor, at=later)
    actions.send_to_partner(report=fresh(report), by=year.editor, at=later)
    sign(report, year, at=later)
    browser = as_actor(year.signer)

    answer = send(browser, report, open_review(browser, report))

    assert answer.status_code == 302
    assert fresh(report).state == State.SUBMITTED
    assert words(browser.get(answer.url)).count("18-B-2027-001-2") == 1


def test_withdrawing_asks_first(year, as_actor):
    report = submitted_report(year)
    browser = as_actor(year.signer)
    url = reverse("needs:withdraw", args=[report.pk])

    page = browser.get(url)
    before = fresh(report).state
    answer = browser.post(url, follow=True)

    assert "Vil dere trekke meldingen?" in words(page)
    assert (before, fresh(report).state) == (State.SUBMITTED, State.WITHDRAWN)
    assert "Meldingen er trukket." in words(answer)


def test_the_editor_cannot_withdraw_what_is_sent(year, as_actor):
    report = submitted_report(year)
    browser = as_actor(year.editor)
    url = reverse("needs:withdraw", args=[report.pk])

    assert "Bare den som signerer for eieren" in words(browser.get(url))
    assert browser.post(url).status_code == 403


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (draft_report, "Fyll ut det som mangler."),
        (complete_report, "Alle partnerne har signert. Se over meldingen og send den."),
        (submitted_report, "Meldingen blir lest og vurdert."),
        (returned_report, "Rett feltene som har merknad, og send på nytt."),
    ],
)
def test_the_overview_says_the_next_step(year, as_actor, make, step):
    report = make(year)

    page = words(as_actor(year.signer).get(reverse("needs:report", args=[report.pk])))

    assert step in page


def test_the_overview_links_each_remark_to_its_field(year, as_actor):
    report = returned_report(year, fields=("own_effort",))

    page = words(as_actor(year.editor).get(reverse("needs:report", args=[report.pk])))

    assert f"{reverse('needs:section', args=[report.pk, 'budsjett'])}#felt-own_effort" in page
    assert "Skriv mer her." in page


def test_a_receipt_before_anything_is_sent_goes_to_the_overview(year, as_actor):
    report = draft_report(year)

    answer = as_actor(year.editor).get(reverse("needs:receipt", args=[report.pk]))

    assert answer.url == reverse("needs:report", args=[report.pk])


@pytest.mark.parametrize("lines", [1, 30])
def test_the_review_takes_the_same_queries_with_many_lines(
    year, as_actor, django_assert_num_queries, lines
):
    report = filled_report(year)
    for _n in range(lines - 1):
        actions.add_budget_line(
            report=report, kind="travel", receiver=year.owner, by=year.editor, at=NOW
        )
    browser = as_actor(year.editor)
    open_review(browser, report)

    with django_assert_num_queries(20):
        page = open_review(browser, report)

    assert page.content.decode().count('<th scope="row"') == lines + 1
