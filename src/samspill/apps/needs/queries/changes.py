"""What is different between two contents (endringer): since a signature, since it was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.needs.models import Partner
from samspill.apps.needs.queries.catalogue import (
    BUDGET_KINDS,
    FIELDS_BY_NAME,
    field_named,
    label_of,
)
from samspill.apps.needs.queries.content import content_of
from samspill.apps.needs.queries.fields import Field, FieldKind
from samspill.shared.design import wording


@dataclass(frozen=True)
class Change:
    """One field that differs: its words then and now, ready to be shown."""

    field: str
    label: str
    before: str
    after: str


def changes_since_signed(partner: Partner) -> list[Change]:
    """What is different from what the partner signed last; empty if it never signed."""
    signature = max(partner.signatures.all(), key=lambda row: row.pk, default=None)
    if signature is None:
        return []
    return changes_between(signature.content, content_of(partner.report))


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Every difference in the order of the form: fields part by part, the budget cell by cell."""
    found = []
    for name, label, was, now in _compared(before, after):
        if was != now:
            found.append(Change(name, label, said(name, was), said(name, now)))
    return found


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> frozenset[str]:
    """The names (never parts) of the fields that differ; what rule K13 asks."""
    return frozenset(
        name.partition(".")[0] for name, _l, was, now in _compared(before, after) if was != now
    )


Row = tuple[str, str, Any, Any]


def _compared(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Row]:
    for each in FIELDS_BY_NAME.values():
        if each.name == "budget":
            yield from _budget(before["budget"], after["budget"])
        elif each.name in ("owners", "partners", "attachments"):
            yield each.name, str(each.label), before[each.name], after[each.name]
        elif each.kind is not FieldKind.ROWS:
            yield from _answers(each, before["answers"], after["answers"])


def _answers(each: Field, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Row]:
    was, now = before.get(each.name), after.get(each.name)
    if not each.in_parts:
        yield each.name, str(each.label), was, now
        return
    was, now = was or {}, now or {}
    for part in [*was, *(key for key in now if key not in was)]:
        name = f"{each.name}.{part}"
        yield name, label_of(name), was.get(part) or None, now.get(part) or None


def _budget(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Row]:
    was = {line["line"]: line for line in before}
    now = {line["line"]: line for line in after}
    for key in [*was, *(each for each in now if each not in was)]:
        old, new = was.get(key), now.get(key)
        title = line_title(new or old or {})
        for what, label in (("receiver", _("mottaker")), ("payee", _("betales til"))):
            yield f"budget.{key}.{what}", f"{title}, {label}", _of(old, what), _of(new, what)
        for what, label in (("description", _("beskrivelse")), ("kind", _("kostnad"))):
            yield f"budget.{key}.{what}", f"{title}, {label}", _of(old, what), _of(new, what)
        years = sorted({*(old or {}).get("amounts", {}), *(new or {}).get("amounts", {})})
        for year in years:
            cells = [(each or {}).get("amounts", {}).get(year) for each in (old, new)]
            yield f"budget.{key}.{year}", f"{title}, {year}", cells[0] or 0, cells[1] or 0


def _of(line: dict[str, Any] | None, what: str) -> Any:
    """A line's part; "" where there is no line, so that nothing equals nothing."""
    return (line or {}).get(what) or ""


def line_title(line: dict[str, Any]) -> str:
    """«Faglig bidrag (til Nord universitet)»: what a budget line is called."""
    kind = BUDGET_KINDS.get(line.get("kind", ""), "")
    return _("{kind} (til {receiver})").format(kind=kind, receiver=line["receiver"]["name"])


def said(name: str, value: Any) -> str:
    """A canonical value as it is read: words for codes, kroner with spaces, lists in order."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if isinstance(value, list):
        return ", ".join(said(name, each) for each in value)
    if isinstance(value, dict):
        return str(value.get("name") or value.get("title") or "")
    each = field_named(name)
    if isinstance(value, int):
        money = each.name == "budget" or each.kind in (
            FieldKind.KRONER,
            FieldKind.KRONER_BY_YEAR,
        )
        return wording.kroner(value) if money else wording.number(value)
    if each.kind in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.PHASES_BY_YEAR):
        return str(each.choices.get(value, value))
    if name.endswith(".kind"):
        return str(BUDGET_KINDS.get(value, value))
    return str(value)
