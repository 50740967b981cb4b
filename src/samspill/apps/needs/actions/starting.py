"""Beginning a report (ny behovsmelding), blank or carried on from an earlier year."""

import re
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.apps.cycle.models import Cycle
from samspill.apps.needs import access
from samspill.apps.needs.actions.saved import Refused
from samspill.apps.needs.models import (
    BudgetLine,
    Measure,
    NeedsReport,
    NetworkOwner,
    Partner,
)
from samspill.apps.needs.queries.catalogue import FIELDS_BY_NAME
from samspill.apps.needs.queries.content import lines_of, with_content
from samspill.apps.needs.queries.fields import FieldKind
from samspill.apps.organisations.models import Organisation, Scheme
from samspill.shared.audit import trail as audit
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor

#: B-2027-031 under KOLL; the other schemes have their own letters, so that numbers never meet.
LETTERS = {Scheme.KOLL: "B", Scheme.VGO: "BV", Scheme.VU: "BU"}
MEASURE_LETTERS = {Scheme.KOLL: "T", Scheme.VGO: "TV", Scheme.VU: "TU"}
#: Written anew each year, never carried over.
NOT_CARRIED = ("own_rank", "years")


def start_report(
    *,
    cycle: Cycle,
    owner: Organisation,
    by: Actor,
    at: datetime,
    from_report: NeedsReport | None = None,
) -> NeedsReport:
    """Begin a draft (nytt utkast) with its number; the form must be open.

    `from_report` of an earlier year carries the measure on: same measure id, its answers, budget
    for the years that are left, network and partners – nobody has confirmed or signed anew.
    Raises PermissionDenied, and Refused when the measure has a report in the year already.
    """
    access.may_start(by, owner, cycle, at).or_refuse()
    _check_source(cycle, owner, from_report)
    with audit.writing(cycle.county_id, by=by, at=at) as trail:
        measure = from_report.measure if from_report else _new_measure(cycle, owner)
        begun = NeedsReport.objects.filter(cycle=cycle, measure=measure)
        if begun.exclude(state=NeedsReport.State.WITHDRAWN).exists():
            raise Refused(_("Tiltaket har allerede en behovsmelding dette året."))
        report = NeedsReport.objects.create(
            cycle=cycle,
            measure=measure,
            owner=owner,
            number=_next(cycle, LETTERS, NeedsReport.objects.filter(cycle=cycle)),
            state_since=at,
            created_by_id=person_of(by),
            created_at=at,
            language="nn" if get_language() == "nn" else "nb",
        )
        if from_report:
            _carry_over(from_report, report)
        trail.line(report, "needs.started", measure=measure.number, number=report.number)
    return report


def _check_source(cycle: Cycle, owner: Organisation, source: NeedsReport | None) -> None:
    if source is None:
        return
    if source.owner_id != owner.pk or source.cycle.scheme != cycle.scheme:
        raise Refused(_("Dere kan bare fortsette på egne tiltak."))
    if source.cycle.year >= cycle.year or source.cycle.county_id != cycle.county_id:
        raise Refused(_("Dere kan bare fortsette på tiltak fra tidligere år."))


def _new_measure(cycle: Cycle, owner: Organisation) -> Measure:
    begun = Measure.objects.filter(
        county=cycle.county_id,
        first_year=cycle.year,
        number__startswith=f"{MEASURE_LETTERS[Scheme(cycle.scheme)]}-",
    )
    return Measure.objects.create(
        county=cycle.county,
        owner=owner,
        number=_next(cycle, MEASURE_LETTERS, begun, county=cycle.county_id),
        first_year=cycle.year,
    )


def _next(cycle: Cycle, letters: dict[Scheme, str], taken: object, county: str = "") -> str:
    """The next number of the year. The county's chain is locked, so nobody else takes it."""
    numbers = taken.values_list("number", flat=True)  # type: ignore[attr-defined]
    last = max((int(re.sub(r".*-", "", number)) for number in numbers), default=0)
    place = f"{county}-" if county else ""
    return f"{letters[Scheme(cycle.scheme)]}-{place}{cycle.year}-{last + 1:03}"


def _carry_over(source: NeedsReport, report: NeedsReport) -> None:
    """Copy what still holds. Amounts of passed years are left behind."""
    source = with_content(NeedsReport.objects.all()).get(pk=source.pk)
    last_year = source.cycle.year + source.years - 1
    report.years = max(1, last_year - report.cycle.year + 1)
    columns = {"years"}
    for each in FIELDS_BY_NAME.values():
        if each.shared or not each.column or each.name in NOT_CARRIED:
            continue
        if each.kind in (FieldKind.UNITS, FieldKind.NEEDS):
            getattr(report, each.column).set(getattr(source, each.column).all())
        else:
            setattr(report, each.column, getattr(source, each.column))
            columns.add(each.column)
    report.save(update_fields=sorted(columns))
    NetworkOwner.objects.bulk_create(
        NetworkOwner(report=report, owner_id=row.owner_id) for row in source.network.all()
    )
    Partner.objects.bulk_create(
        Partner(report=report, environment_id=row.environment_id) for row in source.partners.all()
    )
    BudgetLine.objects.bulk_create(_copied(line, report) for line in lines_of(source))


def _copied(line: BudgetLine, report: NeedsReport) -> BudgetLine:
    kept = {year: n for year, n in line.amounts.items() if int(year) >= report.cycle.year}
    return BudgetLine(
        report=report,
        kind=line.kind,
        receiver_id=line.receiver_id,
        payee_id=line.payee_id,
        description=line.description,
        position=line.position,
        amounts=kept,
    )
