"""Tampering with the trail through raw SQL is found, also where the hashes were made anew."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samspill.shared.audit import checkpoints, queries, signing
from samspill.shared.audit import trail as audit
from samspill.shared.audit.models import Chain, Checkpoint, Line
from samspill.shared.audit.trail import hash_of
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity.actor import SYSTEM
from tests.shared.case_model import PlainCase

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("case_table")]


@pytest.fixture
def key(tmp_path, settings):
    settings.AUDIT_KEY_FILE = tmp_path / "key.pem"
    signing.make_key(settings.AUDIT_KEY_FILE)
    return signing.private_key()


@pytest.fixture
def five_lines(db, case_table):
    case = PlainCase.objects.create(state_since=AT)
    with audit.writing("18", by=SYSTEM, at=AT) as trail:
        for number in range(1, 6):
            trail.line(case, "plain.touched", number=number)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def kinds(report):
    return [(flaw.kind, flaw.chain, flaw.seq) for flaw in report.flaws]


def rewrite_from(seq):
    """What a thorough forger does: makes every hash from the line on anew, and the head."""
    previous = Line.objects.get(seq=seq - 1).hash if seq > 1 else "0" * 64
    for line in Line.objects.filter(seq__gte=seq).order_by("seq"):
        line.previous_hash = previous
        previous = hash_of(line)
        sql(
            "UPDATE audit_line SET previous_hash = %s, hash = %s WHERE id = %s",
            line.previous_hash, previous, line.pk,
        )  # fmt: skip
    sql("UPDATE audit_chain SET hash = %s", previous)


@pytest.mark.usefixtures("five_lines")
def test_an_untouched_chain_has_no_flaws():
    report = verify_all()

    assert (report.lines, report.flaws) == (5, ())


@pytest.mark.usefixtures("five_lines")
@pytest.mark.parametrize(
    "change",
    [
        "event = 'plain.other'",
        "person_id = 8",
        "case_id = '999'",
        "detail = '{\"number\": 30}'",
        "role = 'auditor'",
        "at = '2026-11-02 09:31:00+00'",
    ],
)
def test_a_changed_line_is_found(change):
    sql(f"UPDATE audit_line SET {change} WHERE seq = 3")

    assert kinds(verify_all()) == [("changed", "18", 3)]


@pytest.mark.usefixtures("five_lines")
def test_a_changed_line_with_a_new_hash_breaks_the_link():
    sql("UPDATE audit_line SET person_id = 8 WHERE seq = 3")
    sql("UPDATE audit_line SET hash = %s WHERE seq = 3", hash_of(Line.objects.get(seq=3)))

    assert kinds(verify_all()) == [("broken_link", "18", 4)]


@pytest.mark.usefixtures("five_lines")
def test_a_removed_line_is_found():
    sql("DELETE FROM audit_line WHERE seq = 3")

    assert kinds(verify_all()) == [("missing", "18", 4)]


@pytest.mark.usefixtures("five_lines")
def test_the_first_lines_removed_are_found():
    sql("DELETE FROM audit_line WHERE seq <= 2")

    assert kinds(verify_all()) == [("missing", "18", 3)]


@pytest.mark.usefixtures("five_lines")
def test_a_removed_line_with_the_gap_closed_is_found():
    sql("DELETE FROM audit_line WHERE seq = 3")
    sql("UPDATE audit_line SET seq = 3 WHERE seq = 4")
    sql("UPDATE audit_line SET seq = 4 WHERE seq = 5")
    sql("UPDATE audit_chain SET seq = 4")

    assert kinds(verify_all())[:2] == [("broken_link", "18", 3), ("changed", "18", 3)]


@pytest.mark.usefixtures("five_lines")
def test_two_lines_that_changed_places_are_found():
    for seq, to in ((2, 90), (3, 2), (90, 3)):
        sql("UPDATE audit_line SET seq = %s WHERE seq = %s", to, seq)

    assert kinds(verify_all())[:2] == [("broken_link", "18", 2), ("changed", "18", 2)]


@pytest.mark.usefixtures("five_lines")
def test_lines_cut_off_at_the_end_are_found_by_the_head():
    sql("DELETE FROM audit_line WHERE seq > 3")

    assert kinds(verify_all()) == [("head", "18", 3)]


@pytest.mark.usefixtures("five_lines")
def test_lines_cut_off_together_with_the_head_are_found_by_a_checkpoint_only(key):
    kept = checkpoints.make(key=key, at=AT)
    sql("DELETE FROM audit_checkpoint")
    sql("DELETE FROM audit_line WHERE seq > 3")
    sql("UPDATE audit_chain SET seq = 3, hash = %s", Line.objects.get(seq=3).hash)

    assert verify_all().flaws == ()
    assert kinds(verify_all(kept)) == [("cut_off", "18", 3)]


@pytest.mark.usefixtures("five_lines")
def test_a_chain_made_anew_with_right_hashes_is_found_by_a_checkpoint_only(key):
    kept = checkpoints.make(key=key, at=AT)
    sql("UPDATE audit_line SET person_id = 8 WHERE seq = 3")
    rewrite_from(3)

    assert verify_all().flaws == ()
    assert kinds(verify_all(kept)) == [("rewritten", "18", 5)]


@pytest.mark.usefixtures("five_lines")
def test_a_chain_that_is_gone_altogether_is_found_by_a_checkpoint(key):
    kept = checkpoints.make(key=key, at=AT)
    for table in ("audit_checkpoint", "audit_line", "audit_chain"):
        sql(f"DELETE FROM {table}")

    assert kinds(verify_all(kept)) == [("cut_off", "18", 5)]


@pytest.mark.usefixtures("five_lines")
def test_the_head_alone_moved_is_found():
    sql("UPDATE audit_chain SET seq = 9")

    assert kinds(verify_all()) == [("head", "18", 5)]


@pytest.mark.usefixtures("five_lines")
def test_a_checkpoint_is_signed_stored_and_read_back_from_its_file(key):
    made = checkpoints.make(key=key, at=AT)

    assert checkpoints.from_json(checkpoints.as_json(made)) == made == checkpoints.stored()
    assert checkpoints.flaws_in_signatures(made, [key.public_key()]) == []
    assert (made[0].chain, made[0].seq, made[0].hash) == ("18", 5, Chain.objects.get().hash)


@pytest.mark.usefixtures("five_lines")
def test_a_forged_checkpoint_is_found(key):
    checkpoints.make(key=key, at=AT)
    sql("UPDATE audit_checkpoint SET seq = 4")

    found = checkpoints.flaws_in_signatures(checkpoints.stored(), [key.public_key()])

    assert [flaw.kind for flaw in found] == ["bad_signature"]


@pytest.mark.usefixtures("five_lines")
def test_a_checkpoint_signed_by_a_stranger_is_found(key, tmp_path):
    signing.make_key(tmp_path / "stranger.pem")
    stranger = signing.private_key(tmp_path / "stranger.pem")

    made = checkpoints.make(key=stranger, at=AT)

    assert [one.kind for one in checkpoints.flaws_in_signatures(made, [key.public_key()])] == [
        "unknown_key"
    ]


@pytest.mark.usefixtures("five_lines")
def test_a_broken_trail_is_not_signed(key):
    sql("UPDATE audit_line SET person_id = 8 WHERE seq = 3")

    with pytest.raises(checkpoints.TrailBroken):
        checkpoints.make(key=key, at=AT)

    assert Checkpoint.objects.count() == 0


@pytest.mark.usefixtures("five_lines")
def test_the_days_checkpoints_are_the_last_of_each_chain_on_the_norwegian_day(key):
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)  # half past midnight in Oslo
    checkpoints.make(key=key, at=AT)
    checkpoints.make(key=key, at=AT + timedelta(hours=1))
    checkpoints.make(key=key, at=late)

    assert [
        [row.at for row in queries.checkpoints_of(datetime(2026, 11, day, tzinfo=UTC).date())]
        for day in (1, 2, 3)
    ] == [[], [AT + timedelta(hours=1)], [late]]


@pytest.mark.usefixtures("five_lines", "key")
def test_the_command_signs_and_verifies(tmp_path, capsys):
    file = tmp_path / "checkpoint.json"

    call_command("audit", "checkpoint", "--out", str(file))
    call_command("audit", "verify", "--checkpoint", str(file))

    assert set(json.loads(file.read_text())[0]) == {
        "chain", "seq", "hash", "at", "signature", "public_key_id",
    }  # fmt: skip
    assert capsys.readouterr().out == "5 lines in 1 chains are whole; 2 checkpoints fit.\n"


@pytest.mark.usefixtures("five_lines", "key")
def test_the_command_fails_when_lines_were_cut_off(tmp_path, capsys):
    file = tmp_path / "checkpoint.json"
    call_command("audit", "checkpoint", "--out", str(file))
    sql("DELETE FROM audit_checkpoint")
    sql("DELETE FROM audit_line WHERE seq > 3")
    sql("UPDATE audit_chain SET seq = 3, hash = %s", Line.objects.get(seq=3).hash)

    with pytest.raises(CommandError) as failed:
        call_command("audit", "verify", "--checkpoint", str(file))

    assert failed.value.returncode == 1
    assert capsys.readouterr().err == "cut_off: 18: ends at 3, but a checkpoint saw 5\n"


@pytest.mark.usefixtures("five_lines")
def test_an_auditor_verifies_with_the_public_key_alone(key, tmp_path, capsys, settings):
    file, public = tmp_path / "checkpoint.json", tmp_path / "public.pem"
    call_command("audit", "checkpoint", "--out", str(file))
    public.write_text(signing.pem_of(key.public_key()))
    settings.AUDIT_KEY_FILE.unlink()
    settings.DEMO = False

    call_command("audit", "verify", "--checkpoint", str(file), "--public-key", str(public))

    assert capsys.readouterr().out.endswith("2 checkpoints fit.\n")


def test_production_demands_the_key_and_the_demo_makes_one(tmp_path, settings):
    settings.AUDIT_KEY_FILE = tmp_path / "missing.pem"
    settings.DEMO = False

    with pytest.raises(signing.NoKey):
        signing.private_key()

    settings.DEMO = True
    signing.private_key()
    assert settings.AUDIT_KEY_FILE.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"chain": "18"}', "nonsense", "[1]"])
def test_a_file_without_checkpoints_says_so(text):
    with pytest.raises(checkpoints.NotACheckpoint):
        checkpoints.from_json(text)
