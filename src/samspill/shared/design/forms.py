"""Fields and form drawing (skjemafelt): one way to ask, one way to say what is wrong.

Every form is drawn by ``Renderer``: ``{{ form.title.as_field_group }}`` gives label, help,
input, error and findings, tied together for screen readers. The fields here read what people
really type, refuse the rest with a sentence that says how to mend it, and give back what was
typed, so nothing is lost.
"""

import re
import unicodedata
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from stdnum.no import kontonr, orgnr

from samspill.shared.design import wording


class Renderer(TemplatesSetting):
    """Draws every form of the site with Designsystemet's markup."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"


# --- Kroner --------------------------------------------------------------------------------------
#: The largest amount a field takes, in kroner. Above the whole state budget's scale for SKK.
LARGEST_AMOUNT = 999_999_999_999
#: Spaces that people and spreadsheets put between thousands.
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
_GROUPED = re.compile(r"[-\u2212]?(?:[0-9]+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+)")
_FRACTION = re.compile(
    r"[-\u2212]?[0-9 \u00a0\u2009\u202f]*[0-9][.,][0-9]{1,2}|[-\u2212]?[0-9 ]+,-"
)
_UNIT = re.compile(r"[ \u00a0\u2009\u202f]*(?:kr\.?|kroner)$", re.IGNORECASE)


class KronerInput(forms.TextInput):
    """A short text field with «kr» behind it. Not type=number: that one eats what people type."""

    affix = "kr"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {
            "inputmode": "numeric",
            "size": "14",
            "autocomplete": "off",
            "data-amount": True,
        }
        super().__init__({**usual, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return wording.number(value) if isinstance(value, int) else super().format_value(value)


class KronerField(forms.Field):
    """An amount in whole kroner (beløp). Gives ``int`` or None.

    Takes digits with or without spaces between the thousands («1 250 000», also no-break and
    thin spaces) and a trailing «kr». Refuses full stops: «1.250» is a thousand to one reader
    and one and a quarter to another.
    """

    widget = KronerInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "whole": _("Skriv hele kroner, uten øre."),
        "number": _("Skriv beløpet med bare tall, for eksempel 1 250 000."),
        "dots": _("Skriv beløpet uten punktum, for eksempel 1 250 000."),
        "groups": _("Sjekk mellomrommene i beløpet. Skriv for eksempel 1 250 000."),
        "negative": _("Beløpet kan ikke være negativt."),
        "large": _("Beløpet er for stort. Største beløp er %(largest)s."),
    }

    def __init__(
        self,
        *,
        largest: int = LARGEST_AMOUNT,
        allow_negative: bool = False,
        **kwargs: Any,
    ) -> None:
        self.largest, self.allow_negative = largest, allow_negative
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = _UNIT.sub("", str(value).strip())
        if not text:
            return None
        if not _GROUPED.fullmatch(text):
            raise self._refusal(text)
        digits = _SPACES.sub("", text).replace(wording.MINUS, "-")
        # int() of a very long string is slow and Python refuses it; the length says enough.
        if len(digits.lstrip("-0")) > len(str(self.largest)):
            raise self._error("negative" if digits.startswith("-") else "large")
        return int(digits)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < 0 and not self.allow_negative:
            raise self._error("negative")
        if abs(value) > self.largest:
            raise self._error("large")

    def _refusal(self, text: str) -> ValidationError:
        """Which of the messages helps this writer most."""
        if re.fullmatch(r"[-\u2212]?[0-9]{1,3}(?:\.[0-9]{3})+", text):
            return self._error("dots")
        if _FRACTION.fullmatch(text):
            return self._error("whole")
        if re.fullmatch(r"[-\u2212]?[0-9 \u00a0\u2009\u202f]+", text):
            return self._error("groups")
        return self._error("number")

    def _error(self, code: str) -> ValidationError:
        params = {"largest": wording.kroner(self.largest)}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


# --- Text ----------------------------------------------------------------------------------------
def refused_characters(text: str) -> list[str]:
    """Control characters that no text needs. Line breaks and tabs are fine, and so are emoji."""
    return [
        mark
        for mark in text
        if (unicodedata.category(mark) == "Cc" and mark not in "\n\r\t")
        or unicodedata.category(mark) == "Cs"
    ]


class TextField(forms.Field):
    """Written text (tekst), kept as typed except for spaces at the ends and CR LF → LF.

    The limit counts what the reader counts: one character per line break, one per emoji.
    """

    widget = forms.Textarea
    #: Words beside the label instead of «må fylles ut»/«valgfritt»; empty is no word.
    need_word: str | None = None
    default_error_messages: ClassVar[dict[str, Any]] = {
        "characters": _(
            "Teksten inneholder tegn vi ikke kan lagre (usynlige styretegn). "
            "Skriv teksten på nytt, eller lim den inn som ren tekst."
        ),
    }

    def __init__(
        self,
        *,
        max_length: int = 4000,
        rows: int = 4,
        single_line: bool = False,
        **kwargs: Any,
    ) -> None:
        self.max_length, self.single_line = max_length, single_line
        kwargs.setdefault("widget", forms.TextInput() if single_line else _textarea(rows))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if refused_characters(text):
            raise ValidationError(self.error_messages["characters"], code="characters")
        return " ".join(text.split()) if self.single_line else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        if (over := len(value) - self.max_length) > 0:
            raise ValidationError(too_long(over, self.max_length), code="too_long")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # No maxlength: the browser would cut pasted text without a word.
        return {"data-count": str(self.max_length)} if isinstance(widget, forms.Textarea) else {}


def too_long(over: int, limit: int) -> str:
    """«Teksten er 312 tegn for lang. Grensen er 4 000.»"""
    return ngettext(
        "Teksten er %(over)s tegn for lang. Grensen er %(limit)s.",
        "Teksten er %(over)s tegn for lang. Grensen er %(limit)s.",
        over,
    ) % {"over": wording.number(over), "limit": wording.number(limit)}


def _textarea(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": str(rows)})


# --- Days ----------------------------------------------------------------------------------------
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_DOTTED = re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})")
_WORDED = re.compile(r"(?P<day>[0-9]{1,2})\.?\s*(?P<word>[a-zæøå]{3,9})\.?\s+(?P<year>[0-9]{4})")


class DayInput(forms.TextInput):
    """A text field for a date, shown as people write it: 20.01.2027."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": "12", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else super().format_value(value)


class DayField(forms.Field):
    """A date (dato): 20.01.2027, 20. januar 2027 or 2027-01-20. Gives ``date`` or None."""

    widget = DayInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "format": _("Skriv datoen som dag, måned og år, for eksempel 20.01.2027."),
        "calendar": _("Datoen finnes ikke i kalenderen. Sjekk dag og måned."),
        "year": _("Skriv et år mellom 1900 og 2100."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        year, month, day_of_month = self._parts(" ".join(str(value).split()).lower())
        if not 1900 <= year <= 2100:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return date(year, month, day_of_month)
        except ValueError:
            raise ValidationError(self.error_messages["calendar"], code="calendar") from None

    def _parts(self, text: str) -> tuple[int, int, int]:
        if found := _ISO.fullmatch(text) or _DOTTED.fullmatch(text):
            return int(found["year"]), int(found["month"]), int(found["day"])
        found = _WORDED.fullmatch(text)
        month = _month_named(found["word"]) if found else None
        if not found or month is None:
            raise ValidationError(self.error_messages["format"], code="format")
        return int(found["year"]), month, int(found["day"])

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def _month_named(word: str) -> int | None:
    """1–12 from «januar» or «jan», Norwegian or English; None when no month begins so."""
    for names in (wording.MONTHS["nb"], wording.MONTHS["en"]):
        for number, name in enumerate(names, start=1):
            if name.lower().startswith(word):
                return number
    return None


# --- Numbers with a check digit ------------------------------------------------------------------
class _CheckedNumberField(forms.CharField):
    """Digits whose last one proves the others (modulus 11). Kept without spaces and stops."""

    length = 0

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "size": "16"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = re.sub(r"[\s.\u00a0\u2009\u202f]", "", str(value or ""))
        if not text:
            return str(super().clean(text))
        if not re.fullmatch(r"[0-9]+", text) or len(text) != self.length:
            raise ValidationError(self.error_messages["digits"], code="digits")
        if not self.is_valid(text):
            raise ValidationError(self.error_messages["check"], code="check")
        return str(super().clean(text))

    def is_valid(self, digits: str) -> bool:
        raise NotImplementedError


class OrgnrField(_CheckedNumberField):
    """An organisation number (organisasjonsnummer): nine digits with a check digit."""

    length = 9
    default_error_messages: ClassVar[dict[str, Any]] = {
        "digits": _("Et organisasjonsnummer har ni siffer, for eksempel 974 760 673."),
        "check": _("Organisasjonsnummeret stemmer ikke. Sjekk at alle sifrene er riktige."),
    }

    def is_valid(self, digits: str) -> bool:
        return not digits.startswith("0") and bool(orgnr.is_valid(digits))


class AccountNumberField(_CheckedNumberField):
    """A bank account number (kontonummer): eleven digits with a check digit."""

    length = 11
    default_error_messages: ClassVar[dict[str, Any]] = {
        "digits": _("Et kontonummer har elleve siffer, for eksempel 8601 11 17947."),
        "check": _("Kontonummeret stemmer ikke. Sjekk at alle sifrene er riktige."),
    }

    def is_valid(self, digits: str) -> bool:
        return int(digits) > 0 and bool(kontonr.is_valid(digits))
