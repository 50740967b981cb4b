"""Rules on who reports and who signs: K19, K20."""

from collections.abc import Iterator
from typing import Any

from samspill.regulation.collective.case import SINCE, ReportCase, written
from samspill.regulation.collective.facts import Kind, OwnerFacts, PartnerFacts
from samspill.regulation.collective.words import KINDS
from samspill.regulation.rule import Outcome, Severity, bad, good, rule, unclear
from samspill.regulation.text import Listed, Word, gettext_noop


@rule(
    id="K19",
    since=SINCE,
    says=gettext_noop("Den som melder behov, er en eier ordningen gjelder for, og er bekreftet."),
    refs=("reporters",),
    severities=(Severity.ERROR,),
)
def reporter_is_an_owner(case: ReportCase) -> Iterator[Outcome]:
    """Under KOLL a municipality, an approved private kindergarten or an approved private school."""
    for owner in case.facts.owners:
        yield _reporter(case, owner)


def _reporter(case: ReportCase, owner: OwnerFacts) -> Outcome:
    party = owner.party
    facts: dict[str, Any] = {
        "name": party.name,
        "kind": Word(KINDS.get(party.kind, party.kind)),
        "allowed": Listed(Word(KINDS[kind]) for kind in Kind if kind in case.scheme.reporters),
    }
    if party.kind == Kind.UNKNOWN or not party.confirmed:
        return unclear(
            gettext_noop(
                "{name} er ikke bekreftet: organisasjonsnummer eller godkjenning mangler."
            ),
            gettext_noop("Be sekretariatet bekrefte eieren før dere sender."),
            field="owners",
            missing="owner_confirmed",
            **facts,
        )
    if party.kind in case.scheme.reporters:
        return good(gettext_noop("{name} kan melde behov."), field="owners", **facts)
    return bad(
        gettext_noop("{name} er {kind} og kan ikke melde behov i denne ordningen."),
        gettext_noop("Disse kan melde behov: {allowed}."),
        field="owners",
        **facts,
    )


@rule(
    id="K20",
    since=SINCE,
    says=gettext_noop(
        "Et universitet eller en høyskole som bekrefter, sier hvordan erfaringene kommer tilbake "
        "til "
        "lærerutdanningen."
    ),
    refs=("teacher_education",),
    severities=(Severity.ERROR,),
)
def experience_returns_to_teacher_education(case: ReportCase) -> Iterator[Outcome]:
    """Asked when the partner co-signs; a partner that has not signed yet is not judged here."""
    for partner in case.facts.partners:
        if partner.confirmed and partner.party.kind == Kind.UNIVERSITY:
            yield _feedback(partner)
        elif partner.confirmed and partner.party.kind == Kind.UNKNOWN:
            yield unclear(
                gettext_noop("Vi vet ikke om {name} er universitet eller høyskole."),
                gettext_noop("Be sekretariatet bekrefte partneren."),
                field="partners",
                missing="partner_kind",
                name=partner.party.name,
            )


def _feedback(partner: PartnerFacts) -> Outcome:
    if written(partner.teacher_education):
        return good(
            gettext_noop(
                "{name} har skrevet hvordan erfaringene kommer tilbake til lærerutdanningen."
            ),
            field="partners",
            name=partner.party.name,
        )
    return bad(
        gettext_noop(
            "{name} har ikke skrevet hvordan erfaringene kommer tilbake til lærerutdanningen."
        ),
        gettext_noop("Skriv hvordan utdanningen lærer av arbeidet, og bekreft så meldingen."),
        field="partners",
        name=partner.party.name,
    )
