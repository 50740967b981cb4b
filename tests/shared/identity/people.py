"""People and mandates as plain facts, without the rooms above identity."""

from datetime import date

from samspill.shared.identity.actor import Actor, MandateFacts
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role

#: person id → mandates; `settings.MANDATES` points at `mandates_of` in these tests.
MANDATES: dict[int, tuple[MandateFacts, ...]] = {}


def mandates_of(person_id: int) -> tuple[MandateFacts, ...]:
    return MANDATES.get(person_id, ())


def mandate(number: int, role: Role, *, until: date | None = None) -> MandateFacts:
    return MandateFacts(
        id=number,
        role=role,
        organisation_id=number,
        organisation_name=f"Organisasjon {number}",
        counties=frozenset({"18"}),
        valid_from=date(2026, 1, 1),
        valid_until=until,
    )


def make_person(handle: str, *mandates: MandateFacts, is_demo: bool = True) -> User:
    user = User.objects.create(
        handle=handle, name=f"{handle.title()} Demo", email=f"{handle}@x.example", is_demo=is_demo
    )
    MANDATES[user.pk] = mandates
    return user


ADMINISTRATOR = Actor(
    person_id=9_000,
    name="Plattform",
    mandate=mandate(9_000, Role.PLATFORM_ADMINISTRATOR),
)
