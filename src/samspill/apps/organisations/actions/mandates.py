"""Give and end mandates (fullmakter)."""

from datetime import date, datetime

from samspill.apps.organisations import access
from samspill.apps.organisations.models import County, Mandate, Organisation, Region
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role


def give_mandate(
    *,
    person: User,
    role: Role,
    organisation: Organisation,
    valid_from: date,
    by: Actor,
    at: datetime,
    valid_until: date | None = None,
    county: County | None = None,
    region: Region | None = None,
) -> Mandate:
    """Let a person act for an organisation in a period (gi fullmakt)."""
    access.may_give_mandates(by).or_refuse()
    mandate = Mandate(
        person=person,
        role=role,
        organisation=organisation,
        county=county,
        region=region,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    mandate.full_clean()
    with audit.writing(chain_of(organisation), by=by, at=at) as trail:
        mandate.save()
        trail.line(
            mandate,
            "organisations.mandate_given",
            person=person.pk,
            role=str(role),
            organisation=organisation.pk,
        )
    return mandate


def end_mandate(*, mandate: Mandate, last_day: date, by: Actor, at: datetime) -> Mandate:
    """Let the mandate end (avslutt fullmakt); the last day itself is included."""
    access.may_give_mandates(by).or_refuse()
    with audit.writing(chain_of(mandate.organisation), by=by, at=at) as trail:
        mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
        mandate.valid_until = last_day
        mandate.full_clean()
        mandate.save(update_fields=["valid_until"])
        trail.line(mandate, "organisations.mandate_ended", last_day=last_day.isoformat())
    return mandate


def chain_of(organisation: Organisation) -> str:
    """The audit chain of what concerns the organisation: its county's, else the national one."""
    return organisation.county_id or audit.NATIONAL
