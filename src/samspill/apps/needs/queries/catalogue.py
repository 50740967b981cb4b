"""The eight sections of the form (delene i behovsmeldingen), field by field, and their names."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.fields import Field, FieldKind, Section
from samspill.regulation.collective import words


def _said(names: Mapping[str, str], only: tuple[str, ...] = ()) -> dict[str, Any]:
    """The regulation's own words for codes, translated when shown."""
    return {code: _(word) for code, word in names.items() if not only or code in only}


KOLL_GROUPS = (
    "kindergarten_teachers", "teachers", "leaders", "kindergarten_staff", "school_staff",
    "after_school_staff", "adult_education_staff", "pp_service", "culture_school",
    "other_services",
)  # fmt: skip
CATEGORIES = _said(words.CATEGORIES, ("kindergarten", "school", "interdisciplinary"))
SERVICES: dict[str, Any] = {
    "after_school": _("SFO"),
    "adult_education": _("Opplæring for voksne"),
    "pp_service": _("PP-tjenesten"),
    "culture_school": _("Kulturskolen"),
    "other": _("Andre tjenester"),
}
TARGET_GROUPS = _said(words.TARGET_GROUPS, KOLL_GROUPS)
PHASES = _said(words.PHASES)
BUDGET_KINDS = _said(words.BUDGET_KINDS, ("professional", "travel", "coordinator", "owner_costs"))

ABOUT = Section(
    "about",
    _("Om tiltaket"),
    (
        Field(
            "title", FieldKind.LINE, _("Navn på tiltaket"), max_length=160, column="title",
            help=_("Velg et kort navn som sier hva tiltaket handler om."),
        ),
        Field(
            "category", FieldKind.CHOICE, _("Kategori"), choices=CATEGORIES, column="category",
            help=_(
                "SFO og grunnopplæring for voksne regnes som skole. Tiltak i PP-tjenesten, "
                "kulturskolen eller flere sektorer er tverrfaglige."
            ),
        ),
        Field(
            "years", FieldKind.NUMBER, _("Hvor mange år gjelder tiltaket?"), column="years",
            smallest=1, largest=3,
            help=_("Et tiltak kan få penger i inntil tre år. Dere melder på nytt hvert år."),
        ),
        Field(
            "owners", FieldKind.ROWS, _("Eiere som er med"),
            help=_("Samarbeider dere med andre eiere, kan dere invitere dem hit."),
        ),
        Field(
            "units", FieldKind.UNITS, _("Barnehager og skoler som er med"), column="units",
            help=_("Velg alle som deltar."),
        ),
        Field(
            "services", FieldKind.CHOICES, _("Andre tjenester som er med"), choices=SERVICES,
            column="services",
        ),
        Field(
            "units_note", FieldKind.TEXT, _("Mer om hvem som er med"), max_length=1000,
            column="units_note", rows=2,
            help=_("Valgfritt. Skriv her hvis en enhet ikke står i lista."),
        ),
        Field(
            "staff", FieldKind.COUNT_BY_GROUP, _("Hvor mange ansatte når tiltaket?"),
            choices=TARGET_GROUPS, column="staff", largest=100_000,
            help=_("Skriv omtrentlige tall for hver gruppe. Tomt felt betyr ingen."),
        ),
        Field(
            "own_rank", FieldKind.NUMBER, _("Deres egen prioritering"), column="own_rank",
            smallest=1, largest=99,
            help=_("Har dere flere meldinger: Skriv 1 på den som er viktigst for dere."),
        ),
    ),
)  # fmt: skip
ASSESSMENT = Section(
    "assessment",
    _("Behovsvurdering"),
    (
        Field(
            "assessment_how", FieldKind.TEXT, _("Hvordan har dere vurdert behovene?"),
            max_length=4000, column="how", shared=True, rows=6,
            help=_("Skriv hva dere så på, og hva dere fant. Teksten gjelder alle meldingene "
                   "deres dette året."),
        ),
        Field(
            "assessment_by", FieldKind.TEXT, _("Hvem har gjort vurderingen?"), max_length=1000,
            column="conducted_by", shared=True, rows=2,
            help=_("Skriv roller, ikke navn på personer."),
        ),
        Field(
            "assessment_date", FieldKind.DATE, _("Når var vurderingen ferdig?"),
            column="conducted_on", shared=True, help=_("For eksempel 20.11.2026."),
        ),
        Field(
            "assessment_staff", FieldKind.YES_NO, _("Har ansatte vært med på vurderingen?"),
            column="staff_took_part", shared=True,
        ),
        Field(
            "assessment_leaders", FieldKind.YES_NO, _("Har ledere vært med på vurderingen?"),
            column="leaders_took_part", shared=True,
        ),
        Field(
            "assessment_unions", FieldKind.YES_NO,
            _("Har tillitsvalgte vært med på vurderingen?"),
            column="unions_took_part", shared=True,
        ),
        Field(
            "no_union", FieldKind.CHECK, _("Vi har ingen tillitsvalgt"), column="no_union",
            shared=True,
        ),
        Field(
            "union_none_how_heard", FieldKind.TEXT,
            _("Hvordan er de ansatte hørt uten tillitsvalgt?"), max_length=1000,
            column="no_union_how_heard", shared=True, rows=3,
        ),
        Field(
            "sami_answer", FieldKind.CHOICE,
            _("Er samiske perspektiver ivaretatt i vurderingen?"),
            choices=_said(words.SAMI_ANSWERS), column="sami_answer", shared=True,
            help=_("Alle eiere svarer på dette."),
        ),
        Field(
            "sami_reason", FieldKind.TEXT, _("Hvordan, eller hvorfor ikke?"), max_length=2000,
            column="sami_text", shared=True, rows=3,
        ),
    ),
    _("Behovsvurderingen skrives én gang i året og gjelder alle meldingene deres."),
)  # fmt: skip
PARTNERSHIP = Section(
    "partnership",
    _("Partnerskap"),
    (
        Field(
            "partners", FieldKind.ROWS, _("Partnere"),
            help=_("Velg kompetansemiljøet dere skal samarbeide med. De leser og bekrefter "
                   "meldingen før dere sender den."),
        ),
        Field(
            "partnership_plan", FieldKind.TEXT, _("Plan for samarbeidet"), max_length=4000,
            column="partnership_plan", rows=6,
            help=_("Skriv hvordan dere og partneren skal arbeide sammen, og hvem som gjør hva."),
        ),
        Field(
            "pp_answer", FieldKind.CHOICE, _("Hvordan er PP-tjenesten ivaretatt?"),
            choices=_said(words.PP_ANSWERS), column="pp_answer",
        ),
        Field(
            "pp_note", FieldKind.TEXT, _("Mer om PP-tjenesten"), max_length=1000,
            column="pp_text", rows=3,
        ),
    ),
)  # fmt: skip
AIMS = Section(
    "aims",
    _("Mål og tegn på at det virker"),
    (
        Field(
            "aims", FieldKind.TEXT, _("Hva skal dere oppnå?"), max_length=4000, column="aims",
            help=_("Skriv hva som skal bli bedre for barna, elevene og de ansatte."),
        ),
        Field(
            "signs", FieldKind.TEXT, _("Hvilke tegn ser dere etter?"), max_length=4000,
            column="signs", help=_("Skriv hva dere kan se eller høre når tiltaket virker."),
        ),
        Field(
            "themes", FieldKind.CHOICES, _("Temaer"), choices=_said(words.THEMES),
            column="themes", help=_("Velg alle som passer."),
        ),
        Field(
            "special_needs_share", FieldKind.NUMBER,
            _("Andel spesialpedagogikk og inkluderende praksis"),
            column="special_needs_share", largest=100,
            help=_("Skriv hele prosent. Svar bare hvis dere har valgt dette temaet."),
        ),
        Field(
            "other_theme", FieldKind.LINE, _("Annet tema"), max_length=200,
            column="other_theme",
        ),
    ),
)  # fmt: skip
PHASES_SECTION = Section(
    "phases",
    _("Faser per år"),
    (
        Field(
            "phases",
            FieldKind.PHASES_BY_YEAR,
            _("Faser"),
            choices=PHASES,
            column="phases",
            help=_("Velg høyst to faser for hvert år."),
        ),
    ),
)
BUDGET = Section(
    "budget",
    _("Budsjett og egeninnsats"),
    (
        Field(
            "budget", FieldKind.ROWS, _("Budsjett per år"),
            help=_("Skriv hva dere søker om hvert år, i hele kroner. Reise føres for seg."),
        ),
        Field(
            "coordinator_ground", FieldKind.CHOICE, _("Hvorfor trenger dere koordinator?"),
            choices=_said(words.COORDINATOR_GROUNDS), column="coordinator_ground",
            help=_("Svar bare hvis dere søker om penger til koordinator."),
        ),
        Field(
            "coordinator_explanation", FieldKind.TEXT, _("Forklar behovet for koordinator"),
            max_length=2000, column="coordinator_text", rows=3,
        ),
        Field(
            "own_effort", FieldKind.TEXT, _("Hva bidrar dere med selv?"), max_length=2000,
            column="own_effort", help=_("Beskriv tid, folk og lokaler. Beløp er frivillig."),
        ),
        Field(
            "own_effort_amount", FieldKind.KRONER, _("Verdien av egeninnsatsen"),
            column="own_effort_amount", help=_("Valgfritt. Hele kroner for alle årene."),
        ),
        Field(
            "minimum", FieldKind.KRONER_BY_YEAR, _("Minste beløp som gir mening"),
            column="minimum",
            help=_("Får dere mindre enn dette, regner vi med at tiltaket ikke lar seg "
                   "gjennomføre."),
        ),
        Field(
            "extra_amount", FieldKind.KRONER_BY_YEAR, _("Ekstratildeling"),
            column="extra_amount",
            help=_("Valgfritt. Hvor mye av det dere søker om, er ekstratildeling?"),
        ),
        Field(
            "extra_ground", FieldKind.CHOICE, _("Grunn for ekstratildeling"),
            choices=_said(words.EXTRA_GROUNDS), column="extra_ground",
        ),
        Field(
            "extra_explanation", FieldKind.TEXT, _("Forklar ekstratildelingen"),
            max_length=2000, column="extra_text", rows=3,
        ),
    ),
)  # fmt: skip
SHARING = Section(
    "sharing",
    _("Kunnskapsdeling"),
    (
        Field(
            "knowledge_sharing", FieldKind.TEXT, _("Hvordan deler dere kunnskapen?"),
            max_length=2000, column="knowledge_sharing",
            help=_("Skriv hvordan kolleger og andre enheter får nytte av tiltaket."),
        ),
        Field(
            "competence_plan", FieldKind.TEXT, _("Sammenheng med kompetanseplanen deres"),
            max_length=2000, column="competence_plan", rows=3,
            help=_("Skriv hvor i planen behovet står, eller lenk til planen."),
        ),
        Field(
            "needs", FieldKind.NEEDS, _("Kompetansebehov tiltaket svarer på"), column="needs",
        ),
        Field(
            "further_education", FieldKind.TEXT, _("Sammenheng med videreutdanning"),
            max_length=2000, column="further_education", rows=3, help=_("Valgfritt."),
        ),
        Field("attachments", FieldKind.ROWS, _("Vedlegg"), help=_("Valgfritt.")),
    ),
)  # fmt: skip
REVIEW = Section(
    "review",
    _("Se over og send"),
    (
        Field(
            "accounts",
            FieldKind.ROWS,
            _("Kontonummer"),
            help=_("Hver mottaker legger inn sitt eget kontonummer."),
        ),
    ),
)

#: The eight sections in the order of the form.
SECTIONS = (ABOUT, ASSESSMENT, PARTNERSHIP, AIMS, PHASES_SECTION, BUDGET, SHARING, REVIEW)
FIELDS_BY_NAME: dict[str, Field] = {each.name: each for s in SECTIONS for each in s.fields}
SECTION_OF: dict[str, Section] = {each.name: s for s in SECTIONS for each in s.fields}
#: A finding without a field, or with one nobody asks for, is shown where the report is sent.
ELSEWHERE = REVIEW


def whole(name: str) -> str:
    """The field a part belongs to: `phases.2027` → `phases`."""
    return name.partition(".")[0]


def field_named(name: str) -> Field:
    """The field of a name or of a part's name; KeyError when there is none."""
    return FIELDS_BY_NAME[whole(name)]


def section_of(name: str) -> Section:
    """Where in the form a field, or a finding's field, is found."""
    return SECTION_OF.get(whole(name), ELSEWHERE)


def section_with(code: str) -> Section:
    """The section with this code; KeyError when there is none."""
    return _BY_CODE[code]


_BY_CODE = {section.code: section for section in SECTIONS}


def years_of(report: NeedsReport) -> tuple[int, ...]:
    """The calendar years the report asks for: the cycle's own and those after it."""
    return tuple(range(report.cycle.year, report.cycle.year + report.years))


def part_names(report: NeedsReport, each: Field) -> tuple[str, ...]:
    """The names a field is saved by: its own, or one per year or target group."""
    if each.kind is FieldKind.COUNT_BY_GROUP:
        return tuple(f"{each.name}.{group}" for group in each.choices)
    if each.in_parts:
        return tuple(f"{each.name}.{year}" for year in years_of(report))
    return (each.name,)


def label_of(name: str) -> str:
    """What a field or a part is called on screen, with its year or group."""
    each = field_named(name)
    part = name.partition(".")[2]
    if not part:
        return str(each.label)
    return f"{each.label}: {each.choices.get(part, part)}"
