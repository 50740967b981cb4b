"""How numbers, days and lists are said in a finding, in whichever language is asked for.

Every sentence is a template in bokmål with named places, ``{amount}``. The values are small types
that know how they are said; a translation may therefore order the sentence as it likes.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

NBSP = "\u00a0"
Translate = Callable[[str], str]


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation. Django's makemessages looks for this very name."""
    return message


def as_written(message: str) -> str:
    """The translation to bokmål: the sentence as it stands."""
    return message


MONTHS = (
    gettext_noop("januar"),
    gettext_noop("februar"),
    gettext_noop("mars"),
    gettext_noop("april"),
    gettext_noop("mai"),
    gettext_noop("juni"),
    gettext_noop("juli"),
    gettext_noop("august"),
    gettext_noop("september"),
    gettext_noop("oktober"),
    gettext_noop("november"),
    gettext_noop("desember"),
)
WEEKDAYS = (
    gettext_noop("mandag"),
    gettext_noop("tirsdag"),
    gettext_noop("onsdag"),
    gettext_noop("torsdag"),
    gettext_noop("fredag"),
    gettext_noop("lørdag"),
    gettext_noop("søndag"),
)
_DAY = gettext_noop("{day}. {month} {year}")
_AND = gettext_noop("og")


class Kroner(int):
    """Whole kroner, said in groups of three: ``90 000`` with no-break spaces.

    >>> f"{Kroner(1250000)} kr".replace(NBSP, " ")
    '1 250 000 kr'
    """

    def __str__(self) -> str:
        return f"{int(self):,}".replace(",", NBSP).replace("-", "\u2212")

    def __format__(self, spec: str) -> str:
        return str(self)


class Day(date):
    """A Norwegian day, said ``20. januar 2027``."""

    @classmethod
    def of(cls, day: date) -> "Day":
        return cls(day.year, day.month, day.day)

    def said(self, translate: Translate = as_written) -> str:
        month = translate(MONTHS[self.month - 1])
        return translate(_DAY).format(day=self.day, month=month, year=self.year)

    def __str__(self) -> str:
        return self.said()

    def __format__(self, spec: str) -> str:
        return self.said()


class Percent(Fraction):
    """A share, said in per cent with one decimal where it needs one: 2/5 is ``40``."""

    def __str__(self) -> str:
        exact = Decimal(self.numerator * 100) / Decimal(self.denominator)
        rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        whole = rounded == rounded.to_integral_value()
        said = f"{rounded:.0f}" if whole else f"{rounded:.1f}"
        return said.replace(".", ",").replace("-", "\u2212")

    def __format__(self, spec: str) -> str:
        return str(self)


class Word(str):
    """A word of ours (not typed by anyone), so it is translated."""

    __slots__ = ()

    def said(self, translate: Translate = as_written) -> str:
        return translate(str(self)) if self else ""


class Listed(tuple[Any, ...]):
    """Several things said as a list: «2027, 2028 og 2029»."""

    __slots__ = ()

    def said(self, translate: Translate = as_written) -> str:
        parts = [said(part, translate) for part in self]
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {translate(_AND)} {parts[-1]}"

    def __str__(self) -> str:
        return self.said()


def said(value: Any, translate: Translate) -> str:
    """One value as it is read aloud."""
    if isinstance(value, Day | Word | Listed):
        return value.said(translate)
    return str(value)


def plain(value: Any) -> Any:
    """The value as JSON holds it: days as ISO dates, exact shares as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction | Decimal):
        return (
            f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)
        )
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, bool) or value is None:
        return value
    return int(value) if isinstance(value, int) else str(value)


def render(template: str, facts: Mapping[str, Any], translate: Translate = as_written) -> str:
    """The sentence in the language of ``translate``, with its facts filled in.

    The empty template stays empty: gettext answers the empty string with its file header.
    A number and its «kr» are never parted at the end of a line.
    """
    if not template:
        return ""
    values = {name: said(value, translate) for name, value in facts.items()}
    return re.sub(r"(?<=\d) kr\b", f"{NBSP}kr", translate(template).format_map(values))
