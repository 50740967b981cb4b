"""Bokmål is the source; nynorsk and English are whole, and say the same thing.

How texts are made, and what to do when a test here fails: docs/languages.md.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from samspill.engines.allocation import explain, findings
from samspill.regulation.rulebook import all_rules

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "src/samspill"
LANGUAGES = ["nn", "en"]
EQUAL_TEXTS = {"nn": HERE / "equal_texts.txt", "en": HERE / "equal_texts_en.txt"}

PLACEHOLDER = re.compile(r"%%\w+|%\(\w+\)[a-z]|\{\w*[^{}]*\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
NO_BREAK_SPACE = "\u00a0"

#: Words that are never nynorsk, and that a tired eye copies from bokmål.
BOKMAL_WORDS = re.compile(
    r"\b(ikke|dere|deres|jeg|hva|hvem|hvor|hvordan|hvorfor|hvis|hver|hvert|hvilk\w+|bare|noe|noen"
    r"|flere|ennå|uten|fra|mer|mye|bedre|selv|egen|egne|eiere?|eieren|eierne|skole\w*|høyskole\w*"
    r"|ansatte?|ledere?|tilskudd\w*|måned\w*|uke\w*|være|vært|gjøre|gjør|allerede|innen|videre\w*"
    r"|enhet(en|er|ene)?|melding(en|er|ene)|velger?|penger|kommuner|fylker|barnehager|mottakere?"
    r"|statsforvalter(en)?|tjeneste\w*|oppgave\w*|siden|åpen|åpne[rt]?|lagret|endret|slettet"
    r"|skrevet|trukket|bekreftet|en|et)\b(?!\.no)",
    re.IGNORECASE,
)
#: Names of public things that are only found in bokmål.
NAMES_IN_BOKMAL = ("Grunnskolens informasjonssystem", "skoleregisteret")

#: What a template may show without asking for a translation: the product's name, a unit, a command,
#: and the two links that speak the language they lead to.
SHOWN_AS_IT_IS = {
    "Samspill",
    "– Samspill",
    "kr",
    "samspill verify problem-.json result-.json",
    "Les kunngjeringa på nynorsk",
    "Les kunngjøringen på bokmål",
}
TRANSLATED_OR_SILENT = re.compile(
    r"\{%-?\s*(blocktrans(?:late)?|comment)\b.*?end\1\s*-?%\}|\{#.*?#\}|<(style|script)\b.*?</\2>",
    re.DOTALL,
)
SPOKEN_ATTRIBUTE = re.compile(r'(?:aria-label|title|alt|placeholder|data-label)="([^"]*)"')
TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def read(path):
    with path.open("rb") as file:
        return read_po(file)


def key(message):
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    return message.context, ids


def said(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def texts_of(catalog):
    return [message for message in catalog if message.id]


def has_words(text):
    return bool(re.search(r"[^\W\d_]", PLACEHOLDER.sub("", text)))


def as_list(texts):
    return "".join(
        f"\n  {text[1][0] if isinstance(text, tuple) else text}" for text in sorted(texts, key=str)
    )


def listed_as_equal(language):
    lines = EQUAL_TEXTS[language].read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def catalog(language):
    path = SOURCE / "locale" / language / "LC_MESSAGES/django.po"
    assert path.exists(), f"{language} has no texts: make messages, then translate"
    return read(path)


@pytest.fixture(scope="session")
def texts_in_code(tmp_path_factory):
    """What `make messages` finds in the code now, collected in a copy so nothing is touched."""
    if not shutil.which("xgettext"):
        reason = "xgettext is missing (apt-get install gettext): nobody knows if the texts are new"
        if os.environ.get("NO_SKIP") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    copy = tmp_path_factory.mktemp("texts") / "samspill"
    left_out = shutil.ignore_patterns("locale", "__pycache__", "*.html.py", "*.mo")
    shutil.copytree(SOURCE, copy, ignore=left_out)
    (copy / "locale").mkdir()
    # Without settings, Django collects from the folder it stands in and starts no room.
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "-l", "nn", "--no-location"]
    done = subprocess.run(
        [*command, "--no-wrap"], cwd=copy, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {key(message) for message in texts_of(read(copy / "locale/nn/LC_MESSAGES/django.po"))}


def test_the_texts_are_those_of_the_code(language, catalog, texts_in_code):
    translated = {key(message) for message in texts_of(catalog)}

    new = texts_in_code - translated
    gone = translated - texts_in_code

    assert not new, f"make messages, then translate to {language}:{as_list(new)}"
    assert not gone, f"make messages; these are gone from the code:{as_list(gone)}"


def test_the_law_and_the_engines_speak_every_language(catalog):
    translated = {ids[0] for _, ids in map(key, texts_of(catalog))}
    reasons = [text for texts in explain.TEMPLATES.values() for text in texts.values()]

    assert all_rules()
    assert [rule.id for rule in all_rules() if rule.says not in translated] == []
    assert [text for text in reasons if text not in translated] == []
    assert [text for text in findings.TEMPLATES.values() if text not in translated] == []


def test_no_text_is_missing_or_a_guess(catalog):
    texts = texts_of(catalog)

    assert texts
    assert [m.id for m in texts if not all(s.strip() for s in said(m))] == [], "not translated"
    assert [m.id for m in texts if m.fuzzy] == [], "fuzzy: gettext guessed; read and mend"


def test_every_plural_has_all_its_forms(catalog):
    plurals = [m for m in texts_of(catalog) if m.pluralizable]

    assert catalog.num_plurals == 2
    assert [m.id for m in plurals if len(said(m)) != catalog.num_plurals] == []


def test_placeholders_tags_and_no_break_spaces_are_kept(catalog):
    def skeleton(text):
        return (
            sorted(PLACEHOLDER.findall(text)),
            sorted(TAG.findall(text)),
            text.count(NO_BREAK_SPACE),
            text.startswith("\n"),
            text.endswith("\n"),
        )

    changed = [
        (source, translation)
        for message in texts_of(catalog)
        for source, translation in zip(key(message)[1], said(message), strict=True)
        if skeleton(source) != skeleton(translation)
    ]

    assert changed == []


def test_a_text_ends_as_its_source_does(catalog):
    def ending(text):
        return text.rstrip()[-1:] if text.rstrip()[-1:] in ".?!:…" else ""

    changed = [
        (source, translation)
        for message in texts_of(catalog)
        for source, translation in zip(key(message)[1], said(message), strict=True)
        if ending(source) != ending(translation)
    ]

    assert changed == []


def test_a_text_like_its_source_is_listed_as_truly_equal(language, catalog):
    same = {
        key(message)[1][0].strip()
        for message in texts_of(catalog)
        if key(message)[1] == said(message) and has_words(key(message)[1][0])
    }
    listed = listed_as_equal(language)

    unlisted = same - set(listed)
    stale = set(listed) - same

    assert not unlisted, f"translate, or list in {EQUAL_TEXTS[language].name}:{as_list(unlisted)}"
    assert not stale, f"listed as equal, but gone or translated:{as_list(stale)}"
    assert listed == sorted(set(listed)), "the list is sorted, each text once"


def test_the_nynorsk_holds_no_word_that_is_only_bokmal():
    def ours(text):
        for name in NAMES_IN_BOKMAL:
            text = text.replace(name, "")
        return PLACEHOLDER.sub("", text)

    catalog = read(SOURCE / "locale/nn/LC_MESSAGES/django.po")
    slips = [
        (found.group(), text)
        for message in texts_of(catalog)
        for text in said(message)
        if (found := BOKMAL_WORDS.search(ours(text)))
    ]

    assert slips == []


def test_the_texts_compile(catalog, tmp_path):
    broken = [error for message in texts_of(catalog) for error in message.check(catalog)]

    with (tmp_path / "django.mo").open("wb") as file:
        write_mo(file, catalog)

    assert broken == []
    assert (tmp_path / "django.mo").stat().st_size > 10_000


def test_templates_show_no_words_past_the_translator():
    def untranslated(template):
        text = TRANSLATED_OR_SILENT.sub("", template.read_text(encoding="utf-8"))
        attributes = SPOKEN_ATTRIBUTE.findall(TEMPLATE_CODE.sub("", text))
        lines = re.sub(r"<[^>]*>", "\n", TEMPLATE_CODE.sub("", text)).splitlines()
        return [
            words
            for words in map(str.strip, [*lines, *attributes])
            if re.search(r"[^\W\d_]{2}", words) and words not in SHOWN_AS_IT_IS
        ]

    found = {
        str(template.relative_to(SOURCE)): words
        for template in sorted(SOURCE.rglob("*.html"))
        if (words := untranslated(template))
    }

    assert found == {}


def test_no_text_is_translated_already_when_the_code_is_read():
    """`gettext` at module or class level speaks the first visitor's language to everyone."""

    def read_at_once(node):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Lambda):
                continue
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                kept = [d for d in (*child.args.defaults, *child.args.kw_defaults) if d]
                for part in (*kept, *child.decorator_list):
                    yield from ast.walk(part)
            else:
                yield child
                yield from read_at_once(child)

    def too_early(path):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        at_once = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for name in node.names
            if name.name in {"gettext", "ngettext", "pgettext", "npgettext"}
        }
        return [
            f"{path.relative_to(SOURCE)}:{node.lineno}"
            for node in read_at_once(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in at_once
        ]

    assert [place for path in sorted(SOURCE.rglob("*.py")) for place in too_early(path)] == []


def test_every_text_that_goes_out_in_bokmal_has_a_twin_in_nynorsk():
    """Announcements are whole texts per language; the twins must fill in the same facts."""

    def facts(path):
        return sorted(re.findall(r"\{\{\s*([\w.]+)", path.read_text(encoding="utf-8")))

    texts = sorted(SOURCE.rglob("letters/*_nb.*"))
    twins = [path.with_name(path.name.replace("_nb.", "_nn.")) for path in texts]

    assert texts
    assert [path.name for path in twins if not path.exists()] == []
    assert [p.name for p, twin in zip(texts, twins, strict=True) if facts(p) != facts(twin)] == []
