"""The trail: who may write what, and that nothing is left of what was rolled back."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from samspill.shared.audit import trail as audit
from samspill.shared.audit.models import Chain, Line
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity.actor import SYSTEM, Actor, MandateFacts
from samspill.shared.identity.roles import Role
from samspill.shared.states import advance
from tests.shared.case_model import PlainCase

AT = datetime(2026, 11, 2, 9, 30, 15, 123456, tzinfo=UTC)
KARI = Actor(
    7,
    "Kari",
    MandateFacts(9, Role.CASE_WORKER, 3, "Embetet", frozenset({"18"}), date(2026, 1, 1)),
)

# ruff: noqa: PT012 (a block that fails after writing is what is tested)
pytestmark = [pytest.mark.both, pytest.mark.usefixtures("case_table")]


def fail():
    raise ZeroDivisionError


def a_case():
    return PlainCase.objects.create(state_since=AT)


@pytest.mark.django_db
def test_a_line_says_who_when_what_and_continues_the_line_before():
    case = a_case()

    with audit.writing("18", by=KARI, at=AT) as trail:
        first = trail.line(case, "plain.opened", amount=5)
        second = trail.line(case, "plain.changed", fields=["title", "amount"])

    stored = Line.objects.get(seq=1)
    assert (stored.person_id, stored.mandate_id, stored.role, stored.at) == (
        7, 9, "case_worker", AT,
    )  # fmt: skip
    assert (stored.event, stored.case_type, stored.case_id, stored.detail) == (
        "plain.opened", "tests_shared.plaincase", str(case.pk), {"amount": 5},
    )  # fmt: skip
    assert (stored.previous_hash, second.previous_hash) == ("0" * 64, first.hash)
    assert Chain.objects.get().hash == second.hash


@pytest.mark.django_db
def test_stored_lines_hash_to_what_was_written():
    with audit.writing("18", by=KARI, at=AT) as trail:
        trail.line(a_case(), "plain.opened", rules=("K01", "K02"), nothing=None, yes=True)

    assert audit.hash_of(Line.objects.get()) == Line.objects.get().hash


@pytest.mark.django_db
@pytest.mark.parametrize(
    "detail",
    [
        "Kari Nordmann",
        "kari@nordland.example",
        "Kåre",
        "kode\n",
        "x" * 81,
        "01019012345",
        12.5,
        date(2026, 1, 1),
        ["K01", {"name": "Kari Nordmann"}],
        {1: "K01"},
        2**53,
    ],
)
def test_free_text_names_and_numbers_of_people_are_refused(detail):
    with (
        pytest.raises(audit.NotACode) as refused,
        audit.writing("18", by=KARI, at=AT) as trail,
    ):
        trail.line(a_case(), "plain.opened", value=detail)

    assert Line.objects.count() == 0
    assert "Nordmann" not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("detail", ["draft→sent", "K01@2026-01-12", "a" * 64, "974760673", -5])
def test_codes_ids_hashes_and_numbers_are_let_through(detail):
    with audit.writing("18", by=KARI, at=AT) as trail:
        trail.line(a_case(), "plain.opened", value=detail)

    assert Line.objects.get().detail == {"value": detail}


@pytest.mark.django_db
@pytest.mark.parametrize("chain", ["", "1", "018", "Nordland", "18\n"])
def test_a_chain_is_a_county_number_or_national(chain):
    with pytest.raises(ValueError, match="county number"), audit.writing(chain, by=KARI, at=AT):
        pass


@pytest.mark.django_db
def test_a_time_without_zone_is_refused():
    naive = AT.replace(tzinfo=None)

    with pytest.raises(ValueError, match="aware"), audit.writing("18", by=KARI, at=naive):
        pass


@pytest.mark.django_db
def test_a_rolled_back_block_leaves_no_line():
    case = a_case()

    with pytest.raises(ZeroDivisionError), audit.writing("18", by=KARI, at=AT) as trail:
        advance(case, to="sent", trail=trail)
        fail()

    case.refresh_from_db()
    assert (case.state, Line.objects.count(), Chain.objects.count()) == ("draft", 0, 0)


@pytest.mark.django_db
def test_lines_taken_back_by_a_savepoint_leave_no_hole():
    case = a_case()

    with audit.writing("18", by=KARI, at=AT) as trail:
        trail.line(case, "plain.one")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            trail.line(case, "plain.lost")
            fail()
        trail.line(case, "plain.two")

    assert list(Line.objects.order_by("seq").values_list("seq", "event")) == [
        (1, "plain.one"),
        (2, "plain.two"),
    ]
    assert verify_all().flaws == ()


@pytest.mark.django_db
def test_blocks_do_not_nest():
    with (
        audit.writing("18", by=KARI, at=AT),
        pytest.raises(RuntimeError, match="durable"),
        audit.writing("18", by=KARI, at=AT),
    ):
        pass


@pytest.mark.django_db
def test_a_trail_kept_after_its_block_writes_nothing():
    case = a_case()
    with audit.writing("18", by=KARI, at=AT) as kept:
        pass

    with pytest.raises(audit.TrailClosed):
        kept.line(case, "plain.late")
    with pytest.raises(audit.TrailClosed):
        advance(case, to="sent", trail=kept)

    case.refresh_from_db()
    assert (case.state, Line.objects.count()) == ("draft", 0)


def in_threads(*works):
    """Run the works at once, each on its own connection; returns what they raised."""
    raised = []

    def run(work):
        try:
            work()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


@pytest.mark.django_db(transaction=True)
def test_the_chain_is_whole_after_many_wrote_at_once():
    case = a_case()

    def work():
        for _ in range(10):
            with audit.writing("18", by=SYSTEM, at=AT) as trail:
                trail.line(case, "plain.touched")

    raised = in_threads(*[work] * 4)

    report = verify_all()
    assert (raised, report.lines, report.flaws) == ([], 40, ())


@pytest.mark.django_db(transaction=True)
def test_two_batches_in_opposite_order_do_not_deadlock():
    """The chain head is locked first, so the order in which the cases come does no harm."""
    cases = [a_case() for _ in range(6)]
    start = threading.Barrier(2)

    def batch(order):
        def work():
            for to in ("sent", "draft") * 3:
                start.wait(timeout=30)
                with audit.writing("18", by=SYSTEM, at=AT) as trail:
                    for case in order:
                        now = PlainCase.objects.get(pk=case.pk)
                        if now.state != to:
                            advance(now, to=to, trail=trail)

        return work

    raised = in_threads(batch(cases), batch(cases[::-1]))

    assert raised == []
    assert (Line.objects.count(), verify_all().flaws) == (36, ())


@pytest.mark.django_db(transaction=True)
def test_chains_of_two_counties_begun_at_once_are_both_whole():
    case = a_case()

    def work(chain):
        def write():
            for _ in range(5):
                with audit.writing(chain, by=SYSTEM, at=AT) as trail:
                    trail.line(case, "plain.touched")

        return write

    raised = in_threads(work("18"), work("55"), work("18"), work("55"))

    assert (raised, verify_all().lines, verify_all().flaws) == ([], 20, ())
