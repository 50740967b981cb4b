"""What is typed in about receivers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.shared.design.forms import AccountNumberField, OrgnrField, TextField


class ConfirmForm(forms.Form):
    """Confirm a receiver (bekreft mottaker)."""

    name = TextField(
        label=_("Navn"),
        help_text=_("Slik mottakeren heter i Enhetsregisteret."),
        max_length=200,
        single_line=True,
    )
    orgnr = OrgnrField(
        label=_("Organisasjonsnummer"),
        help_text=_("Barnehagens eller skolens eget nummer, ikke kjedens."),
    )
    approval_note = TextField(
        label=_("Hvordan vet dere at mottakeren er godkjent?"),
        help_text=_(
            "Private barnehager: godkjenning etter barnehageloven § 14. Private skoler: "
            "privatskoleloven § 2-1. Skriv hva dere har sett, og når."
        ),
        max_length=500,
        rows=3,
    )


class AccountForm(forms.Form):
    """The receiver's account number (kontonummer)."""

    number = AccountNumberField(
        label=_("Kontonummer"),
        help_text=_("Elleve siffer. Kontoen må tilhøre organisasjonen."),
    )
