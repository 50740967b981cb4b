"""Rules on what a report says: K09–K12, K15, K16, K18."""

from collections.abc import Iterator

from samspill.regulation.collective.case import SINCE, ReportCase, written
from samspill.regulation.collective.facts import SPECIAL_NEEDS, SamiAnswer
from samspill.regulation.collective.words import TARGET_GROUPS
from samspill.regulation.rule import Outcome, Severity, bad, good, rule, unclear
from samspill.regulation.text import Listed, Word, gettext_noop


@rule(
    id="K09",
    since=SINCE,
    says=gettext_noop(
        "Ansatte og ledere har vært med på å vurdere behovene. Tillitsvalgte også, eller det står "
        "hvordan "
        "de ansatte er hørt der det ikke finnes tillitsvalgt."
    ),
    refs=("staff_involved", "plan"),
    severities=(Severity.ERROR,),
)
def staff_took_part(case: ReportCase) -> Iterator[Outcome]:
    """Three groups, each answered yes; without a union representative, how staff were heard."""
    assessment = case.facts.assessment
    yield _took_part(
        assessment.staff,
        gettext_noop("Ansatte har vært med på vurderingen."),
        gettext_noop("Ansatte har ikke vært med på vurderingen."),
        gettext_noop("Dere har ikke svart på om ansatte har vært med på vurderingen."),
        "assessment_staff",
    )
    yield _took_part(
        assessment.leaders,
        gettext_noop("Ledere har vært med på vurderingen."),
        gettext_noop("Ledere har ikke vært med på vurderingen."),
        gettext_noop("Dere har ikke svart på om ledere har vært med på vurderingen."),
        "assessment_leaders",
    )
    if assessment.no_union and not assessment.unions:
        yield _heard_without_union(assessment.union_none_how_heard)
        return
    yield _took_part(
        assessment.unions,
        gettext_noop("Tillitsvalgte har vært med på vurderingen."),
        gettext_noop("Tillitsvalgte har ikke vært med på vurderingen."),
        gettext_noop("Dere har ikke svart på om tillitsvalgte har vært med på vurderingen."),
        "assessment_unions",
    )


def _took_part(answer: bool | None, yes: str, no: str, silent: str, field: str) -> Outcome:
    if answer is None:
        return unclear(silent, gettext_noop("Svar ja eller nei."), field=field, missing=field)
    if answer:
        return good(yes, field=field)
    return bad(
        no, gettext_noop("Ta dem med i vurderingen før dere sender, og svar så ja."), field=field
    )


def _heard_without_union(how: str) -> Outcome:
    if written(how):
        return good(
            gettext_noop("Det står hvordan de ansatte er hørt uten tillitsvalgt."),
            field="union_none_how_heard",
        )
    return bad(
        gettext_noop(
            "Dere har ingen tillitsvalgt, men har ikke skrevet hvordan de ansatte er hørt."
        ),
        gettext_noop("Skriv hvordan de ansatte fikk si sin mening."),
        field="union_none_how_heard",
    )


@rule(
    id="K10",
    since=SINCE,
    says=gettext_noop(
        "Meldingen svarer på hvordan PP-tjenesten er ivaretatt. Det må svares når tiltaket er "
        "tverrfaglig "
        "eller gjelder spesialpedagogikk, og bør svares ellers."
    ),
    refs=("plan",),
    severities=(Severity.ERROR, Severity.WARNING),
)
def pp_service_is_answered(case: ReportCase) -> Iterator[Outcome]:
    """Empty is an error for special needs and interdisciplinary measures, else a warning."""
    facts = case.facts
    if written(facts.pp_answer):
        yield good(gettext_noop("Dere har svart på spørsmålet om PP-tjenesten."), field="pp_answer")
        return
    required = SPECIAL_NEEDS in facts.themes or facts.category == "interdisciplinary"
    if not required and not facts.category:
        yield unclear(
            gettext_noop(
                "Dere har ikke svart om PP-tjenesten. Om svaret er påkrevd, avhenger av kategorien."
            ),
            gettext_noop("Velg kategori, og svar på hvordan PP-tjenesten er ivaretatt."),
            field="pp_answer",
            missing="category",
            severity=Severity.WARNING,
        )
        return
    yield bad(
        gettext_noop("Dere har ikke svart på hvordan PP-tjenesten er ivaretatt."),
        gettext_noop("Velg et svar. Skriv gjerne en setning om hvordan."),
        field="pp_answer",
        severity=Severity.ERROR if required else Severity.WARNING,
    )


@rule(
    id="K11",
    since=SINCE,
    says=gettext_noop(
        "Meldingen svarer på hvordan samiske perspektiver er ivaretatt i vurderingen. "
        "«Ikke relevant» trenger en grunn. Det gjelder alle eiere."
    ),
    refs=("sami",),
    severities=(Severity.ERROR, Severity.INFO),
)
def sami_perspectives_are_answered(case: ReportCase) -> Iterator[Outcome]:
    """Asked of every owner; owners in the Sámi administrative area get guidance as well."""
    yield _sami_answer(case.facts.sami_answer, case.facts.sami_reason)
    inside = [owner.party.name for owner in case.facts.owners if owner.sami_area]
    if inside:
        yield bad(
            gettext_noop("{names} hører til forvaltningsområdet for samiske språk."),
            gettext_noop(
                "Skriv gjerne hvilket samisk språk det gjelder, hvem dere har snakket med, og hva "
                "barn og "
                "ansatte trenger."
            ),
            field="sami_answer",
            severity=Severity.INFO,
            refs=("sami_area",),
            names=Listed(inside),
        )


def _sami_answer(answer: str, reason: str) -> Outcome:
    if answer not in set(SamiAnswer):
        return bad(
            gettext_noop(
                "Dere har ikke svart på om samiske perspektiver er ivaretatt i vurderingen."
            ),
            gettext_noop("Velg et svar, og skriv hvordan eller hvorfor ikke."),
            field="sami_answer",
        )
    if written(reason):
        return good(
            gettext_noop("Dere har svart på spørsmålet om samiske perspektiver."),
            field="sami_answer",
        )
    if answer == SamiAnswer.NOT_RELEVANT:
        return bad(
            gettext_noop(
                "Dere har svart at samiske perspektiver ikke er relevante, men har ikke skrevet "
                "hvorfor."
            ),
            gettext_noop("Skriv grunnen, eller velg et annet svar."),
            field="sami_reason",
        )
    return bad(
        gettext_noop(
            "Dere har ikke skrevet hvordan samiske perspektiver er ivaretatt i vurderingen."
        ),
        gettext_noop("Skriv noen setninger om hva dere har gjort."),
        field="sami_reason",
    )


@rule(
    id="K12",
    since=SINCE,
    says=gettext_noop("Tiltaket når ansatte i minst én enhet, og de ansatte hører til målgruppen."),
    refs=("target_group",),
    severities=(Severity.ERROR,),
)
def reaches_staff(case: ReportCase) -> Iterator[Outcome]:
    """At least one unit, at least one person, and only target groups of the scheme."""
    facts = case.facts
    if facts.units is None:
        yield unclear(
            gettext_noop("Vi vet ikke hvilke enheter tiltaket gjelder."),
            gettext_noop("Velg minst én enhet."),
            field="units",
            missing="units",
        )
        return
    problems = [*_no_unit(case), *_no_staff(case)]
    yield from problems
    if not problems:
        yield good(
            gettext_noop("Ansatte som nås: {staff}. Enheter: {count}."),
            field="units",
            staff=sum(facts.staff_by_target_group.values()),
            count=len(facts.units),
        )


def _no_unit(case: ReportCase) -> Iterator[Outcome]:
    if not case.facts.units:
        yield bad(
            gettext_noop("Dere har ikke valgt noen enhet."),
            gettext_noop("Velg minst én barnehage, skole eller tjeneste.")
            if case.scheme_code == "koll"
            else gettext_noop("Velg minst én skole, bedrift eller tjeneste."),
            field="units",
        )


def _no_staff(case: ReportCase) -> Iterator[Outcome]:
    groups = case.facts.staff_by_target_group
    if sum(groups.values()) < 1:
        yield bad(
            gettext_noop("Dere har ikke skrevet hvor mange ansatte tiltaket når."),
            gettext_noop("Skriv et omtrentlig antall for hver målgruppe."),
            field="staff",
        )
    for group in sorted(set(groups) - set(case.scheme.target_groups)):
        yield bad(
            gettext_noop("«{group}» hører ikke til målgruppen for ordningen."),
            gettext_noop("Ta bort gruppen, eller velg en av målgruppene i lista."),
            field="staff",
            group=Word(TARGET_GROUPS.get(group, group)),
        )


@rule(
    id="K15",
    since=SINCE,
    says=gettext_noop("Meldingen viser til eierens kompetanseplan."),
    refs=("plan",),
    severities=(Severity.WARNING,),
)
def linked_to_the_competence_plan(case: ReportCase) -> Iterator[Outcome]:
    """A report ought to grow out of the owner's own plan."""
    if written(case.facts.competence_plan):
        yield good(
            gettext_noop("Meldingen viser til kompetanseplanen deres."), field="competence_plan"
        )
    else:
        yield bad(
            gettext_noop("Meldingen viser ikke til kompetanseplanen deres."),
            gettext_noop("Legg ved planen, eller lenk til den."),
            field="competence_plan",
        )


@rule(
    id="K16",
    since=SINCE,
    says=gettext_noop("Meldingen beskriver hvordan kunnskapen deles."),
    refs=("plan",),
    severities=(Severity.WARNING,),
)
def knowledge_is_shared(case: ReportCase) -> Iterator[Outcome]:
    """What the staff learn should reach colleagues who were not there."""
    if written(case.facts.knowledge_sharing):
        yield good(
            gettext_noop("Dere har beskrevet hvordan kunnskapen deles."), field="knowledge_sharing"
        )
    else:
        yield bad(
            gettext_noop("Dere har ikke beskrevet hvordan kunnskapen skal deles."),
            gettext_noop("Skriv hvordan kolleger og andre enheter får nytte av tiltaket."),
            field="knowledge_sharing",
        )


@rule(
    id="K18",
    since=SINCE,
    says=gettext_noop(
        "Meldingen inneholder behovsvurdering, plan for samarbeidet og eierens egeninnsats."
    ),
    refs=("report_content", "own_effort"),
    severities=(Severity.ERROR,),
)
def three_parts_are_written(case: ReportCase) -> Iterator[Outcome]:
    """The three things the regulation itself asks for; the amount of own effort is optional."""
    facts = case.facts
    if written(facts.assessment.how):
        yield good(
            gettext_noop("Behovsvurderingen er beskrevet."),
            field="assessment_how",
            refs=("report_content",),
        )
    else:
        yield bad(
            gettext_noop("Behovsvurderingen mangler."),
            gettext_noop("Skriv hvordan dere har vurdert behovene, og hva dere fant."),
            field="assessment_how",
            refs=("report_content",),
        )
    if written(facts.partnership_plan):
        yield good(
            gettext_noop("Planen for samarbeidet er beskrevet."),
            field="partnership_plan",
            refs=("report_content",),
        )
    else:
        yield bad(
            gettext_noop("Planen for samarbeidet mangler."),
            gettext_noop("Skriv hvordan dere og kompetansemiljøet skal arbeide sammen."),
            field="partnership_plan",
            refs=("report_content",),
        )
    yield _own_effort(facts.own_effort)


def _own_effort(effort: str) -> Outcome:
    if written(effort):
        return good(
            gettext_noop("Egeninnsatsen er beskrevet."), field="own_effort", refs=("own_effort",)
        )
    return bad(
        gettext_noop("Egeninnsatsen mangler."),
        gettext_noop(
            "Skriv hva dere selv bidrar med, for eksempel tid og ledelse. Beløp er valgfritt."
        ),
        field="own_effort",
        refs=("own_effort",),
    )
