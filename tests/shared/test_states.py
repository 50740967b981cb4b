"""The only way a case changes state: what stops a move, what it writes, who comes second."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from samspill.regulation.rule import Finding, Severity
from samspill.shared.audit import trail as audit
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import Actor, MandateFacts
from samspill.shared.identity.roles import Role
from samspill.shared.states import IllegalMove, RulesBroken, advance
from tests.shared.case_model import PlainCase

OPENED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
AT = OPENED + timedelta(hours=2)
KARI = Actor(
    7,
    "Kari",
    MandateFacts(9, Role.OWNER_SIGNER, 3, "Bodø kommune", frozenset({"18"}), date(2026, 1, 1)),
)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("case_table")]


def a_case():
    return PlainCase.objects.create(state_since=OPENED)


def finding(rule_id="K01", severity=Severity.ERROR, met=False):
    return Finding(rule_id, severity, met, "Det mangler noe.")


def move(case, to="sent", **given):
    with audit.writing("18", by=KARI, at=AT) as trail:
        return advance(case, to=to, trail=trail, **given)


def stored(case):
    fresh = PlainCase.objects.get(pk=case.pk)
    return fresh.state, fresh.state_since, fresh.amount, Line.objects.count()


def test_a_move_writes_state_time_changes_and_one_line():
    case = a_case()

    moved = move(case, changes={"amount": 250_000})

    assert (moved.state, moved.amount) == ("sent", 250_000)
    assert stored(case) == ("sent", AT, 250_000, 1)


def test_the_line_names_the_move_and_the_rules_but_no_text():
    findings = [
        finding("K02", met=True),
        finding("K01", met=False),
        finding("K03", Severity.WARNING, met=False),
        finding("K11", Severity.INFO, met=None),
    ]

    move(a_case(), findings=findings, covered=frozenset({"K01", "K13"}))

    line = Line.objects.get()
    assert (line.event, line.person_id, line.mandate_id, line.role, line.at) == (
        "draft→sent", 7, 9, "owner_signer", AT,
    )  # fmt: skip
    assert line.detail == {
        "rules": ["K01", "K02", "K03", "K11"],
        "unmet": ["K01", "K03", "K11"],
        "covered": ["K01"],
    }


def test_a_move_the_model_does_not_know_is_illegal():
    case = a_case()

    with pytest.raises(IllegalMove, match="draft → closed"):
        move(case, to="closed")

    assert stored(case) == ("draft", OPENED, 0, 0)


def test_nothing_leads_out_of_a_last_state():
    case = move(move(a_case()), to="closed")

    with pytest.raises(IllegalMove, match="closed → draft"):
        move(case, to="draft")


@pytest.mark.parametrize("met", [False, None])
def test_an_error_not_met_or_not_judged_stops_the_move(met):
    case, broken = a_case(), finding(met=met)

    with pytest.raises(RulesBroken, match="K01: Det mangler noe") as refused:
        move(case, findings=[finding("K02", met=True), broken], changes={"amount": 1})

    assert refused.value.findings == (broken,)
    assert stored(case) == ("draft", OPENED, 0, 0)


def test_a_recorded_leave_covers_its_own_rule_only():
    case = a_case()

    with pytest.raises(RulesBroken) as refused:
        move(
            case,
            findings=[finding("K06"), finding("K13")],
            covered=frozenset({"K13"}),
        )

    assert [one.rule_id for one in refused.value.findings] == ["K06"]
    assert move(case, findings=[finding("K13")], covered=frozenset({"K13"})).state == "sent"


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO])
@pytest.mark.parametrize("met", [False, None])
def test_warnings_and_information_never_stop_a_move(severity, met):
    assert move(a_case(), findings=[finding("K03", severity, met)]).state == "sent"


@pytest.mark.parametrize("name", ["state", "state_since", "id", "pk"])
def test_changes_cannot_write_what_the_move_writes(name):
    case = a_case()

    with pytest.raises(ValueError, match=name):
        move(case, changes={name: 1})

    assert stored(case) == ("draft", OPENED, 0, 0)


def test_changes_of_a_field_that_is_not_there_are_refused():
    case = a_case()

    with pytest.raises(ValueError, match="amuont"):
        move(case, changes={"amuont": 1})

    assert stored(case) == ("draft", OPENED, 0, 0)


def test_the_state_in_the_database_counts_not_the_one_read_earlier():
    case = a_case()
    read_earlier = PlainCase.objects.get(pk=case.pk)
    move(case)

    with pytest.raises(IllegalMove, match="sent → sent"):
        move(read_earlier)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_at_once_the_second_is_told_it_is_too_late():
    case = a_case()
    start, told = threading.Barrier(2), []

    def mover():
        mine = PlainCase.objects.get(pk=case.pk)
        start.wait(timeout=30)
        try:
            move(mine)
            told.append("moved")
        except IllegalMove:
            told.append("too late")
        finally:
            connection.close()

    movers = [threading.Thread(target=mover) for _ in range(2)]
    for one in movers:
        one.start()
    for one in movers:
        one.join(timeout=60)

    assert sorted(told) == ["moved", "too late"]
    assert stored(case) == ("sent", AT, 0, 1)
