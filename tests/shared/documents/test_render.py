"""A letter is a real PDF: tagged, with language, the same bytes for the same data."""

import hashlib
import io
import subprocess
from pathlib import Path

import pypdf
import pytest

from samspill.shared.documents import NotRendered, render

LETTER = """
#import "/shared/documents/typst/base.typ": *
#show: letter
#sender(data.sender)
= #data.title
#written(data.words)
#facts(((data.label, data.value),))
#money(("Kostnad", "2027"), (("Reise", "60 000"),), total: ("Sum", "60 000"))
"""
DATA = {
    "sender": "Statsforvalteren i Nordland",
    "words": 'Første linje\n#import("x") *ikke fet* $1$',
    "label": "Mottaker",
    "value": "Bodø kommune",
}


@pytest.fixture
def letter(settings) -> Path:
    """A letter must lie under the package, where Typst may read."""
    source = settings.PACKAGE / "shared/documents/typst/_test_letter.typ"
    source.write_text(LETTER)
    yield source
    source.unlink()


def made(letter, **changes) -> bytes:
    return render(letter, DATA | changes, language="nn", title="Kvittering")


def test_the_text_is_the_data_and_nothing_is_read_as_markup(letter):
    text = pypdf.PdfReader(io.BytesIO(made(letter))).pages[0].extract_text()

    for part in ("Kvittering", "Statsforvalteren i Nordland", "Bodø kommune", "60 000"):
        assert part in text
    assert '#import("x") *ikke fet* $1$' in text


def test_it_is_tagged_and_says_its_language_and_title(letter, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(made(letter))

    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout

    assert "Tagged:          yes" in info
    assert "Title:           Kvittering" in info
    assert pypdf.PdfReader(path).trailer["/Root"]["/Lang"].startswith("nn")


def test_the_same_data_gives_the_same_bytes(letter):
    first, second = (hashlib.sha256(made(letter)).hexdigest() for _ in range(2))
    other = hashlib.sha256(made(letter, value="Vega kommune")).hexdigest()

    assert first == second
    assert other != first


def test_a_missing_value_is_an_error_never_an_empty_letter(letter):
    letter.write_text(LETTER + "\n#data.missing\n")

    with pytest.raises(NotRendered, match="missing"):
        made(letter)
