"""The PDF copy of a submission (kopi): made after the transaction, by worker or on first use."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import translation

from samspill.apps.needs.models import Submission
from samspill.apps.needs.queries.receipt import receipt_data
from samspill.shared.documents import render
from samspill.shared.files.models import StoredFile
from samspill.shared.files.storage import store_made

LETTER = Path(__file__).parents[1] / "letters" / "receipt.typ"


def make_copy(submission: Submission, *, at: datetime) -> StoredFile:
    """Make and keep the PDF of what was sent, once; later calls give the same file.

    Renders and stores outside any transaction. Do two make it at once, the first one kept counts.
    """
    kept = Submission.objects.select_related("copy").get(pk=submission.pk).copy
    if kept is not None:
        return kept
    language = submission.report.language
    with translation.override(language):
        data = receipt_data(submission)
        made = render(LETTER, data, language=language, title=data["heading"])
    name = f"{submission.receipt_number}.pdf"
    stored = store_made(made, kind=StoredFile.Kind.PDF, name=name, at=at)
    with transaction.atomic():
        row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        if row.copy is None:
            row.copy = stored
            row.save(update_fields=["copy"])
        return row.copy
