"""K09–K20: what a report says, its time, its sums and its parties; and another scheme."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.regulation.calendar import OSLO
from samspill.regulation.collective import (
    AssessmentFacts,
    ExtensionFacts,
    OwnerFacts,
    PartnerFacts,
    Party,
    ReturnFacts,
    UnitFacts,
    check_cosignature,
    check_money,
    check_report,
)
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
    judge,
    line,
)

# K09–K12


@pytest.mark.parametrize("group", ["staff", "leaders", "unions"])
@pytest.mark.parametrize("answer", [True, False, None])
def test_K09_each_group_took_part(group, answer):
    assessment = replace(REPORT.assessment, **{group: answer})

    found = {f.field: f.met for f in judge("K09", assessment=assessment)}

    assert found.pop(f"assessment_{group}") is answer
    assert set(found.values()) == {True}


@pytest.mark.parametrize(("how", "met"), [("Allmøte.", True), (" ", False)])
def test_K09_without_union_representative_says_how_staff_were_heard(how, met):
    assessment = AssessmentFacts(staff=True, leaders=True, no_union=True, union_none_how_heard=how)

    assert answers("K09", assessment=assessment)[-1] == ("error", met, "union_none_how_heard")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, ("warning", False)),
        ({"category": "interdisciplinary"}, ("error", False)),
        ({"themes": frozenset({"special_needs"})}, ("error", False)),
        ({"category": ""}, ("warning", None)),
        ({"category": "", "themes": frozenset({"special_needs"})}, ("error", False)),
        ({"pp_answer": "otherwise"}, ("error", True)),
    ],
)
def test_K10_the_pp_question_is_answered(changes, answer):
    changes = {"pp_answer": "", **changes}

    assert answers("K10", **changes) == [(*answer, "pp_answer")]


@pytest.mark.parametrize(
    ("answer", "reason", "met", "field"),
    [
        ("safeguarded", "Drøftet.", True, "sami_answer"),
        ("safeguarded", "", False, "sami_reason"),
        ("not_relevant", "Ingen søkere.", True, "sami_answer"),
        ("not_relevant", " ", False, "sami_reason"),
        ("", "Drøftet.", False, "sami_answer"),
    ],
)
def test_K11_sami_perspectives_are_answered_by_all(answer, reason, met, field):
    found = answers("K11", sami_answer=answer, sami_reason=reason)

    assert found == [("error", met, field)]


def test_K11_gives_guidance_in_the_sami_area_and_stops_nothing():
    found = judge("K11", reporter=OwnerFacts(BODO, sami_area=True))

    assert [(f.severity, f.stops) for f in found] == [("error", False), ("info", False)]


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, ("error", True, "units")),
        ({"units": ()}, ("error", False, "units")),
        ({"staff_by_target_group": {}}, ("error", False, "staff")),
        ({"staff_by_target_group": {"teachers": 0}}, ("error", False, "staff")),
        ({"staff_by_target_group": {"instructors": 3}}, ("error", False, "staff")),
        ({"units": None}, ("error", None, "units")),
    ],
)
def test_K12_reaches_eligible_staff_in_a_unit(changes, answer):
    assert answers("K12", **changes) == [answer]


# K13

DEADLINE = datetime(2027, 1, 20, 23, 59, 59, tzinfo=OSLO)
MIDNIGHT = datetime(2027, 1, 20, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(("at", "met"), [(DEADLINE, True), (MIDNIGHT, False)])
def test_K13_open_until_midnight_in_oslo(at, met):
    assert answers("K13", at=at) == [("error", met, "")]


def test_K13_is_judged_by_the_first_submission():
    assert answers("K13", at=MIDNIGHT, submitted_at=DEADLINE) == [("error", True, "")]


@pytest.mark.parametrize(
    ("reason", "found"),
    [("Sykdom", [(True, "owner")]), ("", [(False, "secretariat"), (False, "owner")])],
)
def test_K13_an_extension_counts_only_with_a_reason(reason, found):
    extension = ExtensionFacts(date(2027, 1, 27), reason)

    findings = judge("K13", at=MIDNIGHT, extension=extension)

    assert [(f.met, f.audience) for f in findings] == found


@pytest.mark.parametrize(
    ("at", "changed", "found"),
    [
        (datetime(2027, 2, 3, 23, 59, tzinfo=OSLO), {"aims"}, [(True, "")]),
        (datetime(2027, 2, 4, 0, 0, tzinfo=OSLO), {"aims"}, [(False, "")]),
        (datetime(2027, 2, 3, 12, 0, tzinfo=OSLO), {"aims", "budget"}, [(False, "budget")]),
    ],
)
def test_K13_a_returned_report_may_be_resent_in_the_fields_named(at, changed, found):
    returned = ReturnFacts(date(2027, 2, 3), frozenset({"aims"}))

    findings = judge("K13", at=at, returned=returned, changed_fields=frozenset(changed))

    assert [(f.met, f.field) for f in findings] == found


def test_K13_cannot_be_judged_without_a_deadline():
    (finding,) = judge("K13", deadline=None)

    assert (finding.met, finding.audience) == (None, "secretariat")


# K14


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"budget": (PROFESSIONAL, line("travel", {2027: -1}))}, "budget"),
        ({"budget": (line("professional", {2027: 0}),)}, "budget"),
        ({"budget": (line("professional", {2028: 1}),)}, "budget"),
        ({"budget": (line("professional", {2027: 1, 2029: 1}),)}, "budget"),
        ({"stated_requested": {2027: 239_999}}, "budget"),
        ({"minimum_by_year": {2027: 240_001}}, "minimum"),
        ({"minimum_by_year": {2027: -1}}, "minimum"),
        ({"own_effort_amount": -1}, "own_effort_amount"),
    ],
)
def test_K14_unmet_when_the_arithmetic_is_wrong(changes, field):
    assert answers("K14", **changes) == [("error", False, field)]


def test_K14_met_when_stated_sums_agree():
    assert answers("K14", stated_requested={2027: 240_000}, minimum_by_year={2027: 240_000}) == [
        ("error", True, "budget")
    ]


def test_K14_cannot_be_judged_without_a_budget():
    assert answers("K14", budget=()) == [("error", None, "budget")]


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=30))
def test_K14_requested_is_every_line_and_not_the_own_effort(amounts):
    kinds = ("professional", "travel", "coordinator", "owner_costs")
    budget = tuple(line(kinds[i % 4], {2027: amount}) for i, amount in enumerate(amounts))

    facts = replace(REPORT, budget=budget, own_effort_amount=5)

    assert facts.requested(2027) == sum(amounts)


# K15–K20


@pytest.mark.parametrize(
    ("rule_id", "field"), [("K15", "competence_plan"), ("K16", "knowledge_sharing")]
)
def test_K15_K16_warn_when_empty(rule_id, field):
    assert answers(rule_id) == [("warning", True, field)]
    assert answers(rule_id, **{field: " \n"}) == [("warning", False, field)]


@pytest.mark.parametrize(
    ("party", "met"),
    [
        (BODO, True),
        (NORD, True),
        (FAGSKOLEN, True),
        (Party("k", "NKI", "other_environment"), True),
        (Party("p", "Solbakken", "private_kindergarten"), True),
        (Party("s", "Montessori", "private_school"), True),
        (Party("v", "Nordland fylkeskommune", "county_municipality"), False),
        (Party("u", "Ukjent eier av Solbakken", "unknown"), None),
        (Party("p", "Solbakken", "private_kindergarten", confirmed=False), None),
        (Party("x", "Noe nytt", "spaceship"), False),
    ],
)
def test_K17_receivers_are_of_the_six_kinds(party, met):
    assert [f.met for f in judge("K17", budget=(line("owner_costs", {2027: 1}, party),))] == [met]


@pytest.mark.parametrize("field", ["assessment_how", "partnership_plan", "own_effort"])
def test_K18_unmet_when_one_of_three_parts_is_missing(field):
    changes = {field: " "}
    if field == "assessment_how":
        changes = {"assessment": replace(REPORT.assessment, how="")}

    found = judge("K18", **changes)

    assert [f.field for f in found if f.met is False] == [field]


def test_K18_met_says_the_good_news_with_its_own_paragraph():
    own_effort = judge("K18")[-1]

    assert own_effort.text == "Egeninnsatsen er beskrevet."
    assert own_effort.reference == "KOLL § 11 fjerde ledd"


@pytest.mark.parametrize(
    ("kind", "confirmed", "met"),
    [
        ("municipality", True, True),
        ("private_kindergarten", True, True),
        ("private_school", True, True),
        ("private_kindergarten", False, None),
        ("unknown", True, None),
        ("county_municipality", True, False),
        ("state_school", True, False),
        ("private_upper_secondary", True, False),
        ("university", True, False),
    ],
)
def test_K19_reporter_is_an_owner_under_the_regulation(kind, confirmed, met):
    owner = OwnerFacts(Party("1", "Noen", kind, confirmed=confirmed))

    assert answers("K19", reporter=owner) == [("error", met, "owners")]


def test_K19_judges_the_owners_who_have_joined_the_network():
    joined = OwnerFacts(Party("2", "Fylket", "county_municipality"))
    invited = replace(joined, joined=False)

    assert [f.met for f in judge("K19", network=(joined, invited))] == [True, False]


@pytest.mark.parametrize(
    ("partner", "found"),
    [
        (PartnerFacts(NORD, confirmed=False, teacher_education="Praksis."), [True]),
        (PartnerFacts(NORD, confirmed=False), [False]),
        (PartnerFacts(FAGSKOLEN, confirmed=False), []),
        (PartnerFacts(replace(NORD, kind="unknown"), confirmed=False), [None]),
    ],
)
def test_K20_is_asked_of_the_university_that_signs(partner, found):
    facts = replace(REPORT, partners=(partner,))

    signed = check_cosignature(facts, partner.party.id, at=JANUARY, plan=PLAN)
    waiting = [f for f in check_report(facts, at=JANUARY, plan=PLAN) if f.rule_id == "K20"]

    assert ([f.met for f in signed], waiting) == (found, [])


def test_a_reduced_grant_is_run_through_three_rules_again():
    found = check_money(replace(REPORT, budget=(TRAVEL,)), at=JANUARY, plan=PLAN)

    assert [(f.rule_id, f.met) for f in found] == [("K01", False), ("K05", True)]


# Another scheme: the same rules, other parameters

COMPANY = Party("b", "Verkstedet", "training_company", active_contracts=True)
VGO = replace(
    REPORT,
    scheme="vgo",
    category="vocational_studies",
    reporter=OwnerFacts(COMPANY),
    units=(UnitFacts("1", "Verkstedet", "company"),),
    staff_by_target_group={"instructors": 4},
    budget=(PROFESSIONAL, line("owner_costs", {2027: 1000}, COMPANY)),
)


def test_a_VGO_report_is_judged_against_the_receivers_of_its_own_regulation():
    findings = check_report(VGO, at=JANUARY, plan=PLAN)

    assert [f for f in findings if f.met is not True] == []
    assert [f.reference for f in findings if f.rule_id == "K17"] == ["VGO § 7 andre ledd"]
    assert [f for f in findings if "KOLL" in f.reference] == []


def test_a_municipality_neither_reports_nor_receives_under_VGO():
    facts = replace(VGO, reporter=OwnerFacts(BODO), budget=(line("owner_costs", {2027: 1}, BODO),))

    found = {f.rule_id: f for f in check_report(facts, at=JANUARY, plan=PLAN)}

    assert (found["K17"].met, found["K19"].met) == (False, False)
    assert "KOLL" not in found["K19"].text + found["K19"].remedy + found["K19"].reference


def test_a_training_company_without_active_contracts_cannot_receive():
    idle = replace(COMPANY, active_contracts=False)
    facts = replace(VGO, budget=(line("owner_costs", {2027: 1}, idle),))

    found = {f.rule_id: f.met for f in check_report(facts, at=JANUARY, plan=PLAN)}

    assert found["K17"] is False
