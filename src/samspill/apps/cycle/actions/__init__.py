"""Everything that changes the year and its announcement."""

from samspill.apps.cycle.actions.announcements import (
    ContentMoved,
    approve_announcement,
    draft_announcement,
    return_announcement,
    send_for_approval,
)
from samspill.apps.cycle.actions.years import (
    ReasonMissing,
    change_milestone,
    set_frame,
    set_plan_label,
    set_up_cycle,
)

__all__ = [
    "ContentMoved",
    "ReasonMissing",
    "approve_announcement",
    "change_milestone",
    "draft_announcement",
    "return_announcement",
    "send_for_approval",
    "set_frame",
    "set_plan_label",
    "set_up_cycle",
]
