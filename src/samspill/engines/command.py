"""The engines at the command line: `samspill allocate` and `samspill verify`.

Exit codes, a promise to scripts: 0 good, 1 a negative answer, 2 bad input or usage (the message
names the JSON path), 3 infeasible, 4 failure inside. Never imports Django, so it starts at once.
"""

import argparse
import functools
import sys
from collections.abc import Callable
from pathlib import Path

from samspill.engines.allocation import (
    METHODS,
    InfeasibleError,
    ProblemError,
    Result,
    ResultError,
    UnknownMethodError,
    parse_problem,
    solve,
    verify,
)

GOOD, NEGATIVE, BAD_INPUT, INFEASIBLE, FAILED = range(5)

Command = Callable[[argparse.Namespace], int]

EXIT_CODES = """\
Svarkoder: 0 i orden · 1 stemmer ikke · 2 feil i fil eller bruk · 3 lar seg ikke løse ·
4 feil i motoren. Feilmeldinger kommer på stderr og peker på stedet i filen, for eksempel
«$.needs[3].minimum»."""

ALLOCATE = """\
Fordel et års midler mellom behov. Formatet på PROBLEM.json står i
docs/formats/allocation-problem-1.schema.json. Samme fil gir samme svar, uansett rekkefølgen på
behovene. Se docs/allocation-by-hand.md for en fordeling regnet for hånd."""

VERIFY = """\
Regn etter en fordeling: kontrollsummer, rammer, beløp, grunner og nøkkeltall. Alle kan gjøre
dette selv, uten å stole på oss. Den første forskjellen blir nevnt."""


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the engines' commands; each sets `run`, a function from arguments to exit code."""
    _add(subparsers, "allocate", ALLOCATE, _allocate, "regn ut en fordeling")
    _add(subparsers, "verify", VERIFY, _verify, "regn etter en fordeling")
    allocate, check = subparsers.choices["allocate"], subparsers.choices["verify"]
    allocate.add_argument("problem", type=Path, metavar="PROBLEM.json", help="problemet")
    allocate.add_argument(
        "--method", required=True, choices=list(METHODS), help="metoden planen har valgt"
    )
    allocate.add_argument(
        "-o", "--output", type=Path, metavar="RESULT.json", help="skriv hit i stedet for til stdout"
    )
    check.add_argument("problem", type=Path, metavar="PROBLEM.json", help="problemet")
    check.add_argument("result", type=Path, metavar="RESULT.json", help="resultatet")


def _add(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    description: str,
    run: Command,
    short: str,
) -> None:
    parser = subparsers.add_parser(
        name,
        help=short,
        description=description,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_with_exit_codes(run))


def _with_exit_codes(command: Command) -> Command:
    """Turn what may go wrong into the promised exit codes, each with one line on stderr."""

    @functools.wraps(command)
    def run(args: argparse.Namespace) -> int:
        try:
            return command(args)
        except (ProblemError, ResultError, UnknownMethodError) as error:
            return _complain(str(error), BAD_INPUT)
        except OSError as error:
            return _complain(f"{error.filename}: {error.strerror}", BAD_INPUT)
        except InfeasibleError as error:
            return _complain(f"{error.finding.rule}: {error}", INFEASIBLE)
        except Exception as error:
            return _complain(f"Feil i motoren: {type(error).__name__}: {error}", FAILED)

    return run


def _complain(message: str, code: int) -> int:
    print(f"samspill: {message}", file=sys.stderr)
    return code


def _allocate(args: argparse.Namespace) -> int:
    written = solve(parse_problem(args.problem.read_bytes()), args.method).to_json()
    if args.output is None:
        sys.stdout.buffer.write(written.encode())
    else:
        args.output.write_bytes(written.encode())
    return GOOD


def _verify(args: argparse.Namespace) -> int:
    problem = parse_problem(args.problem.read_bytes())
    verdict = verify(problem, Result.from_json(args.result.read_bytes()))
    if not verdict:
        print(f"Stemmer ikke. {verdict.difference}")
        return NEGATIVE
    print("Stemmer: hvert beløp, hver grunn og hvert nøkkeltall er regnet etter.")
    return GOOD
