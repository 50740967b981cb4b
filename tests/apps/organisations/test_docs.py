"""What docs/data.md and the sources page promise about the packaged files."""

from pathlib import Path

from samspill.apps.organisations.actions import reading
from samspill.apps.organisations.actions.figures import COLUMNS, TEXTS

DOCS = Path(__file__).resolve().parents[3] / "docs/data.md"


def test_every_packaged_file_is_in_the_docs_with_its_origin():
    packaged = {
        str(path.relative_to(reading.DATA)) for path in reading.DATA.rglob("*") if path.is_file()
    }
    text = DOCS.read_text()

    assert sorted(name for name in packaged if f"`{name}`" not in text) == []


def test_every_figure_is_in_the_docs():
    text = DOCS.read_text()

    assert sorted(name for name in [*COLUMNS, *TEXTS] if f"`{name}`" not in text) == []


def test_the_packaged_files_are_small():
    total = sum(path.stat().st_size for path in reading.DATA.rglob("*") if path.is_file())

    assert total < 600_000
