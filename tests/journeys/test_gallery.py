"""Every component in a real browser: axe, strict CSP, keyboard, paste and sums.

The page comes straight from the templates and the static finder, so no room is needed.
"""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import expect

from samspill.shared.design.gallery import gallery_context
from samspill.shared.design.headers import content_security_policy
from tests.journeys.looking import violations_in_every_look

pytestmark = pytest.mark.urls("tests.shared.design.urls")

ORIGIN = "http://samspill.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PASTE = """([input, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  input.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def answer(route):
    path = route.request.url.removeprefix(ORIGIN)
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        if found is None:
            route.fulfill(status=404)
            return
        kind = TYPES.get(Path(found).suffix, "application/octet-stream")
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        return
    markup = render_to_string("design/gallery.html", gallery_context() | {"demo": True})
    # axe is evaluated through the protocol, so even the test needs no hole in the policy.
    headers = {"Content-Security-Policy": content_security_policy()}
    route.fulfill(body=markup, content_type="text/html; charset=utf-8", headers=headers)


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def page(browser, complaints):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    context.route("**/*", answer)
    opened = context.new_page()
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{ORIGIN}/stil/")
    yield opened
    context.close()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page):
    found = violations_in_every_look(page)

    assert found == {}


def test_at_320_pixels_nothing_scrolls_sideways(page):
    page.set_viewport_size({"width": 320, "height": 900})

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_strict_policy_stops_nothing_the_page_needs(page, complaints):
    loaded = page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Inter Variable\"'))"
    )

    assert (complaints, loaded) == ([], True)


def test_the_error_summary_has_focus_and_leads_to_the_field(page):
    expect(page.locator("[data-error-summary]")).to_be_focused()

    page.get_by_role("link", name="Når begynner tiltaket? Datoen finnes ikke").click()

    expect(page.locator("#id_feil-starts")).to_be_focused()


def test_escape_closes_the_menu_and_gives_focus_back(page):
    page.locator("summary").click()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.locator("details[data-menu]")).not_to_have_attribute("open", "")
    expect(page.locator("summary")).to_be_focused()


def test_sums_follow_what_is_typed(page):
    page.locator("[name=c]").fill("40 000")
    page.locator("[name=c]").blur()

    expect(page.locator("[data-sum-of=y2027]")).to_have_text("360\u00a0000")
    expect(page.locator("[data-sum-of=all]")).to_have_text("700\u00a0000")
    expect(page.locator("[name=c]")).to_have_value("40\u00a0000")


def test_a_range_from_a_spreadsheet_fills_the_cells_from_where_one_stands(page):
    first = page.locator("[name=a]").element_handle()

    page.evaluate(PASTE, [first, "100 000\t200000\n300\u00a0000\tca. 5\t7\r\n"])

    shown = [page.locator(f"[name={name}]").input_value() for name in "abcd"]
    assert shown == ["100\u00a0000", "200\u00a0000", "300\u00a0000", "ca. 5"]
    expect(page.locator("[data-sum-of=all]")).to_have_text("600\u00a0000")
    expect(page.locator("#limt")).to_have_text("4 beløp er limt inn. 1 fikk ikke plass.")


def test_one_pasted_amount_is_left_to_the_browser(page):
    first = page.locator("[name=a]").element_handle()

    page.evaluate(PASTE, [first, "100 000"])

    assert page.locator("[name=b]").input_value() == "280\u00a0000"
    expect(page.locator("#limt")).to_have_text("Du kan lime inn fra et regneark.")


def test_the_counter_says_how_many_characters_are_left(page):
    page.locator("#id_fylt-reason").fill("Språk \U0001f388\nog lek")

    expect(page.locator("[data-count-for=id_fylt-reason]")).to_have_text("386 tegn igjen")


def test_print_leaves_out_menu_and_buttons(page):
    page.emulate_media(media="print")

    expect(page.locator("header.sp-header")).to_be_hidden()
    expect(page.get_by_role("button", name="Send inn")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
