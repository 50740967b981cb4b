"""Set the demo up (klargjøre demoen): registers, people, and a year that is announced."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from samspill.apps.organisations import actions as organisations
from samspill.demo import people, stories, year
from samspill.shared.identity.actor import SYSTEM

OSLO = ZoneInfo("Europe/Oslo")
#: When the demo says its registers were loaded and its people got their mandates.
BEGUN_AT = datetime(2026, 9, 1, 8, 0, tzinfo=OSLO)
#: Nordland, and the two counties of another office.
COUNTIES = ("18", "55", "56")


def prepare(at: datetime) -> None:
    """Everything a visitor needs to begin, once; later it finds all in place and changes nothing.

    What the demo makes up is dated as the story goes, never later than `at`'s own clock needs.
    """
    begun_at = min(at, BEGUN_AT)
    for number in COUNTIES:
        organisations.load_county(number=number, by=SYSTEM, at=begun_at)
    people.put_people(begun_at)
    year.announce()


def tell(at: datetime) -> Counter[str]:
    """The autumn's needs reports, as far as `at` has come; gives how many are new, by state."""
    return stories.tell(year.announce(), at)
