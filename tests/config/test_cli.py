"""One command line: it lists all it can, and engines start without Django."""

import subprocess
import sys

import pytest

from samspill import cli


def run(*words):
    made = [sys.executable, "-m", "samspill.cli", *words]
    return subprocess.run(made, capture_output=True, text=True, timeout=60, check=False)


def test_help_lists_every_command():
    shown = run("--help").stdout

    for name in (*cli.OPERATORS, "allocate", "verify", "check", "rulebook"):
        assert f"\n    {name}" in shown


@pytest.mark.parametrize("name", ["allocate", "verify", "check", "rulebook"])
def test_a_command_without_database_never_imports_django(name):
    script = (
        "import sys; from samspill import cli\n"
        f"try: cli.main(['{name}', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert done.returncode == 0


def test_an_unknown_command_is_bad_usage():
    assert run("no-such-command").returncode == 2
