"""Everything that reads organisations, units and mandates."""

from samspill.apps.organisations.models import Mandate
from samspill.shared.identity.actor import MandateFacts
from samspill.shared.identity.roles import Role


def mandates_of(person_id: int) -> tuple[MandateFacts, ...]:
    """Every mandate the person holds or has held, newest first (wired to `settings.MANDATES`)."""
    rows = (
        Mandate.objects.filter(person_id=person_id)
        .select_related("organisation__municipality", "organisation__office")
        .prefetch_related("organisation__office__counties")
        .order_by("-valid_from", "pk")
    )
    return tuple(_facts(row) for row in rows)


def _facts(row: Mandate) -> MandateFacts:
    return MandateFacts(
        id=row.pk,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        counties=_counties(row),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _counties(row: Mandate) -> frozenset[str]:
    """The mandate's own county, else those the office serves, else where the organisation is."""
    if row.county_id:
        return frozenset({row.county_id})
    office = getattr(row.organisation, "office", None)
    if office is not None:
        return frozenset(county.pk for county in office.counties.all())
    if row.organisation.county_id:
        return frozenset({row.organisation.county_id})
    return frozenset()
