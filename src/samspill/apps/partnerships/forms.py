"""What is typed in about agreements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import Organisation
from samspill.apps.partnerships import queries
from samspill.shared.design.forms import DayField, TextField


class AgreementForm(forms.Form):
    """An agreement (partnerskapsavtale)."""

    environment: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label=_("Kompetansemiljø"), queryset=None, empty_label=_("Velg kompetansemiljø")
    )
    title = TextField(label=_("Hva gjelder avtalen?"), max_length=200, single_line=True)
    valid_from = DayField(label=_("Gjelder fra"))
    valid_until = DayField(
        label=_("Gjelder til og med"),
        help_text=_("La feltet stå tomt hvis avtalen ikke har noen sluttdato."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["environment"].queryset = queries.environments()
