"""Where a new report begins (ny behovsmelding): blank, or from an earlier year's."""

from django import forms
from django.utils.translation import gettext_lazy as _

BLANK = "blank"


class StartForm(forms.Form):
    """Which year, and from what."""

    cycle = forms.ChoiceField(label=_("Hvilket år gjelder meldingen?"), widget=forms.RadioSelect)
    source = forms.ChoiceField(label=_("Hvordan vil dere begynne?"), widget=forms.RadioSelect)

    def __init__(self, *args, cycles, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.cycles = {str(cycle.pk): cycle for cycle in cycles}
        self.earlier = {str(report.pk): report for report in earlier}
        self.fields["cycle"].choices = [(pk, str(c.year)) for pk, c in self.cycles.items()]
        self.fields["source"].choices = [
            (BLANK, _("Med et tomt skjema")),
            *((pk, self._words(report)) for pk, report in self.earlier.items()),
        ]
        self.fields["source"].initial = BLANK
        self.fields["cycle"].initial = next(iter(self.cycles), None)
        for field in self.fields.values():
            field.need_word = ""
            field.error_messages["required"] = _("Velg ett av alternativene.")
            field.error_messages["invalid_choice"] = _("Velg ett av alternativene.")
        if len(self.cycles) == 1:
            self.fields["cycle"].widget = forms.HiddenInput()

    @staticmethod
    def _words(report):
        return _("Fortsett «%(title)s» fra %(year)s") % {
            "title": report.title or report.number,
            "year": report.cycle.year,
        }

    def chosen_cycle(self):
        return self.cycles[self.cleaned_data["cycle"]]

    def chosen_source(self):
        """The earlier report to carry on from, or None for a blank one."""
        return self.earlier.get(self.cleaned_data["source"])
