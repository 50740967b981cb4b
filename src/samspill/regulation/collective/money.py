"""Rules on a report's money: K01, K05, K08, K17."""

from collections.abc import Iterator
from typing import Any

from samspill.regulation.collective.case import SINCE, ReportCase, written
from samspill.regulation.collective.facts import BudgetKind, BudgetLine, Kind, Party
from samspill.regulation.collective.words import EXTRA_GROUNDS, KINDS
from samspill.regulation.rule import Outcome, Severity, bad, good, rule, unclear
from samspill.regulation.text import Kroner, Listed, Word, gettext_noop

NO_BUDGET = gettext_noop("Budsjettet er tomt, så dette kan ikke vurderes ennå.")
FILL_BUDGET = gettext_noop("Fyll inn budsjettet.")
TRAVEL_WORDS = ("reise", "fly", "ferge", "ferje", "hotell", "overnatting", "diett", "kjøregodt")


def _no_budget(case: ReportCase) -> Outcome | None:
    """The one answer of every money rule while nothing is asked for."""
    if case.facts.requested_years:
        return None
    return unclear(NO_BUDGET, FILL_BUDGET, field="budget", missing="budget")


@rule(
    id="K01",
    since=SINCE,
    says=gettext_noop(
        "Hvert år det søkes om penger, går noe av dem til faglig bidrag fra en partner som har "
        "bekreftet. "
        "Partnerskap med universitet eller høyskole er hovedmodellen."
    ),
    refs=("partnership", "plan"),
    severities=(Severity.ERROR, Severity.INFO),
)
def every_year_pays_a_partner(case: ReportCase) -> Iterator[Outcome]:
    """Nothing is granted to an owner alone: the partner receives, or is named as paid."""
    if empty := _no_budget(case):
        yield empty
        return
    confirmed = {partner.party.id for partner in case.facts.partners if partner.confirmed}
    for year in case.facts.requested_years:
        lines = _lines(case, BudgetKind.PROFESSIONAL, year)
        if any(_paid(line) & confirmed for line in lines):
            yield good(
                gettext_noop("I {year} går det penger til en partner som har bekreftet."),
                field="budget",
                year=year,
            )
        else:
            yield _no_partner(case, year, lines)
    yield from _not_the_main_model(case)


def _lines(case: ReportCase, kind: BudgetKind, year: int) -> list[BudgetLine]:
    return [
        line for line in case.facts.budget if line.kind is kind and line.amounts.get(year, 0) > 0
    ]


def _paid(line: BudgetLine) -> set[str]:
    return {party.id for party in (line.receiver, line.payee) if party}


def _no_partner(case: ReportCase, year: int, lines: list[BudgetLine]) -> Outcome:
    if not lines:
        return bad(
            gettext_noop(
                "Dere søker om {amount} kr i {year}, men ikke noe av det er faglig bidrag."
            ),
            gettext_noop(
                "Legg inn faglig bidrag fra partneren, eller ta bort beløpene for {year}."
            ),
            field="budget",
            year=year,
            amount=Kroner(case.facts.requested(year)),
        )
    paid = {party for line in lines for party in _paid(line)}
    waiting = [p.party.name for p in case.facts.partners if p.party.id in paid]
    if waiting:
        return bad(
            gettext_noop("{names} skal gi faglig bidrag i {year}, men har ikke bekreftet ennå."),
            gettext_noop("Be partneren lese og bekrefte meldingen."),
            field="partners",
            year=year,
            names=Listed(waiting),
        )
    return bad(
        gettext_noop("Det faglige bidraget i {year} går ikke til noen av partnerne i meldingen."),
        gettext_noop("Velg en partner som mottaker, eller som den dere skal betale."),
        field="budget",
        year=year,
    )


def _not_the_main_model(case: ReportCase) -> Iterator[Outcome]:
    partners = [partner.party for partner in case.facts.partners]
    if partners and not any(party.kind == Kind.UNIVERSITY for party in partners):
        yield bad(
            gettext_noop(
                "{names} er ikke universitet eller høyskole. Det er lov, men partnerskap med "
                "slike er hovedmodellen."
            ),
            gettext_noop("Tenk gjennom om et universitet eller en høyskole også bør være med."),
            field="partners",
            severity=Severity.INFO,
            names=Listed(party.name for party in partners),
        )


@rule(
    id="K05",
    since=SINCE,
    says=gettext_noop("Reise og faglig bidrag står på hver sin linje i budsjettet."),
    refs=("plan",),
    severities=(Severity.ERROR, Severity.WARNING),
)
def travel_stands_apart(case: ReportCase) -> Iterator[Outcome]:
    """An unsplit sum is an error; a contribution whose words speak of travel must be looked at."""
    if empty := _no_budget(case):
        yield empty
        return
    asked = [line for line in case.facts.budget if any(line.amounts.values())]
    unsplit = [line for line in asked if line.kind is BudgetKind.UNSPLIT]
    for line in unsplit:
        yield bad(
            gettext_noop("Linjen til {name} blander reise og faglig bidrag: {amount} kr."),
            gettext_noop("Del beløpet på to linjer, én for faglig bidrag og én for reise."),
            field="budget",
            line=line.id,
            name=line.receiver.name,
            amount=Kroner(sum(line.amounts.values())),
        )
    doubtful = [line for line in asked if _speaks_of_travel(line)]
    for line in doubtful:
        yield unclear(
            gettext_noop(
                "«{description}» står som faglig bidrag, men ser ut til å handle om reise."
            ),
            gettext_noop("Flytt reisen til en egen linje, eller skriv teksten om."),
            field="budget",
            missing="travel_share",
            severity=Severity.WARNING,
            line=line.id,
            description=line.description,
        )
    if not unsplit and not doubtful:
        yield good(gettext_noop("Reise og faglig bidrag står hver for seg."), field="budget")


def _speaks_of_travel(line: BudgetLine) -> bool:
    words = line.description.lower().split()
    return line.kind is BudgetKind.PROFESSIONAL and any(w.startswith(TRAVEL_WORDS) for w in words)


@rule(
    id="K08",
    since=SINCE,
    says=gettext_noop(
        "En ekstratildeling har en grunn: lang avstand, og da med reise i budsjettet, eller andre "
        "forhold "
        "som gjør oppfølgingen dyrere. Den er en del av det dere søker om."
    ),
    refs=("plan",),
    severities=(Severity.ERROR,),
)
def extra_has_a_ground(case: ReportCase) -> Iterator[Outcome]:
    """The extra is a marked part of what is asked for, so it is cut when the rest is."""
    facts = case.facts
    years = sorted(year for year, amount in facts.extra_amount.items() if amount > 0)
    if not years:
        return
    problems = [
        *_extra_ground(case, years),
        *(
            _extra_too_big(case, year)
            for year in years
            if facts.extra_amount[year] > facts.requested(year)
        ),
    ]
    yield from problems
    if not problems:
        yield good(gettext_noop("Ekstratildelingen er begrunnet."), field="extra_ground")


def _extra_ground(case: ReportCase, years: list[int]) -> Iterator[Outcome]:
    facts = case.facts
    if facts.extra_ground not in EXTRA_GROUNDS:
        yield bad(
            gettext_noop("Dere søker om ekstratildeling i {years}, men har ikke valgt hvorfor."),
            gettext_noop("Velg lang avstand eller andre forhold, eller sett beløpet til 0."),
            field="extra_ground",
            years=Listed(years),
        )
    elif facts.extra_ground == "distance":
        dry = [year for year in years if facts.total([BudgetKind.TRAVEL], year) <= 0]
        if dry:
            yield bad(
                gettext_noop("Grunnen er lang avstand, men budsjettet har ingen reise i {years}."),
                gettext_noop("Legg inn reisen på en egen linje, eller velg en annen grunn."),
                field="budget",
                years=Listed(dry),
            )
    elif not written(facts.extra_explanation):
        yield bad(
            gettext_noop(
                "Dere har ikke skrevet hva som gjør det dyrere for partneren å følge opp."
            ),
            gettext_noop("Beskriv forholdene med noen setninger."),
            field="extra_explanation",
        )


def _extra_too_big(case: ReportCase, year: int) -> Outcome:
    return bad(
        gettext_noop(
            "Ekstratildelingen i {year} er {extra} kr, men dere søker bare om {amount} kr i alt."
        ),
        gettext_noop("Ekstratildelingen er en del av summen. Sett den ned, eller rett budsjettet."),
        field="extra_amount",
        year=year,
        extra=Kroner(case.facts.extra_amount[year]),
        amount=Kroner(case.facts.requested(year)),
    )


@rule(
    id="K17",
    since=SINCE,
    says=gettext_noop("De som skal ha pengene, er mottakere forskriften nevner."),
    refs=("receivers",),
    severities=(Severity.ERROR,),
)
def receivers_are_of_the_kinds(case: ReportCase) -> Iterator[Outcome]:
    """Six kinds under KOLL, eight under VGO; an unconfirmed actor cannot be judged."""
    asked = [line for line in case.facts.budget if any(line.amounts.values())]
    receivers = {line.receiver.id: line.receiver for line in asked}
    if not receivers:
        yield unclear(NO_BUDGET, FILL_BUDGET, field="budget", missing="budget")
        return
    answers = [answer for party in receivers.values() for answer in _receiver(case, party)]
    yield from answers
    if not answers:
        yield good(gettext_noop("Alle mottakerne kan få tilskudd."), field="budget")


def _receiver(case: ReportCase, party: Party) -> Iterator[Outcome]:
    facts: dict[str, Any] = {"name": party.name, "kind": Word(KINDS.get(party.kind, party.kind))}
    if party.kind == Kind.UNKNOWN or not party.confirmed:
        yield unclear(
            gettext_noop(
                "Vi vet ikke sikkert hvem {name} er. Organisasjonsnummer eller godkjenning er "
                "ikke bekreftet."
            ),
            gettext_noop("Be sekretariatet bekrefte aktøren, eller velg en annen mottaker."),
            field="budget",
            missing="receiver_confirmed",
            **facts,
        )
    elif party.kind not in case.scheme.receivers:
        yield bad(
            gettext_noop("{name} er {kind} og kan ikke få tilskudd i denne ordningen."),
            gettext_noop("Velg en annen mottaker."),
            field="budget",
            **facts,
        )
    elif party.kind == Kind.TRAINING_COMPANY and not party.active_contracts:
        yield bad(
            gettext_noop("{name} har ingen aktive lærekontrakter vi kjenner til."),
            gettext_noop("Bekreft kontraktene, eller velg en annen mottaker."),
            field="budget",
            **facts,
        )
