"""Each rule of the needs report by its id, K01–K08: met, unmet, cannot be judged."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.regulation.calendar import OSLO
from samspill.regulation.collective import (
    FIELDS,
    OwnerFacts,
    PartnerFacts,
    ReportFacts,
    check_report,
)
from samspill.regulation.parameters import UnknownScheme
from samspill.regulation.plan import nordland_draft
from samspill.regulation.rule import Severity
from tests.regulation.reports import (
    BODO,
    FAGSKOLEN,
    JANUARY,
    NORD,
    PLAN,
    PROFESSIONAL,
    REPORT,
    TRAVEL,
    answers,
    coordinator,
    judge,
    line,
)

GROUNDED = {"coordinator_ground": "low_capacity", "coordinator_explanation": "Én i stab."}
EMPTY = ReportFacts(cycle_year=2027, reporter=OwnerFacts(BODO))


def test_the_plainest_report_meets_every_rule():
    findings = check_report(REPORT, at=JANUARY, plan=PLAN)

    assert [f for f in findings if f.met is not True] == []


def test_an_empty_report_is_judged_without_breaking():
    findings = check_report(EMPTY, at=JANUARY, plan=PLAN)

    assert {f.rule_id for f in findings if f.met is True} == {"K19"}
    assert all(f.remedy for f in findings if f.met is not True)


@pytest.mark.parametrize("facts", [EMPTY, REPORT])
def test_every_finding_points_at_a_published_field(facts):
    findings = check_report(facts, at=JANUARY, plan=PLAN)

    assert {f.field for f in findings} - set(FIELDS) <= {""}


def test_no_rule_of_the_scheme_before_the_regulation_began():
    with pytest.raises((UnknownScheme, LookupError)):
        check_report(REPORT, at=datetime(2026, 1, 11, 12, tzinfo=OSLO), plan=PLAN)


# K01


def test_K01_met_when_the_partner_receives():
    assert answers("K01") == [("error", True, "budget")]


def test_K01_met_when_the_owner_receives_and_names_the_partner_as_paid():
    paid = line("professional", {2027: 200_000}, BODO, payee=NORD)

    assert answers("K01", budget=(paid,)) == [("error", True, "budget")]


@pytest.mark.parametrize(
    ("budget", "field"),
    [
        ((line("owner_costs", {2027: 1}, BODO),), "budget"),
        ((line("professional", {2027: 1}, BODO),), "budget"),
        ((line("professional", {2027: 1}, FAGSKOLEN),), "budget"),
        ((line("professional", {2027: 0}), TRAVEL), "budget"),
    ],
)
def test_K01_unmet_when_no_partner_is_paid(budget, field):
    assert answers("K01", budget=budget) == [("error", False, field)]


def test_K01_unmet_while_the_partner_has_not_signed():
    (finding,) = judge("K01", partners=(PartnerFacts(NORD, confirmed=False),))

    assert (finding.met, finding.field) == (False, "partners")
    assert finding.text == (
        "Nord universitet skal gi faglig bidrag i 2027, men har ikke bekreftet ennå."
    )


def test_K01_judges_each_year_by_itself():
    budget = (PROFESSIONAL, line("travel", {2027: 1, 2028: 1}))

    assert [f.met for f in judge("K01", budget=budget)] == [True, False]


def test_K01_notes_that_the_partner_is_no_university():
    partners = (PartnerFacts(FAGSKOLEN, confirmed=True),)
    budget = (line("professional", {2027: 1}, FAGSKOLEN),)

    assert answers("K01", partners=partners, budget=budget) == [
        ("error", True, "budget"),
        ("info", False, "partners"),
    ]


def test_K01_cannot_be_judged_without_a_budget():
    (finding,) = judge("K01", budget=())

    assert (finding.met, finding.facts["missing"]) == (None, "budget")


# K02, K03


@pytest.mark.parametrize(
    ("phases", "answer"),
    [
        ({"analyse"}, ("error", True, "phases")),
        ({"plan", "implement"}, ("error", True, "phases")),
        ({"analyse", "plan", "implement"}, ("error", False, "phases")),
        ({"rest"}, ("error", False, "phases")),
        (set(), ("error", None, "phases")),
    ],
)
def test_K02_at_most_two_of_the_three_phases(phases, answer):
    assert answers("K02", phases={2027: frozenset(phases)}) == [answer]


def test_K02_met_when_the_plan_allows_three():
    three = frozenset({"analyse", "plan", "implement"})

    found = judge("K02", phases={2027: three}, plan=replace(PLAN, phases_per_year=3))

    assert [f.met for f in found] == [True]


@pytest.mark.parametrize(
    ("first", "second", "met"),
    [
        ({"analyse", "plan"}, {"plan", "implement"}, True),
        ({"plan", "implement"}, {"plan", "implement"}, True),
        ({"implement"}, {"analyse"}, False),
        ({"plan", "implement"}, {"analyse", "implement"}, False),
        ({"analyse", "implement"}, {"plan"}, False),
    ],
)
def test_K03_phases_go_forwards(first, second, met):
    phases = {2027: frozenset(first), 2028: frozenset(second)}

    assert answers("K03", phases=phases) == [("warning", met, "phases")]


def test_K03_cannot_be_judged_without_phases():
    assert answers("K03", phases={}) == [("warning", None, "phases")]


# K04, B02


@pytest.mark.parametrize(
    ("granted", "met"),
    [((), True), ((2025, 2026), True), ((2024, 2025, 2026), False), ((2025, 2026, 2027), True)],
)
def test_K04_at_most_three_years_with_money(granted, met):
    assert answers("K04", granted_cycles=frozenset(granted)) == [("error", met, "budget")]


def test_K04_unmet_when_the_years_ahead_make_it_four():
    budget = (line("professional", {2027: 1, 2028: 1, 2029: 1}),)

    (finding,) = judge("K04", budget=budget, granted_cycles=frozenset({2026}))

    assert (finding.met, str(finding.facts["years"])) == (False, "2026, 2027, 2028 og 2029")


def test_K04_cannot_be_judged_when_the_history_is_unknown():
    assert answers("K04", granted_cycles=None) == [("warning", None, "budget")]


@pytest.mark.parametrize(
    ("assessed", "met"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (None, None)],
)
def test_B02_a_fourth_year_needs_an_assessment_from_the_third_or_later(assessed, met):
    assessment = replace(REPORT.assessment, made_on=assessed)

    found = answers("B02", follows_cycles=frozenset({2024, 2025, 2026}), assessment=assessment)

    assert found == [("error", met, "assessment_date")]


def test_B02_says_nothing_before_the_third_year():
    assert answers("B02", follows_cycles=frozenset({2025, 2026})) == []


# K05


def test_K05_met_on_separate_lines():
    assert answers("K05") == [("error", True, "budget")]


def test_K05_unmet_when_one_sum_holds_both():
    (finding,) = judge("K05", budget=(PROFESSIONAL, line("unsplit", {2027: 90_000})))

    assert (finding.met, finding.stops) == (False, True)
    assert "90\u00a0000\u00a0kr" in finding.text


def test_K05_cannot_be_judged_when_a_contribution_speaks_of_travel():
    doubtful = line("professional", {2027: 1}, description="Foredrag og reiseutgifter")

    (finding,) = judge("K05", budget=(doubtful,))

    assert (finding.severity, finding.met, finding.stops) == (Severity.WARNING, None, False)


# K06


def test_K06_met_at_the_cap_to_the_krone():
    assert answers("K06", budget=(PROFESSIONAL, coordinator(120_000))) == [
        ("error", True, "budget")
    ]


def test_K06_unmet_one_krone_above():
    (finding,) = judge("K06", budget=(PROFESSIONAL, coordinator(120_001)))

    assert finding.met is False
    assert finding.remedy == "Sett beløpet ned med minst 1\u00a0kr."


def test_K06_rounds_the_cap_down():
    row = replace(PLAN.salary_rows[0], amount=700_003)  # 15 per cent is 105 000.45
    plan = replace(PLAN, salary_rows=(row,))

    found = [
        judge("K06", budget=(PROFESSIONAL, coordinator(amount)), plan=plan)[0].met
        for amount in (105_000, 105_001)
    ]

    assert found == [True, False]


def test_K06_counts_the_owners_other_reports_unless_the_plan_says_per_measure():
    changes = {
        "budget": (PROFESSIONAL, coordinator(60_000)),
        "other_coordinator": {2027: 60_001},
    }

    per_owner = judge("K06", **changes)
    per_measure = judge("K06", **changes, plan=replace(PLAN, coordinator_basis="per_measure"))

    assert ([f.met for f in per_owner], [f.met for f in per_measure]) == ([False], [True])


def test_K06_uses_the_packaged_rate_in_force_on_1_january_2023():
    found = judge(
        "K06",
        plan=nordland_draft(),
        cycle_year=2023,
        budget=(coordinator(104_700, 2023), coordinator(1, 2023)),
    )

    assert (found[0].met, int(found[0].facts["cap"])) == (False, 104_700)


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_K06_cannot_be_judged_without_a_rate_and_never_takes_an_older_one(year):
    budget = (PROFESSIONAL, coordinator(1, year))

    (finding,) = judge("K06", plan=nordland_draft(), cycle_year=year, budget=budget)

    assert (finding.severity, finding.met, finding.audience) == ("error", None, "secretariat")
    assert finding.text.startswith("Satsen mangler")
    assert finding.facts["missing"] == "salary"


def test_K06_says_that_a_later_years_cap_is_not_known_yet():
    budget = (PROFESSIONAL, coordinator(1, 2028))

    (finding,) = judge("K06", budget=budget)

    assert (finding.severity, finding.met, finding.audience) == ("info", None, "owner")


def test_K06_cannot_be_judged_when_the_other_reports_are_unknown():
    budget = (PROFESSIONAL, coordinator(1))

    assert answers("K06", budget=budget, other_coordinator=None) == [("warning", None, "budget")]


@given(st.decimals("0", "1", places=4), st.integers(0, 2_000_000), st.integers(1, 3_000_000))
def test_K06_is_exact_for_any_share_and_pay(share, salary, amount):
    row = replace(PLAN.salary_rows[0], amount=salary)
    plan = replace(PLAN, coordinator_share=Decimal(share), salary_rows=(row,))

    (finding,) = judge("K06", budget=(coordinator(amount),), plan=plan)

    assert finding.met is (amount * 10_000 <= int(share * 10_000) * salary)


# K07, K08


def test_K07_unmet_says_how_much_and_which_year():
    (finding,) = judge("K07", budget=(PROFESSIONAL, coordinator(90_000)))

    assert (finding.met, finding.field) == (False, "coordinator_ground")
    assert finding.text == (
        "Grunnen mangler. Dere søker om 90\u00a0000\u00a0kr til koordinator i 2027, "
        "men har ikke skrevet hvorfor."
    )
    assert finding.remedy == "Skriv grunnen, eller sett beløpet til 0."
    assert finding.reference == "KOLL § 11 femte ledd og langsiktig plan"


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        (GROUNDED, ("error", True, "coordinator_ground")),
        (
            {"coordinator_explanation": "Vi er få."},
            ("error", False, "coordinator_ground"),
        ),
        (
            {"coordinator_ground": "complex_measure", "coordinator_explanation": "  "},
            ("error", False, "coordinator_explanation"),
        ),
    ],
)
def test_K07_needs_both_ground_and_explanation(changes, answer):
    assert answers("K07", budget=(PROFESSIONAL, coordinator(1)), **changes) == [answer]


def test_K07_says_nothing_without_coordinator_money():
    assert answers("K07") == []


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"extra_ground": "distance"}, ("error", True, "extra_ground")),
        (
            {"extra_ground": "distance", "budget": (PROFESSIONAL,)},
            ("error", False, "budget"),
        ),
        ({"extra_ground": ""}, ("error", False, "extra_ground")),
        ({"extra_ground": "other_conditions"}, ("error", False, "extra_explanation")),
        (
            {"extra_ground": "other_conditions", "extra_explanation": "Ferge."},
            ("error", True, "extra_ground"),
        ),
        (
            {"extra_ground": "distance", "extra_amount": {2027: 240_001}},
            ("error", False, "extra_amount"),
        ),
    ],
)
def test_K08_extra_has_its_ground_and_is_part_of_what_is_asked(changes, answer):
    changes = {"extra_amount": {2027: 30_000}, **changes}

    assert answers("K08", **changes) == [answer]
