"""The dated values of the law and the plan (parametre): each with its source, none in code.

A value is asked for on a day. Where no value covers the day the answer is None or an error,
never silently an older one.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from samspill.regulation.reference import Ref


@dataclass(frozen=True)
class Scheme:
    """A grant scheme (tilskuddsordning) as its regulation stood on a day."""

    code: str
    law: str
    regulation: str
    receivers: frozenset[str]
    reporters: frozenset[str]
    target_groups: tuple[str, ...]
    plan_letters: tuple[str, ...]
    categories: tuple[str, ...]
    award_deadline: str

    def award_by(self, year: int) -> date | None:
        """The last day the law gives for the year's allocation, if it gives one."""
        return date.fromisoformat(f"{year}-{self.award_deadline}") if self.award_deadline else None


@dataclass(frozen=True)
class SalaryRow:
    """A yearly pay (lønnssats) in kroner, and the days for which someone has confirmed it.

    ``until`` is the last confirmed day, itself included; there is no open end, so that a rate
    can never be carried silently into a year nobody has checked.
    """

    start: date
    until: date
    amount: int
    source: str

    @classmethod
    def on_new_year(cls, year: int, amount: int, source: str) -> "SalaryRow":
        """A row typed in for one year: it answers for 1 January only."""
        return cls(date(year, 1, 1), date(year, 1, 1), amount, source)


class UnknownScheme(LookupError):
    """There is no such scheme, or its regulation was not in force on the day."""


@cache
def table(name: str) -> dict[str, Any]:
    """One of the packaged TOML files. Shared: do not change what you get."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _newest(rows: Iterable[Mapping[str, Any]], on: date) -> Mapping[str, Any] | None:
    begun = [row for row in rows if row["from"] <= on]
    return max(begun, key=lambda row: row["from"]) if begun else None


@cache
def scheme(code: str, on: date) -> Scheme:
    """The scheme as it stood on the day."""
    row = _newest((row for row in table("schemes.toml")["scheme"] if row["code"] == code), on)
    if row is None:
        raise UnknownScheme(f"No scheme {code!r} in force on {on}.")
    return Scheme(
        code=row["code"],
        law=row["law"],
        regulation=row["regulation"],
        receivers=frozenset(row["receivers"]),
        reporters=frozenset(row["reporters"]),
        target_groups=tuple(row["target_groups"]),
        plan_letters=tuple(row["plan_letters"]),
        categories=tuple(row["categories"]),
        award_deadline=row.get("award_deadline", ""),
    )


@cache
def _place(name: str, scheme: str, on: date) -> tuple[Ref, ...]:
    row = _newest((row for row in table("places.toml")["place"] if row["name"] == name), on)
    if row is None or scheme not in row:
        raise LookupError(f"No place {name!r} for {scheme!r} on {on}.")
    return tuple(Ref.parse(written) for written in row[scheme])


def places(names: tuple[str, ...], *, scheme: str, on: date) -> tuple[Ref, ...]:
    """The paragraphs behind the names, under one scheme on one day, each once."""
    found = (ref for name in names for ref in _place(name, scheme, on))
    return tuple(dict.fromkeys(found))


def salary_on(day: date, extra: Iterable[SalaryRow] = ()) -> SalaryRow | None:
    """The pay confirmed for the day, or None. Rows typed in (``extra``) go before ours."""
    packaged = (
        SalaryRow(row["from"], row["until"], row["amount"], row["source"])
        for row in table("salary.toml")["salary"]
    )
    for rows in (extra, packaged):
        covering = [row for row in rows if row.start <= day <= row.until]
        if covering:
            return max(covering, key=lambda row: row.start)
    return None


def in_sami_area(municipality: str, on: date) -> bool:
    """Is the municipality (four digits) in the administrative area for Sámi languages?"""
    rows = table("sami_area.toml")["municipality"]
    return any(row["number"] == municipality and row["from"] <= on for row in rows)
