"""Loading a county: what comes in, what is left out and why, and nothing the second time."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from samspill.apps.organisations import actions, queries
from samspill.apps.organisations.actions import reading
from samspill.apps.organisations.actions.reading import Raw
from samspill.apps.organisations.models import (
    Municipality,
    Office,
    Organisation,
    Region,
    RegionMembership,
    RegisterLoad,
    StudyPlace,
    Unit,
)
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.roles import Role
from tests.apps.organisations.factories import actor

AT = dt.datetime(2026, 10, 1, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))
LATER = AT + dt.timedelta(days=30)
Kind = Organisation.Kind

pytestmark = pytest.mark.django_db


def load(number="18", at=AT, **kwargs):
    return actions.load_county(number=number, by=SYSTEM, at=at, **kwargs)


def reasons(loaded):
    return {r["reason"]: r["count"] for r in loaded.load.skipped}


def owner(**kwargs):
    return Organisation.objects.get(**kwargs)


@pytest.fixture
def nordland():
    return load()


def test_nordland_comes_in_whole(nordland):
    kinds = Counter(Unit.objects.values_list("kind", flat=True))

    assert nordland.load.counts == {
        "municipalities": 41,
        "regions": 6,
        "kindergartens": 320,
        "schools": 188,
        "upper_secondary": 27,
        "study_places": 28,
        "unknown_owners": 166,
    }
    assert kinds == {"kindergarten": 320, "school": 188, "upper_secondary": 27}
    assert Organisation.objects.filter(kind=Kind.MUNICIPALITY).count() == 41
    assert StudyPlace.objects.count() == 28
    assert list(Region.objects.order_by("name").values_list("name", "proposed")) == [
        ("Helgeland", True),
        ("Indre Helgeland", True),
        ("Lofoten", True),
        ("Ofoten", True),
        ("Salten", True),
        ("Vesterålen", True),
    ]
    assert RegionMembership.objects.count() == 41


def test_what_was_skipped_is_told_with_its_reason(nordland):
    assert reasons(nordland) == {
        "other_unit": 132,
        "gone": 2,
        "no_coordinates": 40,
        "no_children_count": 35,
        "no_pupil_count": 19,
        "owner_unknown": 166,
        "owner_unclear": 10,
    }
    kindergartens = Unit.objects.filter(kind="kindergarten", latitude=None)
    assert kindergartens.count() == 29
    assert queries.REASONS.keys() >= reasons(nordland).keys()


def test_the_second_run_changes_nothing_and_says_so(nordland):
    before = (Line.objects.count(), Organisation.objects.count(), RegisterLoad.objects.count())
    out = StringIO()

    again = load(at=LATER)
    call_command("load_county", "18", stdout=out)

    after = (Line.objects.count(), Organisation.objects.count(), RegisterLoad.objects.count())
    assert (again.changed, again.load.pk, after) == (False, nordland.load.pk, before)
    assert out.getvalue() == "Nordland (18): already loaded, nothing changed.\n"


def test_one_line_in_the_trail_and_no_names(nordland):
    line = Line.objects.get()

    assert (line.chain_id, line.event, line.case_id) == (
        "18",
        "organisations.county_loaded",
        str(nordland.load.pk),
    )
    assert line.detail["counts"]["kindergartens"] == 320


@pytest.mark.parametrize("number", sorted(reading.counties()))
def test_every_county_of_the_country_loads(number):
    loaded = load(number)

    places = [r for r in reading.read(number).municipalities if r["fylkesnr"] == number]
    counts = loaded.load.counts
    assert counts["municipalities"] == len(places)
    assert Organisation.objects.filter(kind=Kind.MUNICIPALITY).count() == len(places)
    assert Unit.objects.filter(kind="kindergarten").count() == counts["kindergartens"] > 90
    assert queries.office_for(number).kind == Kind.COUNTY_GOVERNOR
    assert load(number).changed is False


def test_all_fifteen_side_by_side_share_offices_and_environments():
    for number in reading.counties():
        load(number)

    assert Organisation.objects.filter(kind=Kind.MUNICIPALITY).count() == 357
    assert Office.objects.count() == 10
    assert Organisation.objects.filter(kind__in=Organisation.ENVIRONMENT_KINDS).count() == 5
    assert StudyPlace.objects.count() == 28
    assert queries.counties_loaded().count() == 15


def test_an_office_serves_several_counties():
    load("55")
    load("56")

    office = queries.office_for("55")
    case_worker = actor(Role.CASE_WORKER, organisation=office)

    assert queries.office_for("56") == office
    assert office.name == "Statsforvalteren i Troms og Finnmark"
    assert case_worker.counties == {"55", "56"}


def test_a_county_without_regions_and_environments_says_they_are_unknown():
    loaded = load("39")

    found = reasons(loaded)
    assert (found["regions_unknown"], found["environments_unknown"]) == (1, 1)
    assert Region.objects.count() == StudyPlace.objects.count() == 0


def test_oslo_owns_its_own_upper_secondary_schools():
    load("03")

    owners = Unit.objects.filter(kind="upper_secondary", private=False).values_list("owner__kind")

    assert set(owners) == {(Kind.MUNICIPALITY,)}


def test_haram_without_a_number_is_kept_but_not_confirmed():
    loaded = load("15")

    haram = owner(name="Haram kommune")
    assert (haram.orgnr, haram.is_confirmed) == (None, False)
    assert reasons(loaded)["municipality_number"] == 1


def test_a_number_in_both_registers_is_used_once():
    loaded = load("03")

    assert reasons(loaded)["duplicate"] == 1
    assert Unit.objects.get(orgnr="976939190").kind == "school"


@pytest.mark.parametrize("number", ["25", "21", "19", "99", "", "18 "])
def test_no_such_county(number):
    with pytest.raises(reading.UnknownCounty):
        load(number)

    assert RegisterLoad.objects.count() == 0


def test_the_command_names_the_counties_it_knows():
    with pytest.raises(CommandError, match=r"25 is no county here\. Known: 03 Oslo, 11 Rogaland"):
        call_command("load_county", "25")


def test_only_the_operator_and_the_administrator_may_load():
    someone = actor(Role.CASE_WORKER)

    with pytest.raises(PermissionDenied):
        actions.load_county(number="18", by=someone, at=AT)


# --- Owners --------------------------------------------------------------------------------------
def test_a_municipality_is_confirmed_by_its_number(nordland):
    bodo = owner(orgnr="972418013")

    assert (bodo.name, bodo.kind, bodo.confirmed_at) == ("Bodø kommune", "municipality", AT)
    assert bodo.units.filter(kind="kindergarten").count() == 24
    assert queries.region_of(bodo, AT.date()).name == "Salten"


def test_a_private_kindergarten_has_an_unknown_owner(nordland):
    unit = Unit.objects.get(orgnr="999596622")

    assert unit.owner.name == "Ukjent eier av Hoppensprett Nordland AS"
    assert (unit.owner.kind, unit.owner.orgnr) == (Kind.PRIVATE_KINDERGARTEN, None)
    assert (unit.owner.is_confirmed, unit.owner_basis) == (False, "unknown")
    assert unit.owner in queries.unconfirmed_in(
        actor(Role.CASE_WORKER, organisation=queries.office_for("18")), "18"
    )


def test_upper_secondary_owners_are_no_owners_under_koll(nordland):
    owners = {u.owner for u in Unit.objects.filter(kind="upper_secondary")}

    assert {o.kind for o in owners} == {Kind.COUNTY_MUNICIPALITY, Kind.PRIVATE_UPPER_SECONDARY}
    assert owners & set(queries.owners_in("18")) == set()
    assert owner(kind=Kind.COUNTY_MUNICIPALITY).orgnr == "964982953"


def test_the_owner_of_a_closed_unit_only_is_no_possible_receiver(nordland):
    closed = Unit.objects.get(name="Tverlandet kirkebarnehage")

    assert closed.closed_date == dt.date(2026, 8, 1)
    assert closed.owner not in queries.possible_receivers("18")
    assert queries.possible_receivers("18").count() == 41 + 161 + 5


def test_a_public_school_without_an_owner_number_is_marked_unclear(nordland):
    school = Unit.objects.get(name="Brønnøysund barneskole")

    assert (school.owner.name, school.owner_basis) == ("Brønnøy kommune", "unclear")


# --- Traps ---------------------------------------------------------------------------------------
def test_missing_counts_stay_unknown(nordland):
    assert Unit.objects.filter(kind="kindergarten", children=None).count() == 35
    assert Unit.objects.filter(kind="school", children=None).count() == 19
    # The one 0 is the register's own.
    zero = Unit.objects.filter(children=0).values_list("name", flat=True)
    assert list(zero) == ["Stiftelsen Bodin 4H-Gård"]


def test_bronnoy_counts_pupils_by_gsi_not_by_the_school_register(nordland):
    figures = queries.figures_of(owner(name="Brønnøy kommune"))

    assert (figures["pupils"], figures["pupils_register_public"]) == (857, 436)


def test_suppressed_figures_are_named_and_never_computed(nordland):
    rows = [m.figures for m in Municipality.objects.filter(county="18")]
    suppressed = [f for f in rows if "pupils_special_needs" in f.get("suppressed", [])]

    assert suppressed
    assert all("pupils_special_needs" not in figures for figures in suppressed)


def test_an_oppvekstsenter_is_two_units_under_two_numbers(nordland):
    both = Unit.objects.filter(name__startswith="Onøy Lurøy oppvekstsenter").order_by("kind")

    assert list(both.values_list("kind", "orgnr", "owner__name")) == [
        ("kindergarten", "975295311", "Lurøy kommune"),
        ("school", "975287165", "Lurøy kommune"),
    ]


def test_the_sami_area_is_that_of_2026(nordland):
    inside = Municipality.objects.filter(county="18", sami_area=True).order_by("number")

    assert list(inside.values_list("name", flat=True)) == ["Hattfjelldal", "Saltdal", "Hamarøy"]


def test_twenty_municipalities_have_decided_on_bokmal_and_none_on_nynorsk(nordland):
    forms = Counter(Organisation.objects.filter(kind="municipality").values_list("written_form"))

    assert forms == {("nb",): 20, ("",): 21}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"orgnr": "U12345678"}, "u_number"),
        ({"municipality": "2599"}, "municipality_2599"),
        ({"municipality": "2511"}, "county_25"),
        ({"municipality": "2100"}, "outside_counties"),
        ({"municipality": "1805"}, "unknown_municipality"),
        ({"orgnr": "975295312"}, "bad_orgnr"),
        ({"kind": "annen_nsr_enhet"}, "other_unit"),
        ({"active": False}, "inactive"),
        ({"excluded": True}, "inactive"),
    ],
)
def test_a_unit_that_cannot_be_used_is_left_out_with_its_reason(changes, reason):
    good = Raw("975295311", "Prøvebarnehagen", "barnehage", "1804", private=False)
    registers = replace(reading.read("18"), units=[replace(good, **changes)])

    loaded = load(registers=registers)

    assert reasons(loaded) == {reason: 1, "county_municipality_number": 1}
    assert Unit.objects.count() == 0


@pytest.mark.parametrize("pair", [("0", "0"), (0, 0), ("", ""), (None, None), ("0.0", "0.0")])
def test_coordinates_0_0_are_missing(pair):
    assert reading.coordinate(*pair) == (None, None)
    assert reading.coordinate("67.280001", "14.4") == (Decimal("67.28000"), Decimal("14.40000"))


# --- Newer copies --------------------------------------------------------------------------------
def test_a_newer_copy_updates_closes_and_leaves_what_people_confirmed(nordland):
    case_worker = actor(Role.CASE_WORKER, organisation=queries.office_for("18"))
    private = Unit.objects.get(orgnr="999596622")
    actions.confirm_owner(
        owner=private.owner, orgnr="999596622", approval_note="Sett.", by=case_worker, at=AT
    )
    copy = reading.read("18")
    units = [
        replace(raw, name="Nytt navn", children=12) if raw.orgnr == "999596622" else raw
        for raw in copy.units
        if raw.orgnr != "998777739"
    ]

    loaded = load(at=LATER, registers=replace(copy, units=units, source_hash="f" * 64))

    private.refresh_from_db()
    assert loaded.changed is True
    assert (private.name, private.children) == ("Nytt navn", 12)
    assert (private.owner.orgnr, private.owner.is_confirmed) == ("999596622", True)
    assert Unit.objects.get(orgnr="998777739").closed_date == LATER.date()
    assert Unit.objects.count() == 535
    assert Organisation.objects.filter(kind=Kind.MUNICIPALITY).count() == 41
