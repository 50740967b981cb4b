"""The plainest county, office, owner, environment, unit and mandate. Names are made up."""

import datetime as dt
from datetime import UTC

import factory
from stdnum.no import orgnr as orgnr_rule

from samspill.apps.organisations.models import (
    County,
    Mandate,
    Municipality,
    Office,
    Organisation,
    Region,
    RegionMembership,
    StudyPlace,
    Unit,
)
from samspill.apps.organisations.queries import mandates_of
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role

CONFIRMED_AT = dt.datetime(2026, 8, 1, 8, 0, tzinfo=UTC)
FROM = dt.date(2026, 1, 1)


def valid_orgnr(number):
    """The n-th organisation number that passes mod-11, from 800 000 000."""
    first = 80_000_000 + number * 2
    for digits in range(first, first + 2):
        check = orgnr_rule.checksum(f"{digits}0") % 11
        last = (11 - check) % 11
        if last < 10:
            return f"{digits}{last}"
    raise AssertionError("two in a row without a check digit")


class CountyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ["number"]

    number = "18"
    name = "Nordland"


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ["number"]

    number = factory.Sequence(lambda n: f"18{n % 100:02d}")
    name = factory.LazyAttribute(lambda place: f"Prøvekommune {place.number}")
    county = factory.SubFactory(CountyFactory)


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A confirmed municipality. `kind=` makes another."""

    class Meta:
        model = Organisation

    kind = Organisation.Kind.MUNICIPALITY
    name = factory.Sequence(lambda n: f"Prøveeier {n}")
    orgnr = factory.Sequence(valid_orgnr)
    county = factory.SubFactory(CountyFactory)
    municipality = factory.SubFactory(MunicipalityFactory, county=factory.SelfAttribute("..county"))
    confirmed_at = CONFIRMED_AT


class UnknownOwnerFactory(OrganisationFactory):
    """«Ukjent eier av …»: no number, not confirmed."""

    kind = Organisation.Kind.PRIVATE_KINDERGARTEN
    name = factory.Sequence(lambda n: f"Ukjent eier av Prøvebarnehagen {n}")
    orgnr = None
    confirmed_at = None


class EnvironmentFactory(OrganisationFactory):
    """A confirmed university."""

    kind = Organisation.Kind.UNIVERSITY
    name = factory.Sequence(lambda n: f"Prøveuniversitetet {n}")


class UnitFactory(factory.django.DjangoModelFactory):
    """An open public kindergarten."""

    class Meta:
        model = Unit

    orgnr = factory.Sequence(lambda n: valid_orgnr(500_000 + n))
    kind = Unit.Kind.KINDERGARTEN
    name = factory.Sequence(lambda n: f"Prøvebarnehagen {n}")
    owner = factory.SubFactory(OrganisationFactory)
    municipality = factory.SelfAttribute("owner.municipality")
    private = False


class StudyPlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StudyPlace

    environment = factory.SubFactory(EnvironmentFactory)
    municipality = factory.SelfAttribute("environment.municipality")
    name = factory.Sequence(lambda n: f"Prøvestedet {n}")


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region

    county = factory.SubFactory(CountyFactory)
    name = factory.Sequence(lambda n: f"Prøveregion {n}")
    slug = factory.Sequence(lambda n: f"proveregion-{n}")


class RegionMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegionMembership

    region = factory.SubFactory(RegionFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    valid_from = FROM


class OfficeFactory(factory.django.DjangoModelFactory):
    """A county governor's office; `counties=[…]` serves more than its own county."""

    class Meta:
        model = Office
        skip_postgeneration_save = True

    organisation = factory.SubFactory(
        OrganisationFactory,
        kind=Organisation.Kind.COUNTY_GOVERNOR,
        name=factory.Sequence(lambda n: f"Prøveembetet {n}"),
        municipality=None,
    )

    @factory.post_generation
    def counties(self, create, extracted):
        self.counties.set(extracted or [self.organisation.county])


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    handle = factory.Sequence(lambda n: f"prove-{n}")
    name = factory.Sequence(lambda n: f"Prøve Prøvesen {n}")


class MandateFactory(factory.django.DjangoModelFactory):
    """An owner editor's mandate, valid from 2026 on."""

    class Meta:
        model = Mandate

    person = factory.SubFactory(UserFactory)
    role = Role.OWNER_EDITOR
    organisation = factory.SubFactory(OrganisationFactory)
    valid_from = FROM


def actor_for(mandate):
    """The person as the middleware would make them, with this mandate active."""
    all_mine = mandates_of(mandate.person_id)
    active = next(m for m in all_mine if m.id == mandate.pk)
    return Actor(mandate.person_id, mandate.person.name, active, all_mine)


def actor(role=Role.OWNER_EDITOR, **kwargs):
    """A new person with one mandate: `actor(Role.CASE_WORKER, organisation=office)`."""
    return actor_for(MandateFactory(role=role, **kwargs))
