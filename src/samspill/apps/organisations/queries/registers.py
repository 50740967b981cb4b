"""What the packaged registers brought: the last loading, its remarks, and the sources."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import County, Organisation, RegisterLoad
from samspill.apps.organisations.queries.directory import (
    office_for,
    possible_receivers,
    reached_county,
)
from samspill.shared.identity.actor import Actor

NLOD = ("NLOD 2.0", "https://data.norge.no/nlod/no/2.0")
CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.no")


@dataclass(frozen=True, slots=True)
class Source:
    """Where some of the data come from (kilde)."""

    what: object
    origin: object
    date: object
    licence: object
    licence_url: str = ""
    note: object = ""


SOURCES = (
    Source(
        _("Barnehager og skoler"),
        _("Utdanningsdirektoratet: barnehageregisteret (NBR) og skoleregisteret (NSR)"),
        _("13. april 2026, sammenlignet med august 2026"),
        *NLOD,
    ),
    Source(
        _("Elever og skoler i hver kommune"),
        _("Utdanningsdirektoratet: Grunnskolens informasjonssystem (GSI)"),
        _("skoleåret 2025–26"),
        *NLOD,
    ),
    Source(
        _("Ansatte og barn i barnehagene i Nordland"),
        _("Utdanningsdirektoratet: Barnehagefakta"),
        _("2023"),
        *NLOD,
    ),
    Source(
        _("Innbyggere, sentralitet og kommunenumre"),
        _("Statistisk sentralbyrå: tabell 07459, Klass 128 og 1236"),
        _("1. januar 2026 og 2024"),
        *CC_BY,
    ),
    Source(_("Grenser for kommuner og fylker"), _("Kartverket"), _("2024"), *CC_BY),
    Source(_("Plassering av kommunesentre"), "GeoNames", _("2026"), *CC_BY),
    Source(
        _("Studiesteder i Nordland og nabofylkene"),
        _("Utdanningsdirektoratet: skoleregisteret (NSR)"),
        _("2026"),
        *NLOD,
        note=_("Noen plasseringer er byens, ikke adressens."),
    ),
    Source(
        _("Målform i kommunene"),
        _("Språkvedtaksforskrifta, Lovdata"),
        _("2. juli 2026"),
        *NLOD,
    ),
    Source(
        _("Forvaltningsområdet for samiske språk"),
        _("Forskrift til sameloven, Lovdata"),
        _("1. januar 2026"),
        *NLOD,
        note=_("Utenfor Nordland: kopi fra 2023."),
    ),
    Source(
        _("Statsforvalterembetene og fylkene de har"),
        _("Statsforvalteren, statsforvalteren.no"),
        _("2024"),
        _("fakta"),
        note=_("Organisasjonsnummer står bare der vi har funnet det bekreftet."),
    ),
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The last loading of a county's registers, ready to be shown."""

    county: County
    office: Organisation | None
    load: RegisterLoad
    remarks: list["ShownRemark"]
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """One reason, how many it struck, and which (org number, name)."""

    text: str
    #: Taken in all the same, with something missing.
    kept: bool
    count: int
    items: list[list[str]]

    @property
    def named(self) -> bool:
        return any(name for _number, name in self.items)


#: reason → (was the unit taken in all the same?, in words)
REASONS = {
    "bad_orgnr": (False, _("Organisasjonsnummeret er feil (kontrollsifferet stemmer ikke)")),
    "u_number": (False, _("Midlertidig nummer som begynner med U")),
    "municipality_2599": (False, _("Kommune 2599 er ingen kommune, men «utlandet»")),
    "county_25": (False, _("Fylke 25 er ikke et fylke, men «utlandet»")),
    "outside_counties": (False, _("Ligger utenfor de 15 fylkene, for eksempel på Svalbard")),
    "unknown_municipality": (False, _("Kommunenummeret finnes ikke etter 2024")),
    "other_unit": (False, _("Verken barnehage, grunnskole eller videregående skole")),
    "inactive": (False, _("Nedlagt eller tatt ut av registeret")),
    "duplicate": (False, _("Samme organisasjonsnummer står to ganger; den første er brukt")),
    "regions_unknown": (False, _("Inndelingen i regioner er ikke kjent for fylket")),
    "environments_unknown": (False, _("Kompetansemiljøene i fylket er ikke kjent")),
    "environments_partly": (
        True,
        _("Bare studiesteder som står i Nordlands fil er kjent; flere kan mangle"),
    ),
    "gone": (True, _("Borte fra registerkopien i august 2026; ført som nedlagt")),
    "no_coordinates": (True, _("Uten koordinater (0,0 i registeret); vises ikke på kart")),
    "no_children_count": (True, _("Barnehage uten barnetall; regnes ikke som 0")),
    "no_pupil_count": (True, _("Skole uten elevtall; regnes ikke som 0")),
    "owner_unknown": (True, _("Privat eier er ukjent; må bekreftes")),
    "owner_unclear": (
        True,
        _("Offentlig, men registeret sier ikke hvem som eier; kommunen er ført opp"),
    ),
    "municipality_number": (
        True,
        _("Kommune uten gyldig organisasjonsnummer; må bekreftes"),
    ),
    "county_municipality_number": (
        True,
        _("Fylkeskommunens organisasjonsnummer er ikke kjent"),
    ),
}


def load_report(actor: Actor, county_id: str) -> LoadReport:
    """What the last loading brought and left out; 404 where nothing is loaded or not in reach."""
    county = reached_county(actor, county_id)
    load = last_load(county.pk)
    if load is None:
        raise Http404
    unconfirmed = possible_receivers(county.pk).filter(confirmed_at=None).count()
    return LoadReport(county, office_for(county.pk), load, _shown(load), unconfirmed)


def _shown(load: RegisterLoad) -> list[ShownRemark]:
    """What was left out first, then what was taken in with something missing; largest first."""
    remarks = [
        ShownRemark(str(REASONS[r["reason"]][1]), REASONS[r["reason"]][0], r["count"], r["items"])
        for r in load.skipped
    ]
    return sorted(remarks, key=lambda r: (r.kept, -r.count, r.text))


def last_load(county_id: str) -> RegisterLoad | None:
    return RegisterLoad.objects.filter(county=county_id).order_by("-at", "-pk").first()
