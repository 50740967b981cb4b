"""Everything that changes a needs report (behovsmelding). One import: `actions.submit_report(…)`.

Exceptions: PermissionDenied (403, with the reason), `Refused` (a message, maybe with a field),
`ContentMoved` (409, show the difference), `states.RulesBroken` (422, with findings),
`states.IllegalMove` (the state has moved).
"""

from samspill.apps.needs.actions.budget import add_budget_line, remove_budget_line
from samspill.apps.needs.actions.copies import make_copy
from samspill.apps.needs.actions.following_up import (
    extend_deadline,
    mark_complete,
    return_report,
    withdraw_report,
)
from samspill.apps.needs.actions.network import (
    confirm_network,
    invite_network_owner,
    remove_network_owner,
)
from samspill.apps.needs.actions.partners import (
    add_partner,
    ask_partner,
    remove_partner,
    send_to_partner,
    sign_as_partner,
)
from samspill.apps.needs.actions.saved import Conflict, ContentMoved, Refused, Saved
from samspill.apps.needs.actions.saving import add_attachment, remove_attachment, save_fields
from samspill.apps.needs.actions.starting import start_report
from samspill.apps.needs.actions.submitting import submit_report

__all__ = [
    "Conflict",
    "ContentMoved",
    "Refused",
    "Saved",
    "add_attachment",
    "add_budget_line",
    "add_partner",
    "ask_partner",
    "confirm_network",
    "extend_deadline",
    "invite_network_owner",
    "make_copy",
    "mark_complete",
    "remove_attachment",
    "remove_budget_line",
    "remove_network_owner",
    "remove_partner",
    "return_report",
    "save_fields",
    "send_to_partner",
    "sign_as_partner",
    "start_report",
    "submit_report",
    "withdraw_report",
]
