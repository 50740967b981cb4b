"""What the worker does for this room (jobber)."""

from datetime import datetime, timedelta

from samspill.apps.needs.actions import make_copy
from samspill.apps.needs.models import SavedAnswer, Submission

#: A form that has lain open longer than this is drawn anew before it is saved.
KEPT = timedelta(days=7)


def make_missing_copies(*, at: datetime, most: int = 20) -> int:
    """Make the PDF copies that are still missing, oldest first; gives how many were made."""
    waiting = Submission.objects.filter(copy=None).select_related(
        "report__cycle__authority", "report__cycle__county"
    )
    rows = list(waiting.order_by("pk")[:most])
    for submission in rows:
        make_copy(submission, at=at)
    return len(rows)


def forget_old_answers(*, at: datetime) -> int:
    """Forget answers to saves that nobody can retry any more; gives how many went."""
    old = SavedAnswer.objects.filter(at__lt=at - KEPT)
    gone, _rows = old.delete()
    return gone
