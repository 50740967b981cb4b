"""Load a county's registers (last inn registre): everything or nothing, and the same only once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from stdnum.no import orgnr as orgnr_rule

from samspill.apps.organisations import access
from samspill.apps.organisations.actions import reading
from samspill.apps.organisations.actions.figures import figures_by_municipality
from samspill.apps.organisations.actions.reading import Raw, Registers, Remark
from samspill.apps.organisations.models import (
    County,
    Municipality,
    Office,
    Organisation,
    Region,
    RegionMembership,
    RegisterLoad,
    StudyPlace,
    Unit,
    WrittenForm,
)
from samspill.regulation import parameters
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import Actor

Kind = Organisation.Kind
WRITTEN_FORMS = {"bokmål": WrittenForm.BOKMAL, "nynorsk": WrittenForm.NYNORSK}
#: Regions are proposed for the system that began in 2026.
REGIONS_FROM = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The loading, and whether it changed anything."""

    load: RegisterLoad
    changed: bool


def load_county(
    *, number: str, by: Actor, at: datetime, registers: Registers | None = None
) -> Loaded:
    """Load a county from the packaged register copies; the same copies again change nothing.

    Newer copies bring what is known up to date: names, figures, places. They never touch what a
    person has confirmed, and a unit they lack is closed, not removed. `registers` is what to load
    instead of the packaged copies.
    """
    access.may_load_registers(by).or_refuse()
    registers = registers or reading.read(number)
    with audit.writing(number, by=by, at=at) as trail:
        last = RegisterLoad.objects.filter(county=number).order_by("-at", "-pk").first()
        if last is not None and last.source_hash == registers.source_hash:
            return Loaded(last, changed=False)
        loading = _Loading(registers, at)
        loading.everything()
        load = RegisterLoad.objects.create(
            county_id=number,
            at=at,
            source_hash=registers.source_hash,
            counts=loading.counts(),
            skipped=loading.remarks(),
        )
        trail.line(
            load,
            "organisations.county_loaded",
            county=number,
            source=load.source_hash,
            counts=load.counts,
        )
    return Loaded(load, changed=True)


class _Loading:
    """One loading on its way: what goes in, in the order foreign keys need, and the remarks."""

    def __init__(self, registers: Registers, at: datetime) -> None:
        self.registers, self.at, self.number = registers, at, registers.number
        self.today = timezone.localdate(at)
        self.found: list[Remark] = []
        self.units: list[Raw] = []

    def everything(self) -> None:
        self.sort_units()
        self.places()
        self.office()
        self.owners()
        self.put_units()
        self.put_regions()
        self.put_environments()

    def sort_units(self) -> None:
        """Take in or leave out every unit of the file, with its reasons."""
        places = {row["kommunenr"] for row in self.registers.municipalities}
        seen: set[str] = set()
        for raw in self.registers.units:
            reason = reading.judge(raw, self.number, places)
            if not reason and raw.orgnr in seen:
                reason = "duplicate"
            if reason:
                if reason != "other_county":
                    self.found.append(Remark(reason, raw.orgnr, raw.name))
                continue
            seen.add(raw.orgnr)
            self.units.append(raw)
            self.found += [Remark(why, raw.orgnr, raw.name) for why in reading.remarks_on(raw)]

    def places(self) -> None:
        """All counties and municipalities of the country as places; key figures for this one."""
        names = reading.counties()
        _sync(County, "number", [{"number": n, "name": name} for n, name in names.items()])
        rows = [_place(row, self.today) for row in self.registers.municipalities]
        _sync(Municipality, "number", rows)
        figures = figures_by_municipality(self.registers, self.units)
        _sync(Municipality, "number", [{"number": n, "figures": f} for n, f in figures.items()])

    def office(self) -> None:
        """The office that serves the county; it may already stand there from another county."""
        row = self.registers.office
        organisation, _new = Organisation.objects.get_or_create(
            kind=Kind.COUNTY_GOVERNOR,
            name=row["office"],
            defaults={"orgnr": row["orgnr"] or None},
        )
        office, _new = Office.objects.get_or_create(organisation=organisation)
        office.counties.set(row["counties"].split())

    def owners(self) -> None:
        """Municipalities, the county municipality, and one unknown owner per private unit."""
        wanted = [
            self._municipality(row)
            for row in self.registers.municipalities
            if row["fylkesnr"] == self.number
        ]
        self.municipalities = _put_by_place(Kind.MUNICIPALITY, wanted)
        self.county_municipality = self._county_municipality()

    def _municipality(self, row: dict[str, str]) -> Organisation:
        valid = bool(orgnr_rule.is_valid(row["orgnr"]))
        if not valid:
            self.found.append(Remark("municipality_number", name=row["kommunenavn"]))
        return Organisation(
            kind=Kind.MUNICIPALITY,
            name=f"{row['kommunenavn']} kommune",
            orgnr=row["orgnr"] if valid else None,
            municipality_id=row["kommunenr"],
            county_id=self.number,
            written_form=WRITTEN_FORMS.get(row["maalform_nordland"], WrittenForm.NEUTRAL),
            confirmed_at=self.at if valid else None,
        )

    def _county_municipality(self) -> Organisation:
        """Oslo is municipality and county in one."""
        if self.number == "03":
            return self.municipalities["0301"]
        numbers = {raw.owner_orgnr for raw in self.units if raw.kind == "vgs" and raw.owner_orgnr}
        orgnr = numbers.pop() if len(numbers) == 1 else None
        if orgnr is None:
            self.found.append(Remark("county_municipality_number"))
        organisation, _new = Organisation.objects.get_or_create(
            kind=Kind.COUNTY_MUNICIPALITY,
            county_id=self.number,
            defaults={
                "name": f"{self.registers.name} fylkeskommune",
                "orgnr": orgnr,
                "confirmed_at": self.at if orgnr else None,
            },
        )
        return organisation

    def put_units(self) -> None:
        known = dict(
            Unit.objects.filter(orgnr__in=[raw.orgnr for raw in self.units]).values_list(
                "orgnr", "owner"
            )
        )
        new_private = [raw for raw in self.units if raw.private and raw.orgnr not in known]
        made = Organisation.objects.bulk_create([self._unknown_owner(r) for r in new_private])
        known |= {raw.orgnr: owner.pk for raw, owner in zip(new_private, made, strict=True)}
        rows = [self._unit(raw, known.get(raw.orgnr)) for raw in self.units]
        _sync(Unit, "orgnr", rows)
        gone = Unit.objects.filter(municipality__county=self.number, closed_date=None)
        gone.exclude(orgnr__in=[raw.orgnr for raw in self.units]).update(closed_date=self.today)

    def _unknown_owner(self, raw: Raw) -> Organisation:
        kinds = {
            "barnehage": Kind.PRIVATE_KINDERGARTEN,
            "vgs": Kind.PRIVATE_UPPER_SECONDARY,
        }
        return Organisation(
            kind=kinds.get(raw.kind, Kind.PRIVATE_SCHOOL),
            name=f"Ukjent eier av {raw.name}",
            municipality_id=raw.municipality,
            county_id=self.number,
        )

    def _unit(self, raw: Raw, private_owner: int | None) -> dict[str, Any]:
        public = (
            self.county_municipality if raw.kind == "vgs" else self.municipalities[raw.municipality]
        )
        basis = Unit.OwnerBasis.DERIVED
        if raw.private:
            basis = Unit.OwnerBasis.UNKNOWN
        elif raw.owner_orgnr == "":
            basis = Unit.OwnerBasis.UNCLEAR
        return {
            "orgnr": raw.orgnr,
            "kind": reading.KINDS[raw.kind],
            "name": raw.name,
            "municipality_id": raw.municipality,
            "owner_id": private_owner if raw.private and private_owner else public.pk,
            "owner_basis": basis,
            "private": raw.private,
            "children": raw.children,
            "latitude": raw.latitude,
            "longitude": raw.longitude,
            "place": raw.place,
            "fte_estimate": raw.fte,
            "fte_method": raw.fte_method,
            "closed_date": reading.AUGUST_COPY if raw.gone else None,
        }

    def put_regions(self) -> None:
        """The proposed split; a county that has moved a municipality since keeps its own dates."""
        if not self.registers.regions:
            self.found.append(Remark("regions_unknown"))
        for row in self.registers.regions:
            slug = row["region"].split(" (")[0].lower().replace(" ", "-").replace("å", "a")
            region, _new = Region.objects.get_or_create(
                county_id=self.number,
                slug=slug,
                defaults={"name": row["region"].split(" (")[0], "proposed": True},
            )
            if RegionMembership.objects.filter(
                municipality=row["kommunenr"], region__county=self.number
            ).exists():
                continue
            RegionMembership.objects.create(
                region=region,
                municipality_id=row["kommunenr"],
                valid_from=REGIONS_FROM,
                source=row["kilde"],
                confidence=row["skk_region_konfidens"],
            )

    def put_environments(self) -> None:
        if not self.registers.environments:
            self.found.append(Remark("environments_unknown"))
        elif self.number != reading.DETAILED:
            self.found.append(Remark("environments_partly"))
        kinds = {"UH": Kind.UNIVERSITY, "fagskole": Kind.VOCATIONAL_COLLEGE}
        rows = []
        for row in self.registers.environments:
            environment, _new = Organisation.objects.get_or_create(
                kind=kinds.get(row["type"], Kind.OTHER_ENVIRONMENT),
                name=row["navn"],
                defaults={"municipality_id": row["hjem"], "county_id": row["hjem"][:2]},
            )
            latitude, longitude = reading.coordinate(row["lat"], row["lon"])
            rows.append(
                {
                    "orgnr": row["orgnr"],
                    "environment_id": environment.pk,
                    "name": row["studiested"],
                    "municipality_id": row["kommunenr"],
                    "latitude": latitude,
                    "longitude": longitude,
                    "confidence": row["koordinat_konfidens"][:20],
                }
            )
        _sync(StudyPlace, "orgnr", rows)

    def counts(self) -> dict[str, int]:
        kinds = [reading.KINDS[raw.kind] for raw in self.units]
        return {
            "municipalities": len(self.municipalities),
            "regions": len({row["region"] for row in self.registers.regions}),
            "kindergartens": kinds.count("kindergarten"),
            "schools": kinds.count("school"),
            "upper_secondary": kinds.count("upper_secondary"),
            "study_places": len(self.registers.environments),
            "unknown_owners": sum(raw.private for raw in self.units),
        }

    def remarks(self) -> list[dict[str, Any]]:
        """By reason: how many, and which."""
        by_reason: dict[str, list[list[str]]] = defaultdict(list)
        for remark in self.found:
            by_reason[remark.reason].append([remark.orgnr, remark.name])
        return [
            {"reason": reason, "count": len(items), "items": sorted(items, key=lambda i: i[1])}
            for reason, items in sorted(by_reason.items())
        ]


def _place(row: dict[str, str], day: date) -> dict[str, Any]:
    latitude, longitude = reading.coordinate(row["sted_lat"], row["sted_lon"])
    number = row["kommunenr"]
    return {
        "number": number,
        "name": row["kommunenavn"],
        "sami_name": row["samisk_navn"],
        "county_id": row["fylkesnr"],
        "written_form": WRITTEN_FORMS.get(row["maalform_nordland"], WrittenForm.NEUTRAL),
        "sami_area": _sami_area(row, day),
        "population": int(row["befolkning_2026"]) if row["befolkning_2026"] else None,
        "centrality_class": int(row["sentralitetsklasse_2024"] or 0) or None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _sami_area(row: dict[str, str], day: date) -> bool:
    """Nordland by the regulation of 2026; elsewhere by the copy of 2023, the only one there is."""
    if row["fylkesnr"] == reading.DETAILED:
        return parameters.in_sami_area(row["kommunenr"], day)
    return row["samisk_forvaltningsomraade_2023"] == "True"


def _put_by_place(kind: str, wanted: Iterable[Organisation]) -> dict[str, Organisation]:
    """Those that are missing are made; those that stand are left as they are."""
    standing = {
        str(o.municipality_id): o
        for o in Organisation.objects.filter(
            kind=kind, municipality__in=[o.municipality_id for o in wanted]
        )
    }
    missing = [o for o in wanted if o.municipality_id not in standing]
    made = Organisation.objects.bulk_create(missing)
    return standing | {str(o.municipality_id): o for o in made}


def _sync(model: type[models.Model], key: str, rows: list[dict[str, Any]]) -> None:
    """Make the rows that are missing, write those that differ; nothing else is touched."""
    manager = model._default_manager
    standing = {
        getattr(row, key): row
        for row in manager.select_for_update().filter(**{f"{key}__in": [r[key] for r in rows]})
    }
    new = [model(**row) for row in rows if row[key] not in standing]
    changed, fields = [], [name for name in (rows[0] if rows else {}) if name != key]
    for row in rows:
        old = standing.get(row[key])
        if old is None or all(getattr(old, name) == row[name] for name in fields):
            continue
        for name in fields:
            setattr(old, name, row[name])
        changed.append(old)
    manager.bulk_create(new, batch_size=500)
    if changed:
        manager.bulk_update(changed, fields, batch_size=100)
