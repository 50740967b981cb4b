"""The register of rules (regelbok) as a page: every rule in words, with reference and date."""

from samspill.regulation import parameters
from samspill.regulation.rule import RULEBOOK, Rule
from samspill.regulation.text import Day, Listed

SEVERITY_WORDS = {"error": "feil", "warning": "advarsel", "info": "merknad"}
HEAD = """# Regelbok

Skrevet av `samspill rulebook` fra koden; endres ikke for hånd. Hver regel har en kode, en setning
på klart språk, hjemmel, datoen den gjelder fra, og hvor alvorlig et brudd er. «Feil» stopper en
sak; «advarsel» og «merknad» gjør det ikke. Hjemlene er for ordningen for barnehage og grunnskole
(KOLL).

| Kode | Regel | Hjemmel | Gjelder fra | Alvorlighet | Navn i koden |
|---|---|---|---|---|---|
"""


def all_rules() -> tuple[Rule, ...]:
    """Every version of every rule, by id and date."""
    return tuple(RULEBOOK[key] for key in sorted(RULEBOOK))


def page() -> str:
    """The page docs/rulebook.md, the same bytes for the same code."""
    return HEAD + "".join(_row(rule) for rule in all_rules())


def _row(rule: Rule) -> str:
    refs = Listed(str(ref) for ref in parameters.places(rule.refs, scheme="koll", on=rule.since))
    severity = ", ".join(SEVERITY_WORDS[each] for each in rule.severities)
    since = Day.of(rule.since)
    return f"| {rule.id} | {rule.says} | {refs} | {since} | {severity} | `{rule.code}` |\n"
