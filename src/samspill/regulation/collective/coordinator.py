"""Rules on coordinator money (koordinatorfunksjon): K06, K07."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from samspill.regulation import parameters
from samspill.regulation.collective.case import SINCE, ReportCase, written
from samspill.regulation.collective.facts import BudgetKind, ReportFacts
from samspill.regulation.collective.words import COORDINATOR_GROUNDS
from samspill.regulation.rule import Outcome, Severity, bad, good, rule, unclear
from samspill.regulation.text import Kroner, Listed, Percent, gettext_noop


@rule(
    id="K06",
    since=SINCE,
    says=gettext_noop(
        "Koordinatorpengene i et år er høyst planens andel av årslønna 1. januar "
        "(garantilønn, lektor med tillegg, 16 år, uten sosiale utgifter)."
    ),
    refs=("coordinator", "plan"),
    severities=(Severity.ERROR, Severity.WARNING, Severity.INFO),
)
def coordinator_within_the_cap(case: ReportCase) -> Iterator[Outcome]:
    """The cap is floor(share × pay on 1 January). A missing pay is the secretariat's to mend.

    A year after the cycle's own has no pay yet: said as a note, judged in that year's cycle.
    """
    for year in case.facts.years:
        own = case.facts.total([BudgetKind.COORDINATOR], year)
        if own > 0:
            yield _coordinator_year(case, year, own)


def _coordinator_year(case: ReportCase, year: int, own: int) -> Outcome:
    salary = parameters.salary_on(date(year, 1, 1), case.plan.salary_rows)
    if salary is None:
        return _no_salary(case, year)
    per_owner = case.plan.coordinator_basis == "per_owner"
    if per_owner and case.facts.other_coordinator is None:
        return _others_unknown(year)
    other = (case.facts.other_coordinator or {}).get(year, 0) if per_owner else 0
    cap = floor(Fraction(case.plan.coordinator_share) * salary.amount)
    return _against_the_cap(
        own + other,
        cap,
        year=year,
        other=Kroner(other),
        share=Percent(case.plan.coordinator_share),
        salary=Kroner(salary.amount),
        source=salary.source,
    )


def _against_the_cap(amount: int, cap: int, **facts: Any) -> Outcome:
    facts |= {"amount": Kroner(amount), "cap": Kroner(cap), "over": Kroner(amount - cap)}
    if amount <= cap:
        text = gettext_noop("Koordinator i {year}: {amount} kr. Taket er {cap} kr.")
        return good(text, field="budget", **facts)
    text = gettext_noop("Koordinator i {year}: {amount} kr. Taket er {cap} kr.")
    if facts["other"]:
        text = gettext_noop(
            "Koordinator i {year}: {amount} kr, medregnet {other} kr i andre meldinger. "
            "Taket er {cap} kr."
        )
    remedy = gettext_noop("Sett beløpet ned med minst {over} kr.")
    return bad(text, remedy, field="budget", **facts)


def _others_unknown(year: int) -> Outcome:
    return unclear(
        gettext_noop("Vi vet ikke hva dere søker om til koordinator i andre meldinger i {year}."),
        gettext_noop("Oppgi koordinatorpengene i de andre meldingene."),
        field="budget",
        missing="other_coordinator",
        severity=Severity.WARNING,
        year=year,
    )


def _no_salary(case: ReportCase, year: int) -> Outcome:
    if year > case.facts.cycle_year:
        return unclear(
            gettext_noop("Taket for koordinator i {year} er ikke kjent ennå."),
            gettext_noop("Beløpet blir prøvd når {year} skal fordeles."),
            field="budget",
            missing="salary",
            severity=Severity.INFO,
            year=year,
        )
    return unclear(
        gettext_noop(
            "Satsen mangler: lønna som taket for koordinator i {year} regnes av, er ikke lagt inn."
        ),
        gettext_noop(
            "Legg inn garantilønna for lektor med tillegg (16 år) per 1. januar {year}, med kilde."
        ),
        field="budget",
        missing="salary",
        audience="secretariat",
        year=year,
    )


@rule(
    id="K07",
    since=SINCE,
    says=gettext_noop(
        "Koordinatorpenger krever en grunn: lite kapasitet og kompetanse, eller et sammensatt "
        "tiltak. "
        "Grunnen er forklart."
    ),
    refs=("coordinator", "plan"),
    severities=(Severity.ERROR,),
)
def coordinator_has_a_ground(case: ReportCase) -> Iterator[Outcome]:
    """Owners are expected to have the capacity themselves; money for it needs a reason."""
    facts = case.facts
    years = [year for year in facts.years if facts.total([BudgetKind.COORDINATOR], year) > 0]
    if not years:
        return
    asked: dict[str, Any] = {
        "amount": Kroner(sum(facts.total([BudgetKind.COORDINATOR], year) for year in years)),
        "years": Listed(years),
    }
    yield _ground(facts, **asked)


def _ground(facts: ReportFacts, **asked: Any) -> Outcome:
    explained = written(facts.coordinator_explanation)
    if not facts.coordinator_ground and not explained:
        return bad(
            gettext_noop(
                "Grunnen mangler. Dere søker om {amount} kr til koordinator i {years}, "
                "men har ikke skrevet hvorfor."
            ),
            gettext_noop("Skriv grunnen, eller sett beløpet til 0."),
            field="coordinator_ground",
            **asked,
        )
    if facts.coordinator_ground not in COORDINATOR_GROUNDS:
        return bad(
            gettext_noop("Dere har ikke valgt hvorfor dere trenger koordinator i {years}."),
            gettext_noop("Velg lite kapasitet og kompetanse, eller et sammensatt tiltak."),
            field="coordinator_ground",
            **asked,
        )
    if not explained:
        return bad(
            gettext_noop(
                "Forklaringen mangler. Dere søker om {amount} kr til koordinator i {years}."
            ),
            gettext_noop("Forklar grunnen med noen setninger, eller sett beløpet til 0."),
            field="coordinator_explanation",
            **asked,
        )
    text = gettext_noop("Behovet for koordinator er begrunnet.")
    return good(text, field="coordinator_ground", **asked)
