"""Where a result comes from (proveniens): engine, method, parameters and two checksums.

Anyone can repeat the checksums: SHA-256 over the document in canonical form, RFC 8785 (JSON
Canonicalization Scheme). For the problem: needs sorted by id, commitments by need and owner. For
the result: the whole document without `provenance.result_sha256`.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import rfc8785

from samspill.engines.allocation.problem import Problem

ENGINE_VERSION = "1.0.0"
"""First number: an amount may change. Second: a sentence or figure may. Third: neither."""

PARAMETERS = (
    "step",
    "guide",
    "tolerance",
    "lock_cap",
    "later_frames",
    "priority_weights",
    "coverage_slopes",
    "spend_slack",
)


def canonical_json(document: object) -> bytes:
    """The document as RFC 8785 bytes: one document, one sequence of bytes."""
    return rfc8785.dumps(document)  # type: ignore[arg-type]


def sha256(canonical: bytes) -> str:
    """The checksum of canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical).hexdigest()


def provenance_of(problem: Problem, method: str) -> dict[str, Any]:
    """Everything but the result's own checksum; the parameters as they were written."""
    document = json.loads(problem.canonical)
    return {
        "engine": "samspill.engines.allocation",
        "engine_version": ENGINE_VERSION,
        "method": method,
        "parameters": {name: document[name] for name in PARAMETERS if name in document},
        "problem_sha256": sha256(problem.canonical),
    }


def result_sha256(document: Mapping[str, Any]) -> str:
    """The checksum of a result document, whether or not it already carries one."""
    provenance = {k: v for k, v in document["provenance"].items() if k != "result_sha256"}
    return sha256(canonical_json({**document, "provenance": provenance}))
