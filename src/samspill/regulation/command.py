"""`samspill rulebook` and `samspill check`: the rules from the command line, without Django.

Exit codes: 0 good; 1 a negative answer; 2 bad input or usage, with the JSON path on stderr.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from samspill.regulation import rulebook
from samspill.regulation.balance import check_balance
from samspill.regulation.calendar import OSLO, norwegian_day
from samspill.regulation.collective import check_report
from samspill.regulation.finding import Finding
from samspill.regulation.parameters import UnknownScheme
from samspill.regulation.plan import PlanParameters, nordland_draft
from samspill.regulation.reading import BadDocument, parse_json
from samspill.regulation.report_file import read_history, read_report
from samspill.regulation.rule import NoRuleInForce

GOOD, NEGATIVE, BAD_INPUT = 0, 1, 2
MET_WORDS = {True: "oppfylt", False: "ikke oppfylt", None: "kan ikke vurderes"}


class Subparsers(Protocol):
    """What argparse gives back from add_subparsers."""

    def add_parser(self, name: str, **kwargs: Any) -> argparse.ArgumentParser: ...


def add_parsers(subparsers: Subparsers, *, clock: Callable[[], datetime]) -> None:
    """Put the two commands under ``samspill``. ``clock`` is asked where no ``--at`` is given."""
    words = "skriv regelboka, eller se om den er oppdatert"
    book = subparsers.add_parser("rulebook", help=words, description=words)
    book.add_argument("--check", action="store_true", help="feil (1) hvis siden er utdatert")
    book.add_argument("-o", "--output", type=Path, default=Path("docs/rulebook.md"))
    book.set_defaults(run=run_rulebook)
    words = "prøv en behovsmelding mot reglene"
    check = subparsers.add_parser("check", help=words, description=words)
    check.add_argument("report", type=Path, metavar="REPORT.json")
    check.add_argument(
        "--plan", type=Path, metavar="PLAN.json", help="ellers utkastet for Nordland"
    )
    check.add_argument("--history", type=Path, metavar="FILE.json", help="tidligere tildelinger")
    check.add_argument("--at", metavar="DATE", help="dag eller tidspunkt; ellers nå")
    check.add_argument("--json", action="store_true", help="funnene som en JSON-liste")
    check.set_defaults(run=run_check, clock=clock)


def run_rulebook(args: argparse.Namespace) -> int:
    """Write docs/rulebook.md, or say whether it is up to date."""
    page, output = rulebook.page(), Path(args.output)
    if not args.check:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(page, encoding="utf-8")
        return GOOD
    if output.is_file() and output.read_text(encoding="utf-8") == page:
        return GOOD
    print(f"{output} er utdatert. Kjør: samspill rulebook", file=sys.stderr)
    return NEGATIVE


def run_check(args: argparse.Namespace) -> int:
    """Judge a report file; 1 when an error in it is not met or cannot be judged."""
    try:
        findings = _findings(args)
    except (BadDocument, NoRuleInForce, UnknownScheme, OSError, UnicodeDecodeError) as wrong:
        print(f"samspill check: {wrong}", file=sys.stderr)
        return BAD_INPUT
    if args.json:
        print(json.dumps([each.as_json() for each in findings], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_line(each) for each in findings))
    return NEGATIVE if any(each.stops for each in findings) else GOOD


def _findings(args: argparse.Namespace) -> tuple[Finding, ...]:
    plan = _read(args.plan, PlanParameters.from_json) if args.plan else nordland_draft()
    facts = _read(args.report, read_report)
    at = args.clock() if args.at is None else _moment(args.at)
    balance: tuple[Finding, ...] = ()
    if args.history:
        history = _read(args.history, read_history)
        facts = history.added_to(facts)
        owner = history.balance_of(facts)
        if owner is not None:
            balance = check_balance(owner, plan=plan, on=norwegian_day(at), scheme=facts.scheme)
    return (*check_report(facts, at=at, plan=plan), *balance)


def _read(path: Path, reader: Any) -> Any:
    """The file through its reader; an error names the file as well as the path inside it."""
    try:
        return reader(parse_json(path.read_text(encoding="utf-8")))
    except BadDocument as wrong:
        raise BadDocument(f"{path}: {wrong.path}", wrong.problem) from wrong


def _moment(written: str) -> datetime:
    """A day counts from its noon in Oslo."""
    try:
        if len(written) == len("2027-01-20"):
            return datetime.combine(date.fromisoformat(written), time(12), tzinfo=OSLO)
        moment = datetime.fromisoformat(written)
    except ValueError as wrong:
        raise BadDocument("--at", f"{written!r} er ikke en dato") from wrong
    if moment.tzinfo is None:
        raise BadDocument("--at", "tidspunktet mangler tidssone, for eksempel +01:00")
    return moment


def _line(finding: Finding) -> str:
    judged = MET_WORDS[finding.met]
    if finding.met is not True:
        judged = f"{rulebook.SEVERITY_WORDS[finding.severity]}, {judged}"
    words = " ".join(part for part in (finding.text, finding.remedy) if part)
    return f"{finding.rule_id}  {judged}: {words} ({finding.reference})"
