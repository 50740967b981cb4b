"""The gallery (stilside): every component in every state, for eyes and for axe.

The page stands in the demo only. What it shows is invented; the dates are Nordland's default
year, and today is fixed so that the page never changes by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from samspill.shared.design.forms import (
    AccountNumberField,
    DayField,
    KronerField,
    OrgnrField,
    TextField,
)
from samspill.shared.design.wording import OSLO

TODAY = date(2027, 1, 12)


@dataclass(frozen=True)
class SampleMilestone:
    """A milestone that needs no database."""

    number: int
    label: object
    starts: date
    who: object
    phase: object
    precision: str = "day"
    ends: date | None = None


@dataclass(frozen=True)
class SampleFinding:
    """A finding that needs no rule."""

    severity: str
    met: bool | None
    text: object
    remedy: object = ""
    reference: object = ""
    rule_id: str = ""

    def said(self, translate: Any = None) -> str:
        return str(self.text)

    def mend(self, translate: Any = None) -> str:
        return str(self.remedy)


REPORT, DISCUSS, ALLOCATE = _("Melde behov"), _("Foreslå og drøfte"), _("Tildele")
GOVERNOR = _("Statsforvalteren")
MILESTONES = (
    SampleMilestone(1, _("Kunngjøring og nytt skjema"), date(2026, 10, 6), GOVERNOR, REPORT),
    SampleMilestone(2, _("Frist for behovsmelding"), date(2027, 1, 20), _("Eierne"), REPORT),
    SampleMilestone(3, _("Første utkast til fordeling"), date(2027, 2, 20), GOVERNOR, DISCUSS),
    SampleMilestone(
        4,
        _("Drøfting i samarbeidsforum"),
        date(2027, 3, 15),
        _("Samarbeidsforum"),
        DISCUSS,
        "week",
        date(2027, 3, 21),
    ),
    SampleMilestone(5, _("Endelig utkast"), date(2027, 3, 20), GOVERNOR, DISCUSS),
    SampleMilestone(6, _("Tildeling og tilskuddsbrev"), date(2027, 4, 1), GOVERNOR, ALLOCATE),
    SampleMilestone(7, _("Evaluering"), date(2027, 5, 20), _("De som meldte behov"), _("Evaluere")),
    SampleMilestone(
        8, _("Nytt samarbeidsforum"), date(2027, 6, 1), GOVERNOR, _("Nytt forum"), "month"
    ),
)
COORDINATOR_MISSING = SampleFinding(
    "error",
    False,
    _("Dere søker om 90 000 kr til koordinator i 2027, men har ikke skrevet hvorfor."),
    _("Skriv grunnen, eller sett beløpet til 0."),
    _("Forskriften § 11 femte ledd"),
    "K07",
)
FINDINGS = (
    COORDINATOR_MISSING,
    SampleFinding(
        "warning",
        False,
        _("Reise er 22 % av det dere søker om."),
        _("Sjekk om noen samlinger kan holdes på nett."),
        _("Langsiktig plan 4.2"),
        "K12",
    ),
    SampleFinding(
        "info",
        None,
        _("Vi vet ikke om partneren er godkjent kompetansemiljø."),
        _("Velg partneren fra listen."),
        _("Forskriften § 5"),
        "K04",
    ),
    SampleFinding(
        "error", True, _("Egeninnsatsen er beskrevet."), "", _("forskriften § 11"), "K06"
    ),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = TextField(
        label=_("Hva heter tiltaket?"),
        help_text=_("Skriv kort hva barna eller elevene skal merke."),
        max_length=80,
        single_line=True,
    )
    reason = TextField(
        label=_("Hvorfor trenger dere koordinator?"),
        help_text=_("Forklar om tiltaket er sammensatt med flere instanser."),
        max_length=400,
        rows=3,
        required=False,
    )
    amount = KronerField(label=_("Minste beløp som gir mening i 2027"))
    starts = DayField(label=_("Når begynner tiltaket?"), help_text=_("For eksempel 20.01.2027."))
    orgnr = OrgnrField(label=_("Organisasjonsnummer"))
    account = AccountNumberField(label=_("Kontonummer"), required=False)
    kind = forms.ChoiceField(
        label=_("Hvilket område gjelder tiltaket?"),
        choices=[("", _("Velg område")), ("bhg", _("Barnehage")), ("skole", _("Skole"))],
    )
    network = forms.ChoiceField(
        label=_("Er flere eiere med?"),
        help_text=_("Et nettverk har én eier som leder."),
        widget=forms.RadioSelect,
        choices=[("no", _("Nei, bare vi")), ("yes", _("Ja, et nettverk"))],
    )
    themes = forms.MultipleChoiceField(
        label=_("Temaer"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("lang", _("Språk og lek")), ("read", _("Lesing")), ("math", _("Matematikk"))],
    )
    agreed = forms.BooleanField(label=_("De tillitsvalgte har medvirket"))
    file = forms.FileField(
        label=_("Vedlegg"),
        help_text=_("PDF, Word, Excel eller bilde, høyst 20 MB."),
        required=False,
    )


def _failed_form() -> SampleForm:
    typed = {
        "title": "Språk og lek i tolv barnehager 🎈 " * 3,
        "amount": "1 250 000,50",
        "starts": "31.02.2027",
        "orgnr": "974 760 674",
        "themes": ["lang"],
    }
    form = SampleForm({f"feil-{name}": text for name, text in typed.items()}, prefix="feil")
    form.findings = {"reason": [COORDINATOR_MISSING]}  # type: ignore[attr-defined]
    return form


def _filled_form() -> SampleForm:
    initial = {
        "title": _("Språk og lek: tettere på i barnehagene"),
        "reason": _("Tiltaket omfatter tolv barnehager og PP-tjenesten."),
        "amount": 300_000,
        "starts": date(2027, 8, 16),
        "orgnr": "974760673",
        "kind": "bhg",
        "network": "yes",
        "themes": ["lang"],
    }
    form = SampleForm(initial=initial, prefix="fylt")
    form.findings = {"reason": [FINDINGS[3]]}  # type: ignore[attr-defined]
    return form


def gallery_context() -> dict[str, Any]:
    """What the page ``design/gallery.html`` shows."""
    sections = (
        ("done", _("Om tiltaket"), ""),
        ("waiting", _("Partnerskap"), _("Må signeres på nytt")),
        ("editing", _("Mål og tegn på at det virker"), ""),
        ("missing", _("Budsjett og egeninnsats"), _("1 felt mangler")),
        ("new", _("Kunnskapsdeling"), ""),
        ("locked", _("Se over og send"), ""),
    )
    return {
        "milestones": MILESTONES,
        "today": TODAY,
        "at": datetime(2027, 1, 12, 14, 32, tzinfo=OSLO),
        "sections": [
            {
                "url": "" if state == "locked" else "#oppgaver",
                "label": label,
                "state": state,
                "note": note,
                "current": state == "missing",
            }
            for state, label, note in sections
        ],
        "findings": FINDINGS,
        "empty_form": SampleForm(prefix="tom"),
        "filled_form": _filled_form(),
        "failed_form": _failed_form(),
        "page": Paginator(range(470), 50).page(4),
        "colors": ["neutral", "info", "success", "warning", "danger"],
        "crumbs": [{"label": _("Samspill"), "url": "/"}, {"label": _("Komponenter")}],
    }
