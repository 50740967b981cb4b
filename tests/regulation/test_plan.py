"""Plan parameters and the dated values of the law."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.regulation import parameters
from samspill.regulation.parameters import SalaryRow, UnknownScheme
from samspill.regulation.plan import PlanParameters, check_plan, nordland_draft
from samspill.regulation.reading import BadDocument

ON = date(2027, 1, 12)


def test_nordlands_draft_is_labelled_and_leaves_open_what_is_open():
    plan = nordland_draft()

    assert plan.status == "Utkast, høsten 2025 – ikke vedtatt"
    assert [str(share) for share in plan.guide.values()] == ["0.40", "0.40", "0.20"]
    assert (plan.phases_per_year, plan.maximum_years) == (2, 3)
    assert (plan.coordinator_share, plan.coordinator_basis) == (Decimal("0.15"), "per_owner")
    assert (plan.lock_cap, plan.region_key, plan.criteria) == (None, {}, ())
    assert (plan.sources["guide"], plan.sources["tolerance"]) == ("seed", "standard")


def test_the_json_form_gives_the_same_parameters_back():
    plan = nordland_draft()

    assert PlanParameters.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], "$"),
        ({"guid": {}}, "$"),
        ({"guide": {"school": 0.4}}, "$.guide.school"),
        ({"guide": {"school": "0.4"}}, "$.guide"),
        ({"guide": {"school": "1e0"}}, "$.guide.school"),
        ({"guide": {"school": "NaN"}}, "$.guide.school"),
        ({"tolerance": "1.5"}, "$.tolerance"),
        ({"tolerance": "0,05"}, "$.tolerance"),
        ({"phases_per_year": 0}, "$.phases_per_year"),
        ({"phases_per_year": True}, "$.phases_per_year"),
        ({"maximum_years": "3"}, "$.maximum_years"),
        ({"coordinator": {"share": "0.15", "base": "x"}}, "$.coordinator"),
        ({"coordinator": {"basis": "per_cow"}}, "$.coordinator.basis"),
        ({"priority_weights": {"1": "0"}}, "$.priority_weights.1"),
        ({"region_coordination": {"salten": -1}}, "$.region_coordination.salten"),
        ({"region_coordination": {"salten": 10**12}}, "$.region_coordination.salten"),
        (
            {"salary_rows": [{"from": "2027-01-01", "amount": 1, "source": ""}]},
            "$.salary_rows[0]",
        ),
        (
            {"salary_rows": [{"from": "1. januar", "until": "", "amount": 1, "source": ""}]},
            "$.salary_rows[0].from",
        ),
        (
            {
                "salary_rows": [
                    {"from": "2027-02-01", "until": "2027-01-01", "amount": 1, "source": ""}
                ]
            },
            "$.salary_rows[0]",
        ),
    ],
)
def test_a_bad_plan_is_refused_with_the_path(document, path):
    with pytest.raises(BadDocument) as wrong:
        PlanParameters.from_json(document)

    assert wrong.value.path == path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(list(nordland_draft().to_json())), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_document_is_read_or_refused_and_never_breaks(document):
    try:
        plan = PlanParameters.from_json(document)
    except BadDocument:
        return

    assert PlanParameters.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(
    ("scheme", "letters"), [("koll", ["a", "b", "c", "d"]), ("vgo", ["a", "b", "c", "d", "e"])]
)
def test_P01_every_letter_of_the_schemes_own_section_9(scheme, letters):
    whole = check_plan(dict.fromkeys(letters, True), on=ON, scheme=scheme)
    part = check_plan({**dict.fromkeys(letters, True), letters[-1]: False}, on=ON, scheme=scheme)

    assert [f.met for f in whole] == [True] * len(letters)
    assert [f.facts["letter"] for f in part if f.stops] == [letters[-1]]


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2023, 1, 1), 698_000),
        (date(2022, 12, 31), 691_000),
        (date(2023, 4, 30), 698_000),
        (date(2023, 5, 1), None),
        (date(2024, 1, 1), None),
        (date(2027, 1, 1), None),
        (date(2021, 1, 1), None),
    ],
)
def test_the_salary_table_answers_only_for_days_someone_confirmed(day, amount):
    row = parameters.salary_on(day)

    assert (row and row.amount) == amount


def test_a_row_typed_in_goes_before_the_packaged_one_and_ends_when_it_says():
    typed = SalaryRow.on_new_year(2023, 700_000, "Statsforvalteren")

    assert parameters.salary_on(date(2023, 1, 1), [typed]) == typed
    assert parameters.salary_on(date(2023, 1, 2), [typed]).amount == 698_000


@pytest.mark.parametrize(
    ("number", "day", "inside"),
    [
        ("1826", ON, True),
        ("1875", ON, True),
        ("1840", ON, True),
        ("1804", ON, False),
        ("1840", date(2025, 12, 31), False),
    ],
)
def test_the_sami_area_is_dated(number, day, inside):
    assert parameters.in_sami_area(number, day) is inside


def test_a_scheme_is_not_in_force_before_its_day():
    assert parameters.scheme("koll", date(2026, 1, 12)).award_by(2027) == date(2027, 4, 15)
    with pytest.raises(UnknownScheme):
        parameters.scheme("koll", date(2026, 1, 11))


def test_every_place_of_the_law_reads_as_a_reference():
    rows = parameters.table("places.toml")["place"]

    assert len({(row["name"], row["from"]) for row in rows}) == len(rows)
    for row in rows:
        for scheme in ("koll", "vgo"):
            found = parameters.places((row["name"],), scheme=scheme, on=row["from"])

            assert [str(ref) for ref in found if ref.paragraph] == [
                written for written in row[scheme] if "§" in written
            ]
