"""A real browser (Debian's chromium) on a real server; axe on every state that is looked at."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from samspill.demo import start
from tests.journeys.places import NOW, more_states

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


# --- The demo, loaded once for a whole module ----------
@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a server whose demo has registers, people and a year, but no reports.

    Not `live_server`: that one empties the tables after every test.
    """
    with django_db_blocker.unblock(), override_settings(AS_OF=NOW, ALLOWED_HOSTS=["*"]):
        start.prepare(NOW)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def told(site) -> dict[str, int]:
    """The autumn's reports are written; gives the id of each place a visit is about."""
    start.tell(NOW)
    return more_states()


class Window:
    """A persona's own window, and what its console complained of since it was last asked."""

    def __init__(self, browser: Browser, site: str, persona: str) -> None:
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            base_url=site,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self._said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._said.append(str(error)))
        if persona:
            self.page.goto("/logg-inn/")
            self.page.locator(f'button[value="{persona}"]').click()
            self.page.wait_for_load_state()

    def _hear(self, message) -> None:
        own_answer = message.text.startswith("Failed to load resource") and "/static/" not in (
            message.location.get("url", "")
        )
        if message.type in ("error", "warning") and not own_answer:
            self._said.append(message.text)

    def complaints(self) -> list[str]:
        """Errors, and what the content security policy stopped. A page that answers 422 is none."""
        said, self._said = self._said, []
        return said


@pytest.fixture(scope="module")
def window_of(browser, site) -> Iterator[Callable[[str], Window]]:
    """`window_of("bodo-signer")`: one window per persona for the whole module; "" is nobody."""
    windows: dict[str, Window] = {}

    def window(persona: str) -> Window:
        if persona not in windows:
            windows[persona] = Window(browser, site, persona)
        return windows[persona]

    yield window
    for one in windows.values():
        one.context.close()


@pytest.fixture
def new_window(browser, site) -> Iterator[Callable[[str], Page]]:
    """`new_window("bodo-editor")`: a window of its own each time, for one test."""
    windows: list[Window] = []

    def window(persona: str) -> Page:
        windows.append(Window(browser, site, persona))
        return windows[-1].page

    yield window
    for one in windows:
        one.context.close()
