"""Mail over a real SMTP conversation: once, again after a crash, never what was rolled back."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.models import User
from samspill.shared.messages import actions, worker
from samspill.shared.messages.address import to_email, to_organisation, to_person
from samspill.shared.messages.models import Message
from samspill.shared.messages.worker import LEASE, Outcome, run_once
from tests.shared.messages.mandates import LAST_DAY

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

# ruff: noqa: PT012 (a block that fails after writing is what is tested)
pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def kari(db):
    return User.objects.create(handle="kari", name="Kari", email="kari@bodo.example")


def queue(to=None, *, key="test/1", **given):
    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        to = to or to_email("post@bodo.example")
        content = {"subject": "Fristen nærmer seg", "body": "Åtte dager igjen.", **given}
        return actions.queue(trail=trail, key=key, to=to, **content)


def stored(message):
    return Message.objects.get(pk=message.pk)


def test_a_message_is_sent_once_with_its_headers(smtp, settings):
    settings.SITE_URL = "https://samspill.example"
    message = queue(to_organisation(3, "post@bodo.example"), language="nn", link="/min-side/")

    outcomes = [run_once(AT, "w1"), run_once(AT, "w1")]

    mail = smtp.mails[0]
    assert (outcomes, smtp.ids) == ([Outcome.SENT, None], [message.message_id])
    assert (mail["To"], mail["Subject"], mail["Content-Language"], mail["Auto-Submitted"]) == (
        "post@bodo.example", "Fristen nærmer seg", "nn", "auto-generated",
    )  # fmt: skip
    assert mail.get_content().splitlines() == [
        "Åtte dager igjen.", "", "https://samspill.example/min-side/",
    ]  # fmt: skip
    assert (stored(message).sent_at, stored(message).lease_until) == (AT, None)


def test_a_person_gets_mail_at_the_address_of_the_day(smtp, kari):
    queue(to_person(kari.pk))
    User.objects.filter(pk=kari.pk).update(email="kari@ny.example")

    run_once(AT, "w1")

    assert [mail["To"] for mail in smtp.mails] == ["kari@ny.example"]


def test_a_rolled_back_message_is_not_sent(smtp):
    with pytest.raises(ZeroDivisionError), audit.writing("18", by=SYSTEM, at=AT) as trail:
        actions.queue(trail=trail, key="k", to=to_email("a@b.example"), subject="Hei", body="Hei")
        raise ZeroDivisionError

    assert (run_once(AT, "w1"), smtp.mails) == (None, [])


def test_a_pseudonymised_person_gets_nothing(smtp, kari):
    message = queue(to_person(kari.pk))
    User.objects.filter(pk=kari.pk).update(pseudonymised_at=AT)

    outcome = run_once(AT, "w1")

    assert (outcome, smtp.mails, stored(message).error_code) == (
        Outcome.WITHDRAWN, [], "pseudonymised",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mandate_id", "day", "outcome"),
    [
        (9, LAST_DAY, Outcome.SENT),
        (9, LAST_DAY + timedelta(days=1), Outcome.WITHDRAWN),
        (10, LAST_DAY, Outcome.WITHDRAWN),
    ],
)
def test_access_is_checked_again_when_the_mail_is_sent(
    smtp, kari, settings, mandate_id, day, outcome
):
    settings.MANDATES = "tests.shared.messages.mandates.of_person"
    queue(to_person(kari.pk, mandate_id=mandate_id))

    assert run_once(AT, "w1", today=day) == outcome
    assert len(smtp.mails) == (outcome == Outcome.SENT)


@pytest.mark.parametrize(
    ("kind", "outcome", "code"),
    [
        ("must", Outcome.FAILED, "no_address"),
        ("task", Outcome.SENT, "notice_only"),
        ("info", Outcome.SENT, "notice_only"),
    ],
)
def test_without_an_address_what_must_be_read_becomes_a_task(smtp, kari, kind, outcome, code):
    User.objects.filter(pk=kari.pk).update(email="")
    message = queue(to_person(kari.pk), kind=kind)

    assert run_once(AT, "w1") == outcome
    assert (stored(message).error_code, smtp.mails) == (code, [])


@pytest.mark.usefixtures("smtp_port")
def test_while_the_server_is_down_the_message_waits_longer_and_longer_then_fails():
    message, at, waits = queue(), AT, []

    for _ in range(worker.ATTEMPTS - 1):
        assert run_once(at, "w1") == Outcome.LATER
        assert run_once(at, "w1") is None
        waits.append((stored(message).next_try_at - at) // timedelta(minutes=1))
        at = stored(message).next_try_at

    assert run_once(at, "w1") == Outcome.FAILED
    assert tuple(waits) == worker.BACK_OFF
    assert (stored(message).error_code, stored(message).failed_at) == ("connection", at)
    assert run_once(at + timedelta(days=30), "w1") is None


def test_when_the_server_is_back_the_message_is_sent(smtp_port, request):
    message = queue()
    assert run_once(AT, "w1") == Outcome.LATER

    smtp = request.getfixturevalue("smtp")

    assert run_once(AT + timedelta(minutes=1), "w1") == Outcome.SENT
    assert smtp.ids == [message.message_id]


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        ("450 grey list, kari@bodo.example", Outcome.LATER, "smtp_450"),
        ("554 refused for kari@bodo.example", Outcome.FAILED, "smtp_554"),
    ],
)
def test_the_servers_no_is_kept_as_a_code_without_its_words(smtp, answer, outcome, code):
    message = queue()
    smtp.answer = answer

    assert run_once(AT, "w1") == outcome
    assert stored(message).error_code == code


def test_a_message_that_kills_every_worker_is_given_up():
    message = queue()
    Message.objects.filter(pk=message.pk).update(
        attempts=worker.ATTEMPTS, lease_until=AT, leased_by="dead"
    )

    assert run_once(AT, "w1") == Outcome.FAILED
    assert stored(message).error_code == "gave_up"


def test_a_worker_whose_lease_ran_out_does_not_overwrite_what_the_next_one_wrote(smtp):
    message = queue()
    slow = worker._leased(AT, "slow")
    run_once(AT + LEASE, "quick")

    outcome = worker._finish(slow, Outcome.FAILED, failed_at=AT, error_code="connection")

    assert outcome == Outcome.LOST
    assert (stored(message).failed_at, stored(message).sent_at) == (None, AT + LEASE)


def wait_for(process):
    return process.wait(timeout=60)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["on_mail", "on_data"])
def test_a_killed_workers_message_comes_after_its_lease_with_the_same_id(smtp, start_worker, step):
    """Killed before the server took it, or after it took it and before that was noted."""
    message = queue()
    setattr(smtp, step, lambda: os.kill(process.pid, signal.SIGKILL))
    began = datetime.now(UTC)

    process = start_worker("--once")
    died = wait_for(process)
    setattr(smtp, step, None)

    assert died == -signal.SIGKILL
    assert run_once(began, "w2") is None
    assert run_once(datetime.now(UTC) + LEASE, "w2") == Outcome.SENT
    assert set(smtp.ids) == {message.message_id}
    assert len(smtp.ids) == {"on_mail": 1, "on_data": 2}[step]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(smtp, start_worker):
    messages = [queue(key=f"test/{number}") for number in range(30)]

    workers = [start_worker("--once"), start_worker("--once")]
    ended = [wait_for(one) for one in workers]

    assert ended == [0, 0]
    assert sorted(smtp.ids) == sorted(one.message_id for one in messages)
    assert Message.objects.filter(sent_at=None).count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_worker_finishes_the_message_in_hand_and_no_more(smtp, start_worker, name):
    first, second = queue(key="test/1"), queue(key="test/2")

    def stop():
        os.kill(process.pid, name)
        time.sleep(0.3)

    smtp.on_data = stop
    process = start_worker()

    assert wait_for(process) == 0
    assert smtp.ids == [first.message_id]
    assert (stored(first).sent_at is None, stored(second).sent_at) == (False, None)
