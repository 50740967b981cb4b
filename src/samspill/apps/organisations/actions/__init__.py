"""Everything that changes organisations: load registers, confirm owners, accounts, mandates."""

from samspill.apps.organisations.actions.loading import Loaded, load_county
from samspill.apps.organisations.actions.mandates import end_mandate, give_mandate
from samspill.apps.organisations.actions.receivers import Refused, confirm_owner, enter_account

__all__ = [
    "Loaded",
    "Refused",
    "confirm_owner",
    "end_mandate",
    "enter_account",
    "give_mandate",
    "load_county",
]
