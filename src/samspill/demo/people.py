"""Put the demo's people in place: persons, mandates, and what is made up about organisations."""

from datetime import datetime

from django.utils import timezone

from samspill.apps.organisations import actions, queries
from samspill.apps.organisations.models import (
    County,
    Mandate,
    Organisation,
    Region,
    StudyPlace,
    Unit,
)
from samspill.demo.personas import FROM, MAIL_DOMAIN, PERSONAS, Held, Persona
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import SYSTEM, Actor
from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role

Kind = Organisation.Kind
#: Organisations that exist in the demo only.
MADE_UP = {
    "union": (Kind.UNION, "Lærerlaget i Nordland (demo)", "18"),
    "rkk": (Kind.OTHER, "Regionkontoret i Salten (demo)", "18"),
    "audit": (Kind.OTHER, "Revisjonen (demo)", None),
    "platform": (Kind.OTHER, "Samspill drift (demo)", None),
}
#: Persona → (number that the demo confirms its organisation with, where that number is from)
CONFIRMED_WITH = {
    "styrer": ("986968164", "barnehagens eget nummer i NBR"),
    "nord-signer": ("974799820", "studiestedet Bodø sitt nummer i NSR"),
    "fagskolen-signer": ("921478836", "hovedenhetens nummer i NSR"),
}
#: Persona → account number with a bank that does not exist.
ACCOUNTS = {
    "bodo-signer": "99990100019",
    "vevelstad": "99990100027",
    "styrer": "99990100035",
    "nord-signer": "99990100043",
    "fagskolen-signer": "99990100051",
}


def put_people(at: datetime) -> None:
    """Make what is missing; a second time it changes nothing."""
    for persona in PERSONAS:
        _put(persona, at)
    _put_addresses(at)
    for key, (orgnr, origin) in CONFIRMED_WITH.items():
        _confirm(key, orgnr, origin, at)
    for key, number in ACCOUNTS.items():
        signer = actor_of(key, at)
        organisation = queries.signers_organisation(signer)
        if queries.account_of(organisation) is None:
            actions.enter_account(organisation=organisation, number=number, by=signer, at=at)


def _put(persona: Persona, at: datetime) -> None:
    user, _new = User.objects.get_or_create(
        handle=persona.key,
        defaults={"name": persona.name, "email": persona.email, "is_demo": True},
    )
    if Mandate.objects.filter(person=user).exists():
        return
    for held in persona.mandates:
        actions.give_mandate(
            person=user,
            role=held.role,
            organisation=organisation_of(held.organisation),
            county=County.objects.get(pk=held.county) if held.county else None,
            region=_region(held),
            valid_from=FROM,
            valid_until=held.until,
            by=SYSTEM,
            at=at,
        )


def _region(held: Held) -> Region | None:
    return Region.objects.get(county=held.county, slug=held.region) if held.region else None


def organisation_of(key: str) -> Organisation:
    """The organisation behind a key such as `orgnr:972418013` or `office:18`."""
    kind, _, value = key.partition(":")
    if kind == "made-up":
        organisation_kind, name, county = MADE_UP[value]
        made, _new = Organisation.objects.get_or_create(
            kind=organisation_kind, name=name, county_id=county, defaults={"synthetic": True}
        )
        return made
    if kind == "unit":
        return Unit.objects.select_related("owner").get(orgnr=value).owner
    if kind == "office":
        return Organisation.objects.get(office__counties=value)
    if kind == "environment":
        return Organisation.objects.get(kind__in=Organisation.ENVIRONMENT_KINDS, name=value)
    if kind == "municipality":
        return Organisation.objects.get(kind=Kind.MUNICIPALITY, municipality=value)
    return Organisation.objects.get(orgnr=value)


def _put_addresses(at: datetime) -> None:
    """A made-up address for every possible receiver, so that the announcement reaches all."""
    missing = list(queries.possible_receivers("18").filter(email=""))
    if not missing:
        return
    numbers = dict(StudyPlace.objects.order_by("-pk").values_list("environment", "orgnr"))
    numbers |= dict(Unit.objects.filter(private=True).values_list("owner", "orgnr"))
    for organisation in missing:
        number = organisation.orgnr or numbers.get(organisation.pk)
        organisation.email = f"{number}@{MAIL_DOMAIN}"
        organisation.synthetic = True
    with audit.writing("18", by=SYSTEM, at=at) as trail:
        Organisation.objects.bulk_update(missing, ["email", "synthetic"], batch_size=200)
        trail.line(County.objects.get(pk="18"), "demo.addresses_given", count=len(missing))


def _confirm(key: str, orgnr: str, origin: str, at: datetime) -> None:
    organisation = queries.signers_organisation(actor_of(key, at))
    if not organisation.is_confirmed:
        actions.confirm_owner(
            owner=organisation,
            orgnr=orgnr,
            approval_note=f"Fiktiv bekreftelse i demoen, med {origin}. Ingen godkjenning er sett.",
            by=actor_of("case-worker", at),
            at=at,
        )


def actor_of(key: str, at: datetime) -> Actor:
    """The persona as signed in, with the mandate it is there to show."""
    user = User.objects.get(handle=key, is_demo=True)
    mandates = queries.mandates_of(user.pk)
    valid = [m for m in mandates if m.valid_on(timezone.localdate(at))]
    return Actor(user.pk, user.name, valid[0] if valid else None, mandates)


def put_signers(owner: Organisation, at: datetime) -> tuple[Actor, Actor]:
    """Who writes and who signs for the owner; made up where the demo has no persona for it."""
    return (
        _one_who(Role.OWNER_EDITOR, "Skriver", owner, at),
        _one_who(Role.OWNER_SIGNER, "Signerer", owner, at),
    )


def _one_who(role: Role, does: str, owner: Organisation, at: datetime) -> Actor:
    day = timezone.localdate(at)
    person = queries.people_at(owner.pk, role, day=day).filter(is_demo=True).first()
    if person is None:
        person = User.objects.create(
            handle=f"{does.lower()}-{owner.pk}",
            name=f"{does} for {owner.name} (demo)",
            is_demo=True,
        )
        actions.give_mandate(
            person=person, role=role, organisation=owner, valid_from=FROM, by=SYSTEM, at=at
        )
    mandates = queries.mandates_of(person.pk)
    held = next(
        m for m in mandates if (m.role, m.organisation_id) == (role, owner.pk) and m.valid_on(day)
    )
    return Actor(person.pk, person.name, held, mandates)
