"""Key figures by municipality (nøkkeltall), as docs/data.md names them. Unknown is absent."""

from collections.abc import Iterable
from typing import Any

from samspill.apps.organisations.actions.reading import Raw, Registers, Row

GSI = "gsi_2025_26_kommune.csv"
#: name here → (file, column). `*` in the source is suppressed: listed, never computed.
COLUMNS = {
    "pupils": (GSI, "elever"),
    "schools_gsi": (GSI, "skoler"),
    "pupils_special_needs": (GSI, "elever_ito_spesialundervisning"),
    "children_2023": ("18/kommune_noekkeltall.csv", "basil_barn_2023"),
    "kindergarten_fte_2023": ("18/kommune_noekkeltall.csv", "basil_arsverk_2023_avledet"),
    "kindergarten_teacher_fte_2023": (
        "18/kommune_noekkeltall.csv",
        "basil_bhglaerer_arsverk_2023_avledet",
    ),
    "children_per_employee_2023": (
        "18/barnehagefakta_kommune_2023_nordland.csv",
        "barn_per_ansatt",
    ),
    "kindergartens_meeting_norm_percent_2023": (
        "18/barnehagefakta_kommune_2023_nordland.csv",
        "andel_bhg_oppfyller_pedagognorm",
    ),
    "km_university": ("18/avstand_luftlinje.csv", "naermeste_uh_km"),
    "km_vocational_college": ("18/avstand_luftlinje.csv", "fagskole_km"),
}
TEXTS = {
    "nearest_university": ("18/avstand_luftlinje.csv", "naermeste_uh"),
    "transport": ("18/avstand_luftlinje.csv", "transport_merknad"),
}


def figures_by_municipality(registers: Registers, units: Iterable[Raw]) -> dict[str, Row]:
    """The county's municipalities: counts from the units, totals from the official tables.

    Pupils of a municipality are GSI's: the school register lacks pupil counts for some schools
    (Brønnøy: 436 against GSI's 857).
    """
    here = [r["kommunenr"] for r in registers.municipalities if r["fylkesnr"] == registers.number]
    figures = {number: _from_tables(registers, number) for number in here}
    for raw in units:
        if raw.kind != "vgs" and not raw.gone:
            _count(figures[raw.municipality], raw)
    return figures


def _from_tables(registers: Registers, number: str) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    suppressed = []
    for name, (file, column) in COLUMNS.items():
        text = registers.figures.get(file, {}).get(number, {}).get(column, "")
        if text == "*":
            suppressed.append(name)
        elif text:
            figures[name] = float(text) if "." in text else int(text)
    for name, (file, column) in TEXTS.items():
        if text := registers.figures.get(file, {}).get(number, {}).get(column, ""):
            figures[name] = text
    if suppressed:
        figures["suppressed"] = suppressed
    return figures


def _count(figures: dict[str, Any], raw: Raw) -> None:
    what = (
        ("kindergartens", "children") if raw.kind == "barnehage" else ("schools", "pupils_register")
    )
    side = "private" if raw.private else "public"
    _add(figures, f"{what[0]}_{side}", 1)
    if raw.children is None:
        _add(figures, f"{what[0]}_without_count", 1)
    else:
        _add(figures, f"{what[1]}_{side}", raw.children)


def _add(figures: dict[str, Any], name: str, number: int) -> None:
    figures[name] = figures.get(name, 0) + number
