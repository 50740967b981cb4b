"""The plan of the house, held by machine."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/samspill"

#: Bottom to top. A foreign key points down or stays in its room.
FLOORS = [
    {"identity"},
    {"audit", "outbox", "files", "documents", "charts", "design"},
    {"organisations"},
    {"records"},
    {"cycle"},
    {"partnerships", "competence"},
    {"plan"},
    {"needs"},
    {"allocation"},
    {"overview"},
    {"home"},
]
FLOOR = {label: number for number, labels in enumerate(FLOORS) for label in labels}
FURNITURE = {
    "models", "access", "queries", "actions", "forms", "views", "api", "urls", "jobs", "letters",
    "templates", "static", "migrations", "__init__", "apps", "management", "data", "__pycache__",
}  # fmt: skip
#: Registers and plan texts that the product ships lie as `data/` in the room that loads them.


def our_models():
    return [
        m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("samspill")
    ]


def test_foreign_keys_point_down_only():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, (models.ForeignKey, models.ManyToManyField))
        and FLOOR[field.related_model._meta.app_label] > FLOOR[model._meta.app_label]
    ]

    assert upward == []


def test_every_room_has_only_known_furniture():
    strange = [
        str(item.relative_to(SOURCE))
        for room in (SOURCE / "apps").iterdir()
        if room.is_dir() and room.name != "__pycache__"
        for item in room.iterdir()
        if item.name.removesuffix(".py") not in FURNITURE
    ]

    assert strange == []


def test_no_module_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }

    assert long == {}


def test_nobody_below_the_view_asks_what_time_it_is():
    """`now()` and `today()` live in identity.clock and in real session time only.

    `cli.py` too: it is the view of those at a terminal, and may not start Django for the clock.
    """
    allowed = {
        "cli.py",
        "shared/identity/clock.py",
        "shared/identity/middleware.py",
        "shared/identity/sign_in.py",
    }
    asking = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        if str(path.relative_to(SOURCE)) not in allowed and "management" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and ast.unparse(node.func) != "clock.now"
    ]

    assert asking == []


def test_no_signals_and_no_overridden_save():
    bad = []
    for path in (SOURCE / "apps").rglob("*.py"):
        text = path.read_text()
        if re.search(r"^from django\.(db\.models\.)?signals|^from django\.dispatch", text, re.M):
            bad.append(f"{path.name}: signals")
        if path.name == "models.py" or "models" in path.parts:
            bad += [
                f"{path.name}: {node.name}()"
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
            ]

    assert bad == []


def test_a_state_is_written_only_by_advance():
    """`.state = ` and update(state=…) appear in shared/states.py alone."""
    writers = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE) != Path("shared/states.py") and "migrations" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\.state\s*=[^=]|\.update\([^)]*\bstate=", line)
    ]
    # A message in the outbox and a lease are no cases: nobody decides on them.
    assert [w for w in writers if not w.startswith("shared/messages/")] == []


def test_every_move_names_real_states():
    for model in our_models():
        for before, afters in getattr(model, "MOVES", {}).items():
            assert before in model.State
            assert set(afters) <= set(model.State)


def test_every_model_and_state_is_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text()
    names = {m.__name__ for m in our_models() if not m._meta.auto_created}
    states = {
        f"{m.__name__}.{s.value}" for m in our_models() if hasattr(m, "State") for s in m.State
    }

    missing = sorted(name for name in names | states if f"`{name}`" not in glossary)

    assert missing == []


def test_no_registry_host_is_committed():
    hosts = ["pypi" + ".org", "files.python" + "hosted.org", "registry.npmjs" + ".org"]
    ours = [ROOT / n for n in ("package-lock.json", "requirements.txt", "requirements-dev.txt")]
    ours += [
        p
        for f in ("docs", "src", "scripts", ".ci", "tests")
        for p in (ROOT / f).rglob("*")
        if p.is_file()
    ]
    found = [
        str(path.relative_to(ROOT))
        for path in ours
        if path.suffix in {".md", ".txt", ".json", ".py", ".sh", "", ".toml"}
        and any(host in path.read_text(errors="ignore") for host in hosts)
    ]

    assert found == []


@pytest.mark.parametrize("pattern", [r"\sstyle=", r"\son[a-z]+=", r"<script(?![^>]*\bsrc=)[^>]*>"])
def test_templates_hold_no_inline_style_or_script(pattern):
    found = [
        f"{path.relative_to(SOURCE)}: {match.group()}"
        for path in SOURCE.rglob("*.html")
        for match in re.finditer(pattern, path.read_text())
    ]

    assert found == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert all(b == a + 1 for a, b in pairwise(numbers))
