"""What URL × role knows about addresses: values in paths, what is posted, what is told no.

A new address with a value in its path is found by name: `"room:view:kwarg"` first, then
`"room:kwarg"`, then `"kwarg"`, in `WORLD`. Add a line there; add an object to `Side` in `sides.py`
if none fits. An address that answers an empty form with «400» or «422» needs nothing here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.architecture.sides import YEAR, Side, World

from samspill.apps.needs.models import NeedsReport
from samspill.shared.identity.access_page import Address
from samspill.shared.identity.roles import OWNER, Role

State = NeedsReport.State

#: Roles that see a whole county: to them nothing in the same county is foreign.
COUNTY_WIDE = frozenset(
    {
        Role.CASE_WORKER,
        Role.APPROVER,
        Role.FORUM_MEMBER,
        Role.REGION_COORDINATOR,
        Role.FACILITATOR,
        Role.AUDITOR,
        Role.PLATFORM_ADMINISTRATOR,
    }
)
#: Roles that see every county.
COUNTRY_WIDE = frozenset({Role.PLATFORM_ADMINISTRATOR})


# --- What a value in an address may be ----------
def _report(side: Side, role: Role | None, address: Address) -> int:
    """The report in the state this page and this reader are about."""
    return _report_of(side, role, address).pk


def _report_of(side: Side, role: Role | None, address: Address) -> NeedsReport:
    states = {
        "needs:receipt": State.SUBMITTED,
        "needs:copy": State.SUBMITTED,
        "needs:submit": State.READY,
    }
    writes = address.name.startswith("needs:") and role in OWNER
    state = states.get(address.name, State.DRAFT if writes else State.SUBMITTED)
    return side.reports[state]


def _attachment(side: Side, role: Role | None, address: Address) -> int:
    return _report_of(side, role, address).attachments.get().pk


def _partner(side: Side, role: Role | None, address: Address) -> int:
    return side.reports[State.AWAITING_PARTNER].partners.get().pk


def _failed(side: Side, role: Role | None, address: Address) -> int:
    """The platform administrator follows up what belongs to no county."""
    national = role == Role.PLATFORM_ADMINISTRATOR
    return (side.failed_national if national else side.failed).pk


def _cycle(side: Side, role: Role | None, address: Address) -> int:
    """The year whose announcement is where the page needs it."""
    view = address.name.split(":")[1]
    years = {
        "draft": side.written,
        "send": side.written,
        "approve": side.awaiting,
        "give_back": side.awaiting,
    }
    return years.get(view, side.cycle).pk


@dataclass(frozen=True)
class Plain:
    """A value that is no object: the same whoever asks."""

    value: object


Value = Callable[[Side, Role | None, Address], object]
WORLD: dict[str, Value | Plain] = {
    "provider": Plain("finnes-ikke"),
    "report_pk": _report,
    "partner_pk": _partner,
    "needs:attachment_pk": _attachment,
    "needs:submission_pk": lambda side, role, address: (
        side.reports[State.SUBMITTED].submissions.get().pk
    ),
    "needs:network_pk": lambda side, role, address: side.invitation.pk,
    "needs:section": Plain("om-tiltaket"),
    "scenario_pk": lambda side, role, address: side.scenario.pk,
    "cycle_pk": lambda side, role, address: side.cycle.pk,
    "competence:document:pk": lambda side, role, address: side.owner.competence_plans.get().pk,
    "cycle:pk": _cycle,
    "cycle:milestone:pk": lambda side, role, address: side.cycle.milestones.first().pk,
    "cycle:announcement:pk": lambda side, role, address: side.cycle.announcement.pk,
    "organisations:confirm:pk": lambda side, role, address: side.unconfirmed.pk,
    "records:document:pk": lambda side, role, address: side.entry.pk,
    "records:finish_task:pk": lambda side, role, address: side.task.pk,
    "records:send_again:pk": _failed,
    "county": lambda side, role, address: side.county.pk,
    "county_number": lambda side, role, address: side.county.pk,
    "year": Plain(YEAR),
    "scheme": Plain("koll"),
    "owner_pk": lambda side, role, address: side.owner.pk,
    "organisation_pk": lambda side, role, address: side.owner.pk,
    "region_pk": lambda side, role, address: side.region.pk,
    "version_pk": lambda side, role, address: side.version.pk,
}

#: What is posted, where an empty form would be no test at all.
POSTED: dict[str, Callable[[World, Role | None], dict[str, object]]] = {
    "identity:demo": lambda world, role: {"persona": world.people[Role.AUDITOR].handle},
    "home:choose_county": lambda world, role: {"county": world.own.county.pk},
    "identity:choose_mandate": lambda world, role: {
        "mandate": world.people[role].mandates.get().pk if role else ""
    },
}

#: (address, method) → answers that are right although they are not «come in». Each with its why.
EXPECTED: dict[tuple[str, str], tuple[set[int], str]] = {
    ("identity:provider_start", "GET"): ({404}, "no such provider is set up"),
    ("identity:provider_return", "GET"): ({404}, "no such provider is set up"),
}

#: (address, method) → roles that get through the door and are still told no (403), and why.
REFUSED: dict[tuple[str, str], tuple[set[Role], str]] = {
    ("cycle:approve", "POST"): ({Role.CASE_WORKER}, "approving is the approver's alone"),
    ("needs:submit", "POST"): ({Role.OWNER_EDITOR}, "sending is the signer's alone"),
    ("allocation:assess", "POST"): ({Role.APPROVER, Role.AUDITOR}, "they read the assessment"),
}


def value_of(kwarg: str, address: Address) -> Value | Plain:
    """The entry for a value in an address. Raises with words on where to add it."""
    room = address.name.split(":")[0]
    for key in (f"{address.name}:{kwarg}", f"{room}:{kwarg}", kwarg):
        if key in WORLD:
            return WORLD[key]
    raise LookupError(
        f"{address.name} has «{kwarg}» in its path, and WORLD in tests/architecture/world.py does "
        f"not know it. Add «{room}:{kwarg}» there: a function of (side, role, address)."
    )


def path_values(address: Address, side: Side, role: Role | None) -> dict[str, object]:
    """The values that make this side's own address."""
    found = {}
    for kwarg in address.kwargs:
        entry = value_of(kwarg, address)
        found[kwarg] = entry.value if isinstance(entry, Plain) else entry(side, role, address)
    return found
