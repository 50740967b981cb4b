"""Who sees what, in how many questions to the database, and what waits for whom."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import translation

from samspill.apps.needs import actions, queries
from samspill.apps.needs.models import BudgetLine, NeedsReport
from samspill.apps.organisations.models import Account, Organisation, Unit
from samspill.shared.identity.actor import NOBODY
from samspill.shared.identity.roles import Role
from tests.apps.needs.factories import (
    NOW,
    a_year,
    complete_report,
    draft_report,
    filled_report,
    fresh,
    returned_report,
    save,
    submitted_report,
)
from tests.apps.organisations.factories import (
    CountyFactory,
    EnvironmentFactory,
    OfficeFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
State = NeedsReport.State


def sees(who, report) -> bool:
    try:
        queries.report_for(who, report.pk)
    except Http404:
        return False
    return True


def everybody(year):
    """Actors by name: on the case, beside it, and far from it."""
    county = year.cycle.county
    elsewhere = OfficeFactory(organisation__county=CountyFactory(number="55", name="Troms"))
    return {
        "editor": year.editor,
        "signer": year.signer,
        "other_owner": actor(Role.OWNER_SIGNER, organisation=OrganisationFactory(county=county)),
        "partner": year.partner_signer,
        "other_environment": actor(Role.ENVIRONMENT_SIGNER, organisation=EnvironmentFactory()),
        "case_worker": year.case_worker,
        "approver": actor(Role.APPROVER, organisation=year.office),
        "other_office": actor(Role.CASE_WORKER, organisation=elsewhere.organisation),
        "auditor": actor(Role.AUDITOR, organisation=year.office),
        "forum_member": actor(Role.FORUM_MEMBER, organisation=year.owner),
        "employee": actor(Role.EMPLOYEE, organisation=year.owner),
        "administrator": actor(Role.PLATFORM_ADMINISTRATOR, organisation=year.office),
        "nobody": NOBODY,
    }


OWNERS = {"editor", "signer"}
OFFICE = {"case_worker", "approver", "auditor"}
SEEN_BY = [
    (filled_report, OWNERS),
    (complete_report, OWNERS | {"partner"}),
    (submitted_report, OWNERS | OFFICE | {"partner"}),
    (returned_report, OWNERS | OFFICE | {"partner"}),
]


@pytest.mark.parametrize(("make", "expected"), SEEN_BY)
def test_a_report_is_seen_by_those_it_concerns(make, expected):
    year = a_year()
    report = make(year)

    seen_by = {name for name, who in everybody(year).items() if sees(who, report)}

    assert seen_by == expected


def test_a_withdrawn_draft_never_reaches_the_office_a_withdrawn_submission_stays():
    year = a_year()
    draft, sent = draft_report(year), submitted_report(year)
    for report in (draft, sent):
        actions.withdraw_report(report=report, by=year.signer, at=NOW)

    assert (sees(year.case_worker, draft), sees(year.case_worker, sent)) == (False, True)


def test_an_invited_owner_reads_before_it_confirms():
    year = a_year()
    report = filled_report(year)
    other = OrganisationFactory(county=year.cycle.county)
    theirs = actor(Role.OWNER_EDITOR, organisation=other)
    before = sees(theirs, report)

    actions.invite_network_owner(report=report, owner=other, by=year.editor, at=NOW)

    assert (before, sees(theirs, report)) == (False, True)


def test_a_partner_opens_only_its_own_place():
    year = a_year()
    report = filled_report(year)
    other = EnvironmentFactory()
    actions.add_partner(report=report, environment=other, by=year.editor, at=NOW)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    own = report.partners.get(environment=year.environment)
    foreign = fresh(report).partners.get(environment=other)

    assert queries.partner_for(year.partner_signer, own.pk).pk == own.pk
    with pytest.raises(Http404):
        queries.partner_for(year.partner_signer, foreign.pk)


def test_the_office_reads_what_was_sent_while_the_owner_mends_it():
    year = a_year()
    report = returned_report(year)
    save(report, {"own_effort": "Ny tekst"}, by=year.editor)

    shown = {
        who: queries.shown_content(actor_, fresh(report))["answers"]["own_effort"]
        for who, actor_ in (("office", year.case_worker), ("owner", year.editor))
    }

    assert shown == {"office": "To planleggingsdager i hver barnehage.", "owner": "Ny tekst"}


def test_a_draft_is_found_by_its_number_for_an_extension_only():
    year = a_year()
    report = draft_report(year)

    found = queries.extension_target(year.case_worker, year.cycle, " b-2027-001 ")

    assert found == report
    with pytest.raises(Http404):
        queries.extension_target(year.signer, year.cycle, "B-2027-001")


# --- The content ---------------------------------------------------------------------------------
def test_the_same_rows_give_the_same_hash_in_every_language():
    year = a_year()
    report = complete_report(year)

    hashes = set()
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            hashes.add(queries.content_hash(fresh(report)))

    assert len(hashes) == 1


def test_every_field_has_a_place_and_a_label_and_the_rules_fields_are_among_them():
    from samspill.regulation.collective import FIELDS

    assert set(FIELDS) <= set(queries.FIELDS_BY_NAME)
    assert [section.code for section in queries.SECTIONS] == [
        "about", "assessment", "partnership", "aims", "phases", "budget", "sharing", "review",
    ]  # fmt: skip
    assert all(str(each.label) for each in queries.FIELDS_BY_NAME.values())


def test_what_was_sent_does_not_move_when_a_register_changes_a_name():
    year = a_year()
    report = submitted_report(year)
    Organisation.objects.filter(pk=year.environment.pk).update(name="Nytt navn")

    errors = [f for f in queries.findings_of(fresh(report), NOW) if f.stops]

    assert errors == []


def test_findings_stand_in_the_section_of_their_field():
    year = a_year()
    report = filled_report(year, own_effort="", sami_answer="")

    states = queries.section_states(queries.findings_of(report, NOW))

    wrong = {s.section.code: [f.rule_id for f in s.errors] for s in states if s.errors}
    assert wrong == {"assessment": ["K11"], "partnership": ["K01"], "budget": ["K18"]}


# --- Lists ---------------------------------------------------------------------------------------
def test_the_queue_is_filtered_and_searched():
    year = a_year()
    first = submitted_report(year, title="Lesing")
    submitted_report(year, title="Regning")
    draft_report(year)

    def numbers(**filters):
        rows = queries.reports_for_secretariat(year.case_worker, year.cycle, filters)
        return [row.number for row in rows]

    assert numbers() == ["B-2027-001", "B-2027-002"]
    assert numbers(q="lesing") == [first.number]
    assert numbers(q="\x00' OR 1=1") == []
    assert numbers(state="complete") == []
    assert numbers(state="nonsense", sort="nonsense") == ["B-2027-001", "B-2027-002"]
    assert list(queries.reports_for_secretariat(year.signer, year.cycle)) == []


@pytest.mark.parametrize("lines", [1, 30])
def test_a_page_of_facts_takes_the_same_questions_whatever_its_lines(
    lines, django_assert_num_queries
):
    year = a_year()
    report = filled_report(year)
    BudgetLine.objects.bulk_create(
        BudgetLine(
            report=report, kind="travel", receiver=year.environment, position=n, amounts={"2027": 1}
        )
        for n in range(lines)
    )
    for _each in range(lines):
        UnitFactory(owner=year.owner)
    report.units.set(year.owner.units.all())

    with django_assert_num_queries(14):
        loaded = queries.report_for(year.editor, report.pk)
        queries.findings_of(loaded, NOW)
        queries.content_hash(loaded)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_with_findings_takes_the_same_questions_however_long(
    count, django_assert_num_queries
):
    year = a_year()
    for _each in range(count):
        submitted_report(year)

    with django_assert_num_queries(13):
        rows = list(queries.reports_for_secretariat(year.case_worker, year.cycle))
        findings = queries.findings_by_report(rows, NOW)

    assert len(findings) == count


def test_sums_are_by_year_line_and_kind():
    year = a_year()
    report = filled_report(year, years=2)
    line = actions.add_budget_line(
        report=report, kind="travel", receiver=year.environment, by=year.editor, at=NOW
    )
    save(report, {f"budget.{line.pk}.2028": 60_000}, by=year.editor)

    sums = queries.sums_of(fresh(report))

    assert (sums.by_year, sums.total) == ({2027: 400_000, 2028: 60_000}, 460_000)
    assert sums.by_kind["travel"] == {2027: 0, 2028: 60_000}
    assert queries.requested_of(fresh(report), 2028) == 60_000


def test_accounts_are_shown_by_their_last_digits():
    year = a_year()
    report = filled_report(year)
    Account.objects.create(
        organisation=year.environment,
        number="86011117947",
        entered_by_id=year.partner_signer.person_id,
        entered_at=NOW,
    )

    rows = queries.accounts_of(report)

    assert [(r.organisation, r.last_digits) for r in rows] == [(year.environment, "947")]


def test_colleagues_see_who_wrote_a_moment_ago():
    year = a_year()
    report = draft_report(year)
    save(report, {"aims": "x"}, by=year.signer)

    soon = queries.recently_changed(fresh(report), year.editor, NOW + timedelta(seconds=30))
    late = queries.recently_changed(fresh(report), year.editor, NOW + timedelta(minutes=5))

    assert ([(w.field, w.name) for w in soon], late) == ([("aims", year.signer.name)], [])


# --- Waiting -------------------------------------------------------------------------------------
def waits(who):
    return [(w.reason, w.mine) for w in queries.waiting_for(who, NOW)]


def test_whose_turn_it_is_follows_the_state():
    year = a_year()
    filled = filled_report(year)
    at_draft = (waits(year.editor), waits(year.partner_signer))

    actions.send_to_partner(report=filled, by=year.editor, at=NOW)
    at_partner = (waits(year.editor), waits(year.partner_signer))

    assert at_draft == ([("Utkastet er ikke sendt.", True)], [])
    assert at_partner == (
        [("Partneren skal lese og bekrefte.", False)],
        [(f"{year.owner.name} ber dere bekrefte behovsmeldingen.", True)],
    )


def test_the_office_has_one_line_for_all_that_is_sent():
    year = a_year()
    for _each in range(2):
        submitted_report(year)

    waiting = queries.waiting_for(year.case_worker, NOW)

    assert [w.title for w in waiting] == ["2 behovsmeldinger skal kontrolleres"]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR, Role.EMPLOYEE])
def test_nothing_waits_for_those_who_have_no_part(role):
    year = a_year()
    submitted_report(year)

    assert queries.waiting_for(actor(role, organisation=year.office), NOW) == []


# --- Balance -------------------------------------------------------------------------------------
def test_b01_the_lamps_say_honestly_what_is_known():
    year = a_year()
    UnitFactory(owner=year.owner, kind=Unit.Kind.SCHOOL)
    filled_report(year)

    lamps = queries.balance_of(year.owner, year.cycle)

    assert [(lamp.title, lamp.word) for lamp in lamps] == [
        ("Barnehage", "Meldt i år"),
        ("Skole", "Ikke meldt i år"),
        ("Spesialpedagogikk", "Ikke meldt i år"),
        ("PP-tjenesten", "Meldt i år"),
    ]
    assert "B-2027-001" in lamps[0].text
    assert "tidligere år" in lamps[1].text


def test_b01_a_private_kindergarten_is_asked_only_about_what_it_has():
    year = a_year()
    kindergarten = OrganisationFactory(kind="private_kindergarten", county=year.cycle.county)
    UnitFactory(owner=kindergarten)

    lamps = queries.balance_of(kindergarten, year.cycle)

    assert [lamp.code for lamp in lamps] == ["kindergarten", "special_needs"]
