"""The door: who is let in, what it knows about its view, and the page made from it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from tests.shared.identity.test_sign_in import sign_in_as

from samspill.shared.identity import access_page
from samspill.shared.identity.access import YES, door, no
from samspill.shared.identity.actor import NOBODY
from samspill.shared.identity.roles import Role


def test_a_door_knows_the_methods_of_the_view_behind_it():
    @door(Role.AUDITOR)
    @never_cache
    @require_http_methods(["GET", "POST"])
    def deep(request):
        return HttpResponse()

    @door(public=True)
    def silent(request):
        return HttpResponse()

    assert deep.door.methods == ("GET", "POST")
    assert silent.door.methods == ()


def test_a_door_without_roles_lets_no_role_in(rf):
    @door()
    @require_GET
    def closed(request):
        return HttpResponse()

    request = rf.get("/")
    request.actor = NOBODY

    assert closed(request).status_code == 302


@pytest.mark.django_db
def test_the_wrong_role_gets_a_reason(client, odd):
    sign_in_as(client, "odd")

    answer = client.get("/ko/")

    assert answer.status_code == 403
    assert "Rollen du bruker nå, har ikke tilgang" in answer.content.decode()


def test_an_answer_is_its_truth_and_refuses_with_its_reason():
    answer = no("Fristen er ute.")

    assert (bool(answer), bool(YES)) == (False, True)
    with pytest.raises(PermissionDenied, match="Fristen er ute"):
        answer.or_refuse()


def test_the_access_page_has_one_row_per_address_and_a_mark_per_role():
    rows = access_page.page().splitlines()

    row = next(line for line in rows if line.startswith("| `write`"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:5] == ["`write`", "`/skriv/`", "GET, POST", "–", "–"]
    let_in = [role for role, mark in zip(Role, cells[5:], strict=True) if mark == "●"]
    assert let_in == [Role.OWNER_EDITOR, Role.OWNER_SIGNER]


def test_the_access_page_names_values_in_addresses():
    found = {address.name: address for address in access_page.addresses()}

    assert found["identity:provider_return"].kwargs == ("provider",)
    assert found["identity:provider_return"].door.public
