"""The plainest case there is: a model with states, for tests of the trail and of `advance`."""

import pytest
from django.db import connection, models


class PlainCase(models.Model):
    """A case (sak) that lives only in tests."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        CLOSED = "closed"

    MOVES = {State.DRAFT: (State.SENT,), State.SENT: (State.DRAFT, State.CLOSED)}

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField()
    amount = models.BigIntegerField(default=0)

    class Meta:
        app_label = "tests_shared"


@pytest.fixture(scope="session")
def case_table(django_db_setup, django_db_blocker):
    """The table of the plain case, once for all tests."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(PlainCase)
    yield PlainCase
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(PlainCase)
