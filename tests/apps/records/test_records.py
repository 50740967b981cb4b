"""The journal has no gaps, tasks stand once, and each sees only what is theirs."""

import datetime as dt
import threading
from datetime import UTC

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from samspill.apps.records import actions, queries
from samspill.apps.records.models import JournalEntry, Task
from samspill.apps.records.queries import JournalFilter
from samspill.shared.audit import trail as audit
from samspill.shared.audit.models import Line
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity.actor import NOBODY, SYSTEM
from samspill.shared.identity.roles import Role
from samspill.shared.messages import actions as messages
from samspill.shared.messages.address import to_email
from samspill.shared.messages.models import Message
from tests.apps.organisations.factories import OrganisationFactory, actor
from tests.apps.records.factories import AT, a_task, an_entry, an_office

# ruff: noqa: PT012 (a block that fails after writing is what is tested)
pytestmark = [pytest.mark.both, pytest.mark.django_db]

EVERYTHING = JournalFilter()


def numbers(rows):
    return [one.reference for one in rows]


def test_entries_are_numbered_from_1_each_norwegian_year():
    office = an_office()
    late = dt.datetime(2027, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Oslo

    made = [an_entry(office, at=AT), an_entry(office, at=AT), an_entry(office, at=late)]

    assert numbers(made) == ["2027/1", "2027/2", "2028/1"]


def test_each_authority_has_its_own_numbers():
    one, other = an_office(), an_office("55")

    made = [an_entry(one), an_entry(other, county="55"), an_entry(one)]

    assert numbers(made) == ["2027/1", "2027/1", "2027/2"]


def test_a_rolled_back_entry_gives_its_number_back():
    office = an_office()
    an_entry(office)

    with pytest.raises(ZeroDivisionError), audit.writing("18", by=SYSTEM, at=AT) as trail:
        actions.journal(
            trail=trail, scheme="koll", county_id="18", authority_id=office.pk, direction="in",
            title="Behovsmelding", correspondent_id=None, case=office, document_date=AT.date(),
        )  # fmt: skip
        raise ZeroDivisionError

    assert an_entry(office).reference == "2027/2"


def test_an_entry_leaves_a_line_with_hash_and_case_but_no_title():
    office = an_office()

    entry = an_entry(office, content_hash="a" * 64, title="Om Kari Nordmann")

    line = Line.objects.get()
    assert (line.event, line.case_id, line.detail) == (
        "records.journalled",
        str(entry.pk),
        {
            "year": 2027,
            "number": 1,
            "direction": "in",
            "case": f"organisations.organisation/{office.pk}",
            "content_hash": "a" * 64,
        },
    )


def test_a_title_is_put_on_one_line_and_shortened_rather_than_refused():
    entry = an_entry(an_office(), title="Behov\nfor\x00 " + "x" * 400)

    assert (entry.title[:10], len(entry.title), entry.title[-1]) == ("Behov for ", 300, "…")


def test_nothing_is_recorded_under_another_countys_chain():
    office = an_office()

    with pytest.raises(actions.WrongChain), audit.writing("55", by=SYSTEM, at=AT) as trail:
        actions.open_task(
            trail=trail, scheme="koll", county_id="18", authority_id=office.pk,
            kind="no_address", title="Mangler adresse", case=office,
        )  # fmt: skip

    assert Task.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_counties_of_one_office_journal_at_once():
    """Each county has its own chain, so the chain alone would not keep numbers apart."""
    office = an_office("18", "55")
    raised = []

    def clerk(county):
        try:
            for number in range(8):
                fails = number == 3
                try:
                    with audit.writing(county, by=SYSTEM, at=AT) as trail:
                        actions.journal(
                            trail=trail, scheme="koll", county_id=county,
                            authority_id=office.pk, direction="in", title="Behov",
                            correspondent_id=None, case=office, document_date=AT.date(),
                        )  # fmt: skip
                        if fails:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk, args=(one,)) for one in ("18", "55", "18", "55")]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join(timeout=60)

    taken = JournalEntry.objects.order_by("number").values_list("number", flat=True)
    assert (raised, list(taken)) == ([], list(range(1, 29)))
    assert verify_all().flaws == ()


def test_a_task_stands_once_for_each_case_and_kind_while_it_is_open():
    office, other = an_office(), OrganisationFactory()

    tasks = [
        a_task(office),
        a_task(office),
        a_task(office, kind="late"),
        a_task(office, case=other),
    ]

    assert tasks[0].pk == tasks[1].pk
    assert (Task.objects.count(), Line.objects.count()) == (3, 3)


def test_a_closed_task_can_be_opened_anew():
    office = an_office()
    first = a_task(office)

    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        closed = actions.close_task(trail=trail, kind="no_address", case=office)
        again = actions.close_task(trail=trail, kind="no_address", case=office)

    assert (closed.pk, closed.closed_at, again) == (first.pk, AT, None)
    assert a_task(office).pk != first.pk


def test_the_secretariat_says_that_a_task_is_done():
    office = an_office()
    worker = actor(Role.CASE_WORKER, organisation=office)
    task = a_task(office)

    for _ in range(2):
        done = actions.finish_task(task=task, by=worker, at=AT)

    assert (done.closed_at, list(queries.tasks_for(worker))) == (AT, [])
    assert Line.objects.filter(event="records.task_closed").count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OWNER_SIGNER, Role.PLATFORM_ADMINISTRATOR])
def test_others_do_not_finish_tasks(role):
    office = an_office()
    task = a_task(office)

    with pytest.raises(PermissionDenied):
        actions.finish_task(task=task, by=actor(role, organisation=office), at=AT)

    assert Task.objects.get().closed_at is None


def test_the_journal_and_tasks_are_seen_by_the_own_secretariat_and_the_countys_auditor():
    office, other = an_office("18"), an_office("55")
    entry, task = an_entry(office), a_task(office)
    sees = {
        "worker": actor(Role.CASE_WORKER, organisation=office),
        "auditor": actor(Role.AUDITOR, county_id="18"),
        "other office": actor(Role.CASE_WORKER, organisation=other),
        "other authority": actor(Role.CASE_WORKER, county_id="18"),
        "other auditor": actor(Role.AUDITOR, county_id="55"),
        "owner": actor(Role.OWNER_SIGNER),
        "nobody": NOBODY,
    }

    seen = {
        name: (list(queries.journal(one, EVERYTHING)), list(queries.tasks_for(one)))
        for name, one in sees.items()
    }

    assert seen == {
        name: ([entry], [task]) if name in {"worker", "auditor"} else ([], []) for name in sees
    }


def test_what_is_not_seen_is_not_found():
    office = an_office("18")
    stranger = actor(Role.CASE_WORKER, organisation=an_office("55"))

    with pytest.raises(Http404):
        queries.entry_for(stranger, an_entry(office).pk)
    with pytest.raises(Http404):
        queries.task_for(stranger, a_task(office).pk)


def test_an_organisation_sees_the_letters_to_and_from_itself_in_its_case():
    office, owner = an_office(), OrganisationFactory()
    mine = an_entry(office, case=owner, correspondent_id=owner.pk)
    an_entry(office, case=owner, correspondent_id=OrganisationFactory().pk)
    note = an_entry(office, case=owner, correspondent_id=owner.pk, direction="internal")
    an_entry(office, case=office, correspondent_id=owner.pk)

    signer = actor(Role.OWNER_SIGNER, organisation=owner)
    worker = actor(Role.CASE_WORKER, organisation=office)

    assert list(queries.journal_for(signer, owner)) == [mine]
    assert list(queries.journal_for(NOBODY, owner)) == []
    assert [one.number for one in queries.journal_for(worker, owner)] == [1, 2, note.number]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (EVERYTHING, ["2028/1", "2027/3", "2027/2", "2027/1"]),
        (JournalFilter(year=2027), ["2027/3", "2027/2", "2027/1"]),
        (JournalFilter(direction="out"), ["2027/3"]),
        (JournalFilter(words="hamarøy BEHOV"), ["2027/2"]),
        (JournalFilter(words="2027/3"), ["2027/3"]),
        (JournalFilter(words="100 %"), []),
    ],
)
def test_the_journal_is_filtered_by_year_direction_and_words(asked, found):
    office, hamaroy = an_office(), OrganisationFactory(name="Hamarøy kommune")
    worker = actor(Role.CASE_WORKER, organisation=office)
    an_entry(office)
    an_entry(office, title="Behov i nord", correspondent_id=hamaroy.pk)
    an_entry(office, title="Kunngjøring", direction="out")
    an_entry(office, title="Neste år", at=AT.replace(year=2028))

    assert numbers(queries.journal(worker, asked)) == found
    assert queries.journal_years(worker) == [2028, 2027]


def test_tasks_and_failed_mail_wait_for_the_secretariat():
    office = an_office()
    worker = actor(Role.CASE_WORKER, organisation=office)
    a_task(office, kind="late", title="Uten frist")
    a_task(office, title="Med frist", due_date=dt.date(2027, 2, 1), link="/aarshjul/")
    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        messages.queue(
            trail=trail, key="test/1", to=to_email("a@b.example"), subject="Hei", body="Hei"
        )
    Message.objects.update(failed_at=AT, error_code="smtp_550")

    waits = queries.waiting_for(worker, AT)

    assert [(one.title, one.url, one.due) for one in waits] == [
        ("Med frist", "/aarshjul/", dt.date(2027, 2, 1)),
        ("Uten frist", "/oppgaver/", None),
        ("1 melding kom ikke fram", "/oppgaver/", None),
    ]
    assert queries.waiting_for(actor(Role.OWNER_SIGNER), AT) == []
    assert queries.waiting_for(actor(Role.AUDITOR, county_id="18"), AT) == []
