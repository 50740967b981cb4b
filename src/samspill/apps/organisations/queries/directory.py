"""Everything that reads organisations, units and mandates: the only door to them."""

import re
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.apps.organisations.models import (
    Account,
    County,
    Mandate,
    Municipality,
    Organisation,
    Region,
    RegisterLoad,
    StudyPlace,
    Unit,
)
from samspill.shared.identity.actor import Actor, MandateFacts
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.waiting import Waiting

Kind = Organisation.Kind


# --- Mandates ------------------------------------------------------------------------------------
def mandates_of(person_id: int) -> tuple[MandateFacts, ...]:
    """Every mandate the person holds or has held, newest first (wired to `settings.MANDATES`)."""
    rows = (
        Mandate.objects.filter(person_id=person_id)
        .select_related("organisation__office")
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


def people_at(organisation_id: int, *roles: Role, day: date) -> QuerySet[User]:
    """Those who hold one of the roles at the organisation that day; for notices and tasks."""
    valid = Mandate.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        organisation_id=organisation_id,
        role__in=roles,
        valid_from__lte=day,
    )
    people = User.objects.filter(pk__in=valid.values("person"), pseudonymised_at=None)
    return people.order_by("pk")


def region_of_mandate(actor: Actor) -> Region | None:
    """The region the actor coordinates in the active mandate."""
    if actor.mandate is None:
        return None
    row = Mandate.objects.select_related("region").filter(pk=actor.mandate.id).first()
    return row.region if row else None


# --- Counties, offices, regions ------------------------------------------------------------------
def county_numbered(number: str) -> County:
    """The county with the number in an address, or 404; whatever else stands there is no county."""
    if not re.fullmatch(r"[0-9]{2}", number):
        raise Http404
    return get_object_or_404(County, pk=number)


def counties_loaded() -> QuerySet[County]:
    """Counties whose registers have been loaded, by number."""
    loaded = RegisterLoad.objects.filter(county=OuterRef("pk"))
    return County.objects.filter(Exists(loaded)).order_by("number")


def office_for(county_id: str) -> Organisation | None:
    """The county governor's office that serves the county."""
    return Organisation.objects.filter(office__counties=county_id).order_by("pk").first()


def municipalities_in(county_id: str) -> QuerySet[Municipality]:
    """The county's municipalities as places, by number."""
    return Municipality.objects.filter(county=county_id).order_by("number")


def regions_in(county_id: str) -> QuerySet[Region]:
    """The county's regions by name; `proposed` ones are shown as «foreslått inndeling»."""
    return Region.objects.filter(county=county_id).order_by("name")


def region_of(organisation: Organisation, day: date) -> Region | None:
    """The region the organisation's municipality is in that day; None where no split is known."""
    if organisation.municipality_id is None:
        return None
    return (
        Region.objects.filter(
            Q(memberships__valid_until=None) | Q(memberships__valid_until__gte=day),
            memberships__municipality=organisation.municipality_id,
            memberships__valid_from__lte=day,
        )
        .order_by("pk")
        .first()
    )


# --- Owners, environments, receivers -------------------------------------------------------------
def owner_for(actor: Actor) -> Organisation:
    """The owner the actor writes or signs for now; 404 for anyone else."""
    if not actor.has(Role.OWNER_EDITOR, Role.OWNER_SIGNER):
        raise Http404
    owners = Organisation.objects.filter(kind__in=Organisation.OWNER_KINDS)
    return get_object_or_404(owners.select_related("municipality"), pk=actor.organisation_id)


def owners_in(county_id: str) -> QuerySet[Organisation]:
    """Owners under KOLL in the county (K19), by name, confirmed or not.

    An owner whose units are all closed is left out: it cannot take part in anything new.
    """
    open_unit = Unit.objects.filter(owner=OuterRef("pk"), closed_date=None)
    any_unit = Unit.objects.filter(owner=OuterRef("pk"))
    return (
        Organisation.objects.filter(county=county_id, kind__in=Organisation.OWNER_KINDS)
        .filter(Exists(open_unit) | ~Exists(any_unit))
        .select_related("municipality")
        .order_by("name", "pk")
    )


def units_of(organisation: Organisation) -> QuerySet[Unit]:
    """The owner's open kindergartens and schools, by name."""
    units = Unit.objects.filter(owner=organisation, closed_date=None)
    return units.select_related("municipality").order_by("name", "pk")


def environments(query: str = "") -> QuerySet[Organisation]:
    """Competence environments with their study places, by name; `query` searches both."""
    found = Organisation.objects.filter(kind__in=Organisation.ENVIRONMENT_KINDS)
    if query.strip():
        found = found.filter(_named("name", query) | _named("study_places__name", query)).distinct()
    places = StudyPlace.objects.select_related("municipality").order_by("name", "pk")
    return found.prefetch_related(Prefetch("study_places", places)).order_by("name", "pk")


def environments_in(county_id: str) -> QuerySet[Organisation]:
    """Environments that sit or have a study place in the county."""
    here = StudyPlace.objects.filter(environment=OuterRef("pk"), municipality__county=county_id)
    return environments().filter(Q(county=county_id) | Exists(here))


def possible_receivers(county_id: str) -> QuerySet[Organisation]:
    """All who may receive under KOLL § 3 in the county: the six kinds, confirmed or not.

    The announcement goes to every one of them. Nobody is paid until confirmed.
    """
    wanted = owners_in(county_id).order_by().values("pk")
    nearby = environments_in(county_id).order_by().values("pk")
    both = Organisation.objects.filter(Q(pk__in=wanted) | Q(pk__in=nearby))
    return both.select_related("municipality").order_by("name", "pk")


def figures_of(organisation: Organisation) -> dict[str, Any]:
    """Key figures by name (docs/data.md). What the registers lack is absent, never 0."""
    if organisation.kind == Kind.MUNICIPALITY and organisation.municipality:
        return dict(organisation.municipality.figures)
    figures: dict[str, Any] = {}
    for unit in units_of(organisation):
        school = unit.kind != Unit.Kind.KINDERGARTEN
        counted = "schools_private" if school else "kindergartens_private"
        figures[counted] = figures.get(counted, 0) + 1
        if unit.children is not None:
            key = "pupils_register_private" if school else "children_private"
            figures[key] = figures.get(key, 0) + unit.children
    return figures


def masked(number: str) -> str:
    """An account number as others may see it: only the last four digits."""
    return f"•••• •• •{number[-4:]}"


def account_of(organisation: Organisation) -> Account | None:
    """The account number in use, if the organisation's signer has entered one."""
    return Account.objects.filter(organisation=organisation, replaced_at=None).first()


# --- Unconfirmed receivers -----------------------------------------------------------------------
def unconfirmed_in(actor: Actor, county_id: str, query: str = "") -> QuerySet[Organisation]:
    """Receivers a case worker has yet to confirm: owners and environments, by name."""
    county = reached_county(actor, county_id)
    rows = possible_receivers(county.pk).filter(confirmed_at=None)
    if query.strip():
        rows = rows.filter(_named("name", query) | _named("municipality__name", query))
    units = Unit.objects.order_by("name", "pk")
    return rows.prefetch_related(Prefetch("units", units))


def unconfirmed_receiver(actor: Actor, county_id: str, pk: int) -> Organisation:
    """One of them, or 404."""
    return get_object_or_404(unconfirmed_in(actor, county_id), pk=pk)


def suggested_name(owner: Organisation) -> str:
    """What the receiver is probably called: its unit's name, where it has one only."""
    units = list(owner.units.order_by("pk")[:2])
    return units[0].name if len(units) == 1 else owner.name


def signers_organisation(actor: Actor) -> Organisation:
    """The organisation whose account number the actor may enter; 404 for all but its signers."""
    if not actor.has(Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER):
        raise Http404
    return get_object_or_404(Organisation, pk=actor.organisation_id)


# --- Reach and waiting ----------------------------------------------------------------------------
def reached_county(actor: Actor, county_id: str) -> County:
    """The county if the active mandate reaches it, else 404. The administrator reaches all."""
    if county_id not in actor.counties and not actor.has(Role.PLATFORM_ADMINISTRATOR):
        raise Http404
    return county_numbered(county_id)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """The signer's missing account number; for the secretariat how many are not confirmed."""
    if actor.has(Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER):
        return _missing_account(actor)
    if not actor.has(*SECRETARIAT):
        return []
    loaded = set(counties_loaded().values_list("pk", flat=True))
    return [row for county in sorted(actor.counties & loaded) for row in _unconfirmed(county)]


def _missing_account(actor: Actor) -> list[Waiting]:
    if Account.objects.filter(organisation=actor.organisation_id, replaced_at=None).exists():
        return []
    return [
        Waiting(
            title=_("Legg inn kontonummer"),
            reason=_("Uten kontonummer kan tilskudd ikke utbetales."),
            url=reverse("organisations:account"),
        )
    ]


def _unconfirmed(county_id: str) -> list[Waiting]:
    count = possible_receivers(county_id).filter(confirmed_at=None).count()
    if not count:
        return []
    return [
        Waiting(
            title=ngettext(
                "%(count)s mottaker er ikke bekreftet",
                "%(count)s mottakere er ikke bekreftet",
                count,
            )
            % {"count": count},
            reason=_(
                "De kan ikke sende inn, få vedtak eller få utbetalt før dere har bekreftet dem."
            ),
            url=reverse("organisations:unconfirmed", args=[county_id]),
            mine=False,
        )
    ]


def _named(field: str, query: str) -> Q:
    """Contains, whatever the case: SQLite folds only a–z, so Å and å are asked for both ways."""
    asked = query.replace("\x00", "").strip()
    found = Q()
    for form in {asked, asked.lower(), asked.upper(), asked.capitalize()}:
        found |= Q(**{f"{field}__icontains": form})
    return found
