"""An owner over three years; a county's allocation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.regulation.balance import (
    AllocationFacts,
    GrantFacts,
    OwnerBalanceFacts,
    ShareFacts,
    check_allocation,
    check_balance,
)
from samspill.regulation.plan import nordland_draft

PLAN = nordland_draft()
ON = date(2027, 3, 1)
OWNER = OwnerBalanceFacts("1", "Bodø kommune", 2028, True, True, True)


def lamps(**changes):
    found = check_balance(replace(OWNER, **changes), plan=PLAN, on=ON)
    return {f.facts.get("code") or f.facts["missing"]: (str(f.severity), f.met) for f in found}


def grant(year: int = 2027, **more) -> GrantFacts:
    return GrantFacts(**{"year": year, "amount": 1, "category": "kindergarten", **more})


@pytest.mark.parametrize(
    ("year", "severity", "task"),
    [(2026, "info", False), (2027, "warning", False), (2028, "warning", True)],
)
def test_B01_unmet_is_graver_by_the_year_and_never_stops(year, severity, task):
    found = check_balance(replace(OWNER, cycle_year=year), plan=PLAN, on=ON)

    assert len(found) == 4
    assert {(str(f.severity), f.met, f.stops) for f in found} == {(severity, False, False)}
    assert {f.facts["secretariat_task"] for f in found} == {task}


def test_B01_the_window_never_begins_before_the_plan():
    found = check_balance(
        replace(OWNER, cycle_year=2029), plan=replace(PLAN, first_year=2029), on=ON
    )

    assert {str(f.severity) for f in found} == {"info"}


@pytest.mark.parametrize(
    ("given_grant", "covered"),
    [
        (grant(), {"kindergarten"}),
        (grant(category="school"), {"school"}),
        (grant(category="interdisciplinary"), set()),
        (
            grant(category="interdisciplinary", unit_kinds=frozenset({"after_school"})),
            {"school"},
        ),
        (
            grant(category="interdisciplinary", unit_kinds=frozenset({"kindergarten", "school"})),
            {"kindergarten", "school"},
        ),
        (grant(themes=frozenset({"special_needs"})), {"kindergarten", "special_needs"}),
        (grant(pp_answer="takes_part"), {"kindergarten", "pp"}),
        (grant(pp_answer="safeguarded"), {"kindergarten", "pp"}),
        (grant(pp_answer="otherwise"), {"kindergarten"}),
        (grant(amount=0), set()),
        (grant(year=2025), set()),
        (grant(year=2029), set()),
    ],
)
def test_B01_met_by_what_a_grant_covers(given_grant, covered):
    found = lamps(grants=(given_grant,))

    assert {area for area, (_, met) in found.items() if met} == covered


def test_B01_met_when_stated_as_looked_after_in_another_way():
    assert lamps(otherwise={"pp": "Eget prosjekt."})["pp"] == ("warning", True)


def test_B01_asks_only_for_what_the_owner_has():
    found = lamps(has_schools=False, has_pp_service=False)

    assert set(found) == {"kindergarten", "special_needs"}


def test_B01_cannot_be_judged_when_it_is_not_known_what_the_owner_has():
    found = lamps(has_kindergartens=None, has_schools=False, has_pp_service=False)

    assert found == {
        "has_kindergarten": ("info", None),
        "has_special_needs": ("info", None),
    }


# A county

SHARES = (
    ShareFacts("1", "kindergarten", 400),
    ShareFacts("2", "school", 300),
    ShareFacts("3", "school", 100, commitment=True),
    ShareFacts("4", "interdisciplinary", 200),
)
COUNTY = AllocationFacts(2027, 1100, SHARES, coordination=100)


def county(rule_id: str, plan=PLAN, **changes):
    return check_allocation(replace(COUNTY, **changes), plan=plan, on=ON, rules=[rule_id])


@pytest.mark.parametrize(("frame", "met"), [(1100, True), (1099, False), (None, None)])
def test_F01_grants_commitments_and_coordination_within_the_frame(frame, met):
    (finding,) = county("F01", frame=frame)

    assert (str(finding.severity), finding.met) == ("error", met)


def test_F02_met_leaves_coordination_out_and_counts_commitments():
    assert [f.met for f in county("F02")] == [True, True, True]


def test_F02_unmet_only_beyond_the_tolerance():
    at_the_edge = (ShareFacts("1", "kindergarten", 45), ShareFacts("2", "school", 35))
    rest = ShareFacts("3", "interdisciplinary", 20)
    beyond = (ShareFacts("1", "kindergarten", 46), ShareFacts("2", "school", 34))

    edge = county("F02", shares=(*at_the_edge, rest))
    skew = county("F02", shares=(*beyond, rest))

    assert [f.met for f in edge] == [True, True, True]
    assert [(f.met, f.facts.get("skew")) for f in skew] == [
        (False, True),
        (False, True),
        (True, False),
    ]
    assert skew[0].text == ("Barnehage: 46 prosent i 2027. Det er 6 prosentpoeng over planens 40.")


def test_F02_also_judges_three_years_together():
    earlier = AllocationFacts(2026, 10_000, (ShareFacts("0", "kindergarten", 1000),))

    found = county("F02", earlier=(earlier,))

    assert [f.met for f in found] == [True, True, True, False, False, False]
    assert str(found[3].facts["years"]) == "2026 og 2027"


def test_F02_cannot_be_judged_without_a_guide():
    (finding,) = county("F02", plan=replace(PLAN, guide={}))

    assert (finding.met, finding.facts["missing"]) == (None, "guide")


def test_F03_is_silent_without_a_cap_and_exact_with_one():
    shares = (ShareFacts("1", "school", 100, later={2028: 550}),)
    capped = replace(PLAN, lock_cap=Decimal("0.5"))
    tighter = replace(PLAN, lock_cap=Decimal("0.4999"))

    found = [[f.met for f in county("F03", plan=p, shares=shares)] for p in (PLAN, capped, tighter)]

    assert found == [[], [True], [False]]


def test_F05_shows_the_deviation_from_a_key_and_nothing_without_one():
    shares = (ShareFacts("1", "school", 30, region="salten"), ShareFacts("2", "school", 70))
    keyed = replace(PLAN, region_key={"salten": Decimal("0.31")})

    (finding,) = county("F05", plan=keyed, shares=shares)

    assert (finding.severity, finding.met, finding.stops) == ("info", False, False)
    assert county("F05") == ()


@pytest.mark.parametrize(
    ("later", "reserves", "found"),
    [
        ({2028: 1}, True, [True]),
        ({2028: 1}, False, [False]),
        ({2028: 1}, None, [None]),
        ({2028: 0}, False, []),
        ({}, None, []),
    ],
)
def test_F06_letters_about_later_years_reserve_the_state_budget(later, reserves, found):
    share = ShareFacts("1", "school", 1, later=later, letter_reserves_later_years=reserves)

    assert [f.met for f in county("F06", shares=(share,))] == found


def test_F07_shows_money_beside_staff_by_size():
    shares = (
        ShareFacts("1", "school", 25, size_class="small", staff_reached=10),
        ShareFacts("2", "school", 75, size_class="large", staff_reached=90),
    )

    texts = [f.text for f in county("F07", shares=shares)]

    assert texts == [
        "små eiere: 25 prosent av pengene og 10 prosent av de ansatte.",
        "store eiere: 75 prosent av pengene og 90 prosent av de ansatte.",
    ]


@pytest.mark.parametrize(
    ("split", "found"),
    [
        ({"owner": 50, "university": 50}, [True, True]),
        ({"owner": 90, "university": 10}, [False, False]),
        (None, [None]),
    ],
)
def test_F08_receivers_against_the_plan(split, found):
    half = Decimal("0.5")
    plan = replace(PLAN, receiver_shares={"owner": half, "university": half})
    shares = (ShareFacts("1", "school", 100, by_receiver=split),)

    assert [f.met for f in county("F08", plan=plan, shares=shares)] == found


@pytest.mark.parametrize(("least", "met"), [("0.40", True), ("0.41", False)])
def test_F09_share_to_special_needs(least, met):
    plan = replace(PLAN, special_needs_share=Decimal(least))
    shares = (
        ShareFacts("1", "school", 40, themes=frozenset({"special_needs"})),
        ShareFacts("2", "school", 60),
    )

    (finding,) = county("F09", plan=plan, shares=shares)

    assert (str(finding.severity), finding.met) == ("warning", met)


@given(st.lists(st.tuples(st.sampled_from(list(PLAN.guide)), st.integers(0, 10**9)), max_size=40))
def test_F02_is_right_for_any_allocation(rows):
    shares = tuple(ShareFacts(str(i), category, kr) for i, (category, kr) in enumerate(rows))
    total = sum(kr for _, kr in rows)

    found = {f.facts["code"]: f.met for f in county("F02", shares=shares)}

    expected = {
        category: abs(100 * sum(kr for c, kr in rows if c == category) - int(guide * 100) * total)
        <= 5 * total
        for category, guide in PLAN.guide.items()
    }
    assert found == (expected if total else {})
