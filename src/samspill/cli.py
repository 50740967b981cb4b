"""`samspill …`: the engines (never importing Django) and the operator's commands."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from samspill.engines import command as engines
from samspill.regulation import command as regulation
from samspill.regulation.calendar import OSLO


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 good, 1 a negative answer, 2 bad input or usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in OPERATORS:
        return _with_django(words)
    args = parser().parse_args(words)
    code: int = args.run(args)
    return code


#: name → (management command in a room's `management/commands`, one line of help)
OPERATORS = {
    "migrate": ("migrate", "bring the database up to date"),
    "load-county": ("load_county", "load a county's registers: samspill load-county 18"),
    "load-demo": ("load_demo", "load demo people and an open cycle (synthetic)"),
    "audit": ("audit", "verify the audit trail, or sign a checkpoint"),
    "worker": ("worker", "send what lies in the outbox, until stopped"),
    "access": ("access", "write docs/access.md, or --check it"),
    "manage": ("", "any other Django command: samspill manage COMMAND"),
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="samspill",
        description="Fra behov til tilskudd: meld, vurder, fordel og forklar.",
        epilog="Each command explains itself: samspill COMMAND --help",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    engines.add_parsers(commands)
    regulation.add_parsers(commands, clock=_now)
    for name, (_, words) in OPERATORS.items():
        commands.add_parser(name, help=words, add_help=False)  # listed here, run by _with_django
    return top


def _now() -> datetime:
    """The time at this machine: the command line is the view of those who sit at a terminal."""
    return datetime.now(OSLO)


def _with_django(words: Sequence[str]) -> int:
    """Run an operator's command; only these start Django and need the database."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (engines start fast)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.config.settings")
    name = OPERATORS[words[0]][0]
    execute_from_command_line(["samspill", *([name] if name else []), *words[1:]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
