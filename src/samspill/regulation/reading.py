"""Reading a JSON document strictly (innlesing): a wrong key or type is an error with its path.

Nothing is guessed. Shares are decimal strings, never binary floats; kroner are whole numbers.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")
MOST_KRONER = 10**12
_MISSING = object()


class BadDocument(ValueError):
    """The document cannot be used. ``path`` is where in it, as ``$.budget[2].amounts``."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadDocument("$", f"nøkkelen {key!r} står to ganger")
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise BadDocument("$", f"{name} er ikke et tall")


def parse_json(text: str) -> Any:
    """The document behind the text; duplicate keys, NaN and Infinity are errors."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except BadDocument:
        raise
    except (ValueError, RecursionError) as wrong:
        raise BadDocument("$", f"ikke gyldig JSON ({wrong})") from wrong


class Node:
    """A value in a document and its path. Each reader returns the value or raises BadDocument."""

    def __init__(self, value: Any, path: str = "$") -> None:
        self.value = value
        self.path = path
        self._read: set[str] = set()

    def wrong(self, problem: str) -> BadDocument:
        return BadDocument(self.path, problem)

    def _is(self, kind: type[T], name: str) -> T:
        if not isinstance(self.value, kind) or (kind is int and isinstance(self.value, bool)):
            raise self.wrong(f"skal være {name}")
        return self.value

    def text(self) -> str:
        """Text that can be written out again: no half of a surrogate pair, no NUL."""
        found = self._is(str, "tekst")
        if "\x00" in found or any("\ud800" <= sign <= "\udfff" for sign in found):
            raise self.wrong("teksten har tegn som ikke kan skrives")
        return found

    def flag(self) -> bool:
        return self._is(bool, "true eller false")

    def whole(self) -> int:
        return self._is(int, "et helt tall")

    def kroner(self) -> int:
        """Whole kroner; a negative sum is read, for K14 has something to say about it."""
        amount = self.whole()
        if abs(amount) >= MOST_KRONER:
            raise self.wrong("beløpet er for stort")
        return amount

    def share(self) -> Decimal:
        """A decimal string such as "0.15"."""
        problem = 'et desimaltall som tekst, for eksempel "0.40"'
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,12})?", self._is(str, problem)):
            raise self.wrong(f"skal være {problem}")
        return Decimal(self.value)

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError as wrong:
            raise self.wrong("skal være en dato, ÅÅÅÅ-MM-DD") from wrong

    def moment(self) -> datetime:
        try:
            found = datetime.fromisoformat(self.text())
        except ValueError as wrong:
            raise self.wrong("skal være et tidspunkt med tidssone") from wrong
        if found.tzinfo is None:
            raise self.wrong("tidspunktet mangler tidssone, for eksempel +01:00")
        return found

    def one_of(self, allowed: tuple[str, ...]) -> str:
        found = self.text()
        if found not in allowed:
            raise self.wrong(f"{found!r} er ikke en av {', '.join(allowed)}")
        return found

    def each(self, read: "Callable[[Node], T]") -> tuple[T, ...]:
        """Every member of a list, read in order."""
        rows = self._is(list, "en liste")
        return tuple(read(Node(row, f"{self.path}[{i}]")) for i, row in enumerate(rows))

    def items(self, read: "Callable[[Node], T]") -> dict[str, T]:
        """Every member of an object whose keys are free, such as codes."""
        found: Mapping[str, Any] = self._is(dict, "et objekt")
        return {key: read(Node(value, f"{self.path}.{key}")) for key, value in found.items()}

    def by_year(self, read: "Callable[[Node], T]") -> dict[int, T]:
        """An object whose keys are years."""
        found = self.items(read)
        for key in found:
            if not re.fullmatch(r"2[0-9]{3}", key):
                raise self.wrong(f"{key!r} er ikke et årstall")
        return {int(key): value for key, value in found.items()}

    def get(self, key: str, read: "Callable[[Node], T]", default: Any = _MISSING) -> T:
        """The member of an object; without a default it must be there. null is «not there»."""
        found: Mapping[str, Any] = self._is(dict, "et objekt")
        self._read.add(key)
        if found.get(key) is None:
            if default is _MISSING:
                raise self.wrong(f"nøkkelen {key!r} mangler")
            return default  # type: ignore[no-any-return]
        return read(Node(found[key], f"{self.path}.{key}"))

    def done(self) -> None:
        """Every key has been asked for; one that has not is unknown."""
        unknown = sorted(set(self._is(dict, "et objekt")) - self._read)
        if unknown:
            raise self.wrong(f"ukjent nøkkel {unknown[0]!r}")
