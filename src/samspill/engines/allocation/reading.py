"""Read a JSON document strictly: what is not understood is refused, never guessed.

A binary float cannot hold «0,40» exactly, so shares are decimal strings and money is whole
numbers. Every refusal names the place in the document (`$.needs[3].minimum`), because the person
who must mend the file has the file, not this code.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction

DECIMAL = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
LONGEST_TEXT = 200
LONGEST_NUMBER = 20


class DocumentError(ValueError):
    """The document is not what the format says (feil i filen). `path` tells where."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class _Object(dict[str, object]):
    """A JSON object that remembers a key written twice; Python would keep the last in silence."""

    repeated: str | None = None


def _object(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object()
    for key, value in pairs:
        if key in found:
            found.repeated = key
        found[key] = value
    return found


def _whole_number(digits: str) -> int | float:
    """Thousands of digits would take Python minutes; infinity is refused where it stands."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf


def load(source: str | bytes) -> object:
    """Turn JSON text (UTF-8) into Python values, keeping what `Reader` needs to be strict."""
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole_number)
    except UnicodeDecodeError as error:
        raise DocumentError("$", f"Filen er ikke UTF-8 (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        where = f"linje {error.lineno}, tegn {error.colno}"
        raise DocumentError("$", f"Filen er ikke gyldig JSON ({where}).") from error
    except RecursionError as error:
        raise DocumentError("$", "Filen har for mange nivåer inni hverandre.") from error


def below(path: str, key: str) -> str:
    """The path of one key in an object: `$.guide.school`, but `$.later["2028"]`."""
    return f"{path}.{key}" if PLAIN_NAME.fullmatch(key) else f'{path}["{key}"]'


class Reader:
    """One value in a document together with its path. Each method gives it back as one type."""

    __slots__ = ("path", "value")

    def __init__(self, value: object, path: str = "$") -> None:
        self.value = value
        self.path = path

    def refuse(self, message: str) -> DocumentError:
        return DocumentError(self.path, message)

    def fields(self) -> dict[str, "Reader"]:
        """An object with any keys, each once."""
        if not isinstance(self.value, dict):
            raise self.refuse("Her skal det stå et objekt, { … }.")
        if isinstance(self.value, _Object) and self.value.repeated is not None:
            raise DocumentError(below(self.path, self.value.repeated), "Nøkkelen står to ganger.")
        for key in self.value:
            Reader(key, self.path).text()
        return {key: Reader(value, below(self.path, key)) for key, value in self.value.items()}

    def record(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, "Reader"]:
        """An object with these keys and no others."""
        fields = self.fields()
        required, optional = tuple(required), tuple(optional)
        known = {*required, *optional}
        for key in fields:
            if key not in known:
                raise DocumentError(below(self.path, key), "Ukjent nøkkel.")
        for key in required:
            if key not in fields:
                raise DocumentError(below(self.path, key), "Nøkkelen mangler.")
        return fields

    def items(self) -> Iterator["Reader"]:
        if not isinstance(self.value, list | tuple):
            raise self.refuse("Her skal det stå en liste, [ … ].")
        return (Reader(value, f"{self.path}[{i}]") for i, value in enumerate(self.value))

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.refuse("Her skal det stå en tekst i anførselstegn.")
        if not self.value or len(self.value) > LONGEST_TEXT or UNPRINTABLE.search(self.value):
            raise self.refuse(f"Teksten må ha 1–{LONGEST_TEXT} tegn, uten styretegn.")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """A list of texts, each once."""
        found: dict[str, None] = {}
        for item in self.items():
            if item.text() in found:
                raise item.refuse(f"«{item.text()}» står to ganger.")
            found[item.text()] = None
        return tuple(found)

    def whole(self, at_least: int = 0, below: int = 10**12) -> int:
        """A whole number; `true` is none, though Python counts it as 1."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refuse("Her skal det stå et helt tall, uten anførselstegn og desimaler.")
        if not at_least <= self.value < below:
            raise self.refuse(f"Tallet må være minst {at_least} og under {below}.")
        return self.value

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refuse("Her skal det stå true eller false.")
        return self.value

    def decimal(self, at_most: int | None = None) -> Fraction:
        """A decimal string such as "0.40", as the exact fraction it means. Never negative."""
        if not isinstance(self.value, str) or not DECIMAL.fullmatch(self.value):
            raise self.refuse('Her skal det stå et desimaltall i anførselstegn, som "0.40".')
        exact = Fraction(self.value)
        if at_most is not None and exact > at_most:
            raise self.refuse(f"Tallet kan ikke være over {at_most}.")
        return exact

    def moment(self) -> datetime:
        """A date and time with its UTC offset; without one nobody knows which hour it was."""
        try:
            if not isinstance(self.value, str) or not MOMENT.fullmatch(self.value):
                raise ValueError
            found = datetime.fromisoformat(self.value)
        except ValueError:
            raise self.refuse(
                'Her skal det stå et tidspunkt, som "2027-01-12T09:31:00+01:00".'
            ) from None
        if found.tzinfo is None:
            raise self.refuse("Tidspunktet mangler avstand til UTC, som +01:00.")
        return found
