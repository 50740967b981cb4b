"""One part of the report as a form (del av meldingen), made from the catalogue.

Every field that the form draws carries a hidden «seen-…»: the fingerprint of what it was drawn
with. A field without one in what was sent was not in the form and keeps what is stored; so one
form serves the whole page, a saved single field, and text kept from a lost session.
"""

from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samspill.apps.needs.forms.fields import made_for, party_field, typed
from samspill.apps.needs.queries import (
    BUDGET_KINDS,
    FieldKind,
    budget_names,
    choices,
    field_named,
    fingerprint_of,
    label_of,
    lines_of,
    part_names,
    stored_value,
    years_of,
)
from samspill.apps.organisations.models import Unit
from samspill.shared.design.forms import KronerField, TextField

SEEN = "seen-"
KINDS_OF_UNITS = {Unit.Kind.KINDERGARTEN: _("Barnehager"), Unit.Kind.SCHOOL: _("Skoler")}


def html_name(name):
    """The name of an input: dots are awkward in selectors, so `phases.2027` → `phases__2027`."""
    return name.replace(".", "__")


class Answer(BoundField):
    """A field that is also described by the place below it where findings are shown."""

    @property
    def aria_describedby(self):
        own = super().aria_describedby or ""
        below = self.form.below_id(self.name)
        return " ".join(filter(None, [own, below]))


class AnswerForm(forms.Form):
    """The fields of one part. `sent` is what was posted (or kept); None shows what is stored."""

    bound_field_class = Answer
    use_required_attribute = False

    def __init__(self, report, section, *, sent=None, open_names=None):
        self.report, self.section = report, section
        self.names = names_of(report, section)
        self.stored = {name: stored_value(report, name) for name in self.names}
        self.drawn = {name: fingerprint_of(name, self.stored[name]) for name in self.names}
        self.seen = self.drawn | _seen_in(sent, self.names)
        self.sent_names = [name for name in self.names if _was_sent(sent, name)]
        self.lines = lines_of(report) if section.code == "budget" else []
        initial = {html_name(name): _initial(name, value) for name, value in self.stored.items()}
        super().__init__(None if sent is None else self._completed(sent), initial=initial)
        self._add_fields()
        self._close(open_names)

    # --- What is drawn ---------------------------------------------------------------------------
    def _add_fields(self):
        parties = choices.parties(self.report) if self.lines else []
        lines = {str(line.pk): line for line in self.lines}
        for name in self.names:
            each = field_named(name)
            if each.name == "budget":
                made = _budget_field(lines, name, parties)
            else:
                made = made_for(each, label_of(name), self._choices(each))
                made.help_text = each.help if not each.in_parts else ""
            made.short = short_label(name)
            self.fields[html_name(name)] = made

    def _choices(self, each):
        if each.kind is FieldKind.UNITS:
            self.groups = choices.unit_groups(self.report)
            return [
                (group_label(group, self.groups), [(str(u.pk), u.name) for u in group.units])
                for group in self.groups
            ]
        if each.kind is FieldKind.NEEDS:
            return [(str(need.pk), need.title) for need in choices.own_needs(self.report)]
        return ()

    def _close(self, open_names):
        """A returned report is open in the fields that were named; the others are shown, shut."""
        self.closed = frozenset()
        if open_names is None:
            return
        self.closed = frozenset(n for n in self.names if field_named(n).name not in open_names)
        for name in self.closed:
            self.fields[html_name(name)].disabled = True

    def mark_wrong(self, whole_names):
        """Fields a rule stops: said to screen readers as the colour says it to eyes."""
        for name in self.names:
            if field_named(name).name in whole_names and field_named(name).name != "budget":
                self.fields[html_name(name)].widget.attrs["aria-invalid"] = "true"

    def below_id(self, name):
        """The id of the place below the field (or below its group) where findings are shown."""
        return f"funn-{name.partition('__')[0]}"

    # --- What was sent ---------------------------------------------------------------------------
    def _completed(self, sent):
        """What was sent, and what is stored for every field that was not in it."""
        data = QueryDict(mutable=True)
        for name in self.names:
            name_in_html = html_name(name)
            if _was_sent(sent, name):
                data.setlist(name_in_html, sent.getlist(name_in_html))
            else:
                data.setlist(name_in_html, _typed(name, self.stored[name]))
        return data

    def values(self):
        """What can be saved: each field that was sent, is open and could be read."""
        self.full_clean()
        return {
            name: self.cleaned_data[html_name(name)]
            for name in self.sent_names
            if html_name(name) in self.cleaned_data and name not in self.closed
        }

    def take_fingerprints(self, fingerprints):
        self.seen |= {name: mark for name, mark in fingerprints.items() if name in self.names}


def short_label(name):
    """What a part is called inside its group: the year, or the group of staff."""
    part = name.rpartition(".")[2]
    return field_named(name).choices.get(part, part)


def names_of(report, section):
    """Every name the part is saved by, budget cells included."""
    names = []
    for each in section.fields:
        if each.name == "budget":
            names += [name for line in lines_of(report) for name in budget_names(report, line)]
        elif each.kind is not FieldKind.ROWS:
            names += part_names(report, each)
    return tuple(names)


def group_label(group, groups):
    """«Barnehager», with the owner's name where there are several owners."""
    kind = str(KINDS_OF_UNITS.get(group.kind, group.kind))
    several = len({each.owner.pk for each in groups}) > 1
    return f"{group.owner.name}: {kind.lower()}" if several else kind


def cell_label(line, what):
    """What a cell of the budget is called in an error message."""
    words = {
        "description": _("beskrivelse"),
        "receiver": _("mottaker"),
        "payee": _("betales videre til"),
    }
    return f"{BUDGET_KINDS[line.kind]} {words.get(what, what)}"


def _budget_field(lines, name, parties):
    _budget, line_id, what = name.split(".")
    line = lines[line_id]
    label = cell_label(line, what)
    if what == "description":
        made = TextField(label=label, max_length=200, single_line=True, required=False)
    elif what == "receiver":
        return party_field(parties, label=label)
    elif what == "payee":
        return party_field(parties, label=label, empty=_("Ingen"))
    else:
        made = KronerField(label=label, required=False)
        made.widget.attrs |= {
            "aria-labelledby": f"linje-{line_id} aar-{what}",
            "data-sum": f"linje-{line_id} aar-{what} alle",
        }
    made.need_word = ""
    return made


def _initial(name, stored):
    """The value as the field shows it: a stored day is written as people write it."""
    if field_named(name).kind is FieldKind.DATE and stored:
        return date.fromisoformat(stored)
    if isinstance(stored, list):
        return [str(one) for one in stored]
    return stored


def _typed(name, stored):
    if field_named(name).kind is FieldKind.YES_NO and stored is False:
        return ["no"]
    if field_named(name).kind is FieldKind.DATE and stored:
        return typed(date.fromisoformat(stored))
    return typed(stored)


def _was_sent(sent, name):
    return sent is not None and SEEN + html_name(name) in sent


def _seen_in(sent, names):
    if sent is None:
        return {}
    return {n: sent[SEEN + html_name(n)] for n in names if _was_sent(sent, n)}


def years_in(report):
    """The years as texts: the heads of the budget's columns."""
    return [str(year) for year in years_of(report)]
