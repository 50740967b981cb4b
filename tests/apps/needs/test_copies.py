"""The PDF copy: made once, from what was sent, readable and with nothing left out."""

import io
from datetime import timedelta

import pytest
from django.utils import translation
from pypdf import PdfReader

from samspill.apps.needs import actions, queries
from samspill.apps.needs.jobs import forget_old_answers, make_missing_copies
from samspill.apps.needs.models import SavedAnswer, Submission
from samspill.shared.files.models import StoredFile
from samspill.shared.files.storage import open_stored
from tests.apps.needs.factories import (
    NOW,
    a_year,
    complete_report,
    draft_report,
    save,
    submit,
    submitted_report,
)

pytestmark = pytest.mark.django_db


def words_of(stored) -> str:
    with open_stored(stored) as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_copy_is_made_once_and_holds_what_was_sent():
    year = a_year()
    report = complete_report(year)
    save(report, {"own_effort": "#set text() *stjerner* $x$ 👍"}, by=year.editor)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    partner = report.partners.get()
    actions.sign_as_partner(
        partner=partner,
        content_hash_seen=queries.content_hash(queries.report_for(year.editor, report.pk)),
        teacher_education="Praksis",
        by=year.partner_signer,
        at=NOW,
    )
    submission = submit(report, year)

    first = actions.make_copy(submission, at=NOW)
    second = actions.make_copy(submission, at=NOW + timedelta(days=1))

    said = words_of(first)
    assert first == second
    assert "18-B-2027-001-1" in said
    assert "#set text() *stjerner* $x$ [thumbs up sign]" in said
    assert "400 000" in said.replace("\u00a0", " ")


def test_the_worker_makes_the_copies_that_are_missing():
    year = a_year()
    for _each in range(2):
        submitted_report(year)

    made = [make_missing_copies(at=NOW), make_missing_copies(at=NOW)]

    assert made == [2, 0]
    assert StoredFile.objects.filter(kind="pdf").count() == 2


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_answer_of_the_submission_is_in_the_data(language):
    year = a_year()
    submitted_report(year)
    submission = Submission.objects.select_related("report__cycle__authority").get()

    with translation.override(language):
        data = queries.receipt_data(submission)

    texts = {row[1] for section in data["sections"] for row in section["rows"]}
    assert {"Barna får et rikere språk.", "To planleggingsdager i hver barnehage."} <= texts
    assert len(data["sections"]) == 8
    assert data["budget"]["rows"][0][1].replace("\u00a0", " ") == "400 000"


def test_answers_nobody_can_retry_are_forgotten():
    year = a_year()
    report = draft_report(year)
    save(report, {"aims": "a"}, save_id="gammel", by=year.editor, at=NOW - timedelta(days=8))
    save(report, {"aims": "b"}, save_id="ny", by=year.editor)

    forget_old_answers(at=NOW)

    assert [row.save_id for row in SavedAnswer.objects.all()] == ["ny"]
