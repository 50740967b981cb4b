"""The engines at the command line: what scripts may rely on."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.engines.allocation.documents import need_document, problem_document

from samspill.engines.command import add_parsers

YEAR = problem_document(need_document(id="a"), need_document(id="b", requested=1_500_000))


def run(*words: object) -> int:
    parser = argparse.ArgumentParser(prog="samspill")
    add_parsers(parser.add_subparsers(required=True))
    args = parser.parse_args([str(word) for word in words])
    return args.run(args)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(YEAR), encoding="utf-8")
    return path


def test_allocate_prints_the_result(year, capsys):
    code = run("allocate", year, "--method", "proportional")

    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert json.loads(out)["grants"] == {"a": 63_000, "b": 937_000}


def test_allocate_writes_the_file_it_is_given_and_verify_holds_it(year, tmp_path, capsys):
    result = tmp_path / "result.json"

    codes = [
        run("allocate", year, "--method", "proportional", "-o", result),
        run("verify", year, result),
    ]

    out, err = capsys.readouterr()
    assert (codes, err) == ([0, 0], "")
    assert out == "Stemmer: hvert beløp, hver grunn og hvert nøkkeltall er regnet etter.\n"


def test_verify_says_no_and_names_the_first_difference(year, tmp_path, capsys):
    result = tmp_path / "result.json"
    run("allocate", year, "--method", "proportional", "-o", result)
    result.write_text(result.read_text("utf-8").replace('"a": 63000', '"a": 61000'), "utf-8")

    code = run("verify", year, result)

    out, err = capsys.readouterr()
    assert (code, err) == (1, "")
    assert out == ("Stemmer ikke. $.grants.a: Resultatet sier 61000, utregningen gir 63000.\n")


def test_a_fault_in_the_file_is_told_with_its_path(tmp_path, capsys):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem_document(need_document(minimum=200_000))), "utf-8")

    code = run("allocate", path, "--method", "proportional")

    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err == (
        "samspill: $.needs[0].minimum: Minstebeløpet er høyere enn det behovet ber om.\n"
    )


def test_a_file_that_is_not_there_is_told(tmp_path, capsys):
    code = run("allocate", tmp_path / "borte.json", "--method", "proportional")

    assert code == 2
    assert "borte.json" in capsys.readouterr().err


def test_a_result_that_is_none_is_told_with_its_path(year, capsys):
    code = run("verify", year, year)

    out, err = capsys.readouterr()
    assert (code, out, err) == (2, "", "samspill: $.county: Ukjent nøkkel.\n")


def test_an_infeasible_year_says_by_how_much(tmp_path, capsys):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem_document(frame=0, region_coordination={"salten": 7})))

    code = run("allocate", path, "--method", "proportional")

    out, err = capsys.readouterr()
    assert (code, out) == (3, "")
    assert err.startswith("samspill: F01: ")
    assert "7 kroner over rammen på 0 kroner" in err


@pytest.mark.parametrize(
    "words", [["allocate", "p.json"], ["allocate", "p.json", "--method", "lotteri"], ["verify"]]
)
def test_wrong_usage_is_code_2(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(*words)

    assert stopped.value.code == 2
    assert "usage: samspill" in capsys.readouterr().err


def test_the_help_teaches(capsys):
    with pytest.raises(SystemExit):
        run("allocate", "--help")

    assert "docs/allocation-by-hand.md" in capsys.readouterr().out


def test_the_engines_start_without_django():
    code = "import sys, samspill.engines.command; print('django' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"
