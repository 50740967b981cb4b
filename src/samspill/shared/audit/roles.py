"""The runtime role on PostgreSQL (driftsrollen): what the web and the worker may do, no more.

The migration role owns the tables and is used only for `migrate`. The runtime role reads and
writes rows, but cannot change the tables, nor update, delete or truncate in the trail.
"""

from psycopg import sql

#: Rows here are only ever added.
APPEND_ONLY = ("audit_line", "audit_checkpoint")


def statements(role: str, *, schema: str = "public") -> list[sql.Composed]:
    """SQL that makes the role, without password, and gives it exactly what it needs.

    Run as the migration role, and again after each `migrate`: repeated runs end the same.
    """
    names = {"role": sql.Identifier(role), "schema": sql.Identifier(schema)}
    text = [
        "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        "REVOKE ALL ON SCHEMA {schema} FROM {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        *(f"REVOKE UPDATE, DELETE ON {{schema}}.{table} FROM {{role}}" for table in APPEND_ONLY),
        "REVOKE DELETE ON {schema}.audit_chain FROM {role}",
        "REVOKE INSERT, UPDATE, DELETE ON {schema}.django_migrations FROM {role}",
    ]
    return [_made(role), *(sql.SQL(one).format(**names) for one in text)]


def _made(role: str) -> sql.Composed:
    """CREATE ROLE has no IF NOT EXISTS."""
    return sql.SQL(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN "
        "CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF; END $$"
    ).format(name=sql.Literal(role), role=sql.Identifier(role))
