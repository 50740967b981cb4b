"""Pages of the year: the public calendar, and the secretariat's board."""

from samspill.apps.cycle.views.announcements import (
    approve,
    draft,
    give_back,
    preview,
    send,
)
from samspill.apps.cycle.views.board import board, frame, milestone, set_up
from samspill.apps.cycle.views.public import announcement, calendar, feed

__all__ = [
    "announcement",
    "approve",
    "board",
    "calendar",
    "draft",
    "feed",
    "frame",
    "give_back",
    "milestone",
    "preview",
    "send",
    "set_up",
]
