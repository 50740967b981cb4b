"""The database refuses to change the trail: for everybody by trigger, for the web by its role."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from samspill.shared.audit import append_only, checkpoints, signing
from samspill.shared.audit import trail as audit
from samspill.shared.audit.models import Chain, Line
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity.actor import SYSTEM

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ROLE = "samspill_test_run"

pytestmark = pytest.mark.both


@pytest.fixture
def triggers(transactional_db):
    """The triggers as the migration puts them; the tests' set-up takes them off to empty tables."""
    append_only.forbid(connection)
    yield
    append_only.lift(connection)


@pytest.fixture
def two_lines(transactional_db):
    head = Chain.objects.create(key="18")
    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        trail.line(head, "chain.begun")
        trail.line(head, "chain.used")


@pytest.fixture
def a_checkpoint(two_lines, tmp_path):
    signing.make_key(tmp_path / "key.pem")
    checkpoints.make(key=signing.private_key(tmp_path / "key.pem"), at=AT)


@pytest.mark.usefixtures("two_lines", "a_checkpoint", "triggers")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET event = 'x'",
        "UPDATE audit_line SET event = 'x' WHERE seq = 2",
        "DELETE FROM audit_line",
        "DELETE FROM audit_line WHERE seq = 2",
        "UPDATE audit_checkpoint SET seq = 1",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_no_one_changes_or_removes_a_line(statement):
    with (
        pytest.raises(DatabaseError, match="bare tilføyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert verify_all().lines == 2


@pytest.mark.usefixtures("two_lines", "triggers")
def test_a_line_is_not_replaced_by_a_new_one_either():
    replace = {
        "sqlite": "INSERT OR REPLACE INTO audit_line SELECT * FROM audit_line WHERE seq = 2",
        "postgresql": "INSERT INTO audit_line SELECT * FROM audit_line WHERE seq = 2 "
        "ON CONFLICT (id) DO UPDATE SET event = 'x'",
    }

    with (
        pytest.raises(DatabaseError, match="bare tilføyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(replace[connection.vendor])


@pytest.mark.usefixtures("two_lines", "triggers")
def test_lines_are_still_added():
    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        trail.line(Chain.objects.get(), "chain.used")

    assert (Line.objects.count(), verify_all().flaws) == (3, ())


@pytest.mark.postgres
@pytest.mark.usefixtures("two_lines", "triggers")
def test_the_owner_of_the_table_cannot_truncate_it():
    with (
        pytest.raises(DatabaseError, match="bare tilføyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_line")


@pytest.fixture
def as_runtime_role(two_lines):
    """A connection of its own as the role `audit_roles` makes."""
    call_command("audit_roles", "--role", ROLE, verbosity=0)
    given = connection.get_connection_params()
    where = {name: given[name] for name in ("host", "port", "dbname") if name in given}
    with psycopg.connect(**where, user=ROLE, autocommit=True) as own:
        yield own
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


@pytest.mark.postgres
@pytest.mark.usefixtures("triggers")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET event = 'x'",
        "DELETE FROM audit_line",
        "TRUNCATE audit_line",
        "TRUNCATE audit_chain CASCADE",
        "DELETE FROM audit_chain",
        "UPDATE audit_checkpoint SET seq = 1",
        "DELETE FROM audit_checkpoint",
        "TRUNCATE audit_checkpoint",
        "DROP TRIGGER audit_line_refuse_rows ON audit_line",
        "DROP TRIGGER audit_line_refuse_truncate ON audit_line",
        "ALTER TABLE audit_line DISABLE TRIGGER ALL",
        "DROP TABLE audit_line CASCADE",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "CREATE TABLE audit_other (id int)",
        "DELETE FROM django_migrations",
    ],
)
def test_the_runtime_role_is_refused(as_runtime_role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_runtime_role.execute(statement)

    assert (verify_all().lines, verify_all().flaws) == (2, ())


@pytest.mark.postgres
@pytest.mark.parametrize("verb", ["UPDATE audit_line SET event = 'x'", "DELETE FROM audit_line"])
def test_the_runtime_role_is_refused_also_without_triggers(as_runtime_role, verb):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
        as_runtime_role.execute(verb)


@pytest.mark.postgres
@pytest.mark.usefixtures("triggers")
def test_the_runtime_role_can_do_its_work(as_runtime_role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            with audit.writing("18", by=SYSTEM, at=AT) as trail:
                trail.line(Chain.objects.get(), "chain.used")
            with audit.writing("national", by=SYSTEM, at=AT) as trail:
                trail.line(Chain.objects.get(key="18"), "chain.seen")
        finally:
            cursor.execute("RESET ROLE")

    assert (verify_all().lines, verify_all().flaws) == (4, ())


@pytest.mark.postgres
@pytest.mark.usefixtures("as_runtime_role")
def test_the_roles_can_be_made_again_after_each_migration():
    call_command("audit_roles", "--role", ROLE, verbosity=0)


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_sql_can_be_read_before_it_is_run(capsys):
    call_command("audit_roles", "--role", "drift", "--print")

    assert 'REVOKE UPDATE, DELETE ON "public".audit_line FROM "drift";' in (
        capsys.readouterr().out.splitlines()
    )


@pytest.mark.django_db
def test_no_role_is_made_where_it_would_protect_nothing():
    """SQLite has no roles; and the role that owns the tables is no runtime role."""
    me = connection.settings_dict["USER"] or "anyone"

    with pytest.raises(CommandError, match=r"no roles|another than this one"):
        call_command("audit_roles", "--role", me)


@pytest.mark.django_db(transaction=True)
def test_the_migration_puts_the_triggers_on():
    call_command("migrate", "audit", "0001", verbosity=0)
    call_command("migrate", "audit", verbosity=0)

    try:
        assert triggers_on() >= {"audit_line", "audit_checkpoint"}
    finally:
        append_only.lift(connection)


def triggers_on():
    """Tables that have a trigger of ours."""
    asked = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname ~ 'refuse'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return {row[0] for row in cursor.fetchall()}
