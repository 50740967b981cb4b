"""Everything that changes partnership agreements."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samspill.apps.organisations.models import Organisation
from samspill.apps.partnerships import access
from samspill.apps.partnerships.models import Agreement
from samspill.shared.audit import trail as audit
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor


def add_agreement(
    *,
    owner: Organisation,
    environment: Organisation,
    title: str,
    valid_from: date,
    valid_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Agreement:
    """Register a standing agreement (legg til partnerskapsavtale). Raises ValidationError."""
    access.may_add(by, owner).or_refuse()
    if not environment.is_environment:
        raise ValidationError({"environment": _("Velg et kompetansemiljø fra lista.")})
    if valid_until is not None and valid_until < valid_from:
        raise ValidationError({"valid_until": _("Siste dag kan ikke være før første dag.")})
    row = Agreement(
        owner=owner,
        environment=environment,
        title=title,
        valid_from=valid_from,
        valid_until=valid_until,
        added_by_id=person_of(by),
        added_at=at,
    )
    row.full_clean(exclude=["owner", "environment", "added_by"])
    with audit.writing(owner.county_id or audit.NATIONAL, by=by, at=at) as trail:
        row.save()
        trail.line(row, "partnerships.agreed", owner=owner.pk, environment=environment.pk)
    return row


def end_agreement(*, agreement: Agreement, on: date, by: Actor, at: datetime) -> Agreement:
    """Say when an agreement ends (avslutt avtale); the last day itself is included."""
    access.may_add(by, agreement.owner).or_refuse()
    if on < agreement.valid_from:
        raise ValidationError({"on": _("Siste dag kan ikke være før første dag.")})
    with audit.writing(agreement.owner.county_id or audit.NATIONAL, by=by, at=at) as trail:
        row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
        row.valid_until = on
        row.save(update_fields=["valid_until"])
        trail.line(row, "partnerships.ended", on=on.isoformat())
    return row
