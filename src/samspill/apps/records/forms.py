"""What can be asked of the journal in the address."""

import re

from django.http import QueryDict

from samspill.apps.records.models import JournalEntry
from samspill.apps.records.queries import JournalFilter

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONGEST_SEARCH = 100


def journal_filter(query: QueryDict) -> JournalFilter:
    """Read the address; what makes no sense there is left out, so old links still work."""
    year, direction = query.get("aar", ""), query.get("retning", "")
    return JournalFilter(
        year=int(year) if re.fullmatch(r"[12]\d{3}", year, re.ASCII) else None,
        direction=direction if direction in JournalEntry.Direction.values else "",
        words=CONTROL.sub(" ", query.get("sok", "")).strip()[:LONGEST_SEARCH],
    )


def direction_choices() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in JournalEntry.Direction.choices]
