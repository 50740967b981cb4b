"""K14: the arithmetic of a report."""

from collections.abc import Iterator

from samspill.regulation.collective.case import SINCE, ReportCase
from samspill.regulation.collective.facts import ReportFacts
from samspill.regulation.rule import Outcome, Severity, bad, good, rule, unclear
from samspill.regulation.text import Kroner, Listed, gettext_noop


@rule(
    id="K14",
    since=SINCE,
    says=gettext_noop(
        "Summene stemmer, ingen beløp er under 0, dere søker om noe, og årene følger hverandre."
    ),
    refs=("standard",),
    severities=(Severity.ERROR,),
)
def sums_add_up(case: ReportCase) -> Iterator[Outcome]:
    """Also: the first year is the cycle's own, and no year's minimum is above what is asked."""
    facts = case.facts
    if not facts.budget:
        yield unclear(
            gettext_noop("Budsjettet er tomt."),
            gettext_noop("Fyll inn budsjettet."),
            field="budget",
            missing="budget",
        )
        return
    problems = [*_negative(facts), *_years(facts), *_stated(facts), *_minimum(facts)]
    yield from problems
    if not problems:
        yield good(
            gettext_noop("Budsjettet stemmer: {amount} kr i {years}."),
            field="budget",
            amount=Kroner(sum(facts.requested(year) for year in facts.years)),
            years=Listed(facts.requested_years),
        )


def _negative(facts: ReportFacts) -> Iterator[Outcome]:
    amounts = [
        *(("budget", amount) for line in facts.budget for amount in line.amounts.values()),
        *(("minimum", amount) for amount in facts.minimum_by_year.values()),
        *(("extra_amount", amount) for amount in facts.extra_amount.values()),
        ("own_effort_amount", facts.own_effort_amount or 0),
    ]
    for field, amount in amounts:
        if amount < 0:
            yield bad(
                gettext_noop("Beløpet {amount} kr er under 0."),
                gettext_noop("Skriv et beløp på 0 kr eller mer."),
                field=field,
                amount=Kroner(amount),
            )


def _years(facts: ReportFacts) -> Iterator[Outcome]:
    years = facts.requested_years
    if not years:
        yield bad(
            gettext_noop("Dere søker ikke om noe. Alle beløpene er 0."),
            gettext_noop("Fyll inn det dere søker om, eller trekk meldingen."),
            field="budget",
        )
        return
    if years[0] != facts.cycle_year:
        yield bad(
            gettext_noop("Det første året med beløp er {first}, men meldingen gjelder {cycle}."),
            gettext_noop("Fyll inn beløp for {cycle}, eller meld behovet i et senere år."),
            field="budget",
            first=years[0],
            cycle=facts.cycle_year,
        )
    gaps = [year for year in range(years[0], years[-1]) if year not in years]
    if gaps:
        yield bad(
            gettext_noop("Årene henger ikke sammen: det er ingen beløp i {years}."),
            gettext_noop("Fyll inn beløp for {years}, eller flytt de senere årene."),
            field="budget",
            years=Listed(gaps),
        )


def _stated(facts: ReportFacts) -> Iterator[Outcome]:
    for year, stated in sorted((facts.stated_requested or {}).items()):
        if stated != facts.requested(year):
            yield bad(
                gettext_noop(
                    "Summen for {year} er oppgitt til {stated} kr, men linjene gir {amount} kr."
                ),
                gettext_noop("Rett summen eller linjene."),
                field="budget",
                year=year,
                stated=Kroner(stated),
                amount=Kroner(facts.requested(year)),
            )


def _minimum(facts: ReportFacts) -> Iterator[Outcome]:
    for year, minimum in sorted(facts.minimum_by_year.items()):
        if minimum > facts.requested(year):
            yield bad(
                gettext_noop(
                    "Det minste dere kan bruke i {year} er {minimum} kr, men dere søker bare om "
                    "{amount} kr."
                ),
                gettext_noop("Sett minstebeløpet til høyst det dere søker om."),
                field="minimum",
                year=year,
                minimum=Kroner(minimum),
                amount=Kroner(facts.requested(year)),
            )
