"""A real browser (Debian's chromium) on a real server; axe on every state that is looked at."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def scripting(request) -> bool:
    return request.param


@pytest.fixture
def open_as(browser, live_server, scripting) -> Iterator[Callable[[str], Page]]:
    """`open_as("bodo-signer")` gives that persona's own browser window, signed in."""
    windows: dict[str, Page] = {}

    def window(persona: str) -> Page:
        if persona in windows:
            return windows[persona]
        context = browser.new_context(
            java_script_enabled=scripting,
            viewport={"width": 1280, "height": 900},
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            base_url=live_server.url,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        windows[persona] = page
        if persona != "public":
            page.goto("/logg-inn/")
            page.locator(f'button[value="{persona}"]').click()
        return page

    yield window
    for page in windows.values():
        page.context.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands now, one line each."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


#: Wide and narrow, light and dark.
LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


def violations_in_every_look(page: Page) -> dict[str, list[str]]:
    """axe at 1280 and 360 px, light and dark; also says when the page scrolls sideways."""
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        lines = violations(page)
        if page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            lines.append("the page scrolls sideways")
        if lines:
            found[f"{page.url} {width} {scheme}"] = lines
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found
