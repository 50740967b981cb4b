"""What waits for somebody (det som venter): each room tells its own, home merges them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what, why, where to do it, whose turn since when, and by when."""

    title: str
    reason: str
    url: str
    since: datetime | None = None
    due: date | None = None
    #: False: it waits for someone else, and is shown for overview only.
    mine: bool = True
