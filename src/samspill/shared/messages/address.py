"""Who a message goes to (mottaker): a person, an organisation, or a plain e-mail address."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


@dataclass(frozen=True, slots=True)
class Address:
    """One receiver. Make it with `to_person`, `to_organisation` or `to_email`."""

    person_id: int | None = None
    mandate_id: int | None = None
    organisation_id: int | None = None
    email: str = ""


def is_usable(email: str) -> bool:
    """Mail can be sent there. A register's broken address is as good as none: it stops nothing."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def to_person(person_id: int, *, mandate_id: int | None = None) -> Address:
    """A person, at the address known when the mail is sent.

    With `mandate_id` it is not sent if that mandate has ended by then.
    """
    return Address(person_id=person_id, mandate_id=mandate_id)


def to_organisation(organisation_id: int, email: str) -> Address:
    """An organisation, at its official address."""
    return Address(organisation_id=organisation_id, email=email)


def to_email(email: str) -> Address:
    """An address without person or organisation: no notice is shown to anybody."""
    return Address(email=email)
