"""`samspill …`: the engines (never importing Django) and the operator's commands."""

import argparse
import os
import sys
from collections.abc import Sequence

from samspill.engines import command as engines
from samspill.regulation import command as regulation


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 good, 1 a negative answer, 2 bad input or usage)."""
    args = parser().parse_args(argv)
    code: int = args.run(args)
    return code


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="samspill",
        description="Fra behov til tilskudd: meld, vurder, fordel og forklar.",
        epilog="Each command explains itself: samspill COMMAND --help",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    engines.add_parsers(commands)
    regulation.add_parsers(commands)
    _operators(commands)
    return top


def _operators(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Commands that need the database; Django is started first, and only by them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.config.settings")
    for name, (module, words) in OPERATORS.items():
        one = commands.add_parser(name, help=words, add_help=False)
        one.add_argument("rest", nargs=argparse.REMAINDER)
        one.set_defaults(run=_with_django(module))


#: name → (management command, one line of help). They live in their room's `management/commands`.
OPERATORS = {
    "migrate": ("migrate", "Bring the database up to date."),
    "load-county": ("load_county", "Load a county's register data: samspill load-county 18."),
    "load-demo": ("load_demo", "Demo people and an open cycle (synthetic)."),
    "audit": ("audit", "Verify the audit trail or sign a checkpoint."),
    "worker": ("worker", "Send what lies in the outbox, until stopped."),
    "access": ("access", "Write docs/access.md, or --check it."),
    "manage": ("", "Any other Django command: samspill manage COMMAND."),
}


def _with_django(module: str):  # type: ignore[no-untyped-def]
    def run(args: argparse.Namespace) -> int:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 (engines start without Django)

        words = ([module] if module else []) + args.rest
        execute_from_command_line(["samspill", *words])
        return 0

    return run


if __name__ == "__main__":
    sys.exit(main())
