"""Make the database refuse to change or remove what is in the trail (bare tilføyelse).

PostgreSQL: triggers refuse UPDATE, DELETE and TRUNCATE for everybody, the owner of the table too;
only who may drop the trigger gets past it, and the runtime role (`roles`) may not.
SQLite: triggers refuse UPDATE and DELETE, and INSERT OR REPLACE, which else deletes unseen. But
whoever can write to the file can drop them: there the trail is tamper-evident only through
checkpoints kept elsewhere. SQLite also loses them when a later migration alters the table:
call `forbid` again at its end.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_line", "audit_checkpoint")
REFUSAL = "Revisjonssporet kan bare tilføyes, ikke endres."


def forbid(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on; twice does no harm."""
    lift(connection)
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    _run(connection, statements)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: for a migration that alters the table, and for emptying a test's."""
    kinds = {"postgresql": ("rows", "truncate"), "sqlite": ("update", "delete", "replace")}
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    _run(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {table}_refuse_{kind}{on.format(table=table)}"
            for table in TABLES
            for kind in kinds[connection.vendor]
        ],
    )


def _postgresql() -> list[str]:
    function = f"""
        CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege';
        END $$"""
    triggers = [
        f"CREATE TRIGGER {table}_refuse_{name} BEFORE {events} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        for table in TABLES
        for name, events in (("rows", "UPDATE OR DELETE"), ("truncate", "TRUNCATE"))
    ]
    # ALWAYS: also where session_replication_role says that triggers rest.
    always = [
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_{name}"
        for table in TABLES
        for name in ("rows", "truncate")
    ]
    return [function, *triggers, *always]


def _sqlite() -> list[str]:
    same = {
        "audit_line": "id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq)",
        "audit_checkpoint": "id = NEW.id",
    }
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    made = []
    for table in TABLES:
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same[table]})"  # noqa: S608 (our own names)
        made += [
            f"CREATE TRIGGER {table}_refuse_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_refuse_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        ]
    return made


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
