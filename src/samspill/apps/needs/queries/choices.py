"""What can be chosen in the form (valgene): units, own needs, parties, partners, network owners."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from samspill.apps.competence.models import Need
from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport, Partner
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import Organisation, Scheme, Unit

#: A search answers with this many at most; the reader is asked to write more.
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that stand together: one owner's kindergartens, or its schools."""

    owner: Organisation
    kind: str
    units: tuple[Unit, ...]


def unit_groups(report: NeedsReport) -> list[UnitGroup]:
    """The lead owner's and the network's open units, and those already chosen. One query."""
    owners = [report.owner_id, *(row.owner_id for row in report.network.all())]
    chosen = [unit.pk for unit in report.units.all()]
    found = (
        Unit.objects.filter(Q(owner__in=owners, closed_date=None) | Q(pk__in=chosen))
        .exclude(kind=Unit.Kind.UPPER_SECONDARY)
        .select_related("owner")
        .order_by("name", "pk")
    )
    groups: dict[tuple[int, int, str], list[Unit]] = {}
    for unit in found:
        place = owners.index(unit.owner_id) if unit.owner_id in owners else len(owners)
        groups.setdefault((place, unit.owner_id, unit.kind), []).append(unit)
    return [
        UnitGroup(units[0].owner, kind, tuple(units))
        for (_place, _owner, kind), units in sorted(groups.items(), key=lambda row: row[0])
    ]


def unit_names(ids: Iterable[int]) -> list[str]:
    """The units' names, in order."""
    return list(
        Unit.objects.filter(pk__in=ids).order_by("name", "pk").values_list("name", flat=True)
    )


def own_needs(report: NeedsReport) -> list[Need]:
    """The owner's open competence needs, and those the report already answers."""
    chosen = [need.pk for need in report.needs.all()]
    found = Need.objects.filter(Q(closed_date=None) | Q(pk__in=chosen), owner=report.owner_id)
    return list(found.order_by("title", "pk"))


def parties(report: NeedsReport) -> list[Organisation]:
    """Those who may receive money or be paid in the end: the owner, the network, the partners."""
    rows = [
        report.owner,
        *(row.owner for row in report.network.all()),
        *(row.environment for row in report.partners.all()),
    ]
    return list({row.pk: row for row in rows}.values())


def years_to_report_in(owner: Organisation, at: datetime) -> list[Cycle]:
    """The running years of collective development (KOLL) where the owner belongs."""
    running = cycles.current_cycles(owner.county_id, at) if owner.county_id else []
    return [cycle for cycle in running if cycle.scheme == Scheme.KOLL]


def asks_teacher_education(partner: Partner) -> bool:
    """A university or college says how experience returns to teacher education (rule K20)."""
    return partner.environment.kind == Organisation.Kind.UNIVERSITY


def environments_to_add(report: NeedsReport, query: str = "") -> list[Organisation]:
    """Competence environments that are not partners yet, with their study places."""
    partners = [row.environment_id for row in report.partners.all()]
    return list(
        organisations.environments(query.replace("\x00", "")).exclude(pk__in=partners)[:MOST_FOUND]
    )


def owners_to_invite(report: NeedsReport, query: str) -> list[Organisation]:
    """Owners in the county by name that are not in the network yet; nothing without a query."""
    if not query.strip():
        return []
    inside = [report.owner_id, *(row.owner_id for row in report.network.all())]
    found = organisations.owners_in(report.cycle.county_id).filter(_named(query))
    return list(found.exclude(pk__in=inside)[:MOST_FOUND])


def _named(query: str) -> Q:
    """Contains, whatever the case: SQLite folds only a–z, so Å is asked for both ways."""
    asked = query.replace("\x00", "").strip()
    found = Q()
    for form in {asked, asked.lower(), asked.upper(), asked.capitalize()}:
        found |= Q(name__icontains=form)
    return found


def environment_to_add(pk: str) -> Organisation:
    """The environment with this id, or 404."""
    return get_object_or_404(organisations.environments(), pk=_number(pk))


def owner_to_invite(report: NeedsReport, pk: str) -> Organisation:
    """The owner in the county with this id, or 404."""
    return get_object_or_404(organisations.owners_in(report.cycle.county_id), pk=_number(pk))


def party_in(report: NeedsReport, pk: str) -> Organisation | None:
    """The party of the report with this id, if it is one."""
    return next((row for row in parties(report) if str(row.pk) == pk), None)


def _number(pk: str) -> int:
    if not pk.isascii() or not pk.isdigit() or len(pk) > 15:
        raise Http404
    return int(pk)
