"""A browser without JavaScript, signed in as one of the year's people, on the year's 11 January."""

import re

import pytest
from django.test import Client

from samspill.shared.identity import clock
from tests.apps.needs.factories import NOW, a_year


@pytest.fixture
def year(db):
    return a_year()


@pytest.fixture(autouse=True)
def january(settings):
    settings.AS_OF = NOW


@pytest.fixture
def as_actor():
    """`as_actor(year.editor)` gives that person's own browser."""

    def begin(actor):
        client = Client()
        now = clock.real_now().isoformat()
        session = client.session
        session.update(
            {
                "person": actor.person_id,
                "started": now,
                "seen": now,
                "mandate": actor.mandate.id,
            }
        )
        session.save()
        return client

    return begin


def hidden_fields(html):
    """The hidden inputs of the form as the page drew them: fingerprints, save id, owner of text."""
    form = html[html.index('id="skjema"') :]
    form = form[: form.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"', form)
    return dict(found)


def typed_into(page, **values):
    """What a browser sends from the page: its hidden fields, and what was typed."""
    html = page.content.decode()
    carried = hidden_fields(html)
    sent = {
        name: mark
        for name, mark in carried.items()
        if not name.startswith("seen-") or name.removeprefix("seen-") in values
    }
    return {**sent, **values}
