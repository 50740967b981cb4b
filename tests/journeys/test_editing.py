"""What the form promises those who write: nobody loses a word, and nothing is sent twice."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from samspill.apps.needs.models import NeedsReport, Submission

pytestmark = pytest.mark.django_db

PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const how = {clipboardData, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def _django_db_helper(site):
    """The tables are the module's: between tests nothing is rolled back and nothing emptied."""


@pytest.fixture
def aims(told) -> str:
    """The address of «Mål og tegn» in Bodø's own draft."""
    return f"/behovsmelding/{told['bodo-pp']}/maal/"


def draft(told) -> NeedsReport:
    return NeedsReport.objects.get(pk=told["bodo-pp"])


def write(page: Page, name: str, words: str) -> None:
    """Write in a field and leave it."""
    page.locator(f"[name={name}]").fill(words)
    page.locator(f"[name={name}]").press("Tab")


def test_a_field_that_is_left_is_saved_and_says_when(told, aims, new_window):
    page = new_window("bodo-editor")
    page.goto(aims)

    write(page, "aims", "Barna blir sett i tide.")

    expect(page.locator("#lagret")).to_contain_text("Lagret kl.")
    assert draft(told).aims == "Barna blir sett i tide."


def test_two_windows_with_different_fields_keep_both(told, aims, new_window):
    first, second = new_window("bodo-editor"), new_window("bodo-editor")
    first.goto(aims)
    second.goto(aims)

    write(first, "aims", "Skrevet i det første vinduet.")
    expect(first.locator("#lagret")).to_contain_text("Lagret kl.")
    write(second, "signs", "Skrevet i det andre vinduet.")
    expect(second.locator("#lagret")).to_contain_text("Lagret kl.")

    now = draft(told)
    assert now.aims == "Skrevet i det første vinduet."
    assert now.signs == "Skrevet i det andre vinduet."


def test_two_windows_with_the_same_field_show_both_texts(told, aims, new_window):
    first, second = new_window("bodo-editor"), new_window("bodo-editor")
    first.goto(aims)
    second.goto(aims)

    write(first, "aims", "Den enes ord.")
    expect(first.locator("#lagret")).to_contain_text("Lagret kl.")
    write(second, "aims", "Den andres ord.")

    clash = second.locator("#funn-aims")
    expect(clash).to_contain_text("Den enes ord.")
    expect(clash).to_contain_text("Den andres ord.")
    expect(second.locator("[name=aims]")).to_have_value("Den andres ord.")
    assert draft(told).aims == "Den enes ord."


def test_a_text_survives_a_session_that_ran_out_while_it_was_written(told, aims, new_window):
    page = new_window("bodo-editor")
    page.goto(aims)

    Session.objects.all().delete()
    page.locator("[name=signs]").fill("Skrevet mens økten gikk ut.")
    with page.expect_navigation():
        page.locator("button[name=do][value=stay]").click()
    assert "/logg-inn/" in page.url
    with page.expect_navigation():
        page.locator('button[value="bodo-editor"]').click()

    expect(page.locator("main")).to_contain_text("Vi tok vare på det dere skrev.")
    expect(page.locator("[name=signs]")).to_have_value("Skrevet mens økten gikk ut.")


def test_a_range_from_a_spreadsheet_fills_the_budget_and_the_sums_follow(told, new_window):
    page = new_window("bodo-editor")
    page.goto(f"/behovsmelding/{told['bodo-pp']}/budsjett/")
    cells = page.locator("tbody tr").first.locator("td input")
    below = page.locator("tbody tr").nth(1).locator("td input").first
    rest = sum(_kroner(one) for one in page.locator("tbody td input").all()) - (
        _kroner(cells.first) + _kroner(below)
    )

    cells.first.focus()
    page.evaluate(PASTE, "111 000\n22 000\n")
    expect(below).to_have_value("22\u00a0000")
    expect(page.locator('[data-sum-of="alle"]')).to_have_text(_shown(133_000 + rest))
    below.fill("23000")

    expect(page.locator('[data-sum-of="alle"]')).to_have_text(_shown(134_000 + rest))


def _kroner(cell) -> int:
    return int("".join(filter(str.isdigit, cell.input_value())) or 0)


def _shown(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u00a0")


def test_a_submit_that_is_clicked_twice_is_one_submission(told, new_window):
    page = new_window("styrer")
    page.goto(f"/behovsmelding/{told['blaafjell']}/se-over/")

    with page.expect_navigation(url="**/kvittering/"):
        page.get_by_role("button", name="Send behovsmeldingen").dblclick()

    sent = Submission.objects.filter(report=told["blaafjell"])
    assert sent.count() == 1
    expect(page.locator("main")).to_contain_text(sent.get().receipt_number)
