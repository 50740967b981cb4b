"""Mandates without a room, for tests of the outbox: wired through `settings.MANDATES`."""

from datetime import date

from samspill.shared.identity.actor import MandateFacts
from samspill.shared.identity.roles import Role

#: The day the mandate 9 ends; tests choose a day before or after.
LAST_DAY = date(2026, 11, 30)


def of_person(person_id):
    facts = MandateFacts(
        9, Role.OWNER_SIGNER, 3, "Bodø", frozenset({"18"}), date(2026, 1, 1), LAST_DAY
    )
    return (facts,)
