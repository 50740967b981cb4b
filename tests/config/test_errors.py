"""The error pages themselves never fail."""

from samspill.config import errors


def test_the_page_for_our_own_failures_needs_neither_database_nor_session(rf):
    """No `db` here: a question to the database would fail this test, as it would the page."""
    answer = errors.failed(rf.get("/"))

    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in answer.text
