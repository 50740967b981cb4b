"""Every answer carries the strict headers, errors and static files too."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/", "/finnes-ikke/", "/min-side/", "/static/design/samspill.css"]
)
def test_nothing_inline_and_nothing_from_elsewhere(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_may_not_be_kept_framed_or_sniffed(client):
    headers = client.get("/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_an_address_that_does_not_exist_says_what_to_do_next(client):
    page = client.get("/finnes-ikke/")

    assert page.status_code == 404
    assert "<h1" in page.content.decode()
