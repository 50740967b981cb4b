"""Identity alone: its own small site, mandates without a room, and a provider on loopback."""

import json

import pytest
from django.urls import clear_url_caches
from tests.shared.identity import people, provider

from samspill.shared.identity.models import ExternalIdentity
from samspill.shared.identity.roles import Role


def without_menu(templates):
    """The menu belongs to the rooms above; here the frame gets the actor only."""
    theirs, ours = "samspill.config.navigation.page", "tests.shared.identity.stage.page"
    options = templates["OPTIONS"]
    processors = [ours if one == theirs else one for one in options["context_processors"]]
    return {**templates, "OPTIONS": {**options, "context_processors": processors}}


@pytest.fixture(autouse=True)
def _stage(settings):
    settings.ROOT_URLCONF = "tests.shared.identity.stage"
    settings.MANDATES = "tests.shared.identity.people.mandates_of"
    settings.DEMO_PERSONAS = "tests.shared.identity.stage.personas"
    settings.LOGIN_REDIRECT_URL = "my_page"
    settings.DEMO = True
    settings.TEMPLATES = [without_menu(settings.TEMPLATES[0])]
    clear_url_caches()
    people.MANDATES.clear()
    yield
    clear_url_caches()


@pytest.fixture
def odd(db):
    """Writes for an owner."""
    return people.make_person("odd", people.mandate(1, Role.OWNER_EDITOR))


@pytest.fixture
def kari(db):
    """A case worker."""
    return people.make_person("kari", people.mandate(2, Role.CASE_WORKER))


@pytest.fixture
def idporten():
    with provider.running() as one:
        yield one


@pytest.fixture
def feide():
    with provider.running() as one:
        yield one


@pytest.fixture
def connect(settings, tmp_path):
    """Write the providers' file: connect(idporten=a, feide=b), with more settings by `more`."""

    def write(more=None, **found):
        rows = [
            {
                "slug": slug,
                "name": slug.title(),
                "issuer": one.issuer,
                "client_id": one.client_id,
                "client_secret": one.client_secret,
                **(more or {}),
            }
            for slug, one in found.items()
        ]
        path = tmp_path / "providers.json"
        path.write_text(json.dumps({"providers": rows}))
        settings.OIDC_PROVIDERS_FILE = str(path)
        settings.DEMO = False

    return write


@pytest.fixture
def known(odd, idporten):
    """Odd is known at idporten."""
    return ExternalIdentity.objects.create(user=odd, issuer=idporten.issuer, subject="person-1")
