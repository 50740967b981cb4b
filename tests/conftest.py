"""One set of test settings: its own var folder, a file database, a fixed clock where asked."""

import os
import tempfile
from pathlib import Path

import pytest

_VAR = Path(tempfile.mkdtemp(prefix="samspill-test-"))
os.environ.update(
    DJANGO_SETTINGS_MODULE="samspill.config.settings",
    SAMSPILL_DEMO="1",
    SAMSPILL_VAR=str(_VAR),
    SAMSPILL_DB_POOL="0",
    SAMSPILL_DEBUG=os.environ.get("SAMSPILL_DEBUG", "1"),
    # Playwright's loop runs in this thread; Django would refuse the ORM there.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_VAR / 'unused.sqlite3'}")
os.environ.pop("SAMSPILL_AS_OF", None)

import django  # noqa: E402  (settings read the environment above)

django.setup()

from hypothesis import settings as hypothesis_settings  # noqa: E402

# No time limit per example: machines are noisy. In CI the same examples each time.
hypothesis_settings.register_profile(
    "samspill", deadline=None, derandomize=os.environ.get("CI") == "true"
)
hypothesis_settings.load_profile("samspill")

ON_POSTGRES = os.environ["DATABASE_URL"].startswith("postgres")


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """SQLite tests run on a file, as the product does: threads and processes meet for real."""
    from django.conf import settings

    if not ON_POSTGRES:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_VAR / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables are emptied between tests, so the audit trail's triggers rest except in its own."""
    from django.db import connection

    from samspill.shared.audit import append_only

    with django_db_blocker.unblock():
        append_only.lift(connection)


def pytest_collection_modifyitems(config, items):
    """`postgres` tests belong to `make test-postgres`: they are left out here, not skipped."""
    if ON_POSTGRES:
        return
    other = [item for item in items if "postgres" in item.keywords]
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if "postgres" not in item.keywords]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where skipping is forbidden (NO_SKIP=1, as in CI) a skipped test has failed."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("NO_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"Skipping is forbidden here: {report.longrepr}"


@pytest.fixture
def page_as(client):
    """`page_as(actor)` gives a client with that person's session and mandate."""
    from django.utils import timezone

    from samspill.shared.identity import session as kept

    def sign_in(actor):
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

    return sign_in


@pytest.fixture
def clock(settings):
    """`clock(at)` lets the product's clock stand at a moment."""

    def stand_at(at):
        settings.AS_OF = at

    return stand_at
