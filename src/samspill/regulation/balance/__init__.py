"""Over time and across a county (balanse): B01 for an owner, F… for an allocation."""

from samspill.regulation.balance.allocation import AllocationFacts, ShareFacts
from samspill.regulation.balance.county import ALLOCATION_RULES, check_allocation
from samspill.regulation.balance.owner import (
    AREAS,
    GrantFacts,
    OwnerBalanceFacts,
    check_balance,
)

__all__ = [
    "ALLOCATION_RULES",
    "AREAS",
    "AllocationFacts",
    "GrantFacts",
    "OwnerBalanceFacts",
    "ShareFacts",
    "check_allocation",
    "check_balance",
]
