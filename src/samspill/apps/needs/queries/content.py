"""What a report says (innholdet), in one canonical form: for fingerprints, signatures, snapshots.

The same rows always give the same content and the same hash, whoever asks and in whatever
language. Words of ours (labels) are not part of it; what people wrote, and who the parties are, is.
"""

import hashlib
from datetime import date
from typing import Any

import rfc8785
from django.db.models import Prefetch, QuerySet

from samspill.apps.needs.models import (
    Attachment,
    BudgetLine,
    Cosignature,
    NeedsAssessment,
    NeedsReport,
    NetworkOwner,
    Partner,
    Return,
    Submission,
)
from samspill.apps.needs.queries.catalogue import (
    FIELDS_BY_NAME,
    field_named,
    part_names,
    years_of,
)
from samspill.apps.needs.queries.fields import Field, FieldKind
from samspill.apps.organisations.models import Organisation

#: The form of the content itself; raised when its shape changes, so that old hashes keep meaning.
VERSION = 1


def with_content(reports: QuerySet[NeedsReport]) -> QuerySet[NeedsReport]:
    """The reports with every row content, facts and findings need: a fixed number of queries."""
    return reports.select_related(
        "cycle__county", "cycle__authority", "measure", "owner__municipality", "extension",
        "own_assessment", "created_by",
    ).prefetch_related(
        "units",
        "needs",
        Prefetch("network", NetworkOwner.objects.select_related("owner__municipality")),
        Prefetch("partners", Partner.objects.select_related("environment")),
        Prefetch("partners__signatures", Cosignature.objects.select_related("signed_by")),
        Prefetch("budget", BudgetLine.objects.select_related("receiver", "payee")),
        Prefetch("attachments", Attachment.objects.select_related("file")),
        Prefetch("returns", Return.objects.all()),
        Prefetch("submissions", Submission.objects.all()),
    )  # fmt: skip


def assessment_of(report: NeedsReport) -> NeedsAssessment:
    """The needs assessment that belongs to the report: its own copy once sent, else the shared one.

    Gives an empty, unsaved one where the owner has not written any yet.
    """
    own: NeedsAssessment | None = getattr(report, "own_assessment", None)
    if own is not None:
        return own
    cached: NeedsAssessment | None = getattr(report, "_shared_assessment", None)
    if cached is None:
        cached = NeedsAssessment.objects.filter(
            cycle_id=report.cycle_id, owner_id=report.owner_id, report=None
        ).first() or NeedsAssessment(cycle_id=report.cycle_id, owner_id=report.owner_id)
        report._shared_assessment = cached  # type: ignore[attr-defined]
    return cached


def stored_value(report: NeedsReport, name: str) -> Any:
    """The canonical value of a field, a part (`phases.2027`) or a budget cell, as it stands now."""
    each = field_named(name)
    part = name.partition(".")[2]
    if each.name == "budget":
        return _budget_value(report, part)
    if each.kind is FieldKind.UNITS:
        return sorted(unit.pk for unit in report.units.all())
    if each.kind is FieldKind.NEEDS:
        return sorted(need.pk for need in report.needs.all())
    row = assessment_of(report) if each.shared else report
    value = getattr(row, each.column)
    if part:
        return value.get(part, [] if each.kind is FieldKind.PHASES_BY_YEAR else None)
    return value.isoformat() if isinstance(value, date) else value


def _budget_value(report: NeedsReport, part: str) -> Any:
    """`<line>.2027`, `.description`, `.receiver` or `.payee`; KeyError where the line is gone."""
    line_id, _dot, what = part.partition(".")
    line = {str(line.pk): line for line in report.budget.all()}[line_id]
    if what == "description":
        return line.description
    if what in ("receiver", "payee"):
        return getattr(line, f"{what}_id")
    return line.amounts.get(what)


def fingerprint(report: NeedsReport, name: str) -> str:
    """The short hash of a field as stored (fingeravtrykk). The form carries it back as «seen»."""
    return fingerprint_of(name, stored_value(report, name))


def fingerprint_of(name: str, value: Any) -> str:
    """The fingerprint a canonical value would have in the field."""
    return hashlib.sha256(rfc8785.dumps([name, value])).hexdigest()[:16]


def budget_names(report: NeedsReport, line: BudgetLine) -> tuple[str, ...]:
    """The names a budget line is saved by: its amounts by year, then its words and parties."""
    years = tuple(f"budget.{line.pk}.{year}" for year in years_of(report))
    return (*years, *(f"budget.{line.pk}.{what}" for what in ("description", "receiver", "payee")))


def content_of(report: NeedsReport) -> dict[str, Any]:
    """Everything the report says, canonical and ready for JSON. What is signed, sent and frozen."""
    return {
        "version": VERSION,
        "scheme": report.cycle.scheme,
        "county": report.cycle.county_id,
        "year": report.cycle.year,
        "number": report.number,
        "measure": report.measure.number,
        "years": list(years_of(report)),
        "owner": party(report.owner),
        "answers": {
            each.name: _answer(report, each)
            for each in FIELDS_BY_NAME.values()
            if each.kind is not FieldKind.ROWS
        },
        "owners": [party(row.owner) for row in _in_order(report.network.all())],
        "partners": [party(row.environment) for row in _in_order(report.partners.all())],
        "budget": [_line(report, line) for line in lines_of(report)],
        "attachments": [
            {"name": row.file.name, "sha256": row.file.sha256}
            for row in _in_order(report.attachments.all())
        ],
    }


def content_hash(report: NeedsReport) -> str:
    """SHA-256 of the content as canonical JSON (RFC 8785)."""
    return hash_of_content(content_of(report))


def hash_of_content(content: dict[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def party(organisation: Organisation) -> dict[str, Any]:
    """A party by name, number and kind, as it stands in the content."""
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "orgnr": organisation.orgnr,
        "kind": str(organisation.kind),
    }


def lines_of(report: NeedsReport) -> list[BudgetLine]:
    """The budget in its order."""
    return sorted(report.budget.all(), key=lambda line: (line.position, line.pk))


def amounts_of(report: NeedsReport, line: BudgetLine) -> dict[int, int]:
    """Whole kroner by year, for the years the report asks for; an empty cell is 0."""
    return {year: line.amounts.get(str(year)) or 0 for year in years_of(report)}


def by_year(report: NeedsReport, stored: dict[str, int | None]) -> dict[int, int]:
    """A stored `{"2027": 200000}` as numbers, for the years asked for; empty years are left out."""
    return {
        year: amount for year in years_of(report) if (amount := stored.get(str(year))) is not None
    }


def _answer(report: NeedsReport, each: Field) -> Any:
    if each.in_parts:
        return {
            name.partition(".")[2]: stored_value(report, name) for name in part_names(report, each)
        }
    if each.kind is FieldKind.UNITS:
        units = sorted(report.units.all(), key=lambda unit: (unit.name, unit.orgnr))
        return [{"id": u.pk, "name": u.name, "orgnr": u.orgnr, "kind": str(u.kind)} for u in units]
    if each.kind is FieldKind.NEEDS:
        return [{"id": need.pk, "title": need.title} for need in _in_order(report.needs.all())]
    return stored_value(report, each.name)


def _line(report: NeedsReport, line: BudgetLine) -> dict[str, Any]:
    amounts = amounts_of(report, line)
    return {
        "line": line.pk,
        "kind": str(line.kind),
        "receiver": party(line.receiver),
        "payee": party(line.payee) if line.payee else None,
        "description": line.description,
        "amounts": {str(year): amount for year, amount in amounts.items()},
    }


def _in_order(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)
