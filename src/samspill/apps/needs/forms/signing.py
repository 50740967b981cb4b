"""What a partner writes when it signs (medsignering)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.shared.design.forms import TextField


class SignForm(forms.Form):
    """The hash of what was read, and – for a university or college – the answer of rule K20."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    teacher_education = TextField(
        label=_("Hvordan kommer erfaringene tilbake til lærerutdanningen?"),
        help_text=_("Skriv kort hvem hos dere som tar dem med videre, og hvordan."),
        max_length=2000,
        rows=4,
        required=False,
    )

    def __init__(self, *args, asks_teacher_education, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teacher_education"].need_word = _("må fylles ut")
        if not asks_teacher_education:
            del self.fields["teacher_education"]
