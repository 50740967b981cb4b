"""Everything that changes competence plans and needs."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samspill.apps.competence import access
from samspill.apps.competence.models import CompetencePlan, Need
from samspill.apps.organisations.models import Organisation
from samspill.shared.audit import trail as audit
from samspill.shared.files.models import StoredFile
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor


def add_need(
    *, owner: Organisation, title: str, description: str = "", by: Actor, at: datetime
) -> Need:
    """Note a need (meld kompetansebehov) that measures and further education can answer."""
    access.may_add(by, owner).or_refuse()
    row = Need(
        owner=owner,
        title=title,
        description=description,
        added_by_id=person_of(by),
        added_at=at,
    )
    row.full_clean(exclude=["owner", "added_by"])
    with audit.writing(owner.county_id or audit.NATIONAL, by=by, at=at) as trail:
        row.save()
        trail.line(row, "competence.need_added", owner=owner.pk)
    return row


def add_plan(
    *,
    owner: Organisation,
    title: str,
    first_year: int,
    last_year: int,
    address: str = "",
    file: StoredFile | None = None,
    by: Actor,
    at: datetime,
) -> CompetencePlan:
    """Add the owner's plan document (legg til kompetanseplan): a file or an address, never both.

    The file is checked and stored first (`files.storage.store_upload`). Raises ValidationError.
    """
    access.may_add(by, owner).or_refuse()
    if bool(address) == bool(file):
        raise ValidationError({"address": _("Velg en fil, eller skriv en adresse – ikke begge.")})
    if last_year < first_year:
        raise ValidationError({"last_year": _("Siste år kan ikke være før første år.")})
    row = CompetencePlan(
        owner=owner,
        title=title,
        first_year=first_year,
        last_year=last_year,
        address=address,
        file=file,
        added_by_id=person_of(by),
        added_at=at,
    )
    row.full_clean(exclude=["owner", "added_by", "file"])
    with audit.writing(owner.county_id or audit.NATIONAL, by=by, at=at) as trail:
        row.save()
        trail.line(row, "competence.plan_added", owner=owner.pk)
    return row
