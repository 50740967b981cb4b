"""A content in words (lesbart innhold): what `needs/content.html` draws, part by part.

Made from the frozen content alone, so that a partner, the office and the receipt all show
exactly what was signed or sent, also after names have changed in the registers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.catalogue import BUDGET_KINDS, SECTIONS, field_named
from samspill.apps.needs.queries.choices import own_needs, parties, unit_names
from samspill.apps.needs.queries.content import assessment_of
from samspill.apps.needs.queries.fields import Field, FieldKind
from samspill.shared.design import wording


@dataclass(frozen=True)
class ShownAnswer:
    """One question with its answer: a text, or several short items. Both empty: not answered."""

    name: str
    label: str
    text: str = ""
    items: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.items


@dataclass(frozen=True)
class ShownLine:
    """A budget line: what for, to whom, and whole kroner by year."""

    kind: str
    receiver: str
    payee: str
    description: str
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.amounts)


@dataclass(frozen=True)
class ShownBudget:
    """The budget as a table. Sums in whole kroner."""

    years: tuple[str, ...]
    lines: tuple[ShownLine, ...]

    @property
    def sums(self) -> tuple[int, ...]:
        return tuple(sum(line.amounts[n] for line in self.lines) for n in range(len(self.years)))

    @property
    def total(self) -> int:
        return sum(self.sums)


@dataclass(frozen=True)
class ShownSection:
    """A part of the report, ready to be read."""

    code: str
    title: str
    answers: tuple[ShownAnswer, ...]
    budget: ShownBudget | None = None

    @property
    def answered(self) -> list[ShownAnswer]:
        return [each for each in self.answers if not each.is_empty]

    @property
    def unanswered(self) -> list[ShownAnswer]:
        """Named in one line, so that the reader sees what was asked without wading through it."""
        return [each for each in self.answers if each.is_empty]


@dataclass(frozen=True)
class ShownContent:
    """The whole report, ready to be read (lesbart innhold)."""

    number: str
    title: str
    owner: str
    sections: tuple[ShownSection, ...] = field(default=())


def readable(content: Mapping[str, Any]) -> ShownContent:
    """The content's parts in order, each with the questions of its time and the answers given."""
    sections = [
        ShownSection(
            section.code,
            str(section.title),
            tuple(_answer(content, each) for each in section.fields if _is_drawn(content, each)),
            _budget(content) if section.code == "budget" else None,
        )
        for section in SECTIONS
    ]
    return ShownContent(
        number=content["number"],
        title=str(content["answers"].get("title") or content["number"]),
        owner=content["owner"]["name"],
        sections=tuple(each for each in sections if each.answers or each.budget),
    )


def _is_drawn(content: Mapping[str, Any], each: Field) -> bool:
    if each.kind is FieldKind.ROWS:
        return each.name in ("owners", "partners", "attachments")
    return each.name in content["answers"]


def _answer(content: Mapping[str, Any], each: Field) -> ShownAnswer:
    label = str(each.label)
    if each.kind is FieldKind.ROWS:
        rows = [_with_number(row) for row in content[each.name]]
        if each.name == "owners":
            rows.insert(0, _with_number(content["owner"]))
        return ShownAnswer(each.name, label, items=tuple(rows))
    value = content["answers"][each.name]
    if each.in_parts:
        return ShownAnswer(each.name, label, items=_parts(each, value or {}))
    if isinstance(value, list):
        return ShownAnswer(each.name, label, items=tuple(_one(each, one) for one in value))
    return ShownAnswer(each.name, label, text=_one(each, value))


def _with_number(row: Mapping[str, Any]) -> str:
    """«Nord universitet (org.nr. 970 940 243)»; a file by its name alone."""
    number = str(row.get("orgnr") or "")
    if not number:
        return str(row["name"])
    grouped = wording.NBSP.join((number[:3], number[3:6], number[6:]))
    return _("{name} (org.nr. {number})").format(name=row["name"], number=grouped)


def _parts(each: Field, value: Mapping[str, Any]) -> tuple[str, ...]:
    """«2027: Analysere og vurdere, Planlegge og forankre», for the parts that are answered."""
    shown = []
    for part, answer in value.items():
        if answer in (None, "", []):
            continue
        label = str(each.choices.get(part, part))
        codes = answer if isinstance(answer, list) else [answer]
        shown.append(f"{label}: {', '.join(_one(each, code) for code in codes)}")
    return tuple(shown)


def _one(each: Field, value: Any) -> str:
    """A single value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _yes_or_no(each, value)
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("title") or "")
    if isinstance(value, int):
        return _number(each, value)
    if each.kind is FieldKind.DATE:
        return wording.day(date.fromisoformat(value))
    return str(each.choices.get(value, value))


def _yes_or_no(each: Field, value: bool) -> str:
    if each.kind is FieldKind.CHECK and not value:
        return ""
    return _("Ja") if value else _("Nei")


def _number(each: Field, value: int) -> str:
    if each.kind in (FieldKind.KRONER, FieldKind.KRONER_BY_YEAR):
        return wording.kroner(value)
    if each.name == "special_needs_share":
        return f"{value}{wording.NBSP}%"
    return wording.number(value)


def _budget(content: Mapping[str, Any]) -> ShownBudget:
    years = tuple(str(year) for year in content["years"])
    lines = tuple(
        ShownLine(
            kind=str(BUDGET_KINDS.get(line["kind"], line["kind"])),
            receiver=line["receiver"]["name"],
            payee=line["payee"]["name"] if line["payee"] else "",
            description=line["description"],
            amounts=tuple(line["amounts"].get(year) or 0 for year in years),
        )
        for line in content["budget"]
    )
    return ShownBudget(years, lines)


def in_words(report: NeedsReport, name: str, value: Any) -> str:
    """A stored value of a field, a part or a budget cell as it is read; "" when it is empty."""
    each = field_named(name)
    if each.kind is FieldKind.UNITS:
        return ", ".join(unit_names(value or []))
    if each.kind is FieldKind.NEEDS:
        return ", ".join(need.title for need in own_needs(report) if need.pk in (value or []))
    if each.name == "budget":
        return _cell(report, name.rpartition(".")[2], value)
    if isinstance(value, list):
        return ", ".join(_one(each, one) for one in value)
    return _one(each, value)


def _cell(report: NeedsReport, what: str, value: Any) -> str:
    if what in ("receiver", "payee"):
        return next((row.name for row in parties(report) if row.pk == value), "")
    return wording.kroner(value) if isinstance(value, int) else str(value or "")


@dataclass(frozen=True)
class ChangedField:
    """A field somebody wrote in after a moment."""

    label: str
    at: datetime


def changed_after(report: NeedsReport, moment: datetime) -> list[ChangedField]:
    """What has been written after the moment a page was drawn, newest first."""
    found: dict[str, datetime] = {}
    for changes in (report.last_changes, assessment_of(report).last_changes):
        for name, (at, _person) in changes.items():
            when = datetime.fromisoformat(at)
            label = str(field_named(name).label)
            if when > moment and when > found.get(label, moment):
                found[label] = when
    newest = sorted(found.items(), key=lambda row: row[1], reverse=True)
    return [ChangedField(label, at) for label, at in newest]


def last_saved(report: NeedsReport) -> datetime | None:
    """When anybody last wrote in the report or its assessment."""
    changes = (*report.last_changes.values(), *assessment_of(report).last_changes.values())
    return max((datetime.fromisoformat(at) for at, _person in changes), default=None)
