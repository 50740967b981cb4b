"""What goes into the outbox, and who reads notices from it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.shared.audit import trail as audit
from samspill.shared.audit.models import Line
from samspill.shared.identity.actor import NOBODY, SYSTEM, Actor, MandateFacts
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role
from samspill.shared.messages import actions, queries
from samspill.shared.messages.address import Address, to_email, to_organisation, to_person
from samspill.shared.messages.models import Message

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
#: The Message-ID of the key «test/1» at samspill.example: the same in every version.
HERE = "<91357f134768e80fad756158fd4d699c3120b000@samspill.example>"

# ruff: noqa: PT012 (a block that fails after writing is what is tested)
pytestmark = [pytest.mark.both, pytest.mark.django_db]


def a_person(name="Kari", **given):
    return User.objects.create(
        handle=name.lower(), name=name, email=f"{name.lower()}@bodo.example", **given
    )


def acting(user, *, role=Role.OWNER_SIGNER, organisation=3, mandate=9, counties=("18",)):
    facts = MandateFacts(mandate, role, organisation, "Bodø", frozenset(counties), date(2026, 1, 1))
    return Actor(user.pk, user.name, facts, (facts,))


def queue(to, *, key="test/1", chain="18", at=AT, **given):
    with audit.writing(chain, by=SYSTEM, at=at) as trail:
        content = {"subject": "Fristen nærmer seg", "body": "Dere har åtte dager igjen.", **given}
        return actions.queue(trail=trail, key=key, to=to, **content)


def test_a_message_lies_in_the_outbox_with_a_line_that_holds_no_text():
    message = queue(to_organisation(3, "post@bodo.example"), kind="must", language="nn")

    line = Line.objects.get()
    assert (message.kind, message.language, message.chain, message.queued_at) == (
        "must", "nn", "18", AT,
    )  # fmt: skip
    assert (line.event, line.case_id, line.detail) == (
        "messages.queued", str(message.pk), {"key": "test/1", "kind": "must"},
    )  # fmt: skip


def test_the_same_key_twice_is_one_message():
    first = queue(to_email("post@bodo.example"))
    second = queue(to_email("post@bodo.example"), subject="Igjen")

    assert (second.pk, second.subject, Message.objects.count(), Line.objects.count()) == (
        first.pk, "Fristen nærmer seg", 1, 1,
    )  # fmt: skip


def test_the_message_id_follows_from_site_and_key(settings):
    settings.SITE_URL = "https://samspill.example"
    here = actions.message_id_of("test/1")
    settings.SITE_URL = "https://annet.example"
    there = actions.message_id_of("test/1")

    assert here == HERE
    assert here.split("@")[0] != there.split("@")[0]


def test_a_rolled_back_transaction_leaves_nothing_in_the_outbox():
    with pytest.raises(ZeroDivisionError), audit.writing("18", by=SYSTEM, at=AT) as trail:
        actions.queue(
            trail=trail, key="test/1", to=to_email("a@b.example"), subject="Hei", body="Hei"
        )
        raise ZeroDivisionError

    assert Message.objects.count() == 0


def test_nothing_is_queued_outside_a_transaction():
    with audit.writing("18", by=SYSTEM, at=AT) as kept:
        pass

    with pytest.raises(audit.TrailClosed):
        actions.queue(trail=kept, key="k", to=to_email("a@b.example"), subject="Hei", body="Hei")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"subject": "Hei\r\nBcc: alle@example.org"}, "Emnet kan ikke ha linjeskift"),
        ({"subject": "Hei\nX: y"}, "Emnet kan ikke ha linjeskift"),
        ({"subject": "Hei\x00"}, "Emnet kan ikke ha linjeskift"),
        ({"subject": "Hei\u2028du"}, "Emnet kan ikke ha linjeskift"),
        ({"subject": "  "}, "fra 1 til 200 tegn"),
        ({"subject": "x" * 201}, "fra 1 til 200 tegn"),
        ({"body": ""}, "må ha en tekst"),
        ({"body": "Hei\x00"}, "må ha en tekst"),
        ({"to": Address(email="a@b.example\r\nBcc: c@d.example")}, "adressen kan ikke ha linjesk"),
        ({"to": Address(email="a@b.example\n")}, "adressen kan ikke ha linjeskift"),
        ({"to": Address(email="a@b.example, c@d.example")}, "ikke gyldig"),
        ({"to": Address(organisation_id=3)}, "ikke gyldig"),
        ({"to": Address(person_id=1, email="a@b.example")}, "én mottaker"),
        ({"to": Address(mandate_id=1, email="a@b.example")}, "Bare en person"),
        ({"key": "Kari Nordmann"}, "må være en kode"),
        ({"key": ""}, "må være en kode"),
        ({"kind": "shout"}, "kjent type"),
        ({"language": "de"}, "kjent språk"),
        ({"link": "https://example.org"}, "eget nettsted"),
        ({"link": "//example.org"}, "eget nettsted"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_clear_reason(wrong, words):
    with pytest.raises(actions.BadMessage, match=words):
        queue(**{"to": to_email("post@bodo.example"), **wrong})

    assert (Message.objects.count(), Line.objects.count()) == (0, 0)


def test_notices_are_the_persons_own_and_the_organisations_newest_first():
    kari, ola = a_person("Kari"), a_person("Ola")
    queue(to_person(kari.pk), key="a", at=AT)
    queue(to_person(ola.pk), key="b")
    queue(to_organisation(3, "post@bodo.example"), key="c", at=AT + timedelta(hours=1))
    queue(to_organisation(4, "post@hamaroy.example"), key="d")
    queue(to_email("post@bodo.example"), key="e")

    assert [one.key for one in queries.notices_for(acting(kari))] == ["c", "a"]
    assert [one.key for one in queries.notices_for(acting(kari, role=Role.EMPLOYEE))] == ["a"]
    assert [one.key for one in queries.notices_for(acting(kari, organisation=4))] == ["d", "a"]
    assert list(queries.notices_for(NOBODY)) == []


def test_a_notice_for_a_mandate_is_seen_with_that_mandate_only():
    kari = a_person()
    queue(to_person(kari.pk, mandate_id=9))

    assert queries.notices_for(acting(kari, mandate=9)).count() == 1
    assert queries.notices_for(acting(kari, mandate=10)).count() == 0


def test_a_notice_is_read_by_each_for_themselves():
    kari, ola = a_person("Kari"), a_person("Ola")
    notice = queue(to_organisation(3, "post@bodo.example"))

    for _ in range(2):
        actions.mark_read(notice=notice, by=acting(kari), at=AT)

    assert [one.is_read for one in queries.notices_for(acting(kari))] == [True]
    assert [one.is_read for one in queries.notices_for(acting(ola))] == [False]


def test_somebody_elses_notice_is_not_found():
    notice = queue(to_person(a_person("Kari").pk))

    with pytest.raises(Http404):
        queries.notice_for(acting(a_person("Ola")), notice.pk)


def a_failed_message(chain="18", key="test/1"):
    message = queue(to_email("post@bodo.example"), chain=chain, key=key)
    Message.objects.filter(pk=message.pk).update(
        failed_at=AT, attempts=8, error_code="smtp_550", next_try_at=AT
    )
    return message


def test_failed_messages_are_seen_by_the_secretariat_of_the_county():
    kari = a_person()
    for chain in ("18", "55", "national"):
        a_failed_message(chain, key=chain)

    seen = {
        role: [one.key for one in queries.failed(acting(kari, role=role))]
        for role in (Role.CASE_WORKER, Role.PLATFORM_ADMINISTRATOR, Role.OWNER_SIGNER)
    }
    assert seen == {
        Role.CASE_WORKER: ["18"],
        Role.PLATFORM_ADMINISTRATOR: ["national"],
        Role.OWNER_SIGNER: [],
    }


def test_the_secretariat_can_try_a_failed_message_again():
    message, worker = a_failed_message(), acting(a_person(), role=Role.CASE_WORKER)

    again = actions.try_again(message=message, by=worker, at=AT)

    assert (again.failed_at, again.attempts, again.error_code) == (None, 0, "")
    assert queries.due(AT).get() == again


def test_others_cannot_try_a_failed_message_again():
    message = a_failed_message()
    stranger = acting(a_person(), role=Role.CASE_WORKER, counties=("55",))

    with pytest.raises(PermissionDenied):
        actions.try_again(message=message, by=stranger, at=AT)

    assert queries.due(AT).count() == 0
