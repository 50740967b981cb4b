"""Two tabs, two people, a lost session, a double click: nobody loses a word."""

from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse

from samspill.apps.needs.models import Submission
from samspill.shared.identity import clock
from tests.apps.needs.factories import complete_report, draft_report, filled_report, fresh
from tests.apps.needs.pages.conftest import typed_into


def aims_url(report):
    return reverse("needs:section", args=[report.pk, "maal"])


def two_tabs(year, as_actor, report):
    mine, theirs = as_actor(year.editor), as_actor(year.signer)
    return mine, mine.get(aims_url(report)), theirs, theirs.get(aims_url(report))


def test_two_tabs_with_different_fields_are_both_kept(year, as_actor):
    report = draft_report(year)
    mine, my_page, theirs, their_page = two_tabs(year, as_actor, report)

    theirs.post(aims_url(report), typed_into(their_page, aims="Hennes mål", signs=""))
    answer = mine.post(aims_url(report), typed_into(my_page, aims="", signs="Mine tegn"))

    assert answer.status_code == 302
    assert (fresh(report).aims, fresh(report).signs) == ("Hennes mål", "Mine tegn")


def test_two_tabs_with_the_same_field_show_both_texts(year, as_actor):
    report = draft_report(year)
    mine, my_page, theirs, their_page = two_tabs(year, as_actor, report)
    theirs.post(aims_url(report), typed_into(their_page, aims="Hennes mål"))

    page = mine.post(aims_url(report), typed_into(my_page, aims="Mitt mål", signs="Mine tegn"))

    html = unescape(page.content.decode()).replace("\xa0", " ")
    here = html[html.index('id="konflikt-aims"') :]
    assert page.status_code == 409
    assert ">Mitt mål</textarea>" in html.replace("\n", "")
    assert "Mitt mål" in here
    assert "Hennes mål" in here
    assert f"skrevet av {year.signer.name} kl. 12.00" in here
    assert 'href="#konflikt-aims"' in html
    assert (fresh(report).aims, fresh(report).signs) == ("Hennes mål", "Mine tegn")


def conflict(year, as_actor):
    report = draft_report(year)
    mine, my_page, theirs, their_page = two_tabs(year, as_actor, report)
    theirs.post(aims_url(report), typed_into(their_page, aims="Hennes mål"))
    page = mine.post(aims_url(report), typed_into(my_page, aims="Mitt mål"))
    html = page.content.decode()
    mark = html.split('name="theirs-aims" value="')[1].split('"')[0]
    return report, mine, page, mark


def test_saving_again_without_choosing_overwrites_nobody(year, as_actor):
    report, mine, page, _mark = conflict(year, as_actor)

    again = mine.post(aims_url(report), typed_into(page, aims="Mitt mål"))

    assert again.status_code == 409
    assert fresh(report).aims == "Hennes mål"


def test_the_merged_text_wins_when_it_is_chosen(year, as_actor):
    report, mine, page, mark = conflict(year, as_actor)
    sent = typed_into(page, aims="Mitt og hennes mål", do="mine:aims")

    answer = mine.post(aims_url(report), {**sent, "theirs-aims": mark})

    assert answer.status_code == 302
    assert fresh(report).aims == "Mitt og hennes mål"


def test_a_third_text_in_between_is_a_new_conflict(year, as_actor):
    report, mine, page, mark = conflict(year, as_actor)
    other = as_actor(year.signer)
    other.post(aims_url(report), typed_into(other.get(aims_url(report)), aims="Enda et mål"))

    sent = typed_into(page, aims="Mitt mål", do="mine:aims")
    answer = mine.post(aims_url(report), {**sent, "theirs-aims": mark})

    assert answer.status_code == 409
    assert "Enda et mål" in answer.content.decode()
    assert fresh(report).aims == "Enda et mål"


def test_the_others_text_stands_when_it_is_chosen(year, as_actor):
    report, mine, page, mark = conflict(year, as_actor)
    sent = typed_into(page, aims="Mitt mål", do="theirs:aims")

    answer = mine.post(aims_url(report), {**sent, "theirs-aims": mark})

    assert answer.status_code == 302
    assert fresh(report).aims == "Hennes mål"


def test_a_single_field_in_conflict_answers_409_with_both_texts(year, as_actor):
    report = draft_report(year)
    mine, my_page, theirs, their_page = two_tabs(year, as_actor, report)
    theirs.post(aims_url(report), typed_into(their_page, aims="Hennes mål"))

    answer = mine.post(
        aims_url(report), typed_into(my_page, aims="Mitt mål"), headers={"hx-request": "true"}
    )

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mitt mål" in html
    assert "Hennes mål" in html
    assert "Velg hva som skal gjelde." in html


def test_two_in_the_same_budget_cell_see_both_amounts(year, as_actor):
    report = filled_report(year)
    line = report.budget.get()
    url = reverse("needs:section", args=[report.pk, "budsjett"])
    mine, theirs = as_actor(year.editor), as_actor(year.signer)
    my_page, their_page = mine.get(url), theirs.get(url)
    cell = f"budget__{line.pk}__2027"
    theirs.post(url, typed_into(their_page, **{cell: "500 000"}))

    page = mine.post(url, typed_into(my_page, **{cell: "450 000"}))

    html = page.content.decode().replace("\xa0", " ")
    assert page.status_code == 409
    assert "To har skrevet i «Faglig bidrag 2027» samtidig." in html
    assert "<blockquote>450 000 kr</blockquote>" in html
    assert "<blockquote>500 000 kr</blockquote>" in html


def test_the_same_form_sent_twice_is_one_save(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    sent = typed_into(browser.get(aims_url(report)), aims="Ett mål")

    answers = [browser.post(aims_url(report), sent) for _n in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert fresh(report).content_revision == 1


def test_a_text_survives_the_session_and_is_filled_back(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    sent = typed_into(browser.get(aims_url(report)), aims="Skrevet i en time\nlinje to")
    session = browser.session
    session["seen"] = (clock.real_now() - timedelta(hours=3)).isoformat()
    session.save()

    lost = browser.post(aims_url(report), sent)
    _sign_in_again(browser, year.editor)
    page = browser.get(aims_url(report))
    html = page.content.decode()

    assert lost.status_code == 302
    assert "vare=1" in lost.url
    assert "Vi tok vare på det dere skrev." in html
    assert "Skrevet i en time\nlinje to" in html
    assert fresh(report).aims == ""

    browser.post(aims_url(report), typed_into(page, aims="Skrevet i en time\nlinje to"))

    assert fresh(report).aims == "Skrevet i en time\nlinje to"


def _sign_in_again(browser, actor):
    """As `sign_in.begin`: a new session in which only this person's kept text follows."""
    from samspill.shared.identity.session import KEPT

    kept = browser.session[KEPT]
    session = browser.session
    now = clock.real_now().isoformat()
    session.update(
        {"person": actor.person_id, "started": now, "seen": now, "mandate": actor.mandate.id}
    )
    session[KEPT] = kept
    session.save()


def test_text_kept_from_a_lost_session_still_meets_what_a_colleague_wrote(year, as_actor):
    report = draft_report(year)
    browser, theirs = as_actor(year.editor), as_actor(year.signer)
    sent = typed_into(browser.get(aims_url(report)), aims="Min lange tekst")
    session = browser.session
    session["seen"] = (clock.real_now() - timedelta(hours=3)).isoformat()
    session.save()
    browser.post(aims_url(report), sent)
    theirs.post(aims_url(report), typed_into(theirs.get(aims_url(report)), aims="Hennes"))
    _sign_in_again(browser, year.editor)

    page = browser.get(aims_url(report))
    answer = browser.post(aims_url(report), typed_into(page, aims="Min lange tekst"))

    assert answer.status_code == 409
    assert "Hennes" in answer.content.decode()
    assert "Min lange tekst" in answer.content.decode()


def test_a_field_saved_after_the_session_leaves_the_page_alone(year, as_actor):
    report = draft_report(year)
    sent = typed_into(as_actor(year.editor).get(aims_url(report)), aims="Tekst")

    answer = Client().post(aims_url(report), sent, headers={"hx-request": "true"})

    assert answer.status_code == 401


def test_a_double_clicked_submit_is_one_submission_and_one_receipt(year, as_actor):
    report = complete_report(year)
    browser = as_actor(year.signer)
    page = browser.get(reverse("needs:review", args=[report.pk])).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]

    answers = [
        browser.post(reverse("needs:submit", args=[report.pk]), {"seen": seen}) for _n in range(2)
    ]

    assert [answer.url for answer in answers] == [reverse("needs:receipt", args=[report.pk])] * 2
    assert Submission.objects.count() == 1
