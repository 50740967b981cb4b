"""Every page that shows HTML, in its states, looked at by axe and by the browser's own console.

The pages are read from the addresses: a new page fails until it has a visit below. A page with a
form is also visited after it was sent with mistakes.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from samspill.shared.identity import access_page
from tests.journeys.looking import debts, violations_in_every_look

pytestmark = pytest.mark.django_db

#: Addresses that answer with a file, or send the reader on: address → what it answers with.
NO_PAGE = {
    "allocation:queue_download": "xlsx",
    "allocation:scenario_download": "xlsx",
    "allocation:scenario_json": "json",
    "competence:document": "the owner's own file",
    "cycle:feed": "ics",
    "identity:provider_return": "on to the page one came from",
    "identity:provider_start": "on to the provider",
    "needs:attachment": "the owner's own file",
    "needs:blank": "pdf",
    "needs:copy": "pdf",
    "overview:reports_download": "xlsx",
    "records:document": "the document itself",
}
#: Pages whose form has nothing to get wrong: a button, or a choice already made.
NOTHING_TO_GET_WRONG = {"needs:withdraw", "home:choose_county"}

BODO, TINY, OFFICE, AUDITOR, PARTNER = (
    "bodo-signer", "vevelstad", "case-worker", "auditor", "nord-signer",
)  # fmt: skip


# --- What is done before one looks ----------
def send_nothing(page: Page) -> None:
    """Empty what can be written in, and send."""
    form = page.locator("main form[method=post]").last
    form.evaluate(
        """form => form.querySelectorAll(
             "input:not([type=hidden], [type=radio], [type=checkbox]), textarea"
           ).forEach(field => { field.value = ""; })"""
    )
    send(page, form.locator("button[type=submit]:not([name=fresh])").last)


def send(page: Page, button) -> None:
    with page.expect_navigation():
        button.click()


def finish_unanswered(page: Page) -> None:
    send(page, page.locator("button[name=finish]"))


def wrong_amount(page: Page) -> None:
    page.locator("table input[inputmode=numeric]").first.fill("12,5")
    send(page, page.locator("button[name=do][value=stay]"))


def too_long(page: Page) -> None:
    page.locator("[name=title]").evaluate("field => { field.removeAttribute('maxlength'); }")
    page.locator("[name=title]").fill("Et navn som er altfor langt. " * 10)
    send(page, page.locator("button[name=do][value=stay]"))


def open_everything(page: Page) -> None:
    """Everything folded is unfolded, also the role menu."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


# --- The visits ----------
@dataclass(frozen=True)
class Visit:
    """Who goes where, in which state. `args`: «=word» is itself, else a name among the places."""

    page: str
    who: str
    state: str
    args: tuple[str, ...] = ()
    do: Callable[[Page], None] | None = None
    status: int = 200
    query: str = ""

    @property
    def name(self) -> str:
        return "-".join([self.page, self.who or "nobody", *self.args, self.state])


EMPTY = (
    Visit("home:front", "", "empty"),
    *(
        Visit("home:my_page", who, "empty")
        for who in (
            TINY, "styrer", OFFICE, "approver", PARTNER, "forum-member", "coordinator",
            "facilitator", "union", "employee", AUDITOR, "administrator", "north-case-worker",
        )
    ),
    Visit("home:my_page", "former", "empty", status=403),
    Visit("overview:reports", BODO, "empty"),
    Visit("allocation:queue", OFFICE, "empty"),
    Visit("allocation:queue", "north-case-worker", "empty"),
    Visit("allocation:scenarios", OFFICE, "empty"),
    Visit("allocation:scenarios", "north-case-worker", "empty"),
    Visit("competence:overview", BODO, "empty"),
    Visit("partnerships:overview", BODO, "empty"),
    Visit("partnerships:overview", PARTNER, "empty"),
    Visit("needs:partner_list", PARTNER, "empty"),
    Visit("organisations:account", BODO, "empty"),
    Visit("records:tasks", OFFICE, "empty"),
    Visit("records:journal", AUDITOR, "empty"),
    Visit("cycle:board", "north-case-worker", "empty"),
    Visit("plan:plan", "", "empty", ("=55",)),
    Visit("cycle:calendar", "", "empty", ("=55",)),
)  # fmt: skip

PARTS = (
    "om-tiltaket", "behovsvurdering", "partnerskap", "maal", "faser", "budsjett", "kunnskapsdeling",
)  # fmt: skip
FILLED = (
    Visit("home:front", "", "filled"),
    Visit("home:front", BODO, "menu open", do=open_everything),
    *(Visit("home:my_page", who, "filled") for who in (BODO, OFFICE, PARTNER, "two-hats")),
    Visit("identity:sign_in", "", "filled"),
    Visit("home:choose_county", "", "filled"),
    Visit("home:rules", "", "filled"),
    Visit("home:accessibility", "", "filled"),
    Visit("home:feedback", "", "filled"),
    Visit("home:privacy", "", "filled"),
    Visit("gallery", "", "filled"),
    Visit("organisations:sources", "", "filled"),
    Visit("plan:plan", "", "filled"),
    Visit("cycle:calendar", "", "filled"),
    Visit("cycle:announcement", "", "filled", ("announcement",)),
    # An owner's pages
    Visit("overview:reports", BODO, "filled"),
    Visit("needs:start", BODO, "filled"),
    Visit("needs:report", BODO, "filled", ("bodo-pp",)),
    *(Visit("needs:section", BODO, "filled", ("bodo-pp", f"={part}")) for part in PARTS),
    Visit("needs:section", TINY, "just begun", ("vevelstad", "=behovsvurdering")),
    Visit("needs:section", TINY, "just begun", ("vevelstad", "=budsjett")),
    Visit(
        "needs:section", BODO, "unfolded", ("bodo-pp", "=partnerskap"), open_everything
    ),
    Visit("needs:section", BODO, "unfolded", ("bodo-pp", "=budsjett"), open_everything),
    Visit("needs:section", BODO, "error", ("bodo-pp", "=om-tiltaket"), too_long, 422),
    Visit("needs:section", BODO, "error", ("bodo-pp", "=budsjett"), wrong_amount, 422),
    Visit("needs:section", BODO, "returned", ("bodo-vurdering", "=budsjett")),
    Visit("needs:section", BODO, "withdrawn", ("withdrawn", "=maal")),
    Visit("needs:section", BODO, "sent", ("bodo-laget", "=maal")),
    Visit("needs:review", BODO, "stopped", ("bodo-pp",)),
    Visit("needs:review", "styrer", "ready", ("blaafjell",)),
    Visit("needs:review", BODO, "sent", ("bodo-laget",)),
    Visit("needs:read", BODO, "filled", ("bodo-laget",)),
    Visit("needs:read", BODO, "invited", ("invitation",)),
    Visit("needs:read", AUDITOR, "read-only", ("bodo-laget",)),
    Visit("needs:read", OFFICE, "withdrawn", ("withdrawn",)),
    Visit("needs:receipt", BODO, "filled", ("bodo-laget",)),
    Visit("needs:receipt", BODO, "withdrawn", ("withdrawn",)),
    Visit("needs:report", BODO, "withdrawn", ("withdrawn",)),
    Visit("needs:report", PARTNER, "read-only", ("bodo-laget",)),
    Visit("needs:withdraw", BODO, "filled", ("bodo-pp",)),
    Visit("needs:withdraw", BODO, "withdrawn", ("withdrawn",)),
    Visit("organisations:account", BODO, "filled"),
    Visit("organisations:account", BODO, "error", do=send_nothing, status=422),
    Visit("competence:overview", BODO, "filled"),
    Visit("competence:need", BODO, "filled"),
    Visit("competence:need", BODO, "error", do=send_nothing, status=422),
    Visit("competence:plan", BODO, "filled"),
    Visit("competence:plan", BODO, "error", do=send_nothing, status=422),
    Visit("partnerships:overview", BODO, "filled"),
    Visit("partnerships:overview", PARTNER, "read-only"),
    Visit("partnerships:add", BODO, "filled"),
    Visit("partnerships:add", BODO, "error", do=send_nothing, status=422),
    # A partner's pages
    Visit("needs:partner_list", PARTNER, "filled"),
    Visit("needs:partner_report", PARTNER, "filled", ("partner",)),
    Visit("needs:partner_report", PARTNER, "signed", ("partner-signed",)),
    # The secretariat's pages
    Visit("allocation:queue", OFFICE, "filled"),
    Visit("allocation:queue", OFFICE, "no match", query="?sok=finnes-ikke"),
    Visit("allocation:queue", AUDITOR, "read-only"),
    Visit("allocation:assess", OFFICE, "filled", ("hamaroy",)),
    Visit("allocation:assess", OFFICE, "assessed", ("vaagan",)),
    Visit("allocation:assess", OFFICE, "error", ("rana",), finish_unanswered, 422),
    Visit("allocation:assess", AUDITOR, "read-only", ("vaagan",)),
    Visit("allocation:assess", "approver", "read-only", ("rana",)),
    Visit("allocation:return_report", OFFICE, "filled", ("hamaroy",)),
    Visit("allocation:return_report", OFFICE, "error", ("hamaroy",), send_nothing, 422),
    Visit("allocation:scenarios", OFFICE, "filled"),
    Visit("allocation:scenarios", OFFICE, "error", do=send_nothing, status=422),
    Visit("allocation:scenarios", AUDITOR, "read-only"),
    Visit("allocation:scenario", OFFICE, "filled", ("scenario",)),
    Visit("allocation:scenario", AUDITOR, "read-only", ("scenario",)),
    Visit("cycle:board", OFFICE, "filled", ("cycle",)),
    Visit("cycle:board", AUDITOR, "read-only"),
    Visit("cycle:set_up", OFFICE, "filled"),
    Visit("cycle:set_up", OFFICE, "error", do=send_nothing, status=422),
    Visit("cycle:frame", OFFICE, "filled", ("cycle",)),
    Visit("cycle:frame", OFFICE, "error", ("cycle",), send_nothing, 422),
    Visit("cycle:milestone", OFFICE, "filled", ("milestone",)),
    Visit("cycle:milestone", OFFICE, "error", ("milestone",), send_nothing, 422),
    Visit("cycle:draft", OFFICE, "filled", ("announcing",)),
    Visit("cycle:draft", OFFICE, "error", ("announcing",), send_nothing, 422),
    Visit("cycle:preview", OFFICE, "filled", ("announcing",)),
    Visit("cycle:preview", AUDITOR, "read-only", ("cycle",)),
    Visit("organisations:register", OFFICE, "filled", ("=18",)),
    Visit("organisations:register", AUDITOR, "read-only", ("=18",)),
    Visit("organisations:unconfirmed", OFFICE, "filled", ("=18",)),
    Visit("organisations:unconfirmed", OFFICE, "no match", ("=18",), query="?q=finnes-ikke"),
    Visit("organisations:confirm", OFFICE, "filled", ("=18", "receiver")),
    Visit("organisations:confirm", OFFICE, "error", ("=18", "receiver"), send_nothing, 422),
    Visit("records:journal", OFFICE, "filled"),
    Visit("records:journal", AUDITOR, "read-only"),
    Visit("records:tasks", OFFICE, "filled"),
    Visit("records:tasks", "administrator", "filled"),
    # The door is closed, or there is nothing behind it
    Visit("allocation:queue", TINY, "403", status=403),
    Visit("allocation:assess", OFFICE, "404", ("=999999",), status=404),
)  # fmt: skip
# needs:start is last: its «error» begins nothing, but must not be what the others meet.
LAST = (Visit("needs:start", BODO, "error", do=lambda page: none_chosen(page), status=422),)
VISITS = (*EMPTY, *FILLED, *LAST)


def none_chosen(page: Page) -> None:
    """Choose what nobody offered, and send."""
    page.locator("main form").evaluate(
        """form => form.querySelectorAll("[name=cycle], [name=source]")
          .forEach(field => { field.value = "999999"; })"""
    )
    send(page, page.locator("main form button[type=submit]").last)


# --- Looking ----------
@pytest.fixture
def _django_db_helper(site):
    """The tables are the module's: between tests nothing is rolled back and nothing emptied."""


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_a_page_is_whole_in_every_look(visit, site, window_of, request):
    places = {} if visit.state == "empty" else request.getfixturevalue("told")
    window = window_of(visit.who)
    page = window.page
    window.complaints()

    status = go(page, visit, places)
    keep_picture(page, visit)
    found = violations_in_every_look(page)
    owed = debts(page)

    assert (status, found, owed, window.complaints()) == (visit.status, {}, [], [])


def keep_picture(page: Page, visit: Visit) -> None:
    """With KEEP_SHOTS=folder: what the page looked like, wide and narrow."""
    if folder := os.environ.get("KEEP_SHOTS"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            name = f"{visit.name}-{width}".replace(":", "-").replace("=", "").replace(" ", "-")
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def go(page: Page, visit: Visit, places: dict[str, int]) -> int:
    """Go there and do what is to be done; gives the last status of the page itself."""
    statuses: list[int] = []

    def note(answer):
        if answer.request.is_navigation_request() and not 300 <= answer.status < 400:
            statuses.append(answer.status)

    args = [one[1:] if one.startswith("=") else places[one] for one in visit.args]
    page.on("response", note)
    page.goto(reverse(visit.page, args=args) + visit.query)
    if visit.do:
        visit.do(page)
    page.remove_listener("response", note)
    return statuses[-1]


def pages() -> set[str]:
    """Names of the addresses that show a page."""
    return {
        address.name
        for address in access_page.addresses()
        if "GET" in address.door.methods and address.name not in NO_PAGE
    }


def test_every_page_is_visited():
    assert {visit.page for visit in VISITS} == pages()


def test_every_form_is_visited_after_it_was_sent_with_mistakes():
    forms = {a.name for a in access_page.addresses() if {"GET", "POST"} <= set(a.door.methods)}

    assert {v.page for v in VISITS if v.state == "error"} == forms - NOTHING_TO_GET_WRONG
