"""From the sign-in page to a signature, by Tab, Enter, Space and letters only."""

import pytest
from playwright.sync_api import Page, expect

from samspill.apps.needs.models import Cosignature, NeedsReport

pytestmark = pytest.mark.django_db

#: How often Tab may be pressed before one gives up.
PATIENCE = 150


@pytest.fixture
def _django_db_helper(site):
    """The tables are the module's: between tests nothing is rolled back and nothing emptied."""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has focus fits the selector. It must also show that it has focus."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"Tab never reached {wanted}")


def press(page: Page, key: str) -> None:
    """Press a key that sends something, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_the_skip_link_is_first_and_leads_to_the_content(told, new_window):
    page = new_window("bodo-signer")
    page.goto("/min-side/")

    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_role_menu_is_opened_used_and_closed(told, new_window):
    page = new_window("two-hats")
    page.goto("/min-side/")

    tab_to(page, "details[data-menu] > summary")
    page.keyboard.press("Enter")
    expect(page.locator("details[data-menu]")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("details[data-menu] > summary")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "button[name=mandate]:not([aria-current])")
    press(page, "Enter")

    expect(page.locator("h1")).to_contain_text("Narvik")


def test_a_part_is_filled_and_a_partner_signs(told, new_window):
    """Aims and a theme in a draft; then the partner's answer and signature on another report."""
    report = NeedsReport.objects.get(pk=told["vevelstad"])
    page = new_window("vevelstad")
    page.goto(f"/behovsmelding/{report.pk}/maal/")

    tab_to(page, "textarea[name=signs]")
    page.keyboard.type("Elevene leser mer.")
    tab_to(page, "[name=themes]:not(:checked)")
    theme = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    tab_to(page, "button[name=do][value=next]")
    press(page, "Enter")

    report.refresh_from_db()
    assert (report.signs, theme in report.themes) == ("Elevene leser mer.", True)

    partner = new_window("nord-signer")
    partner.goto(f"/medsignering/{told['partner']}/")
    tab_to(partner, "textarea[name=teacher_education]")
    partner.keyboard.type("Studentene er med på samlingene.")
    tab_to(partner, "form[data-once] button[type=submit]")
    press(partner, "Enter")

    assert Cosignature.objects.filter(partner=told["partner"]).count() == 1
