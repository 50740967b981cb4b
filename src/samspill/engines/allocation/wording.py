"""Sentences with numbers in them, ready for translation (setninger med tall).

A sentence is a template and its facts, kept apart until shown, so that the same reason reads in
bokmål on paper and in nynorsk or English on a page. Amounts are kroner; shares are parts of 1.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

Translate = Callable[[str], str]
NO_BREAK_SPACE = "\u00a0"
NAMED_AT_MOST = 10


def gettext_noop(message: str) -> str:
    """Mark a text for the translators; it is translated where it is shown."""
    return message


CATEGORIES = {
    "kindergarten": gettext_noop("barnehage"),
    "school": gettext_noop("skole"),
    "interdisciplinary": gettext_noop("tverrfaglige tiltak"),
}

AMOUNTS = frozenset({"requested", "granted", "minimum", "exact", "pot", "step", "frame"})
AMOUNTS |= {"committed", "coordination", "available", "excess", "asked", "written", "used"}
SHARES = frozenset({"share", "cap"})
DECIMALS = frozenset({"lambda", "weight"})


@dataclass(frozen=True)
class Sentence:
    """A template with `%(name)s` marks and the facts that fill them."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in plain bokmål."""
        return self.said(gettext_noop)

    def said(self, translate: Translate) -> str:
        """The sentence in the language that `translate` (gettext) speaks."""
        return translate(self.template) % {
            name: _worded(name, fact, translate) for name, fact in self.facts.items()
        }


def read_back(templates: Iterable[str], facts: Mapping[str, Any], text: str) -> Sentence:
    """The sentence that was stored as this text, from whichever template says just that.

    Words that have changed since are kept as they were written then.
    """
    for template in templates:
        try:
            if Sentence(template, facts).text == text:
                return Sentence(template, facts)
        except (KeyError, TypeError, ValueError, ArithmeticError):
            continue
    return Sentence(text.replace("%", "%%"), facts)


def kroner(amount: int) -> str:
    """1250000 → «1 250 000», with no-break spaces and without the unit."""
    return f"{amount:,}".replace(",", NO_BREAK_SPACE)


def per_cent(share: str) -> str:
    """ "0.6849" → «68,4 %». Cut, never rounded up: a pot does not reach further than it does."""
    tenths = (Decimal(share) * 100).quantize(Decimal("0.1"), ROUND_FLOOR)
    return f"{tenths}".replace(".", ",").removesuffix(",0") + f"{NO_BREAK_SPACE}%"


def decimal_text(value: Fraction, places: int = 12) -> str:
    """An exact fraction as a decimal string, cut after so many places: 2/3 → "0.666666666666"."""
    return _point(value.numerator * 10**places // value.denominator, places)


def rounded_text(value: Fraction, places: int = 6) -> str:
    """An exact fraction as a decimal string, rounded half to even: -2/3 → "-0.666667"."""
    return _point(round(value * 10**places), places)


def _point(units: int, places: int) -> str:
    whole, part = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{places}}"


def _worded(name: str, fact: Any, translate: Translate) -> str:
    if name in AMOUNTS:
        return kroner(fact)
    if name in SHARES:
        return per_cent(fact)
    if name in DECIMALS:
        return f"{Decimal(fact):.4f}".rstrip("0").rstrip(".").replace(".", ",")
    if name == "category":
        return translate(CATEGORIES.get(fact, fact))
    if isinstance(fact, list):
        named = ", ".join(fact[:NAMED_AT_MOST])
        return named if len(fact) <= NAMED_AT_MOST else f"{named} …"
    return str(fact)
