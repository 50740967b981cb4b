"""Saving field by field: nobody loses a word, and nothing that is not a value gets in."""

import pytest
from django.core.exceptions import PermissionDenied

from samspill.apps.needs import actions, queries
from samspill.apps.needs.models import NeedsReport, SavedAnswer
from samspill.shared.audit.models import Line
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
)
from tests.apps.organisations.factories import OrganisationFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.both]
State = NeedsReport.State


def seen_in(report, *names):
    """What a form that is drawn now would carry."""
    now = fresh(report)
    return {name: queries.fingerprint(now, name) for name in names}


def test_a_field_is_stored_and_counted():
    year = a_year()
    report = draft_report(year)

    saved = save(report, {"aims": "Bedre språk"}, by=year.editor)

    assert (saved.changed, saved.revision, saved.conflicts, saved.errors) == (("aims",), 1, (), {})
    assert fresh(report).aims == "Bedre språk"


def test_two_tabs_with_different_fields_both_win():
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims", "signs")

    save(report, {"aims": "Mål fra fane 1", "signs": ""}, seen=seen, by=year.editor)
    second = save(report, {"aims": "", "signs": "Tegn fra fane 2"}, seen=seen, by=year.signer)

    assert second.is_clean
    assert (fresh(report).aims, fresh(report).signs) == ("Mål fra fane 1", "Tegn fra fane 2")


def test_two_tabs_with_the_same_field_get_both_texts():
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims", "signs")
    save(report, {"aims": "Hennes"}, seen=seen, by=year.signer)

    mine = save(report, {"aims": "Min", "signs": "Også min"}, seen=seen, by=year.editor)

    conflict = mine.conflicts[0]
    assert (conflict.field, conflict.mine, conflict.theirs) == ("aims", "Min", "Hennes")
    assert (conflict.theirs_by, conflict.theirs_at) == (year.signer.name, NOW)
    assert mine.changed == ("signs",)
    assert (fresh(report).aims, fresh(report).signs) == ("Hennes", "Også min")


def test_a_conflict_is_won_by_saving_again_with_what_was_shown():
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims")
    save(report, {"aims": "Hennes"}, seen=seen, by=year.signer)
    conflict = save(report, {"aims": "Min"}, seen=seen, by=year.editor).conflicts[0]

    again = save(
        report, {"aims": "Min"}, seen={"aims": conflict.theirs_fingerprint}, by=year.editor
    )

    assert again.is_clean
    assert fresh(report).aims == "Min"


def test_the_same_text_in_two_tabs_is_no_conflict():
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims")
    save(report, {"aims": "Likt"}, seen=seen, by=year.signer)

    saved = save(report, {"aims": "Likt"}, seen=seen, by=year.editor)

    assert (saved.is_clean, saved.changed) == (True, ())


def test_an_untouched_field_never_overwrites_a_colleague_later():
    """The form keeps what it saw: its next save must not look as if it had seen the new text."""
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims", "signs")
    save(report, {"aims": "Hennes"}, seen=seen, by=year.signer)

    first = save(report, {"aims": "", "signs": "a"}, seen=seen, by=year.editor)
    save(report, {"aims": "", "signs": "ab"}, seen=first.fingerprints, by=year.editor)

    assert fresh(report).aims == "Hennes"


def test_cells_of_one_table_do_not_meet():
    year = a_year()
    report = filled_report(year, years=2)
    line = report.budget.get()
    names = (f"budget.{line.pk}.2027", f"budget.{line.pk}.2028")
    seen = seen_in(report, *names)

    save(report, {names[0]: 500_000}, seen=seen, by=year.editor)
    second = save(report, {names[1]: 90_000}, seen=seen, by=year.signer)

    assert second.is_clean
    assert fresh(report).budget.get().amounts == {"2027": 500_000, "2028": 90_000}


def test_a_retried_save_gets_the_first_answer_and_changes_nothing():
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims")
    first = save(report, {"aims": "Min"}, seen=seen, save_id="abc", by=year.editor)
    save(report, {"aims": "Hennes"}, by=year.signer)

    again = save(report, {"aims": "Min"}, seen=seen, save_id="abc", by=year.editor)

    assert again == first
    assert fresh(report).aims == "Hennes"
    assert SavedAnswer.objects.filter(report=report).count() == 1


@pytest.mark.parametrize("save_id", ["x" * 65, "a\x00b", "' OR 1"])
def test_a_save_id_no_form_has_made_is_no_id(save_id):
    year = a_year()
    report = draft_report(year)

    saved = save(report, {"aims": "Min"}, save_id=save_id, by=year.editor)

    assert (saved.changed, SavedAnswer.objects.count()) == (("aims",), 0)


def test_a_retried_save_with_a_conflict_answers_the_same():
    year = a_year()
    report = draft_report(year)
    seen = seen_in(report, "aims")
    save(report, {"aims": "Hennes"}, seen=seen, by=year.signer)
    first = save(report, {"aims": "Min"}, seen=seen, save_id="x", by=year.editor)

    again = save(report, {"aims": "Min"}, seen=seen, save_id="x", by=year.editor)

    assert again == first


HOSTILE = [
    ("aims", "a\x00b", "styretegn"),
    ("aims", "\ud800", "styretegn"),
    ("aims", "x" * 4001, "1 tegn for lang"),
    ("aims", 7, "Skriv tekst"),
    ("category", "upper_secondary", "Velg et av svarene"),
    ("themes", ["learning_communities", "nonsense"], "Velg blant svarene"),
    ("assessment_staff", "kanskje", "Svar ja eller nei"),
    ("assessment_date", "20.11.26", "dag, måned og år"),
    ("assessment_date", "0001-01-01", "mellom 1900 og 2100"),
    ("special_needs_share", 101, "fra 0 til 100"),
    ("years", 4, "fra 1 til 3"),
    ("years", None, "hvor mange år"),
    ("own_effort_amount", -1, "negativt"),
    ("own_effort_amount", 10**15, "for stort"),
    ("own_effort_amount", 10**12, "for stort"),
    ("own_effort_amount", 0.5, "hele kroner"),
    ("own_effort_amount", True, "hele kroner"),
    ("own_effort_amount", "1 250 000,50", "hele kroner"),
    ("minimum.2027", -1, "negativt"),
    ("staff.teachers", -3, "fra 0 til"),
    ("phases.2027", ["party"], "Velg blant svarene"),
    ("units", [999_999], "barnehagene og skolene"),
    ("units", [10**30], "Velg blant svarene"),
    ("units", ["x"], "Velg blant svarene"),
    ("needs", [999_999], "kompetansebehovene"),
    ("budget.999999.2027", 1, "tatt bort"),
]


@pytest.mark.parametrize(("name", "value", "words"), HOSTILE)
def test_what_is_no_value_is_said_at_the_field_and_the_rest_is_kept(name, value, words):
    year = a_year()
    report = draft_report(year)
    seen = {"signs": queries.fingerprint(fresh(report), "signs")}

    saved = save(report, {name: value, "signs": "Beholdt"}, seen=seen, by=year.editor)

    assert words in saved.errors[name].replace("\u00a0", " ")
    assert saved.changed == ("signs",)


@pytest.mark.parametrize("amount", [-1, 10**12, 10**15, 1.5, 250_000.0, True, "400000", "9" * 5000])
def test_a_budget_cell_takes_whole_kroner_only(amount):
    year = a_year()
    report = filled_report(year)
    name = f"budget.{report.budget.get().pk}.2027"

    saved = save(report, {name: amount}, by=year.editor)

    assert set(saved.errors) == {name}
    assert fresh(report).budget.get().amounts == {"2027": 400_000}


@pytest.mark.parametrize("name", ["nonsense", "phases", "phases.1999", "aims.x", "state", "owners"])
def test_a_field_that_does_not_exist_is_a_mistake_in_the_caller(name):
    year = a_year()
    report = draft_report(year)

    with pytest.raises(KeyError):
        save(report, {name: "x"}, seen={name: ""}, by=year.editor)


def test_emoji_and_line_breaks_are_kept():
    year = a_year()
    report = draft_report(year)

    save(report, {"aims": "Bra 👍🏽\r\nog mer "}, by=year.editor)

    assert fresh(report).aims == "Bra 👍🏽\nog mer"


def test_a_stranger_may_not_save():
    year = a_year()
    report = draft_report(year)
    stranger = actor(Role.OWNER_SIGNER, organisation=OrganisationFactory())

    with pytest.raises(PermissionDenied):
        save(report, {"aims": "x"}, by=stranger)


def test_autosaves_leave_no_audit_line():
    year = a_year()
    report = draft_report(year)
    before = Line.objects.count()

    save(report, {"aims": "x"}, by=year.editor)

    assert Line.objects.count() == before


def test_a_change_takes_a_ready_report_back_to_draft_and_voids_the_signature():
    year = a_year()
    report = complete_report(year)
    assert report.state == State.READY

    saved = save(report, {"aims": "Nytt mål"}, by=year.editor)

    assert (saved.voided, saved.state) == (True, State.DRAFT)
    assert fresh(report).state == State.DRAFT
    assert queries.newest_signature(fresh(report).partners.get()).voided_at == NOW


@pytest.mark.parametrize("change", ["budget_row", "partner", "network", "description"])
def test_child_rows_are_content_too(change):
    year = a_year()
    report = complete_report(year)
    asked = {"report": report, "by": year.editor, "at": NOW}

    if change == "budget_row":
        actions.add_budget_line(kind="travel", receiver=year.environment, **asked)
    elif change == "partner":
        other = OrganisationFactory(kind="university")
        actions.add_partner(environment=other, **asked)
    elif change == "network":
        actions.invite_network_owner(owner=OrganisationFactory(), **asked)
    else:
        name = f"budget.{report.budget.get().pk}.description"
        save(report, {name: "Faglig støtte"}, by=year.editor)

    after = fresh(report)
    assert (after.state, after.content_revision) == (State.DRAFT, report.content_revision + 1)
    assert not queries.holds(
        queries.newest_signature(after.partners.get(environment=year.environment)),
        queries.content_hash(after),
    )


def test_the_shared_assessment_moves_all_unsent_reports_of_the_owner():
    year = a_year()
    first, second = complete_report(year), draft_report(year)

    save(second, {"assessment_how": "Ny vurdering"}, by=year.editor)

    assert fresh(first).state == State.DRAFT
    assert queries.assessment_of(fresh(first)).how == "Ny vurdering"
    assert fresh(first).content_revision == first.content_revision + 1


def test_only_the_named_fields_of_a_returned_report_open():
    year = a_year()
    report = returned_report(year, fields=("own_effort", "budget"))
    cell = f"budget.{report.budget.get().pk}.2027"

    saved = save(report, {"own_effort": "Mer tid", "aims": "Smug", cell: 390_000}, by=year.editor)

    assert saved.changed == (cell, "own_effort")
    assert list(saved.errors) == ["aims"]


def test_a_sent_report_keeps_its_assessment_while_the_owner_writes_on():
    year = a_year()
    sent = returned_report(year)
    other = draft_report(year)

    save(other, {"assessment_how": "Ny vurdering"}, by=year.editor)

    assert queries.assessment_of(fresh(sent)).how.startswith("Vi spurte")


def test_amounts_of_years_that_are_taken_away_are_kept_but_not_counted():
    year = a_year()
    report = filled_report(year, years=2)
    line = report.budget.get()
    save(report, {f"budget.{line.pk}.2028": 100_000}, by=year.editor)

    save(report, {"years": 1}, by=year.editor)

    assert queries.sums_of(fresh(report)).total == 400_000
    save(report, {"years": 2}, by=year.editor)
    assert queries.sums_of(fresh(report)).total == 500_000
