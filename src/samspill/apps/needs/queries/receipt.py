"""What the copy of a submission prints (kvittering og kopi): words and rows for the letter."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.needs.models import Submission
from samspill.apps.needs.queries.catalogue import BUDGET_KINDS, SECTIONS, label_of
from samspill.apps.needs.queries.changes import said
from samspill.apps.needs.queries.fields import Field, FieldKind
from samspill.shared.design import wording


def receipt_data(submission: Submission) -> dict[str, Any]:
    """The submission as data for `letters/receipt.typ`, in the language that is active.

    `facts`: [label, value] rows; `sections`: [{title, rows: [[label, value]]}] with everything
    that was answered; `budget`: {head, rows, total}. All texts, so the letter computes nothing.
    """
    report, content = submission.report, submission.content
    return {
        "sender": report.cycle.authority.name,
        "heading": _("Kvittering for behovsmelding {number}").format(number=report.number),
        "empty": _("Ikke besvart"),
        "facts": [
            [_("Kvitteringsnummer"), submission.receipt_number],
            [_("Sendt inn"), wording.moment(submission.submitted_at)],
            [_("Eier"), _party(content["owner"])],
            [_("Tiltak"), content["answers"]["title"]],
            [_("Tiltaksnummer"), content["measure"]],
            [_("Kontrollsum (SHA-256)"), submission.content_hash],
        ],
        "sections": [
            {
                "title": str(section.title),
                "rows": [row for each in section.fields for row in _rows(each, content)],
            }
            for section in SECTIONS
        ],
        "budget": _budget(content),
        "footer": f"{report.number} · {submission.receipt_number}",
    }


def _rows(each: Field, content: dict[str, Any]) -> list[list[str]]:
    if each.name in ("owners", "partners"):
        names = ", ".join(_party(row) for row in content[each.name])
        return [[str(each.label), names]] if names else []
    if each.name == "attachments":
        return [[str(each.label), row["name"]] for row in content["attachments"]]
    if each.kind is FieldKind.ROWS:
        return []
    answer = content["answers"].get(each.name)
    if each.in_parts:
        parts = [(f"{each.name}.{part}", value) for part, value in (answer or {}).items()]
        return [[label_of(name), said(name, value)] for name, value in parts if value]
    return [[str(each.label), said(each.name, answer)]]


def _party(row: dict[str, Any]) -> str:
    return f"{row['name']} ({row['orgnr']})" if row["orgnr"] else str(row["name"])


def _budget(content: dict[str, Any]) -> dict[str, Any]:
    years = [str(year) for year in content["years"]]
    lines = content["budget"]
    sums = {year: sum(line["amounts"].get(year, 0) for line in lines) for year in years}
    return {
        "title": _("Budsjett per år, i kroner"),
        "head": [_("Kostnad"), *years, _("Sum")],
        "rows": [_line(line, years) for line in lines],
        "total": [
            _("Sum søkt"),
            *(wording.number(sums[year]) for year in years),
            wording.number(sum(sums.values())),
        ],
    }


def _line(line: dict[str, Any], years: list[str]) -> list[str]:
    kind = str(BUDGET_KINDS.get(line["kind"], line["kind"]))
    to = line["receiver"]["name"]
    if line["payee"]:
        to = _("{receiver}, betales til {payee}").format(receiver=to, payee=line["payee"]["name"])
    amounts = [line["amounts"].get(year, 0) for year in years]
    return [f"{kind}: {to}", *map(wording.number, amounts), wording.number(sum(amounts))]
