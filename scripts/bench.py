"""Measure the heavy pages with 500 needs reports, and the start (`make bench`).

Every number stands beside a peer from the same run: a bare page with as many rows, or the engine
alone. Compare the ratios; the milliseconds belong to the machine. Writes nothing unless asked.
"""

import argparse
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from run import BIN, ROOT, free_port

#: The clock of the pages: after the deadline, while the office works on its first draft.
AS_OF = "2027-02-01T10:00+01:00"
WARM = 9


@dataclass(frozen=True)
class Row:
    """One line of the table: milliseconds cold and warm, queries, and the peer's warm time."""

    what: str
    cold: float
    warm: float
    queries: int | None
    peer: str
    peer_warm: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="needs reports in the county")
    parser.add_argument("--write", type=Path, help="write the table here too")
    parser.add_argument("--no-start", action="store_true", help="leave `make run` out")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samspill-bench-") as var:
        os.environ.update(
            SAMSPILL_VAR=var, SAMSPILL_DEMO="1", SAMSPILL_AS_OF=AS_OF, SAMSPILL_LOG="ERROR",
            DJANGO_SETTINGS_MODULE="samspill.config.settings",
        )  # fmt: skip
        os.environ.pop("DATABASE_URL", None)
        made = prepared(args.count)
        rows = measured()
    words = [*said(args.count, made, rows)]
    if not args.no_start:
        words += started()
    table = "\n".join(words) + "\n"
    print(table)
    if args.write:
        args.write.write_text(HEAD + table)
    return 0


HEAD = """# Benchmarks

Made by `make bench ARGS="--write docs/benchmarks.md"`. The same run measures a peer: compare the
ratios, for the milliseconds belong to the machine.

"""


# --- The county ----------------------------------------------------------------------------------
def prepared(count: int) -> float:
    """A fresh database with the county, its year and `count` assessed reports; seconds a report."""
    subprocess.run([BIN / "samspill", "migrate", "-v", "0"], check=True)
    import django

    django.setup()
    from django.utils import timezone

    from samspill.apps.cycle.queries import cycle_for
    from samspill.demo import measures, reports, start, stories
    from samspill.demo.people import organisation_of
    from samspill.demo.personas import BODO

    at = stories.BEGUN.replace(month=11, day=2)
    start.prepare(timezone.now())
    cycle = cycle_for("18", "koll", 2027)
    begun = time.perf_counter()
    reports.play(cycle=cycle, count=count, at=at, seed=500, until="assessed")
    seconds = (time.perf_counter() - begun) / count
    bodo = organisation_of(BODO)
    content = reports.content_for(
        bodo,
        year=2027,
        category="school",
        idea=measures.SCHOOL[0],
        draw=Random(1),  # noqa: S311
    )
    reports.take(bodo, content, "nord-signer", cycle=cycle, until="draft", at=at)
    return seconds


# --- Server time ---------------------------------------------------------------------------------
def measured() -> list[Row]:
    """Every page as the persona who uses it, in this process, without network and static files."""
    from django.conf import settings

    settings.ROOT_URLCONF = "bench_pages"
    settings.ALLOWED_HOSTS = ["testserver"]
    import bench_pages
    from django.urls import reverse

    from samspill.apps.allocation.models import Scenario
    from samspill.apps.needs.models import NeedsReport

    office, owner = signed_in("case-worker"), signed_in("bodo-editor")
    report = NeedsReport.objects.filter(state="complete").latest("pk")
    sent = NeedsReport.objects.filter(owner__name="Bodø kommune", state="complete").first()
    draft = NeedsReport.objects.get(state="draft")
    plain = {n: page(office, reverse("bare", args=[n])) for n in (1, bench_pages.PAGE)}
    queue, section = (
        reverse("allocation:queue"),
        reverse("needs:section", args=[draft.pk, "budsjett"]),
    )
    rows = [
        beside("Queue, first page", page(office, queue), plain, bench_pages.PAGE),
        beside("Queue, last page", page(office, f"{queue}?page=10"), plain, bench_pages.PAGE),
        beside(
            "One report, assess",
            page(office, reverse("allocation:assess", args=[report.pk])),
            plain,
            1,
        ),
        beside(
            "One report, owner reads", page(owner, reverse("needs:read", args=[sent.pk])), plain, 1
        ),
        beside("One report, budget form", page(owner, section), plain, 1),
        beside("Min side, owner", page(owner, reverse("home:my_page")), plain, 1),
        beside("Min side, case worker", page(office, reverse("home:my_page")), plain, 1),
        computed(),
    ]
    scenario = reverse("allocation:scenario", args=[Scenario.objects.latest("pk").pk])
    return [*rows, beside("The proposal's page", page(office, scenario), plain, bench_pages.PAGE)]


def signed_in(persona: str):
    from django.test import Client

    client = Client()
    client.post("/logg-inn/demo/", {"persona": persona})
    return client


def page(client, address: str) -> tuple[float, float, int]:
    """Milliseconds cold (the first time) and warm (the median), and the number of queries."""

    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")

    cold, warm = timed(get)
    return cold, warm, queries_of(get)


def beside(what: str, measured: tuple[float, float, int], plain: dict, rows: int) -> Row:
    cold, warm, queries = measured
    peer = "bare page" if rows == 1 else f"bare page, {rows} rows"
    return Row(what, cold, warm, queries, peer, plain[rows][1])


def computed() -> Row:
    """The proposal through its action, against the engine alone on the same problem."""
    from samspill.apps.allocation import actions
    from samspill.apps.allocation.queries import problem_of
    from samspill.apps.cycle.queries import cycle_for
    from samspill.demo.people import actor_of
    from samspill.engines.allocation import parse_problem, solve
    from samspill.shared.identity import clock

    at, cycle = clock.now(), cycle_for("18", "koll", 2027)
    by, document = actor_of("case-worker", at), problem_of(cycle)
    _cold, engine = timed(lambda: solve(parse_problem(document), method="proportional").to_dict())

    def compute() -> None:
        actions.compute_scenario(cycle=cycle, name="Måling", by=by, at=at)

    cold, warm = timed(compute, times=3)
    return Row("Computing the proposal", cold, warm, queries_of(compute), "engine alone", engine)


def timed(do: Callable[[], object], *, times: int = WARM) -> tuple[float, float]:
    found = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        do()
        found.append((time.perf_counter() - begun) * 1000)
    return found[0], statistics.median(found[1:])


def queries_of(do: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        do()
    return len(captured)


# --- From `make run` to the first page -----------------------------------------------------------
def started() -> list[str]:
    """Start as `make run` does on a demo that is there; then ask the web processes for memory."""
    with tempfile.TemporaryDirectory(prefix="samspill-bench-") as var:
        environment = {**os.environ, "SAMSPILL_VAR": var}
        environment.pop("SAMSPILL_AS_OF")
        begin = [sys.executable, ROOT / "scripts/run.py"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        first = time.perf_counter()
        subprocess.run([*begin, "--reset-only"], env=environment, check=True, **quiet)
        first = time.perf_counter() - first
        port = free_port(8400)
        begun = time.perf_counter()
        child = subprocess.Popen([*begin, "--port", str(port)], env=environment, **quiet)
        try:
            until_answered(f"http://127.0.0.1:{port}/", child)
            seconds = time.perf_counter() - begun
            time.sleep(1)
            memory = [megabytes(pid) for pid in family(child.pid) if "granian" in command(pid)]
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(timeout=30)
    return [
        "",
        f"- From `make run` to the first page, second time: **{seconds:.1f} s** "
        f"(loading the demo the first time: {first:.1f} s; set-up not counted).",
        f"- Memory of the web processes: {' + '.join(f'{size:.0f}' for size in memory)} MB "
        f"resident (granian's own, then one for each worker).",
    ]


def until_answered(address: str, child: "subprocess.Popen[bytes]") -> None:
    while child.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("The server stopped before it answered.")


def family(pid: int) -> list[int]:
    """The process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(one) for one in children.read_text().split()] if children.exists() else []
    return [pid, *(one for child in below for one in family(child))]


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


# --- The table -----------------------------------------------------------------------------------
def said(count: int, seconds: float, rows: list[Row]) -> list[str]:
    where = f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite"
    return [
        f"{count} needs reports, each written, signed, sent and assessed through the actions in "
        f"{seconds:.2f} s. {where}.",
        "",
        "| | cold, ms | warm, ms | queries | peer in the same run | peer, ms | ratio |",
        "|---|--:|--:|--:|---|--:|--:|",
        *(
            f"| {r.what} | {r.cold:.0f} | {r.warm:.0f} | {r.queries} | {r.peer} | "
            f"{r.peer_warm:.0f} | {r.warm / r.peer_warm:.1f} |"
            for r in rows
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
