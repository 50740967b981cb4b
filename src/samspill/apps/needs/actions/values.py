"""From what was sent to what is stored (verdier): one check for form, API and import alike."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.needs.actions.saved import Refused
from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.catalogue import field_named, years_of
from samspill.apps.needs.queries.fields import Field, FieldKind
from samspill.apps.organisations.models import Unit
from samspill.shared.design.forms import refused_characters, too_long

#: Kroner in one cell: 0 ≤ amount < 10^12.
LARGEST_AMOUNT = 10**12 - 1
LONGEST_DESCRIPTION = 200


def canonical(report: NeedsReport, name: str, value: Any) -> Any:
    """The value as it is stored. Raises Refused, with words, for what cannot be; KeyError for a
    field that does not exist.
    """
    each = field_named(name)
    part = name.partition(".")[2]
    if each.name == "budget":
        return _budget(report, name, part, value)
    if each.kind not in CLEANERS or bool(part) != each.in_parts:
        raise KeyError(name)
    if part and not _is_part(report, each, part):
        raise KeyError(name)
    return CLEANERS[each.kind](report, each, value)


def _is_part(report: NeedsReport, each: Field, part: str) -> bool:
    if each.kind is FieldKind.COUNT_BY_GROUP:
        return part in each.choices
    return part in {str(year) for year in years_of(report)}


def _text(report: NeedsReport, each: Field, value: Any) -> str:
    return text(value, longest=each.max_length, single_line=each.kind is FieldKind.LINE)


def text(value: Any, *, longest: int, single_line: bool = False) -> str:
    """Text as it is kept: LF, no spaces at the ends, no control characters, not too long."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(_("Skriv tekst her."))
    kept = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if refused_characters(kept):
        raise Refused(
            _(
                "Teksten inneholder tegn vi ikke kan lagre (usynlige styretegn). "
                "Skriv teksten på nytt, eller lim den inn som ren tekst."
            )
        )
    kept = " ".join(kept.split()) if single_line else kept
    if len(kept) > longest:
        raise Refused(too_long(len(kept) - longest, longest))
    return kept


def _choice(report: NeedsReport, each: Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if not isinstance(value, str) or value not in each.choices:
        raise Refused(_("Velg et av svarene i lista."))
    return value


def _choices(report: NeedsReport, each: Field, value: Any) -> list[str]:
    chosen = list(value or ())
    if any(not isinstance(code, str) or code not in each.choices for code in chosen):
        raise Refused(_("Velg blant svarene i lista."))
    return [code for code in each.choices if code in chosen]


def _yes_no(report: NeedsReport, each: Field, value: Any) -> bool | None:
    known = {None: None, "": None, True: True, False: False, "yes": True, "no": False}
    if (isinstance(value, (list, dict, int)) and not isinstance(value, bool)) or value not in known:
        raise Refused(_("Svar ja eller nei."))
    return known[value]


def _check(report: NeedsReport, each: Field, value: Any) -> bool:
    if value not in (None, "", True, False):
        raise Refused(_("Kryss av eller la stå tomt."))
    return bool(value)


def _date(report: NeedsReport, each: Field, value: Any) -> str | None:
    if value in (None, ""):
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(_("Skriv datoen som dag, måned og år, for eksempel 20.01.2027.")) from None
    if not 1900 <= day.year <= 2100:
        raise Refused(_("Skriv et år mellom 1900 og 2100."))
    return date(day.year, day.month, day.day).isoformat()


def kroner(value: Any) -> int | None:
    """Whole kroner, 0 ≤ amount < 10^12; nothing else is money here."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(_("Skriv hele kroner, uten øre."))
    if value < 0:
        raise Refused(_("Beløpet kan ikke være negativt."))
    if value > LARGEST_AMOUNT:
        raise Refused(_("Beløpet er for stort."))
    return value


def _kroner(report: NeedsReport, each: Field, value: Any) -> int | None:
    return kroner(value)


def _number(report: NeedsReport, each: Field, value: Any) -> int | None:
    if value is None or value == "":
        if each.name == "years":
            raise Refused(_("Velg hvor mange år tiltaket gjelder."))
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(_("Skriv et helt tall."))
    if not each.smallest <= value <= each.largest:
        raise Refused(
            _("Skriv et tall fra {smallest} til {largest}.").format(
                smallest=each.smallest, largest=each.largest
            )
        )
    return value


def _units(report: NeedsReport, each: Field, value: Any) -> list[int]:
    """Units in the report's county: of the owner, of the network, or private ones they reach."""
    chosen = _ids(value)
    known = Unit.objects.filter(pk__in=chosen, municipality__county=report.cycle.county_id)
    if known.count() != len(chosen):
        raise Refused(_("Velg blant barnehagene og skolene i lista."))
    return chosen


def _needs(report: NeedsReport, each: Field, value: Any) -> list[int]:
    chosen = _ids(value)
    if report.owner.needs.filter(pk__in=chosen).count() != len(chosen):
        raise Refused(_("Velg blant kompetansebehovene deres."))
    return chosen


def _ids(value: Any) -> list[int]:
    """Ids, or the rows themselves, as sorted ids without doubles."""
    try:
        chosen = sorted({int(getattr(each, "pk", each)) for each in value or ()})
        if any(not 0 < each < 2**63 for each in chosen):
            raise ValueError
        return chosen
    except (TypeError, ValueError):
        raise Refused(_("Velg blant svarene i lista.")) from None


def _budget(report: NeedsReport, name: str, part: str, value: Any) -> Any:
    line_id, _dot, what = part.partition(".")
    if line_id not in {str(line.pk) for line in report.budget.all()}:
        raise Refused(_("Noen har tatt bort denne budsjettlinja."))
    if what == "description":
        return text(value, longest=LONGEST_DESCRIPTION, single_line=True)
    if what in ("receiver", "payee"):
        return _party(report, what, value)
    if what not in {str(year) for year in years_of(report)}:
        raise KeyError(name)
    return kroner(value)


def _party(report: NeedsReport, what: str, value: Any) -> int | None:
    if value in (None, "") and what == "payee":
        return None
    chosen = _ids([value] if value not in (None, "") else [])
    if not chosen or chosen[0] not in parties_of(report):
        raise Refused(_("Velg en av eierne eller partnerne i meldingen."))
    return chosen[0]


def parties_of(report: NeedsReport) -> set[int]:
    """Ids of those who may receive or be paid: the owner, the network and the partners."""
    return {
        report.owner_id,
        *(row.owner_id for row in report.network.all()),
        *(row.environment_id for row in report.partners.all()),
    }


Cleaner = Callable[[NeedsReport, Field, Any], Any]
CLEANERS: dict[FieldKind, Cleaner] = {
    FieldKind.LINE: _text,
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHECK: _check,
    FieldKind.DATE: _date,
    FieldKind.KRONER: _kroner,
    FieldKind.NUMBER: _number,
    FieldKind.KRONER_BY_YEAR: _kroner,
    FieldKind.COUNT_BY_GROUP: _number,
    FieldKind.PHASES_BY_YEAR: _choices,
    FieldKind.UNITS: _units,
    FieldKind.NEEDS: _needs,
}
