"""The packaged plan, its fictive adoption, and the version that governs a year."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samspill.apps.plan import access, actions, queries
from samspill.apps.plan.models import PlanInUse, PlanVersion
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.roles import Role
from samspill.shared.states import IllegalMove, RulesBroken
from tests.apps.cycle.factories import (
    OCTOBER,
    SEPTEMBER,
    a_county_municipality,
    an_office,
    fresh,
    published,
)
from tests.apps.organisations.factories import actor

pytestmark = [pytest.mark.both, pytest.mark.django_db]
LABEL = "Langsiktig plan for Nordland 2026 (fiktivt vedtatt)"


@pytest.fixture
def office(transactional_db):
    return an_office(with_plan=False)


def packaged(office, *, by=SYSTEM):
    return actions.load_packaged_plan(
        county=office.cycle.county, authority=office.organisation, by=by, at=SEPTEMBER
    )


def adopted(office):
    return actions.copy_as_adopted(
        version=packaged(office), label=LABEL, by=office.case_worker, at=SEPTEMBER
    )


def test_the_packaged_plan_is_a_draft_with_40_40_20_and_its_questions_open(office):
    version = packaged(office)

    parameters = queries.PlanParameters.from_json(version.parameters)
    assert version.label == "Langsiktig plan for Nordland: utkast, høsten 2025 – ikke vedtatt"
    assert version.state == PlanVersion.State.DRAFT
    assert dict(parameters.guide) == {
        "kindergarten": Decimal("0.40"),
        "school": Decimal("0.40"),
        "interdisciplinary": Decimal("0.20"),
    }
    assert (parameters.phases_per_year, parameters.maximum_years) == (2, 3)
    assert parameters.coordinator_share == Decimal("0.15")
    assert (parameters.lock_cap, dict(parameters.region_key)) == (None, {})
    assert queries.letters_answered(version) == {"a": True, "b": True, "c": True, "d": False}


def test_every_chapter_stands_in_both_written_forms(office):
    version = packaged(office)

    for section in version.sections:
        assert bool(section["text_nb"]) == bool(section["text_nn"])
        assert section["heading_nb"]
        assert section["heading_nn"]
        assert bool(section["open_nb"]) == bool(section["open_nn"])
        if section["text_nb"]:
            assert section["text_nb"] != section["text_nn"]


def test_loading_twice_is_loading_once(office):
    assert packaged(office) == packaged(office)

    assert PlanVersion.objects.count() == 1


def test_the_draft_cannot_be_adopted_while_9_d_is_missing(office):
    version = packaged(office)

    with pytest.raises(RulesBroken) as refused:
        actions.adopt_version(version=version, by=office.case_worker, at=SEPTEMBER)

    assert [(f.rule_id, f.field, f.text) for f in refused.value.findings] == [
        ("P01", "section_d", "Planen mangler innhold på § 9 bokstav d.")
    ]
    version.refresh_from_db()
    assert version.state == PlanVersion.State.DRAFT


def test_the_demo_copy_is_adopted_marked_and_has_criteria(office):
    version = adopted(office)

    parameters = queries.PlanParameters.from_json(version.parameters)
    assert (version.is_adopted, version.synthetic, version.label) == (True, True, LABEL)
    assert parameters.method == "proportional"
    assert len(parameters.criteria) == 5
    assert queries.letters_answered(version)["d"]
    assert [s["key"] for s in version.sections if s.get("fictive")] == ["criteria"]
    assert adopted(office) == version
    with pytest.raises(IllegalMove):
        actions.adopt_version(version=version, by=office.case_worker, at=SEPTEMBER)


def test_the_version_in_use_gives_the_year_its_parameters_and_label(office):
    version = adopted(office)

    actions.use_in_cycle(cycle=office.cycle, version=version, by=office.case_worker, at=SEPTEMBER)

    cycle = fresh(office.cycle)
    assert queries.version_for(cycle) == version
    assert queries.parameters_for(cycle).to_json() == version.parameters
    assert (queries.label_for(cycle), cycle.plan_label) == (LABEL, LABEL)
    assert Line.objects.get(event="plan.in_use").detail == {
        "cycle": cycle.pk,
        "version": version.pk,
        "content": version.content_hash,
    }


def test_without_a_plan_there_is_no_default_in_silence(office):
    assert queries.version_for(office.cycle) is None
    with pytest.raises(queries.NoPlanInUse):
        queries.parameters_for(office.cycle)


def test_a_draft_governs_no_year_and_is_not_cited(office):
    version = packaged(office)

    assert access.may_cite(version).allowed is False
    with pytest.raises(PermissionDenied, match="ikke vedtatt"):
        actions.use_in_cycle(
            cycle=office.cycle, version=version, by=office.case_worker, at=SEPTEMBER
        )


def test_a_plan_of_another_scheme_does_not_govern_the_year(office):
    version = adopted(office)
    other = a_county_municipality()

    with pytest.raises(PermissionDenied, match="en annen ordning"):
        actions.use_in_cycle(cycle=other.cycle, version=version, by=other.case_worker, at=SEPTEMBER)


def test_the_plan_is_not_changed_once_the_year_is_announced(office):
    version = adopted(office)
    use = {"cycle": office.cycle, "version": version, "by": office.case_worker}
    actions.use_in_cycle(**use, at=SEPTEMBER)
    published(office)
    second = actions.copy_as_adopted(
        version=packaged(office), label="En annen plan", by=SYSTEM, at=SEPTEMBER
    )

    with pytest.raises(PermissionDenied, match="er kunngjort"):
        actions.use_in_cycle(**{**use, "version": second}, at=OCTOBER)

    assert PlanInUse.objects.get().version == version


@pytest.mark.parametrize("role", [Role.OWNER_SIGNER, Role.AUDITOR, Role.FORUM_MEMBER])
def test_others_than_the_authority_neither_load_nor_copy_nor_use(office, role):
    version = adopted(office)
    stranger = actor(role, organisation=office.organisation)

    for refused in (
        lambda: packaged(office, by=stranger),
        lambda: actions.copy_as_adopted(version=version, label="x", by=stranger, at=SEPTEMBER),
        lambda: actions.adopt_version(version=version, by=stranger, at=SEPTEMBER),
        lambda: actions.use_in_cycle(
            cycle=office.cycle, version=version, by=stranger, at=SEPTEMBER
        ),
    ):
        with pytest.raises(PermissionDenied):
            refused()


@pytest.mark.parametrize("label", ["", "x" * 201, "NUL\x00"])
def test_a_label_empty_too_long_or_with_nul_makes_no_version(office, label):
    version = packaged(office)

    with pytest.raises(ValidationError):
        actions.copy_as_adopted(version=version, label=label, by=SYSTEM, at=SEPTEMBER)

    assert PlanVersion.objects.count() == 1


def test_what_is_open_says_so_and_each_value_has_its_source(office):
    rows = {row.name: row for row in queries.parameter_rows(packaged(office))}

    guide = rows["Veiledende fordeling (§ 9 a)"]
    assert guide.parts == ("barnehage 40\xa0%", "skole 40\xa0%", "tverrfaglig 20\xa0%")
    assert guide.source == "utkastet, høsten 2025"
    assert rows["Avvik som tåles"].parts == ("5 prosentpoeng",)
    assert rows["Avvik som tåles"].source == "produktets standard"
    assert [name for name, row in rows.items() if row.is_open] == [
        "Fordeling mellom eier og kompetansemiljø (§ 9 b)",
        "Prioriterte tema (§ 9 c)",
        "Andel til spesialpedagogikk og inkluderende praksis (§ 9 c)",
        "Hvor mye som kan bindes for senere år",
        "Regional nøkkel",
        "Midler til samordning i regionene",
        "Kriterier når behovene er større enn rammen (§ 9 d)",
    ]
