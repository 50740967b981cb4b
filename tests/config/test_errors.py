"""The error pages themselves never fail."""

import pytest
from django.test import Client

from samspill.config import errors


def test_the_page_for_our_own_failures_needs_neither_database_nor_session(rf):
    """No `db` here: a question to the database would fail this test, as it would the page."""
    answer = errors.failed(rf.get("/"))

    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in answer.text


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("secure", [True, False])
def test_a_host_that_is_not_ours_is_turned_away_in_words(settings, secure):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["samspill.example"], secure

    answer = Client(raise_request_exception=False).get("/", HTTP_HOST="ond.example")

    assert answer.status_code == 400


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("key", ['"abcdefghij\\000"', "æøåæøåæøå", "../../../etc"])
def test_a_strange_session_key_is_no_session(key):
    answer = Client(raise_request_exception=False).get("/", HTTP_COOKIE=f"samspill={key}")

    assert answer.status_code == 200
