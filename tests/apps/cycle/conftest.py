import pytest
from django.test import Client
from django.utils import timezone

from samspill.shared.identity import clock
from samspill.shared.identity import session as kept


@pytest.fixture
def signed_in():
    """A browser with a person's session: `signed_in(actor)`."""

    def as_actor(actor):
        client = Client()
        session, now = client.session, timezone.now().isoformat()
        session.update(
            {
                kept.PERSON: actor.person_id,
                kept.MANDATE: actor.mandate.id,
                kept.STARTED: now,
                kept.SEEN: now,
            }
        )
        session.save()
        return client

    return as_actor


@pytest.fixture
def today(settings):
    """Let the demo's clock stand: `today(datetime)`."""

    def stand(at):
        settings.AS_OF = at
        assert clock.now() == at

    return stand
