"""Take a picture of every page that matters, into docs/shots (`make shots`).

Starts its own web server on its own temporary demo, with the clock standing on 12 January 2027:
eight days before the deadline, when most pages have something to show. Pictures are cut at
2 200 px, so that the folder stays small. What does not exist is skipped, and said.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from run import BIN, ROOT, free_port, wait_for_page
from small_png import small_png

SHOTS = ROOT / "docs/shots"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
AS_OF = "2027-01-12T10:00+01:00"
TALLEST = 2200
WIDTHS = (1280, 360)
#: More reports than the frame has room for, so that the proposal has to choose.
EXTRA = 90


@dataclass(frozen=True)
class Shot:
    """A picture: what it is called, which page, who looks, and what is done there first."""

    name: str
    #: Name of the address and its arguments; a `str` argument is looked up in `places`.
    url: str
    args: tuple[str, ...] = ()
    persona: str = ""
    dark: bool = False
    status: int = 200
    do: Callable[[Page], None] | None = None


def too_long(page: Page) -> None:
    """A title that is too long: the server says so, and nothing is lost."""
    page.locator('[name="title"]').evaluate("e => { e.removeAttribute('maxlength') }")
    page.locator('[name="title"]').fill("Et navn som er altfor langt. " * 8)
    _send(page)


def finish_unanswered(page: Page) -> None:
    page.locator('button[name="finish"]').click()
    page.wait_for_load_state()


def return_nothing(page: Page) -> None:
    _send(page)


def _send(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


BODO, TINY, OFFICE = "bodo-signer", "vevelstad", "case-worker"
#: The parts of a needs report by the word in their addresses.
SECTIONS = {
    "about": "om-tiltaket",
    "assessment": "behovsvurdering",
    "partnership": "partnerskap",
    "aims": "maal",
    "phases": "faser",
    "budget": "budsjett",
    "sharing": "kunnskapsdeling",
}
PAGES = (
    Shot("front", "home:front", dark=True),
    Shot("sign-in", "identity:sign_in"),
    Shot("my-page-big-owner", "home:my_page", persona=BODO, dark=True),
    Shot("my-page-tiny-owner", "home:my_page", persona=TINY),
    Shot("my-page-case-worker", "home:my_page", persona=OFFICE),
    Shot("reports", "overview:reports", persona=BODO),
    Shot("needs-start", "needs:start", persona=BODO),
    Shot("needs-report", "needs:report", ("bodo-pp",), BODO),
    *(
        Shot(f"needs-{part}", "needs:section", ("bodo-pp", f"={slug}"), BODO, dark=part == "budget")
        for part, slug in SECTIONS.items()
    ),
    Shot("needs-tiny-begun", "needs:section", ("vevelstad", "=behovsvurdering"), TINY),
    Shot("needs-error", "needs:section", ("bodo-pp", "=om-tiltaket"), BODO, do=too_long),
    Shot("needs-returned", "needs:section", ("bodo-vurdering", "=budsjett"), BODO),
    Shot("needs-review", "needs:review", ("bodo-pp",), BODO),
    Shot("needs-review-ready", "needs:review", ("blaafjell",), "styrer"),
    Shot("needs-read", "needs:read", ("bodo-laget",), BODO),
    Shot("needs-receipt", "needs:receipt", ("bodo-laget",), BODO),
    Shot("partner-list", "needs:partner_list", persona="nord-signer"),
    Shot("partner-report", "needs:partner_report", ("partner",), "nord-signer"),
    Shot("queue", "allocation:queue", persona=OFFICE, dark=True),
    Shot("assess", "allocation:assess", ("hamaroy",), OFFICE),
    Shot("assess-error", "allocation:assess", ("hamaroy",), OFFICE, do=finish_unanswered),
    Shot("return", "allocation:return_report", ("hamaroy",), OFFICE),
    Shot("return-error", "allocation:return_report", ("hamaroy",), OFFICE, do=return_nothing),
    Shot("scenarios", "allocation:scenarios", persona=OFFICE),
    Shot("scenario", "allocation:scenario", ("scenario",), OFFICE, dark=True),
    Shot("board", "cycle:board", persona=OFFICE),
    Shot("milestone", "cycle:milestone", ("milestone",), OFFICE),
    Shot("announcement-preview", "cycle:preview", ("cycle",), OFFICE),
    Shot("announcement", "cycle:announcement", ("announcement",)),
    Shot("calendar", "cycle:calendar", dark=True),
    Shot("plan", "plan:plan"),
    Shot("rules", "home:rules"),
    Shot("sources", "organisations:sources"),
    Shot("register", "organisations:register", ("=18",), OFFICE),
    Shot("receivers", "organisations:unconfirmed", ("=18",), OFFICE),
    Shot("account", "organisations:account", persona=BODO),
    Shot("competence", "competence:overview", persona=BODO),
    Shot("partnerships", "partnerships:overview", persona=BODO),
    Shot("journal", "records:journal", persona=OFFICE),
    Shot("tasks", "records:tasks", persona=OFFICE),
    Shot("my-page-two-hats", "home:my_page", persona="two-hats"),
    Shot("county", "home:choose_county"),
    Shot("403", "allocation:queue", persona=TINY, status=403),
    Shot("404", "allocation:assess", ("=999999",), OFFICE, status=404),
    Shot("accessibility", "home:accessibility"),
    Shot("privacy", "home:privacy"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names that begin with this, separated by comma")
    parser.add_argument("--to", type=Path, default=SHOTS)
    parser.add_argument("--keep", help="use the demo in this folder, make it where it is missing")
    args = parser.parse_args()
    if not Path(CHROMIUM).exists():
        sys.exit("Chromium is not installed: apt-get install chromium")
    args.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="samspill-shots-") as temporary:
        os.environ.update(
            SAMSPILL_VAR=args.keep or temporary, SAMSPILL_DEMO="1", SAMSPILL_AS_OF=AS_OF,
            DJANGO_SETTINGS_MODULE="samspill.config.settings", DJANGO_ALLOW_ASYNC_UNSAFE="1",
        )  # fmt: skip
        places = prepared()
        wanted = [s for s in PAGES if s.name.startswith(tuple(args.only.split(",")))]
        with served() as address:
            taken = take(wanted, places, address, args.to)
    size = sum(file.stat().st_size for file in args.to.glob("*.png")) / 2**20
    print(f"{taken} pictures in {args.to.name}; the folder holds {size:.1f} MB.")
    return 0


# --- The demo ------------------------------------------------------------------------------------
def prepared() -> dict[str, str]:
    """Load the demo and more; gives the id of each place a picture is taken."""
    for words in (["migrate", "-v", "0"], ["load-demo"]):
        subprocess.run([BIN / "samspill", *words], check=True)
    import django

    django.setup()
    from samspill.apps.allocation.actions import compute_scenario
    from samspill.apps.allocation.models import Scenario
    from samspill.apps.cycle.queries import cycle_for
    from samspill.demo import reports, stories
    from samspill.demo.people import actor_of

    cycle = cycle_for("18", "koll", 2027)
    if Scenario.objects.count() == 1:
        at = stories.BEGUN.replace(month=12, day=1)
        reports.play(cycle=cycle, count=EXTRA, at=at, seed=2027, until="assessed")
        by = actor_of("case-worker", at)
        compute_scenario(cycle=cycle, name="Forholdsmessig, alle vurderte", by=by, at=at)
    return places_of(cycle)


def places_of(cycle) -> dict[str, str]:
    """Which id a name in PAGES stands for."""
    from samspill.apps.allocation.models import Scenario
    from samspill.apps.cycle.models import Announcement, Milestone
    from samspill.apps.needs.models import Partner
    from samspill.demo.stories import known_stories

    places = {key: str(pk) for key, pk in known_stories(cycle).items()}
    return places | {
        "cycle": str(cycle.pk),
        "scenario": str(Scenario.objects.latest("pk").pk),
        "milestone": str(Milestone.objects.get(cycle=cycle, number=3).pk),
        "announcement": str(Announcement.objects.get(cycle=cycle).pk),
        "partner": str(Partner.objects.get(report=places["bodo-sprak"]).pk),
    }


def address_of(shot: Shot, places: dict[str, str]) -> str | None:
    """The page's address, or None where the page does not exist."""
    from django.urls import NoReverseMatch, reverse

    try:
        args = [a[1:] if a.startswith("=") else places[a] for a in shot.args]
        return reverse(shot.url, args=args)
    except (NoReverseMatch, KeyError):
        return None


@contextmanager
def served():
    """A web server on a free port, stopped when the pictures are taken."""
    port = free_port(8300)
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "1", "--blocking-threads", "1", "--no-ws",
         "samspill.config.wsgi:application"]
    )  # fmt: skip
    try:
        wait_for_page(port, [server])
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


# --- The pictures --------------------------------------------------------------------------------
def take(wanted: list[Shot], places: dict[str, str], address: str, folder: Path) -> int:
    """Go from page to page; gives how many pictures were taken."""
    taken = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        blank = browser.new_page()
        windows: dict[str, Page] = {}
        for shot in wanted:
            path = address_of(shot, places)
            if path is None:
                print(f"  skipped {shot.name}: no page called {shot.url} for {shot.args}")
                continue
            if shot.persona not in windows:
                windows[shot.persona] = window(browser, address, shot.persona)
            for width, scheme in looks_of(shot):
                png = picture(windows[shot.persona], shot, address + path, width, scheme)
                if png is None:
                    break
                file = folder / f"{shot.name}-{width}-{scheme}.png"
                file.write_bytes(small_png(blank, png))
                taken += 1
        browser.close()
    return taken


def looks_of(shot: Shot) -> list[tuple[int, str]]:
    schemes = ("light", "dark") if shot.dark else ("light",)
    return [(width, scheme) for scheme in schemes for width in WIDTHS]


def window(browser: Browser, address: str, persona: str) -> Page:
    """The persona's own window, signed in."""
    context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo")
    context.set_default_timeout(60_000)
    page = context.new_page()
    if persona:
        page.goto(f"{address}/logg-inn/")
        page.locator(f'button[value="{persona}"]').click()
        page.wait_for_load_state()
    return page


def picture(page: Page, shot: Shot, address: str, width: int, scheme: str) -> bytes | None:
    """The page as it looks; None, and why, where it does not answer as it should."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    try:
        answer = page.goto(address)
        if answer and answer.status != shot.status:
            print(f"  skipped {shot.name}: the page answers {answer.status}")
            return None
        if shot.do:
            shot.do(page)
    except BrowserError as error:
        print(f"  skipped {shot.name}: {error.message.splitlines()[0]}")
        return None
    page.evaluate("window.scrollTo(0, 0)")
    wide, high = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    if wide > width:
        print(f"  {shot.name} scrolls sideways at {width}: {wide} px")
    clip = {"x": 0, "y": 0, "width": width, "height": min(high, TALLEST)}
    return page.screenshot(clip=clip, full_page=True)


if __name__ == "__main__":
    sys.exit(main())
