"""The demo's people (demopersoner). All made up; each name says what the person does and «(demo)».

The organisations they act for are real, except those marked made up here. What the demo adds to a
real organisation (e-mail, confirmation, account number) is marked `synthetic` on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.shared.identity.personas import Persona as SignInPersona
from samspill.shared.identity.roles import Role

#: The demo's mandates begin so early that the demo's clock can be set back to any part of the year.
FROM = date(2026, 1, 1)
MAIL_DOMAIN = "demo.samspill.example"


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in the demo: role, and for which organisation (`start.organisation_of`)."""

    role: Role
    organisation: str
    county: str = ""
    region: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person. `key` is the `User.handle` one signs in with."""

    key: str
    name: str
    title: Any
    who: Any
    group: Any
    mandates: tuple[Held, ...]

    @property
    def role(self) -> Role:
        """The role the person is there to show."""
        return self.mandates[0].role

    @property
    def email(self) -> str:
        return f"{self.key}@{MAIL_DOMAIN}"


OWNERS, PARTNERS = _("Eiere"), _("Kompetansemiljø")
OFFICE, FORUM = _("Statsforvalteren"), _("Forum og regioner")
WORK, OTHERS = _("Ansatte og tillitsvalgte"), _("Andre")

NORDLAND, TROMS_FINNMARK = "office:18", "office:55"
BODO, VEVELSTAD, NARVIK = "orgnr:972418013", "orgnr:940651034", "orgnr:959469059"
FAUSKE = "municipality:1841"
KINDERGARTEN = "unit:986968164"
NORD, FAGSKOLEN = "environment:Nord universitet", "environment:Fagskolen i Nordland"
UNION, RKK = "made-up:union", "made-up:rkk"
AUDIT, PLATFORM = "made-up:audit", "made-up:platform"

PERSONAS: tuple[Persona, ...] = (
    Persona(
        "bodo-editor",
        "Berit Skriver (demo)",
        _("Skriver for Bodø kommune"),
        _("Jeg skriver behovsmeldinger for en stor kommune med mange barnehager og skoler."),
        OWNERS,
        (Held(Role.OWNER_EDITOR, BODO),),
    ),
    Persona(
        "bodo-signer",
        "Bjarne Signerer (demo)",
        _("Signerer for Bodø kommune"),
        _("Jeg er kommunalsjef for oppvekst. Jeg leser gjennom og sender inn."),
        OWNERS,
        (Held(Role.OWNER_SIGNER, BODO),),
    ),
    Persona(
        "vevelstad",
        "Vigdis Alt-i-ett (demo)",
        _("Skriver og signerer for Vevelstad kommune"),
        _("Jeg er rektor og oppvekstleder i en av landets minste kommuner. Jeg gjør begge deler."),
        OWNERS,
        (Held(Role.OWNER_SIGNER, VEVELSTAD), Held(Role.OWNER_EDITOR, VEVELSTAD)),
    ),
    Persona(
        "styrer",
        "Styrk Styrer (demo)",
        _("Styrer i Blåfjell barnehage i Sortland"),
        _("Jeg driver en privat barnehage. Jeg melder behov for den selv."),
        OWNERS,
        (Held(Role.OWNER_SIGNER, KINDERGARTEN), Held(Role.OWNER_EDITOR, KINDERGARTEN)),
    ),
    Persona(
        "former",
        "Fredrik Forhenværende (demo)",
        _("Skrev for Fauske kommune til 31. juli 2026"),
        _("Jeg har byttet jobb. Fullmakten min er gått ut."),
        OWNERS,
        (Held(Role.OWNER_EDITOR, FAUSKE, until=date(2026, 7, 31)),),
    ),
    Persona(
        "nord-signer",
        "Nora Universitet (demo)",
        _("Signerer for Nord universitet"),
        _("Jeg planlegger sammen med eierne og bekrefter at vi er med."),
        PARTNERS,
        (Held(Role.ENVIRONMENT_SIGNER, NORD),),
    ),
    Persona(
        "fagskolen-signer",
        "Fiona Fagskole (demo)",
        _("Signerer for Fagskolen i Nordland"),
        _("Vi samarbeider mest med barnehager."),
        PARTNERS,
        (Held(Role.ENVIRONMENT_SIGNER, FAGSKOLEN),),
    ),
    Persona(
        "case-worker",
        "Synne Saksbehandler (demo)",
        _("Saksbehandler hos Statsforvalteren i Nordland"),
        _("Jeg går gjennom meldingene, vurderer dem og lager forslag."),
        OFFICE,
        (Held(Role.CASE_WORKER, NORDLAND),),
    ),
    Persona(
        "approver",
        "Geir Godkjenner (demo)",
        _("Godkjenner hos Statsforvalteren i Nordland"),
        _("Jeg godkjenner det andre har forberedt."),
        OFFICE,
        (Held(Role.APPROVER, NORDLAND),),
    ),
    Persona(
        "two-hats",
        "Tora Tohatt (demo)",
        _("Saksbehandler i Nordland, og skriver for Narvik kommune"),
        _("Jeg har to fullmakter. Jeg kan ikke behandle saker fra Narvik."),
        OFFICE,
        (Held(Role.CASE_WORKER, NORDLAND), Held(Role.OWNER_EDITOR, NARVIK)),
    ),
    Persona(
        "north-case-worker",
        "Tuva Troms (demo)",
        _("Saksbehandler hos Statsforvalteren i Troms og Finnmark"),
        _("Jeg arbeider med to fylker. Nordland er ikke ett av dem."),
        OFFICE,
        (Held(Role.CASE_WORKER, TROMS_FINNMARK),),
    ),
    Persona(
        "forum-member",
        "Fredrikke Forum (demo)",
        _("Medlem av samarbeidsforum i Nordland, fra Bodø kommune"),
        _("Jeg gir innspill til forslaget på vegne av eierne."),
        FORUM,
        (Held(Role.FORUM_MEMBER, BODO, county="18"),),
    ),
    Persona(
        "coordinator",
        "Rakel Region (demo)",
        _("Koordinator for Salten"),
        _("Jeg har oversikten over eierne i regionen og leder de to årlige møtene."),
        FORUM,
        (Held(Role.REGION_COORDINATOR, RKK, county="18", region="salten"),),
    ),
    Persona(
        "facilitator",
        "Frida Fasilitator (demo)",
        _("Leder samlinger for Statsforvalteren i Nordland"),
        _("Jeg setter opp kafébord og dialogspill."),
        FORUM,
        (Held(Role.FACILITATOR, NORDLAND, county="18"),),
    ),
    Persona(
        "union",
        "Tor Tillitsvalgt (demo)",
        _("Tillitsvalgt i Bodø kommune"),
        _("Jeg bekrefter at de ansatte har vært med."),
        WORK,
        (Held(Role.UNION_REPRESENTATIVE, UNION, county="18"),),
    ),
    Persona(
        "employee",
        "Ane Ansatt (demo)",
        _("Barnehagelærer i Bodø kommune"),
        _("Jeg vil ta videreutdanning og dele det jeg lærer."),
        WORK,
        (Held(Role.EMPLOYEE, BODO),),
    ),
    Persona(
        "auditor",
        "Ravn Revisor (demo)",
        _("Revisor med innsyn i Nordland"),
        _("Jeg kan lese alt og endre ingenting."),
        OTHERS,
        (Held(Role.AUDITOR, AUDIT, county="18"),),
    ),
    Persona(
        "administrator",
        "Per Plattform (demo)",
        _("Plattformansvarlig"),
        _("Jeg laster inn registre og gir fullmakter. Jeg behandler ingen saker."),
        OTHERS,
        (Held(Role.PLATFORM_ADMINISTRATOR, PLATFORM),),
    ),
)


def persona(key: str) -> Persona:
    """The persona with the key; KeyError if there is none."""
    return {one.key: one for one in PERSONAS}[key]


def personas_for_sign_in() -> Sequence[SignInPersona]:
    """The demo's people for the sign-in page, by heading (`settings.DEMO_PERSONAS`)."""
    return [SignInPersona(p.key, p.name, str(p.title), str(p.who), str(p.group)) for p in PERSONAS]
