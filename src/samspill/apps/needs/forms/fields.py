"""One form field for each kind of field in the catalogue, and how a stored value is typed."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspill.apps.needs.queries import Field, FieldKind
from samspill.shared.design import wording
from samspill.shared.design.forms import DayField, KronerField, TextField

YES_NO = (("yes", _("Ja")), ("no", _("Nei")))
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")


class WholeNumberField(forms.Field):
    """A count or a per cent: digits only, with or without spaces. Gives ``int`` or None."""

    widget = forms.TextInput

    def __init__(self, *, smallest, largest, affix="", **kwargs):
        self.smallest, self.largest = smallest, largest
        attrs = {"inputmode": "numeric", "size": "7", "autocomplete": "off", "data-amount": True}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)
        self.widget.affix = affix

    def prepare_value(self, value):
        return wording.number(value) if isinstance(value, int) else value

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        digits = _SPACES.sub("", str(value)).replace(wording.MINUS, "-")
        if not digits:
            return None
        if not re.fullmatch(r"-?[0-9]{1,30}", digits):
            raise ValidationError(_("Skriv et helt tall, med bare siffer."), code="number")
        return int(digits)

    def validate(self, value):
        super().validate(value)
        if value is not None and not self.smallest <= value <= self.largest:
            message = _("Skriv et tall fra %(smallest)s til %(largest)s.")
            params = {
                "smallest": wording.number(self.smallest),
                "largest": wording.number(self.largest),
            }
            raise ValidationError(message, code="range", params=params)


class YesNoField(forms.TypedChoiceField):
    """Yes, no or not answered yet. Gives True, False or None."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        super().__init__(
            choices=YES_NO, coerce=lambda value: value == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


def made_for(each: Field, label, choices=()):
    """The form field that asks for one field, or one part of it. Nothing is required to save."""
    common = {"label": label, "required": False}
    kind = each.kind
    made: forms.Field
    if kind is FieldKind.LINE:
        made = TextField(max_length=each.max_length, single_line=True, **common)
    elif kind is FieldKind.TEXT:
        made = TextField(max_length=each.max_length, rows=each.rows, **common)
    elif kind is FieldKind.CHOICE:
        made = _choice(each.choices.items(), **common)
    elif kind in (FieldKind.CHOICES, FieldKind.PHASES_BY_YEAR):
        made = _several(tuple(each.choices.items()), **common)
    elif kind in (FieldKind.UNITS, FieldKind.NEEDS):
        made = _several(choices, **common)
    elif kind is FieldKind.YES_NO:
        made = YesNoField(**common)
    elif kind is FieldKind.CHECK:
        made = forms.BooleanField(**common)
    elif kind is FieldKind.DATE:
        made = DayField(**common)
    elif kind in (FieldKind.KRONER, FieldKind.KRONER_BY_YEAR):
        made = KronerField(**common)
    else:
        made = _number(each, common)
    made.need_word = ""  # type: ignore[attr-defined]
    return made


def _number(each, common):
    if each.name == "years":
        years = [(str(n), _("%(n)s år") % {"n": n}) for n in range(1, each.largest + 1)]
        return forms.TypedChoiceField(
            choices=years, coerce=int, empty_value=None, widget=forms.RadioSelect, **common
        )
    affix = "%" if each.name == "special_needs_share" else ""
    return WholeNumberField(smallest=each.smallest, largest=each.largest, affix=affix, **common)


def _choice(choices, **common):
    words = {"invalid_choice": _("Velg et av svarene i lista.")}
    return forms.ChoiceField(
        choices=tuple(choices), widget=forms.RadioSelect, error_messages=words, **common
    )


def _several(choices, **common):
    words = {"invalid_choice": _("Velg blant svarene i lista.")}
    return forms.MultipleChoiceField(
        choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=words, **common
    )


def party_field(parties, *, label, empty=""):
    """A select over the report's own parties."""
    choices = [(str(row.pk), row.name) for row in parties]
    if empty:
        choices.insert(0, ("", empty))
    words = {"invalid_choice": _("Velg en av eierne eller partnerne i meldingen.")}
    made = forms.ChoiceField(label=label, choices=choices, required=False, error_messages=words)
    made.need_word = ""
    return made


def typed(stored):
    """A stored value as the browser would send it: a list of texts."""
    if stored is None or stored == "" or stored is False:
        return []
    if stored is True:
        return ["yes"]
    if isinstance(stored, list):
        return [str(one) for one in stored]
    if isinstance(stored, date):
        return [f"{stored:%d.%m.%Y}"]
    return [str(stored)]
