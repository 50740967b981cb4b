"""Who acts (Actor): a person with the mandate that is active now, and all mandates ever held."""

from dataclasses import dataclass
from datetime import date

from samspill.shared.identity.roles import Role


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """A mandate (fullmakt) as plain facts, so that no room below organisations needs its table."""

    id: int
    role: Role
    organisation_id: int
    organisation_name: str
    #: County numbers the mandate reaches; an office may serve several counties.
    counties: frozenset[str]
    valid_from: date
    valid_until: date | None = None

    def valid_on(self, day: date) -> bool:
        """The last day itself is included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Actor:
    """Permission follows `mandate`; conflicts of interest and four eyes follow the person.

    `mandates` holds ended mandates too: having changed jobs does not make a person someone else.
    """

    person_id: int | None = None
    name: str = ""
    mandate: MandateFacts | None = None
    mandates: tuple[MandateFacts, ...] = ()

    @property
    def role(self) -> Role | None:
        return self.mandate.role if self.mandate else None

    @property
    def organisation_id(self) -> int | None:
        return self.mandate.organisation_id if self.mandate else None

    @property
    def counties(self) -> frozenset[str]:
        return self.mandate.counties if self.mandate else frozenset()

    @property
    def is_known(self) -> bool:
        """Signed in, whether or not any mandate is valid."""
        return self.person_id is not None

    def has(self, *roles: Role) -> bool:
        """The active mandate is one of these roles."""
        return self.role in roles

    def ever_at(self, organisation_id: int) -> bool:
        """The person holds or has held any mandate at the organisation."""
        return any(m.organisation_id == organisation_id for m in self.mandates)


#: Someone who has not signed in.
NOBODY = Actor()
#: The system itself: loading registers, sending mail, setting up the demo.
SYSTEM = Actor(name="Samspill")
