"""A real browser (Debian's chromium) on a real server; axe on every state that is looked at."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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
    for persona, page in windows.items():
        if folder := os.environ.get("KEEP_SHOTS"):  # to see where a journey stopped
            page.screenshot(path=f"{folder}/{persona}.png", full_page=True)
        page.context.close()
