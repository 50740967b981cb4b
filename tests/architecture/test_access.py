"""Every address as every role and as nobody (URL × rolle), against docs/access.md.

New addresses are found by themselves. What their values mean stands in `world.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.architecture import sides
from tests.architecture import world as making

from samspill.shared.identity import access_page, session
from samspill.shared.identity.roles import Role

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PAGE = Path(__file__).resolve().parents[2] / "docs/access.md"
ADDRESSES = access_page.addresses()
#: Let in: a page, a way on, or a form that says what it misses.
COME_IN = {200, 204, 301, 302, 303, 304, 400, 409, 413, 415, 422}


# --- The world, once, and nothing that a request did to it ----------
@contextmanager
def undone() -> Iterator[None]:
    """What happens in here is rolled back; `durable` blocks inside are allowed, as in TestCase."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    before = site.AS_OF
    site.AS_OF = sides.NOW
    with django_db_blocker.unblock(), undone():
        yield sides.build()
    site.AS_OF = before


@pytest.fixture(scope="module")
def clients(world) -> dict[object, Client]:
    """Signed-in browsers by who: each role, `two` and `expired`, and None for nobody."""
    who = {**world.people, "two": world.two, "expired": world.expired}
    return {None: Client(), **{name: signed_in(person) for name, person in who.items()}}


def signed_in(person, mandate_id=None) -> Client:
    store = import_module(site.SESSION_ENGINE).SessionStore()
    now = timezone.now().isoformat()
    store[session.PERSON], store[session.STARTED], store[session.SEEN] = person.pk, now, now
    store[session.MANDATE] = mandate_id
    store.create()
    client = Client(raise_request_exception=False)
    client.cookies[site.SESSION_COOKIE_NAME] = store.session_key
    return client


@pytest.fixture(params=ADDRESSES, ids=lambda address: f"{address.name} {address.path}")
def address(request):
    return request.param


# --- Asking ----------
def ask(client, address, method, side, role, world):
    """The answer's status, and where it leads. Whatever it did is undone."""
    path = reverse(address.name, kwargs=making.path_values(address, side, role))
    make = making.POSTED.get(address.name, lambda world, role: {})
    data = make(world, role) if method == "POST" else {}
    before = deepcopy(client.cookies)
    with undone():
        answer = getattr(client, method.lower())(path, data)
        if answer.streaming:
            b"".join(answer.streaming_content)
    client.cookies = before  # also after signing out
    return answer.status_code, answer.headers.get("Location", "") or why(answer)


def why(answer) -> str:
    """What went wrong inside, for the reader of a failed test."""
    exc_info = getattr(answer, "exc_info", None)
    return repr(exc_info[1])[:200] if exc_info else ""


def marks() -> dict[str, list[bool]]:
    """docs/access.md as read: path → public, signed in, one per role."""
    rows = [line.strip("|").split(" | ") for line in PAGE.read_text().splitlines() if "`/" in line]
    return {row[1].strip("` "): [cell.strip(" |") == "●" for cell in row[3:]] for row in rows}


def let_in(address) -> set[Role]:
    public, signed_in_is_enough, *roles = marks()[f"/{address.path}"]
    if public or signed_in_is_enough:
        return set(Role)
    return {role for role, mark in zip(Role, roles, strict=True) if mark}


def expected(address, method, role=None):
    if role in making.REFUSED.get((address.name, method), ((), ""))[0]:
        return {403}
    return making.EXPECTED.get((address.name, method), (COME_IN, ""))[0]


def sees_all(role, address, side, world) -> bool:
    """To this role the side's object is not foreign: the same address, or a wide enough view."""
    same = making.path_values(address, side, role) == making.path_values(address, world.own, role)
    if side is world.other_county:
        return same or role in making.COUNTRY_WIDE
    return same or role in making.COUNTY_WIDE


# --- The promises ----------
def test_every_address_has_a_door_that_says_who_and_how():
    doorless = [a.name for a in ADDRESSES if a.door is None]
    silent = [a.name for a in ADDRESSES if a.door is not None and not a.door.methods]

    assert (doorless, silent) == ([], [])


def test_every_value_in_an_address_is_known():
    for address in ADDRESSES:
        for kwarg in address.kwargs:
            making.value_of(kwarg, address)


def test_the_access_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == access_page.page(), "Run: samspill access"


def test_nobody_is_asked_to_sign_in_except_at_public_pages(address, clients, world):
    wrong = []
    for method in address.door.methods:
        status, to = ask(clients[None], address, method, world.own, None, world)
        asked = status == 302 and to.startswith("/logg-inn/?next=")
        right = status in expected(address, method) and not asked if address.door.public else asked
        if not right:
            wrong.append((method, status, to))

    assert not wrong, "\n".join(map(str, wrong))


def test_a_role_gets_in_where_the_page_says_so_and_nowhere_else(address, clients, world):
    wrong = []
    for method in address.door.methods:
        for role in Role:
            status, to = ask(clients[role], address, method, world.own, role, world)
            right = {403} if role not in let_in(address) else expected(address, method, role)
            if status not in right or to.startswith("/logg-inn/?"):
                wrong.append((method, str(role), status, to))

    assert not wrong, "\n".join(map(str, wrong))


def test_what_belongs_to_others_is_not_found(address, clients, world):
    if address.door.public:
        return
    wrong = []
    for side in (world.foreign, world.other_county):
        for role in let_in(address):
            if sees_all(role, address, side, world):
                continue
            for method in address.door.methods:
                status, to = ask(clients[role], address, method, side, role, world)
                if status != 404:
                    where = "foreign" if side is world.foreign else "other county"
                    wrong.append((method, str(role), where, status, to))

    assert not wrong, "\n".join(map(str, wrong))


def test_no_list_names_the_reports_of_others(address, clients, world):
    """Pages about no one object: what stands on them is the reader's own county's, or own."""
    if address.door.public or address.kwargs or "GET" not in address.door.methods:
        return
    wrong = []
    for role in let_in(address) - making.COUNTRY_WIDE:
        hidden = {sides.OTHER_COUNTY}
        if role not in making.COUNTY_WIDE:
            hidden.add(sides.FOREIGN)
        with undone():
            text = body_of(clients[role].get(reverse(address.name)))
        wrong += [(str(role), side) for side in hidden if sides.title_of(side) in text]

    assert not wrong, "\n".join(map(str, wrong))


def body_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def test_of_two_mandates_only_the_active_one_counts(address, clients, world):
    """Signs for two owners: sees one at a time, also where both are theirs."""
    role = Role.OWNER_SIGNER
    if address.door.public or role not in let_in(address):
        return
    if sees_all(role, address, world.foreign, world):
        return
    wrong = []
    as_own = signed_in(world.two, world.two.mandates.order_by("pk").first().pk)
    as_foreign = signed_in(world.two, world.two_foreign_mandate)
    for method in address.door.methods:
        for client, side, right in (
            (as_own, world.own, expected(address, method, role)),
            (as_own, world.foreign, {404}),
            (as_foreign, world.foreign, expected(address, method, role)),
            (as_foreign, world.own, {404}),
        ):
            status, _to = ask(client, address, method, side, role, world)
            if status not in right:
                wrong.append((method, "own" if side is world.own else "foreign", status))

    assert not wrong, "\n".join(map(str, wrong))


def test_an_expired_mandate_opens_no_door(address, clients, world):
    wrong = []
    for method in address.door.methods:
        status, _to = ask(clients["expired"], address, method, world.own, Role.OWNER_SIGNER, world)
        if address.name == "identity:choose_mandate":
            right = {404}
        elif address.door.public or address.door.signed_in:
            right = expected(address, method)
        else:
            right = {403}
        if status not in right:
            wrong.append((method, status))

    assert not wrong, "\n".join(map(str, wrong))
