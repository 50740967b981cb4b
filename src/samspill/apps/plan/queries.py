"""Everything that reads the long-term plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.apps.cycle import queries as cycle_queries
from samspill.apps.cycle.models import Cycle
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import County
from samspill.apps.plan.models import PlanInUse, PlanVersion
from samspill.regulation.plan import PlanParameters
from samspill.shared.design import wording
from samspill.shared.identity.actor import Actor

State = PlanVersion.State
#: Where a value comes from, in words for the page.
SOURCES = {
    "seed": gettext_lazy("utkastet, høsten 2025"),
    "standard": gettext_lazy("produktets standard"),
}
CATEGORIES = {
    "kindergarten": gettext_lazy("barnehage"),
    "school": gettext_lazy("skole"),
    "interdisciplinary": gettext_lazy("tverrfaglig"),
    "general_studies": gettext_lazy("studieforberedende"),
    "vocational_studies": gettext_lazy("yrkesfag"),
}
RECEIVERS = {
    "owner": gettext_lazy("eier"),
    "university_college": gettext_lazy("universitet og høyskole"),
    "vocational_college": gettext_lazy("fagskole"),
    "other": gettext_lazy("andre"),
}
METHODS = {
    "proportional": gettext_lazy("forholdsmessig"),
    "ranked": gettext_lazy("rangert"),
    "optimal": gettext_lazy("beste samlede fordeling"),
}
TIE_BREAKS = {
    "priority": gettext_lazy("prioritet"),
    "score": gettext_lazy("poeng"),
    "id": gettext_lazy("meldingens nummer"),
}


class NoPlanInUse(LookupError):
    """No plan version governs the cycle, so its rules cannot be read."""


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One thing the plan decides: what, the value in words, its source, and whether it is open."""

    name: str
    parts: tuple[str, ...]
    source: str

    @property
    def is_open(self) -> bool:
        return not self.parts


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section in the reader's written form."""

    key: str
    heading: str
    letters: tuple[str, ...]
    blocks: list[tuple[str, Any]]
    open_question: str
    fictive: bool


# --- The plan that governs a year ----------------------------------------------------------------
def version_for(cycle: Cycle) -> PlanVersion | None:
    """The version that governs the cycle, or None while none is chosen."""
    chosen = PlanInUse.objects.filter(cycle=cycle).values("version")
    return PlanVersion.objects.filter(pk__in=chosen).select_related("plan").first()


def parameters_for(cycle: Cycle) -> PlanParameters:
    """The parameters of the plan in use. Raises NoPlanInUse: never a default in silence."""
    version = version_for(cycle)
    if version is None:
        raise NoPlanInUse(f"Cycle {cycle.pk} has no plan in use.")
    return PlanParameters.from_json(version.parameters)


def label_for(cycle: Cycle) -> str:
    """The name of the plan in use, with «fiktivt vedtatt» where it is so; empty without a plan."""
    version = version_for(cycle)
    return version.label if version else ""


def letters_answered(version: PlanVersion) -> Mapping[str, bool]:
    """For each letter of § 9: has a section text on it in both written forms?"""
    answered: dict[str, bool] = {}
    for section in version.sections:
        has_text = bool(section["text_nb"].strip() and section["text_nn"].strip())
        for letter in section["letters"]:
            answered[letter] = answered.get(letter, False) or has_text
    return answered


# --- The public page -----------------------------------------------------------------------------
def counties_with_plans() -> list[County]:
    return list(County.objects.filter(plans__isnull=False).distinct().order_by("number"))


def default_county(actor: Actor, *, chosen: str | None) -> County | None:
    """The visitor's choice, else the mandate's, else the first county that has a plan."""
    shown = {county.pk: county for county in counties_with_plans()}
    for number in (chosen, *sorted(actor.counties)):
        if number in shown:
            return shown[number]
    return next(iter(shown.values()), None)


def county_for(number: str) -> County:
    """The county, or 404."""
    return organisations.county_numbered(number)


def versions_in(county: County) -> list[PlanVersion]:
    """Every version of the county's plans, adopted first, newest first. All are public."""
    found = PlanVersion.objects.filter(plan__county=county).select_related("plan__authority")
    return sorted(found, key=lambda v: (v.plan.scheme != "koll", not v.is_adopted, -v.number))


def version_shown(versions: list[PlanVersion], chosen: str) -> PlanVersion | None:
    """The version asked for (404 if it is not the county's), else the first."""
    if not chosen:
        return versions[0] if versions else None
    found = next((v for v in versions if str(v.pk) == chosen), None)
    if found is None:
        raise Http404
    return found


def chapters_of(version: PlanVersion, language: str) -> list[Chapter]:
    """The sections in nynorsk for those who read it, else bokmål (the plan has no English)."""
    lang = "nn" if language == "nn" else "nb"
    return [
        Chapter(
            key=section["key"],
            heading=section[f"heading_{lang}"],
            letters=tuple(section["letters"]),
            blocks=cycle_queries.blocks(section[f"text_{lang}"]),
            open_question=section.get(f"open_{lang}", ""),
            fictive=section.get("fictive", False),
        )
        for section in version.sections
    ]


def parameter_rows(version: PlanVersion) -> list[ParameterRow]:
    """What the plan decides, value by value, with its source; what is open says so."""
    plan = PlanParameters.from_json(version.parameters)
    rows = [*_shares(plan), *_limits(plan), *_allocation(plan)]
    return [_row(plan, name, value, key) for name, value, key in rows]


#: Name in words, the value in one or more parts (none: an open question), its key in `sources`.
Row = tuple[str, str | list[str], str]


def _row(plan: PlanParameters, name: str, value: str | list[str], key: str) -> ParameterRow:
    parts = [value] if isinstance(value, str) else value
    said = tuple(part for part in parts if part)
    source = str(SOURCES.get(plan.sources.get(key, ""), ""))
    return ParameterRow(name, said, source if said else "")


def _shares(plan: PlanParameters) -> list[Row]:
    share = plan.special_needs_share
    return [
        (_("Veiledende fordeling (§ 9 a)"), _listed(plan.guide, CATEGORIES), "guide"),
        (_("Avvik som tåles"), _points(plan.tolerance), "tolerance"),
        (
            _("Fordeling mellom eier og kompetansemiljø (§ 9 b)"),
            _listed(plan.receiver_shares, RECEIVERS),
            "receiver_shares",
        ),
        (_("Prioriterte tema (§ 9 c)"), list(plan.themes), "themes"),
        (
            _("Andel til spesialpedagogikk og inkluderende praksis (§ 9 c)"),
            "" if share is None else wording.percent(share, decimals=0),
            "special_needs_share",
        ),
    ]


def _limits(plan: PlanParameters) -> list[Row]:
    basis = {"per_owner": _("for hver eier"), "per_measure": _("for hvert tiltak")}
    cap = plan.lock_cap
    coordinator = wording.percent(plan.coordinator_share, decimals=0)
    return [
        (_("Faser i samme år, høyst"), str(plan.phases_per_year), "phases_per_year"),
        (_("År et tiltak kan vare"), str(plan.maximum_years), "maximum_years"),
        (
            _("Koordinator, høyst"),
            _("{share} av en årslønn").format(share=coordinator),
            "coordinator.share",
        ),
        (_("Taket for koordinator gjelder"), basis[plan.coordinator_basis], "coordinator.basis"),
        (
            _("Hvor mye som kan bindes for senere år"),
            "" if cap is None else wording.percent(cap, decimals=0),
            "lock_cap",
        ),
        (_("Regional nøkkel"), _listed(plan.region_key, {}), "region_key"),
        (
            _("Midler til samordning i regionene"),
            [f"{k}: {wording.kroner(v)}" for k, v in plan.region_coordination.items()],
            "region_coordination",
        ),
    ]


def _allocation(plan: PlanParameters) -> list[Row]:
    weights = [
        _("prioritet {number}: vekt {weight}").format(number=key, weight=_decimal(weight))
        for key, weight in sorted(plan.priority_weights.items())
    ]
    criteria = [
        _("{name} (vekt {weight})").format(name=one.name, weight=_decimal(one.weight))
        for one in plan.criteria
    ]
    return [
        (_("Kriterier når behovene er større enn rammen (§ 9 d)"), criteria, "criteria"),
        (_("Metode for fordeling"), str(METHODS[plan.method]), "method"),
        (_("Vekt etter prioritet"), weights, "priority_weights"),
        (
            _("Ved likt resultat avgjør"),
            pgettext("rekkefølge", ", så ").join(
                str(TIE_BREAKS.get(one, one)) for one in plan.tie_breaks
            ),
            "tie_breaks",
        ),
    ]


def _listed(shares: Mapping[str, Any], words: Mapping[str, Any]) -> list[str]:
    return [
        f"{words.get(key, key)} {wording.percent(share, decimals=0)}"
        for key, share in shares.items()
    ]


def _points(share: Any) -> str:
    return _("{points} prosentpoeng").format(points=_decimal(share * 100))


def _decimal(value: Any) -> str:
    text = f"{value.normalize():f}"
    return text if wording.language_of() == "en" else text.replace(".", ",")
