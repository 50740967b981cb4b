"""With JavaScript: one field is saved as it is left, sums live, a spreadsheet can be pasted."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import expect

from samspill.apps.needs import actions
from samspill.shared.identity import clock
from tests.apps.needs.factories import NOW, a_year, draft_report, filled_report, fresh, save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(transactional_db):
    return a_year()


@pytest.fixture
def open_part(browser, live_server):
    """`open_part(actor, report, "maal")`: the part in that person's own window."""
    contexts = []

    def window(who, report, part):
        session = SessionStore()
        now = clock.real_now().isoformat()
        session.update(
            {"person": who.person_id, "started": now, "seen": now, "mandate": who.mandate.id}
        )
        session.save()
        context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(8_000)
        contexts.append(context)
        context.add_cookies(
            [{"name": "samspill", "value": session.session_key, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(live_server.url + reverse("needs:section", args=[report.pk, part]))
        return page

    yield window
    for context in contexts:
        context.close()


def saved(page):
    return expect(page.locator("#lagret"))


def test_a_field_is_saved_when_it_is_left_and_again(year, open_part):
    report = draft_report(year)
    page = open_part(year.editor, report, "maal")

    page.fill("#id_aims", "Et mål")
    saved(page).to_have_text("Ikke lagret ennå")
    page.locator("#id_signs").focus()
    saved(page).to_contain_text("Lagret kl.")
    page.fill("#id_aims", "Et bedre mål")
    page.fill("#id_signs", "Et tegn")
    page.locator("#id_other_theme").focus()
    expect(page.locator("#deler")).not_to_contain_text("Mål og tegn på at det virkerIkke begynt")
    page.get_by_role("checkbox", name="Samiske perspektiver").check()
    page.wait_for_load_state("networkidle")

    now = fresh(report)
    assert (now.aims, now.signs, now.themes) == ("Et bedre mål", "Et tegn", ["sami_perspective"])


def test_the_finding_goes_when_the_field_is_filled(year, open_part):
    report = filled_report(year, own_effort="")
    page = open_part(year.editor, report, "budsjett")
    expect(page.locator("#funn-own_effort")).to_contain_text("Regel K18")
    expect(page.locator("#id_own_effort")).to_have_attribute("aria-invalid", "true")

    page.fill("#id_own_effort", "To dager")
    page.locator("#id_minimum__2027").focus()

    expect(page.locator("#funn-own_effort .sp-finding")).to_have_count(0)
    expect(page.locator("#id_own_effort")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#funnliste")).not_to_contain_text("egeninnsats")


def test_a_wrong_amount_says_so_and_is_forgiven(year, open_part):
    report = filled_report(year)
    page = open_part(year.editor, report, "budsjett")

    page.fill("#id_minimum__2027", "12,5")
    page.locator("#id_own_effort").focus()
    expect(page.locator("#funn-minimum")).to_contain_text("Skriv hele kroner, uten øre.")
    expect(page.locator("#id_minimum__2027")).to_have_value("12,5")
    page.fill("#id_minimum__2027", "125000")
    page.locator("#id_own_effort").focus()

    saved(page).to_contain_text("Lagret kl.")
    expect(page.locator("#funn-minimum")).not_to_contain_text("uten øre")
    expect(page.locator("#id_minimum__2027")).to_have_value("125\xa0000")
    assert fresh(report).minimum == {"2027": 125_000}


def test_a_conflict_shows_both_texts_and_the_choice_wins(year, open_part):
    report = draft_report(year)
    page = open_part(year.editor, report, "maal")
    save(report, {"aims": "Hennes mål"}, by=year.signer)

    page.fill("#id_aims", "Mitt mål")
    page.locator("#id_signs").focus()
    expect(page.locator("#funn-aims")).to_contain_text("Hennes mål")
    expect(page.locator("#funn-aims")).to_contain_text("Mitt mål")
    page.fill("#id_aims", "Vårt mål")
    page.locator("#funn-aims button[value='mine:aims']").click()
    page.wait_for_url("**/maal/#skjema")

    assert fresh(report).aims == "Vårt mål"


def test_a_spreadsheet_is_pasted_summed_and_saved(year, open_part):
    report = filled_report(year, years=2)
    actions.add_budget_line(
        report=report, kind="travel", receiver=year.owner, by=year.editor, at=NOW
    )
    first, second = fresh(report).budget.order_by("position")
    page = open_part(year.editor, report, "budsjett")

    page.locator(f"#id_budget__{first.pk}__2027").focus()
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        "320 000\t280 000\n60 000\t50 000\n",
    )
    expect(page.locator('[data-sum-of="alle"]')).to_have_text("710\xa0000")
    expect(page.locator("#limt")).to_have_text("4 beløp er limt inn.")
    expect(page.locator("#belop")).to_contain_text("710\xa0000\xa0kr")

    assert fresh(report).budget.get(pk=first.pk).amounts == {"2027": 320_000, "2028": 280_000}
    assert fresh(report).budget.get(pk=second.pk).amounts == {"2027": 60_000, "2028": 50_000}
