"""Read the packaged register copies (pakkede registerkopier) into plain rows. No database.

Nordland has a detailed file; every other county comes from the national one. Nothing is repaired
silently: what is left out, or kept without something, becomes a `Remark` with its reason.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from stdnum.no import orgnr as orgnr_rule

DATA = Path(__file__).resolve().parent.parent / "data"
#: The county with detailed files of its own.
DETAILED = "18"
#: Raised when the reading itself changes, so that a county already loaded is brought up to date.
READER = "1"
#: First register copy that lacked the units marked «nei» in `i_nbr_nsr_aug2026`.
AUGUST_COPY = date(2026, 8, 1)
KINDS = {
    "barnehage": "kindergarten",
    "grunnskole": "school",
    "begge": "school",  # primary and upper secondary under one number: an owner under KOLL
    "vgs": "upper_secondary",
}
#: Environments the file writes in several ways: first word → the name used here.
ENVIRONMENTS = {
    "UiT": "UiT Norges arktiske universitet",
    "Sámi": "Sámi allaskuvla – Samisk høgskole",
    "Fagskolen": "Fagskolen i Nordland",
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Raw:
    """A unit as a register says it, before anything is judged."""

    orgnr: str
    name: str
    kind: str
    municipality: str
    private: bool
    children: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    place: str = ""
    #: What the file says of a public owner's number; "" = it does not say.
    owner_orgnr: str | None = None
    gone: bool = False
    active: bool = True
    excluded: bool = False
    fte: Decimal | None = None
    fte_method: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One unit, and what the loading did with it (`reason` is a key of `queries.REASONS`)."""

    reason: str
    orgnr: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Registers:
    """Everything the packaged copies say about one county."""

    number: str
    name: str
    source_hash: str
    municipalities: list[Row]
    office: Row
    units: list[Raw]
    regions: list[Row] = field(default_factory=list)
    environments: list[Row] = field(default_factory=list)
    #: Figures by municipality number and file.
    figures: dict[str, dict[str, Row]] = field(default_factory=dict)


class UnknownCounty(LookupError):
    """The number is none of the country's 15 counties in the packaged copies."""


def counties() -> dict[str, str]:
    """The 15 counties: number → name."""
    return {row["fylkesnr"]: row["fylkesnavn"] for row in _table("kommuner_2024.csv")}


def read(number: str) -> Registers:
    """The county's registers. Raises UnknownCounty for Svalbard, abroad and typing errors."""
    if number not in counties():
        raise UnknownCounty(number)
    detailed = number == DETAILED
    return Registers(
        number=number,
        name=counties()[number],
        source_hash=_hash_of(number),
        municipalities=_table("kommuner_2024.csv"),
        office=next(r for r in _table("offices.csv") if number in r["counties"].split()),
        units=list(_detailed_units() if detailed else _national_units()),
        regions=_table("18/regioner_nordland.csv") if detailed else [],
        environments=list(_environments(number)),
        figures=_figures(number, detailed=detailed),
    )


def judge(raw: Raw, county: str, places: Iterable[str]) -> str:
    """Why the unit is left out; "" when it is taken in."""
    if raw.orgnr.upper().startswith("U"):
        return "u_number"
    if raw.municipality == "2599":
        return "municipality_2599"
    if raw.municipality[:2] == "25":
        return "county_25"
    if raw.municipality[:2] not in counties():
        return "outside_counties"
    if raw.municipality[:2] != county:
        return "other_county"
    if raw.municipality not in places:
        return "unknown_municipality"
    if raw.kind not in KINDS:
        return "other_unit"
    if not orgnr_rule.is_valid(raw.orgnr):
        return "bad_orgnr"
    return "inactive" if raw.excluded or not raw.active else ""


def remarks_on(raw: Raw) -> Iterator[str]:
    """What is missing or odd about a unit that is taken in."""
    if raw.gone:
        yield "gone"
    if raw.latitude is None:
        yield "no_coordinates"
    if raw.children is None and raw.kind != "vgs":
        yield "no_children_count" if raw.kind == "barnehage" else "no_pupil_count"
    if raw.private:
        yield "owner_unknown"
    elif raw.owner_orgnr == "":
        yield "owner_unclear"


# --- Files ---------------------------------------------------------------------------------------
@cache
def _table(name: str) -> list[Row]:
    text = (DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _hash_of(number: str) -> str:
    """SHA-256 over the reader's version and every file the county is read from."""
    names = ["kommuner_2024.csv", "offices.csv", "gsi_2025_26_kommune.csv"]
    names += ["18/kompetansemiljo.csv"]
    own = sorted(f"18/{path.name}" for path in (DATA / "18").iterdir())
    names += own if number == DETAILED else ["units_2026-04.json.gz"]
    digest = hashlib.sha256(f"{READER}:{number}".encode())
    for name in names:
        digest.update(hashlib.sha256((DATA / name).read_bytes()).digest())
    return digest.hexdigest()


def _detailed_units() -> Iterator[Raw]:
    for row in _table("18/enheter_nbr_nsr.csv"):
        yield Raw(
            orgnr=row["orgnr"],
            name=row["navn"],
            kind=row["type"],
            municipality=row["kommunenr"],
            private=row["eierform"] == "privat",
            children=_whole(row["antall_barn"] or row["antall_elever"]),
            latitude=coordinate(row["lat"], row["lon"])[0],
            longitude=coordinate(row["lat"], row["lon"])[1],
            place=row["poststed"],
            owner_orgnr=row["eier_orgnr"],
            gone=row["i_nbr_nsr_aug2026"] == "nei",
            fte=Decimal(row["arsverk_estimat"]) if row["arsverk_estimat"] else None,
            fte_method=row["arsverk_metode"],
        )


@cache
def _national_units() -> tuple[Raw, ...]:
    with gzip.open(DATA / "units_2026-04.json.gz", "rt", encoding="utf-8") as file:
        content = json.load(file)
    rows = [({"type": "barnehage"} | row) for row in content["kindergartens"]]
    return tuple(_national(row) for row in [*content["schools"], *rows])


def _national(row: Row) -> Raw:
    latitude, longitude = coordinate(row["lat"], row["lon"])
    return Raw(
        orgnr=row["id"],
        name=row["name"],
        kind=row["type"],
        municipality=row["kommunenummer"],
        private=row["owner"] == "privat",
        children=row.get("children", row.get("students")),
        latitude=latitude,
        longitude=longitude,
        place=row["poststed"],
    )


def coordinate(latitude: object, longitude: object) -> tuple[Decimal | None, Decimal | None]:
    """A place on the map. Empty and 0,0 both mean that the register does not know."""
    if not latitude or not longitude or (float(str(latitude)), float(str(longitude))) == (0, 0):
        return None, None
    return round(Decimal(str(latitude)), 5), round(Decimal(str(longitude)), 5)


def _environments(number: str) -> Iterator[Row]:
    """Nordland's file names places in four counties; other counties get what lies in them."""
    rows = _table("18/kompetansemiljo.csv")
    homes: dict[str, str] = {}
    for row in rows:
        row = row | {"navn": environment_name(row["miljo"])}
        home = homes.setdefault(row["navn"], row["kommunenr"])
        if number == DETAILED or row["kommunenr"][:2] == number:
            yield row | {"hjem": home}


def environment_name(written: str) -> str:
    """The environment a study place belongs to: «Sámi allaskuvla avd. Árran» is Sámi allaskuvla."""
    return ENVIRONMENTS.get(written.split()[0], written)


def _figures(number: str, *, detailed: bool) -> dict[str, dict[str, Row]]:
    names = ["gsi_2025_26_kommune.csv"]
    if detailed:
        names += ["18/kommune_noekkeltall.csv", "18/barnehagefakta_kommune_2023_nordland.csv"]
        names += ["18/avstand_luftlinje.csv"]
    return {
        name: {r["kommunenr"]: r for r in _table(name) if r["kommunenr"][:2] == number}
        for name in names
    }


def _whole(text: str) -> int | None:
    return int(text) if text else None
