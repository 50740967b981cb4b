"""How amounts, dates and times are written (skrivemåten for beløp, datoer og klokkeslett).

Pages, letters, mail and files all write through these functions, so «1 250 000 kr» and
«20. januar 2027» look the same everywhere. They never ask for the time: today is handed in.
Money is whole kroner; times are Oslo time. The same number gives the same text, always.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

OSLO = ZoneInfo("Europe/Oslo")
NBSP = "\u00a0"
MINUS = "\u2212"

_NORWEGIAN_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS = {"nb": _NORWEGIAN_MONTHS, "nn": _NORWEGIAN_MONTHS, "en": _ENGLISH_MONTHS}
WEEKDAYS = {
    "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "nn": ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"],
    "en": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
}
#: Short names are cut, not abbreviated with a full stop: they stand alone in charts and tables.
SHORT_MONTHS = {
    "nb": [
        "jan",
        "feb",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "aug",
        "sep",
        "okt",
        "nov",
        "des",
    ],
    "nn": [
        "jan",
        "feb",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "aug",
        "sep",
        "okt",
        "nov",
        "des",
    ],
    "en": [
        "Jan",
        "Feb",
        "March",
        "April",
        "May",
        "June",
        "July",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ],
}

Amount = int | float | Decimal | Fraction


def language_of(language: str | None = None) -> str:
    """The language to write in: the one asked for, else the reader's, else bokmål."""
    asked = (language or get_language() or "nb")[:2]
    return asked if asked in MONTHS else "nb"


def number(value: int, *, signed: bool = False) -> str:
    """A whole number with no-break spaces between the thousands: «1 250 000»."""
    digits = f"{abs(value):,}".replace(",", NBSP)
    if value < 0:
        return MINUS + digits
    return "+" + digits if signed and value else digits


def kroner(value: int, *, signed: bool = False) -> str:
    """An amount in whole kroner: «1 250 000 kr»."""
    return f"{number(value, signed=signed)}{NBSP}kr"


def percent(share: Amount, *, decimals: int = 1, language: str | None = None) -> str:
    """A share of one as per cent: 0.118 reads «11,8 %». Rounded half up, never half even."""
    step = Decimal(1).scaleb(-decimals)
    exact = (
        Decimal(share.numerator) / Decimal(share.denominator)
        if isinstance(share, Fraction)
        else Decimal(str(share))
    )
    rounded = (exact * 100).quantize(step, ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    text = str(abs(rounded))
    if language_of(language) == "en":
        return f"{sign}{text}%"
    return f"{sign}{text.replace('.', ',')}{NBSP}%"


def norwegian_date(value: date | datetime) -> date:
    """The Norwegian date of a moment: half past midnight in Oslo is still yesterday in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(OSLO).date()
    return value


def day(value: date | datetime, *, language: str | None = None, weekday: bool = False) -> str:
    """A date in words: «20. januar 2027», with weekday «onsdag 20. januar 2027»."""
    when, lang = norwegian_date(value), language_of(language)
    month = MONTHS[lang][when.month - 1]
    stop = "" if lang == "en" else "."
    text = f"{when.day}{stop} {month} {when.year}"
    return f"{WEEKDAYS[lang][when.weekday()]} {text}" if weekday else text


def short_day(value: date | datetime, *, language: str | None = None) -> str:
    """A date without the year, for charts and narrow columns: «20. jan»."""
    when, lang = norwegian_date(value), language_of(language)
    stop = "" if lang == "en" else "."
    return f"{when.day}{stop}{NBSP}{SHORT_MONTHS[lang][when.month - 1]}"


def clock(value: datetime, *, language: str | None = None) -> str:
    """A time of day in Oslo: «kl. 14.32»."""
    local = value.astimezone(OSLO)
    if language_of(language) == "en":
        return f"{local:%H:%M}"
    return f"kl.{NBSP}{local:%H.%M}"


def moment(value: datetime, *, language: str | None = None) -> str:
    """A date and a time: «20. januar 2027 kl. 14.32»."""
    return f"{day(value, language=language)} {clock(value, language=language)}"


def days_left(deadline: date | datetime, today: date | datetime) -> str:
    """Days until a deadline in words: «8 dager igjen», «i dag», «3 dager over fristen»."""
    left = (norwegian_date(deadline) - norwegian_date(today)).days
    if left == 0:
        return _("i dag")
    if left > 0:
        return ngettext("%(days)s dag igjen", "%(days)s dager igjen", left) % {"days": number(left)}
    return ngettext("%(days)s dag over fristen", "%(days)s dager over fristen", -left) % {
        "days": number(-left)
    }
