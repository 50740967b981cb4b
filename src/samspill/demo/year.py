"""The demo's year: Nordland 2027 with dates, plan and announcement, by two of the demo's people."""

from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
YEAR = 2027


def announce() -> None:
    """Nothing yet."""
