"""What the case worker fills in: the assessment, a return for completion, a proposal's name."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.apps.allocation.queries import CRITERIA
from samspill.apps.needs.queries import SECTIONS
from samspill.shared.design.forms import DayField, TextField

ANSWERS = (("yes", _("Ja")), ("no", _("Nei")), ("not_relevant", _("Ikke aktuelt")))
PRIORITIES = ((1, _("1 – først")), (2, _("2 – deretter")), (3, _("3 – til slutt")))


class AssessmentForm(forms.Form):
    """§ 4's six criteria, score, priority, the reason the owner reads and the note it does not.

    Nothing is required to save; what is missing to finish is said by the action.
    """

    score = forms.IntegerField(
        label=_("Poeng"),
        help_text=_("0 til 100 etter planens kriterier."),
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "5", "autocomplete": "off"}),
    )
    priority = forms.TypedChoiceField(
        label=_("Prioritet"),
        choices=PRIORITIES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    public_reason = TextField(
        label=_("Begrunnelse eieren kan lese"),
        help_text=_("Denne følger saken videre. Skriv hva som veide mest."),
        max_length=4000,
        required=False,
        rows=4,
    )
    internal_note = TextField(
        label=_("Internt notat"),
        help_text=_("Bare for dere på kontoret. Vises aldri for eieren."),
        max_length=4000,
        required=False,
        rows=3,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, question in CRITERIA.items():
            self.fields[f"c_{code}"] = forms.ChoiceField(
                label=question, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )
        for name in ("score", "priority", "public_reason", *[f"c_{code}" for code in CRITERIA]):
            self.fields[name].need_word = ""

    def criteria(self):
        """The six questions in the paragraph's order, for the page."""
        return [self[f"c_{code}"] for code in CRITERIA]

    def checklist(self):
        """What the action takes: {criterion: {"answer": …}} for those that are answered."""
        answers = {code: self.cleaned_data[f"c_{code}"] for code in CRITERIA}
        return {code: {"answer": answer} for code, answer in answers.items() if answer}


def initial_of(assessment):
    """What the form shows for an assessment that has been begun."""
    if assessment is None:
        return {}
    answers = {f"c_{code}": a.get("answer", "") for code, a in assessment.checklist.items()}
    return answers | {
        "score": assessment.score,
        "priority": assessment.priority,
        "public_reason": assessment.public_reason,
        "internal_note": assessment.internal_note,
    }


class ReturnForm(forms.Form):
    """A return for completion: message, date, and remarks. A remark opens its field."""

    message = TextField(
        label=_("Melding til eieren"),
        help_text=_("Si kort hva som mangler, og hvorfor det trengs."),
        max_length=2000,
        rows=3,
    )
    until = DayField(
        label=_("Frist for ny innsending"), help_text=_("For eksempel 10. februar 2027.")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].initial = today + timedelta(days=14)
        for section in SECTIONS:
            for field in section.fields:
                remark: Any = TextField(
                    label=field.label, max_length=500, required=False, single_line=True
                )
                remark.need_word = ""
                self.fields[f"r_{field.name}"] = remark

    def sections(self):
        """The remark fields under their section's title."""
        return [
            (section.title, [self[f"r_{field.name}"] for field in section.fields])
            for section in SECTIONS
            if section.fields
        ]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("Fristen må være etter i dag."))
        return until

    def clean(self):
        found = super().clean()
        self.remarks = {
            name.removeprefix("r_"): text
            for name, text in found.items()
            if name.startswith("r_") and text
        }
        if not self.remarks and not self.errors:
            raise forms.ValidationError(
                _("Skriv en merknad til minst ett felt, så eieren vet hva som kan endres.")
            )
        return found


class ScenarioForm(forms.Form):
    """The name of a new proposal."""

    name = TextField(
        label=_("Navn på forslaget"),
        help_text=_("For eksempel «Første utregning»."),
        max_length=120,
        single_line=True,
    )
