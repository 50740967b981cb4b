"""What the secretariat types in to set up and announce a year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.apps.cycle.models import LONGEST_REASON, LONGEST_TEXT, Milestone
from samspill.shared.design.forms import DayField, KronerField, TextField

REASON_HELP = _("Året er kunngjort. Alle kan lese grunnen i kalenderen.")


class SetUpForm(forms.Form):
    """County, year and frame; the dates come by themselves and can be changed afterwards."""

    county = forms.ChoiceField(label=_("Fylke"))
    year = forms.IntegerField(
        label=_("År"),
        min_value=2026,
        max_value=2100,
        help_text=_("Året midlene gjelder for. Skjemaet åpner høsten før."),
        widget=forms.TextInput({"inputmode": "numeric", "size": "6"}),
        error_messages={
            "invalid": _("Skriv årstallet med fire siffer, for eksempel 2027."),
            "min_value": _("Skriv et år fra 2026 og framover."),
            "max_value": _("Skriv et år til og med 2100."),
        },
    )
    frame = KronerField(
        label=_("Ramme"), required=False, help_text=_("La feltet stå tomt til rammen er kjent.")
    )

    def __init__(self, *args, counties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [(county.pk, county.name) for county in counties]


class _WithReason(forms.Form):
    """A change that needs a reason once the year is announced."""

    def __init__(self, *args, announced=False, checking=False, **kwargs):
        super().__init__(*args, **kwargs)
        if announced:
            self.fields["reason"] = TextField(
                label=_("Hvorfor endres det?"),
                max_length=LONGEST_REASON,
                rows=3,
                help_text=REASON_HELP,
                required=not checking,
            )


class MilestoneForm(_WithReason):
    """A day, a week or a month of one milestone."""

    day = DayField(
        label=_("Dato"),
        help_text=_(
            "For eksempel 20.01.2027. For en uke eller måned: en hvilken som helst dag i den."
        ),
    )
    precision = forms.ChoiceField(
        label=_("Gjelder datoen én dag, en uke eller en måned?"),
        choices=Milestone.Precision.choices,
        widget=forms.RadioSelect,
    )


class FrameForm(_WithReason):
    """The year's frame in whole kroner."""

    frame = KronerField(
        label=_("Ramme"), required=False, help_text=_("La feltet stå tomt til rammen er kjent.")
    )


class AnnouncementForm(forms.Form):
    """The announcement in both written forms; both are required."""

    title_nb = TextField(label=_("Tittel på bokmål"), max_length=200, single_line=True)
    text_nb = TextField(
        label=_("Tekst på bokmål"),
        max_length=LONGEST_TEXT,
        rows=24,
        help_text=_("«## » foran en linje gir en overskrift, «- » gir et punkt i en liste."),
    )
    title_nn = TextField(label=_("Tittel på nynorsk"), max_length=200, single_line=True)
    text_nn = TextField(
        label=_("Tekst på nynorsk"),
        max_length=LONGEST_TEXT,
        rows=24,
        help_text=_("Samme innhold på nynorsk. Kunngjøringen går ut i begge målformer."),
    )


class ReturnForm(forms.Form):
    """What must be mended before it can be approved."""

    note = TextField(
        label=_("Hva må rettes?"),
        max_length=LONGEST_REASON,
        rows=3,
        help_text=_("Den som forbereder kunngjøringen, ser merknaden."),
    )
