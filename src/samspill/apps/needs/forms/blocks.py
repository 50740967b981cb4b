"""What the page draws for each field of a part (blokker): inputs, what is found, what collided."""

from dataclasses import dataclass, field
from typing import Any

from samspill.apps.needs.forms.answers import cell_label, html_name
from samspill.apps.needs.queries import BUDGET_KINDS, Field, FieldKind, field_named, part_names
from samspill.apps.needs.queries.shown import in_words

#: Fields of the part «Budsjett» that only concern some: drawn where they are in use.
FOLDED = ("extra_amount", "extra_ground", "extra_explanation")
COORDINATOR = ("coordinator_ground", "coordinator_explanation")
WIDE = (FieldKind.PHASES_BY_YEAR,)


@dataclass(frozen=True)
class Clash:
    """Two wrote the same field: what stands now, in words, and the mark that lets mine win."""

    name: str
    label: str
    mine: str
    theirs: str
    theirs_at: Any
    theirs_by: str
    fingerprint: str

    @property
    def html_name(self):
        return html_name(self.name)


@dataclass
class Below:
    """What is shown under a field: wrong values, collisions, findings."""

    name: str
    errors: list[Any] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)
    remark: str = ""

    @property
    def id(self):
        return f"funn-{self.name}"

    @property
    def is_wrong(self):
        return any(one.stops for one in self.findings)


@dataclass
class Block:
    """One field of the catalogue as it is drawn."""

    field: Field
    bounds: list[Any]
    seen: list[Any]
    below: Below
    closed: bool = False
    #: The answer in words, where the field is shut (a returned report).
    answer: Any = None

    @property
    def shape(self):
        if self.field.kind is FieldKind.ROWS:
            return self.field.name
        if self.field.kind is FieldKind.UNITS:
            return "units"
        if self.field.kind in WIDE:
            return "phases"
        return "parts" if self.field.in_parts else "single"

    def show_errors_below(self):
        """A single field that was saved is not redrawn: what is wrong with it stands below."""
        for bound in self.bounds:
            label = bound.label if len(self.bounds) > 1 else ""
            self.below.errors += [
                {"name": bound.name, "label": label, "text": text} for text in bound.errors
            ]

    @property
    def is_without_choices(self):
        return self.field.kind is FieldKind.NEEDS and not self.bounds[0].field.choices

    @property
    def is_amounts(self):
        return self.field.kind is FieldKind.KRONER_BY_YEAR


@dataclass(frozen=True)
class BudgetRow:
    """A line of the budget table with its cells."""

    line: Any
    cells: list[Any]
    receiver: Any
    payee: Any
    description: Any
    total: int

    @property
    def kind(self):
        return BUDGET_KINDS[self.line.kind]

    @property
    def is_open(self):
        return any(each.errors for each in (self.receiver, self.payee, self.description))


def blocks_of(form, *, findings=(), clashes=(), remarks=None, with_findings=True):
    """The blocks of the form's part, in the catalogue's order."""
    made = []
    for each in form.section.fields:
        if not _is_drawn(form, each, findings):
            continue
        below = below_of(form, each.name, findings if with_findings else (), clashes)
        below.remark = (remarks or {}).get(each.name, "")
        names = _names(form, each)
        closed = bool(names) and all(name in form.closed for name in names)
        if closed or any(form[html_name(name)].errors for name in names):
            below.findings = [one for one in below.findings if one.met is not True]
        made.append(
            Block(
                each,
                [form[html_name(name)] for name in names],
                [(html_name(name), form.seen[name]) for name in names],
                below,
                closed,
            )
        )
    return made


def below_of(form, name, findings, clashes):
    """What stands under a field now. Errors are drawn by the field itself, except in the budget."""
    return Below(
        name,
        findings=_worth_saying([one for one in findings if one.field.partition(".")[0] == name]),
        clashes=[one for one in clashes if field_named(one.name).name == name],
    )


def _worth_saying(findings):
    """Good news only where all is well: beside something to mend it is noise."""
    unmet = [one for one in findings if one.met is not True]
    return unmet or findings


def clash_of(report, conflict):
    """A collision in words."""
    return Clash(
        conflict.field,
        label(report, conflict.field),
        in_words(report, conflict.field, conflict.mine),
        in_words(report, conflict.field, conflict.theirs),
        conflict.theirs_at,
        conflict.theirs_by,
        conflict.theirs_fingerprint,
    )


def label(report, name):
    """What a field, a part or a budget cell is called."""
    from_catalogue = field_named(name)
    if from_catalogue.name != "budget":
        part = name.partition(".")[2]
        words = str(from_catalogue.label)
        return f"{words}: {from_catalogue.choices.get(part, part)}" if part else words
    _budget, line_id, what = name.split(".")
    line = next((row for row in report.budget.all() if str(row.pk) == line_id), None)
    return cell_label(line, what) if line else str(from_catalogue.label)


def budget_rows(form):
    """The budget's lines with their inputs."""
    rows = []
    for line in form.lines:
        names = [name for name in form.names if name.startswith(f"budget.{line.pk}.")]
        last = {name.rpartition(".")[2]: form[html_name(name)] for name in names}
        cells = [bound for what, bound in last.items() if what.isdigit()]
        years = [what for what in last if what.isdigit()]
        rows.append(
            BudgetRow(
                line,
                cells,
                last["receiver"],
                last["payee"],
                last["description"],
                sum(line.amounts.get(year) or 0 for year in years),
            )
        )
    return rows


def _names(form, each):
    if each.name == "budget":
        return [name for name in form.names if name.startswith("budget.")]
    if each.kind is FieldKind.ROWS:
        return []
    return list(part_names(form.report, each))


def _is_drawn(form, each, findings):
    """Coordinator questions stand where there is a coordinator, or something to say about one."""
    if each.name not in COORDINATOR:
        return True
    if any(line.kind == "coordinator" for line in form.lines):
        return True
    return bool(form.stored[each.name]) or any(one.field in COORDINATOR for one in findings)
