"""What is typed in about needs and plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.shared.design.forms import TextField


class NeedForm(forms.Form):
    """A need (kompetansebehov)."""

    title = TextField(
        label=_("Hva trenger dere mer kompetanse i?"), max_length=200, single_line=True
    )
    description = TextField(
        label=_("Beskriv behovet"),
        help_text=_("Valgfritt. Skriv hvem det gjelder, og hvordan dere fant det."),
        max_length=2000,
        required=False,
    )


class PlanForm(forms.Form):
    """A plan document (kompetanseplan): a file or an address."""

    title = TextField(label=_("Navn på planen"), max_length=200, single_line=True)
    first_year = forms.IntegerField(
        label=_("Første år"), min_value=2000, max_value=2100, widget=forms.TextInput({"size": 6})
    )
    last_year = forms.IntegerField(
        label=_("Siste år"), min_value=2000, max_value=2100, widget=forms.TextInput({"size": 6})
    )
    address = forms.URLField(
        label=_("Adresse på nettet"),
        help_text=_("Fyll ut denne hvis planen ligger på nettsidene deres. Ellers velger du fil."),
        required=False,
        max_length=200,
        assume_scheme="https",
    )
    file = forms.FileField(
        label=_("Fil"), help_text=_("PDF eller Word, høyst 20 MB."), required=False
    )
