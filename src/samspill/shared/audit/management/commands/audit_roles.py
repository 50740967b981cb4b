"""PostgreSQL: make the runtime role, which can add to the audit trail but never change it.

Run as the migration role, after each `migrate`. `--print` shows the SQL instead of running it.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from samspill.shared.audit import roles


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default="samspill_run")
        parser.add_argument("--print", action="store_true", dest="show")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles: see docs/security.md.", returncode=2)
        statements = roles.statements(options["role"])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if cursor.fetchone()[0] == options["role"]:
                raise CommandError("The runtime role must be another than this one.", returncode=2)
            for statement in statements:
                if options["show"]:
                    self.stdout.write(statement.as_string(cursor.connection) + ";")
                else:
                    cursor.execute(statement)
        if not options["show"]:
            self.stdout.write(f"Role {options['role']} may run Samspill. Give it a password.")
