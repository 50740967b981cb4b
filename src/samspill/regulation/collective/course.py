"""Rules on a measure's course over the years, and on time: K02–K04, B02, K13."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from samspill.regulation.calendar import received_in_time
from samspill.regulation.collective.case import SINCE, ReportCase, written
from samspill.regulation.collective.facts import Phase, ReturnFacts
from samspill.regulation.rule import Outcome, Severity, bad, good, rule, unclear
from samspill.regulation.text import Day, Listed, gettext_noop

ORDER = tuple(Phase)


@rule(
    id="K02",
    since=SINCE,
    says=gettext_noop(
        "Fasene er analysere, planlegge og forankre, og gjennomføre. Ett år har høyst så mange "
        "faser som "
        "planen sier."
    ),
    refs=("plan",),
    severities=(Severity.ERROR,),
)
def few_phases_in_a_year(case: ReportCase) -> Iterator[Outcome]:
    """Two phases in a year under Nordland's draft; a year with money has at least one to judge."""
    years = sorted({*case.facts.requested_years, *case.facts.phases})
    if not years:
        yield unclear(
            gettext_noop("Fasene er ikke valgt, så dette kan ikke vurderes ennå."),
            gettext_noop("Velg fasene for hvert år."),
            field="phases",
            missing="phases",
        )
    for year in years:
        yield _phases_of(case, year, case.facts.phases.get(year, frozenset()))


def _phases_of(case: ReportCase, year: int, phases: frozenset[str]) -> Outcome:
    unknown = sorted(phases - set(ORDER))
    facts: dict[str, Any] = {
        "year": year,
        "most": case.plan.phases_per_year,
        "count": len(phases),
    }
    if unknown:
        return bad(
            gettext_noop("I {year} står det en fase vi ikke kjenner: {unknown}."),
            gettext_noop("Velg blant de tre fasene."),
            field="phases",
            unknown=Listed(unknown),
            **facts,
        )
    if not phases:
        return unclear(
            gettext_noop("Dere har ikke valgt fase for {year}."),
            gettext_noop("Velg hvilke faser tiltaket er i dette året."),
            field="phases",
            missing="phases",
            **facts,
        )
    if len(phases) > case.plan.phases_per_year:
        return bad(
            gettext_noop("I {year} har dere valgt {count} faser. Det kan være høyst {most}."),
            gettext_noop("Flytt en fase til et annet år."),
            field="phases",
            **facts,
        )
    return good(
        gettext_noop("I {year} er tiltaket i {count} av høyst {most} faser."),
        field="phases",
        **facts,
    )


@rule(
    id="K03",
    since=SINCE,
    says=gettext_noop("Fasene går framover fra år til år."),
    refs=("plan",),
    severities=(Severity.WARNING,),
)
def phases_go_forwards(case: ReportCase) -> Iterator[Outcome]:
    """Neither the earliest nor the latest phase of a year lies before that of the year before."""
    known = {
        year: sorted(ORDER.index(Phase(phase)) for phase in phases if phase in set(ORDER))
        for year, phases in sorted(case.facts.phases.items())
    }
    steps = [(year, order) for year, order in known.items() if order]
    if not steps:
        yield unclear(
            gettext_noop("Fasene er ikke valgt, så dette kan ikke vurderes ennå."),
            gettext_noop("Velg fasene for hvert år."),
            field="phases",
            missing="phases",
        )
        return
    back = False
    for (before, early), (after, late) in pairwise(steps):
        if late[0] < early[0] or late[-1] < early[-1]:
            back = True
            yield bad(
                gettext_noop("Fasene går bakover fra {before} til {after}."),
                gettext_noop(
                    "Se om fasene er satt på riktig år. Er det meningen, forklar hvorfor i planen."
                ),
                field="phases",
                before=before,
                after=after,
            )
    if not back:
        yield good(gettext_noop("Fasene går framover."), field="phases")


@rule(
    id="K04",
    since=SINCE,
    says=gettext_noop(
        "Et tiltak får penger i høyst så mange år som planen sier. Deretter trengs et nytt tiltak "
        "med ny vurdering."
    ),
    refs=("plan",),
    severities=(Severity.ERROR, Severity.WARNING),
)
def few_years_with_money(case: ReportCase) -> Iterator[Outcome]:
    """Years already granted and years now asked for, together at most three in Nordland's draft."""
    facts = case.facts
    if facts.granted_cycles is None:
        yield unclear(
            gettext_noop("Vi vet ikke hvilke år tiltaket har fått penger før."),
            gettext_noop("Oppgi tidligere tildelinger for tiltaket."),
            field="budget",
            missing="granted_cycles",
            severity=Severity.WARNING,
        )
        return
    if not facts.requested_years:
        return
    years = sorted(facts.granted_cycles | set(facts.requested_years))
    most = case.plan.maximum_years
    known: dict[str, Any] = {"count": len(years), "most": most, "years": Listed(years)}
    if len(years) <= most:
        yield good(
            gettext_noop("Tiltaket går over {count} av høyst {most} år."), field="budget", **known
        )
        return
    yield bad(
        gettext_noop("Tiltaket vil få penger i {count} år: {years}. Det kan være høyst {most}."),
        gettext_noop(
            "Ta bort årene etter det siste tillatte. Er behovet der fortsatt, vurder det på nytt "
            "og meld et nytt tiltak."
        ),
        field="budget",
        **known,
    )


@rule(
    id="B02",
    since=SINCE,
    says=gettext_noop(
        "Etter det siste tillatte året må behovet vurderes på nytt: et nytt tiltak med en "
        "vurdering datert etter at det siste året begynte."
    ),
    refs=("plan", "local_need"),
    severities=(Severity.ERROR,),
)
def new_measure_has_a_new_assessment(case: ReportCase) -> Iterator[Outcome]:
    """An assessment from before the third year cannot carry a fourth (K04)."""
    years = sorted(case.facts.follows_cycles)
    if len(years) < case.plan.maximum_years:
        return
    begins = Day(years[case.plan.maximum_years - 1], 1, 1)
    assessed = case.facts.assessment.made_on
    known: dict[str, Any] = {"years": Listed(years), "begins": begins}
    if assessed is None:
        yield unclear(
            gettext_noop(
                "Tiltaket bygger videre på et som har fått penger i {years}, men den nye "
                "vurderingen har ingen dato."
            ),
            gettext_noop("Skriv når behovet ble vurdert på nytt."),
            field="assessment_date",
            missing="assessment_date",
            **known,
        )
    elif assessed < begins:
        yield bad(
            gettext_noop(
                "Vurderingen er fra {assessed}. Den må være fra {begins} eller senere, for "
                "tiltaket har fått penger i {years}."
            ),
            gettext_noop("Vurder behovet på nytt, og skriv den nye datoen."),
            field="assessment_date",
            assessed=Day.of(assessed),
            **known,
        )
    else:
        yield good(
            gettext_noop("Behovet er vurdert på nytt, {assessed}."),
            field="assessment_date",
            assessed=Day.of(assessed),
            **known,
        )


@rule(
    id="K13",
    since=SINCE,
    says=gettext_noop(
        "Meldingen er sendt før kl. 24.00 på fristdagen. En melding i retur kan sendes på nytt "
        "til datoen i "
        "returen, i de feltene som er nevnt."
    ),
    refs=("other_deadlines",),
    severities=(Severity.ERROR,),
)
def sent_before_midnight(case: ReportCase) -> Iterator[Outcome]:
    """Judged by the first submission, or by ``at`` while there is none; by the return after one."""
    facts = case.facts
    if facts.returned:
        yield from _resent(case, facts.returned)
        return
    if facts.deadline is None:
        yield unclear(
            gettext_noop("Fristen er ikke satt."),
            gettext_noop("Sett frist for behovsmeldinger i årets kalender."),
            field="",
            missing="deadline",
            audience="secretariat",
        )
        return
    extension = facts.extension
    if extension and not written(extension.reason):
        yield bad(
            gettext_noop("Utsettelsen til {until} har ingen begrunnelse, og gjelder derfor ikke."),
            gettext_noop("Skriv hvorfor fristen er utsatt."),
            field="",
            audience="secretariat",
            until=Day.of(extension.until),
        )
    valid = extension is not None and written(extension.reason)
    deadline = max(facts.deadline, extension.until) if extension and valid else facts.deadline
    yield _in_time(case, deadline)


def _in_time(case: ReportCase, deadline: date) -> Outcome:
    known: dict[str, Any] = {"deadline": Day.of(deadline)}
    if received_in_time(case.facts.submitted_at or case.at, deadline):
        return good(gettext_noop("Fristen er {deadline}, kl. 24.00."), field="", **known)
    return bad(
        gettext_noop("Fristen gikk ut {deadline}, kl. 24.00."),
        gettext_noop(
            "Ta kontakt med sekretariatet. Fristen kan bare utsettes enkeltvis, med begrunnelse."
        ),
        field="",
        **known,
    )


def _resent(case: ReportCase, returned: ReturnFacts) -> Iterator[Outcome]:
    until = Day.of(returned.until)
    late = not received_in_time(case.at, returned.until)
    others = sorted(case.facts.changed_fields - returned.fields)
    if late:
        yield bad(
            gettext_noop("Meldingen var i retur. Datoen for å sende den på nytt var {until}."),
            gettext_noop("Ta kontakt med sekretariatet."),
            field="",
            until=until,
        )
    for changed in others:
        yield bad(
            gettext_noop("Dette feltet er endret, men var ikke med i returen."),
            gettext_noop("Sett feltet tilbake slik det var."),
            field=changed,
            changed=changed,
        )
    if not late and not others:
        yield good(
            gettext_noop("Meldingen kan sendes på nytt til og med {until}."), field="", until=until
        )
