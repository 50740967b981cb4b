"""The form on paper (tomt skjema): every question of the catalogue, ready for the letter."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.needs.queries.catalogue import BUDGET_KINDS, SECTIONS
from samspill.apps.needs.queries.fields import Field, FieldKind

#: How many empty lines a question gets on paper, by kind.
SPACE = {FieldKind.TEXT: 4, FieldKind.LINE: 1}


def blank_form_data() -> dict[str, Any]:
    """The data of `letters/blank.typ`, in the language that is active."""
    return {
        "heading": _("Behovsmelding"),
        "intro": _(
            "Dette er spørsmålene i behovsmeldingen, til å lese og drøfte sammen. "
            "Meldingen sendes i Samspill."
        ),
        "amount": _("kroner"),
        "kind": _("Kostnad"),
        "receiver": _("Mottaker"),
        "years": [_("År 1"), _("År 2"), _("År 3")],
        "sections": [
            {
                "title": f"{number}. {section.title}",
                "intro": str(section.intro),
                "questions": [_question(each) for each in section.fields],
            }
            for number, section in enumerate(SECTIONS, start=1)
        ],
        "footer": _("Behovsmelding – tomt skjema"),
    }


def _question(each: Field) -> dict[str, Any]:
    """One question: its words, its choices, how much room to write."""
    choices = [str(word) for word in each.choices.values()]
    if each.kind is FieldKind.YES_NO:
        choices = [_("Ja"), _("Nei")]
    if each.kind is FieldKind.CHECK:
        choices = [str(each.label)]
    if each.name == "budget":
        choices = [str(word) for word in BUDGET_KINDS.values()]
    return {
        "label": str(each.label),
        "help": str(each.help),
        "choices": choices,
        "shape": _shape(each),
        "lines": SPACE.get(each.kind, 1),
    }


def _shape(each: Field) -> str:
    if each.name == "budget":
        return "budget"
    if each.kind is FieldKind.COUNT_BY_GROUP:
        return "counts"
    if each.kind is FieldKind.PHASES_BY_YEAR:
        return "by_year"
    if each.kind is FieldKind.KRONER_BY_YEAR:
        return "amounts"
    if each.kind in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.CHECK):
        return "choices"
    return "lines"
