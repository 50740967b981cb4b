"""The result of an allocation (fordelingsresultatet): grants, reasons and where they come from.

Promise: `Result.from_json(result.to_json())` is the same result, and `to_json()` is the same
bytes everywhere for the same problem. Grants are whole kroner; every need has one, also of 0.
Source: `docs/formats/allocation-result-1.schema.json`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samspill.engines.allocation.explain import Reason, reason_from
from samspill.engines.allocation.findings import Finding, finding_from
from samspill.engines.allocation.reading import DocumentError, Reader, load

SCHEMA = "samspill/allocation-result/1"
FIELDS = (
    "schema",
    "method",
    "proven",
    "grants",
    "later",
    "reasons",
    "stages",
    "metrics",
    "findings",
    "provenance",
)
REASON = ("code", "text")
FINDING = ("rule", "severity", "met", "text")
STAGE = ("name", "value", "bound", "gap")


class ResultError(DocumentError):
    """The file is no allocation result; `path` and `message` say where and why."""


@dataclass(frozen=True)
class Result:
    """What each need gets and why. Keys are need ids, in code point order; amounts are kroner."""

    method: str
    proven: bool
    grants: Mapping[str, int]
    later: Mapping[str, Mapping[str, int]]
    reasons: Mapping[str, Reason]
    stages: tuple[Mapping[str, str], ...]
    metrics: Mapping[str, Any]
    findings: tuple[Finding, ...]
    provenance: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, as the JSON Schema describes them."""
        return {
            "schema": SCHEMA,
            "method": self.method,
            "proven": self.proven,
            "grants": dict(self.grants),
            "later": {need: dict(years) for need, years in self.later.items()},
            "reasons": {need: reason.to_dict() for need, reason in self.reasons.items()},
            "stages": [dict(stage) for stage in self.stages],
            "metrics": dict(self.metrics),
            "findings": [finding.to_dict() for finding in self.findings],
            "provenance": dict(self.provenance),
        }

    def to_json(self) -> str:
        """The result as a file to read: keys sorted, two spaces in, a newline at the end.

        Sorted, because a database may hand keys back in another order; the bytes stay the same.
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, source: str | bytes | Mapping[str, Any]) -> "Result":
        """Read a result back. Raises ResultError where it is not one; `verify` judges the rest."""
        try:
            document = load(source) if isinstance(source, str | bytes) else dict(source)
            return _result(Reader(document))
        except DocumentError as error:
            raise ResultError(error.path, error.message) from error


def _result(document: Reader) -> Result:
    fields = document.record(FIELDS)
    if fields["schema"].value != SCHEMA:
        raise fields["schema"].refuse(f'Her skal det stå "{SCHEMA}".')
    method = fields["method"].text()
    for value in ("metrics", "provenance"):
        _plain(fields[value])
    return Result(
        method=method,
        proven=fields["proven"].truth(),
        grants=_amounts(fields["grants"]),
        later={need: _amounts(years) for need, years in fields["later"].fields().items()},
        reasons={
            need: reason_from(_reason(reason), method)
            for need, reason in fields["reasons"].fields().items()
        },
        stages=tuple(_stage(stage) for stage in fields["stages"].items()),
        metrics=_plain(fields["metrics"]),
        findings=tuple(finding_from(_finding(item)) for item in fields["findings"].items()),
        provenance=_plain(fields["provenance"]),
    )


def _amounts(reader: Reader) -> dict[str, int]:
    return {key: amount.whole() for key, amount in reader.fields().items()}


def _stage(reader: Reader) -> dict[str, str]:
    return {key: value.text() for key, value in reader.record(STAGE).items()}


def _reason(reader: Reader) -> dict[str, Any]:
    fields = reader.record(REASON, ("facts", "later"))
    written: dict[str, Any] = _sentence(fields) | {"code": fields["code"].text()}
    if "later" in fields:
        written["later"] = {
            year: _sentence(cut.record((*REASON, "facts")))
            for year, cut in fields["later"].fields().items()
        }
    return written


def _finding(reader: Reader) -> dict[str, Any]:
    fields = reader.record(FINDING, ("facts",))
    names = {key: fields[key].text() for key in ("rule", "severity")}
    return _sentence(fields) | names | {"met": fields["met"].truth()}


def _sentence(fields: dict[str, Reader]) -> dict[str, Any]:
    text = fields["text"]
    if not isinstance(text.value, str):
        raise text.refuse("Her skal det stå en tekst i anførselstegn.")
    return {"text": text.value, "facts": _plain(fields.get("facts", Reader({})))}


def _plain(reader: Reader) -> dict[str, Any]:
    """An object that is kept as it is, once no key in it stands twice and no number is broken."""
    return {key: _kept(value) for key, value in reader.fields().items()}


def _kept(reader: Reader) -> Any:
    if isinstance(reader.value, dict):
        return _plain(reader)
    if isinstance(reader.value, list):
        return [_kept(item) for item in reader.items()]
    if isinstance(reader.value, float):
        raise reader.refuse("Her kan det ikke stå et tall med desimaler.")
    return reader.value
