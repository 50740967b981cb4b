"""A spreadsheet (regneark) for download: plain cells, never a formula, numbers as numbers."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Cell = str | int | Decimal | date | datetime | None
#: Excel refuses longer names and these signs in the name of a sheet.
_BAD = str.maketrans("[]:*?/\\", "       ")


def sheet(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """XLSX with one sheet; the first row is the head. A text that begins with `=` stays a text."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        forms = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "# ##0", "valign": "top"}),
            "day": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"}),
        }
        page = book.add_worksheet(name.translate(_BAD)[:31])
        page.freeze_panes(1, 0)
        for column, width in enumerate(_widths(rows)):
            page.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(page, number, column, cell, head if number == 0 else None, forms)
    return made.getvalue()


def _write(page, row, column, cell, head, forms) -> None:  # type: ignore[no-untyped-def]
    if cell is None:
        return
    if isinstance(cell, (date, datetime)):
        page.write_datetime(row, column, _naive(cell), head or forms["day"])
    elif isinstance(cell, (int, Decimal)):
        page.write_number(row, column, cell, head or forms["number"])
    else:
        page.write_string(row, column, str(cell), head or forms["text"])


def _naive(day: date | datetime) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (Excel knows no time zones)


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Wide enough for the longest cell, within reason."""
    columns = max((len(row) for row in rows), default=0)
    return [
        min(
            60,
            max(10, *(len(str(row[c])) + 2 for row in rows if c < len(row) and row[c] is not None)),
        )
        for c in range(columns)
    ]
