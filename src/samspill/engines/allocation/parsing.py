"""From JSON to a `Problem`: strict, and every refusal names its place in the document.

Source: `docs/formats/allocation-problem-1.schema.json`. Amounts are whole kroner below 10¹².
"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from samspill.engines.allocation.problem import (
    SCHEMA,
    Commitment,
    Need,
    Problem,
    ProblemError,
    Rounding,
)
from samspill.engines.allocation.provenance import canonical_json
from samspill.engines.allocation.reading import DocumentError, Reader, load

YEAR = re.compile(r"[12][0-9]{3}")
PRIORITY = re.compile(r"[1-9][0-9]?")
LARGEST_SUM = 2**53

REQUIRED = ("schema", "county", "year", "step", "frame", "guide", "tolerance", "priority_weights")
OPTIONAL = (
    "lock_cap",
    "spend_slack",
    "coverage_slopes",
    "region_key",
    "region_coordination",
    "later_frames",
    "commitments",
)
NEED_REQUIRED = ("id", "owners", "region", "category", "priority", "score", "requested", "minimum")
NEED_OPTIONAL = ("later", "submitted", "owner_type", "staff_reached", "themes", "joint")
COMMITMENT = ("need", "owner", "region", "category", "amount")


def parse_problem(source: str | bytes | Mapping[str, Any]) -> Problem:
    """Read a problem from JSON text, or from the same document already as Python values.

    Raises ProblemError for whatever the format does not allow.
    """
    try:
        document = load(source) if isinstance(source, str | bytes) else dict(source)
        return _problem(Reader(document))
    except ProblemError:
        raise
    except DocumentError as error:
        raise ProblemError(error.path, error.message) from error


def _problem(document: Reader) -> Problem:
    fields = document.record((*REQUIRED, "needs"), OPTIONAL)
    if fields["schema"].value != SCHEMA:
        raise fields["schema"].refuse(f'Her skal det stå "{SCHEMA}".')
    plan = _plan(fields)
    roundings: list[Rounding] = []
    needs = [_need(item, plan, roundings) for item in fields["needs"].items()]
    _refuse_repeated(fields["needs"], [need.id for need in needs], "id")
    problem = Problem(
        **plan,
        needs=tuple(sorted(needs, key=lambda need: need.rank)),
        commitments=_commitments(fields.get("commitments"), plan),
        roundings=tuple(sorted(roundings, key=lambda r: (r.need, r.field))),
        canonical=_canonical(document),
    )
    _refuse_too_much(problem)
    return problem


def _plan(fields: dict[str, Reader]) -> dict[str, Any]:
    """The year's money and the plan's parameters: all but needs and commitments."""
    year = fields["year"].whole(1000, 3000)
    plan: dict[str, Any] = {
        "county": fields["county"].text(),
        "year": year,
        "step": fields["step"].whole(1),
        "frame": fields["frame"].whole(),
        "guide": _guide(fields["guide"]),
        "tolerance": fields["tolerance"].decimal(at_most=1),
        "priority_weights": _weights(fields["priority_weights"]),
    }
    if "lock_cap" in fields:
        plan["lock_cap"] = fields["lock_cap"].decimal()
    if "spend_slack" in fields:
        plan["spend_slack"] = fields["spend_slack"].decimal(at_most=1)
    if "coverage_slopes" in fields:
        plan["coverage_slopes"] = _slopes(fields["coverage_slopes"])
    if "region_key" in fields:
        shares = fields["region_key"].fields()
        plan["region_key"] = {region: share.decimal(at_most=1) for region, share in shares.items()}
    if "region_coordination" in fields:
        sums = fields["region_coordination"].fields()
        plan["region_coordination"] = {region: amount.whole() for region, amount in sums.items()}
    if "later_frames" in fields:
        plan["later_frames"] = _by_year(fields["later_frames"], after=year)
    return plan


def _guide(reader: Reader) -> dict[str, Fraction]:
    guide = {category: share.decimal() for category, share in reader.fields().items()}
    if sum(guide.values()) != 1:
        raise reader.refuse("De veiledende andelene må bli 1 til sammen.")
    return dict(sorted(guide.items()))


def _weights(reader: Reader) -> dict[int, Fraction]:
    weights = {}
    for priority, weight in reader.fields().items():
        if not PRIORITY.fullmatch(priority):
            raise weight.refuse("En prioritet er et helt tall fra 1 til 99.")
        if not weight.decimal():
            raise weight.refuse("Vekten må være over 0.")
        weights[int(priority)] = weight.decimal()
    return dict(sorted(weights.items()))


def _slopes(reader: Reader) -> tuple[tuple[Fraction, Fraction], ...]:
    slopes: list[tuple[Fraction, Fraction]] = []
    for item in reader.items():
        pair = list(item.items())
        if len(pair) != 2:
            raise item.refuse("Her skal det stå to tall: brytningspunkt og helning.")
        slopes.append((pair[0].decimal(at_most=1), pair[1].decimal()))
        if slopes[-1][0] <= (slopes[-2][0] if len(slopes) > 1 else 0):
            raise pair[0].refuse("Brytningspunktene må stige.")
    if not slopes or slopes[-1][0] != 1:
        raise reader.refuse("Det siste brytningspunktet må være 1.")
    return tuple(slopes)


def _by_year(reader: Reader, *, after: int) -> dict[str, int]:
    amounts = {}
    for year, amount in reader.fields().items():
        if not YEAR.fullmatch(year) or int(year) <= after:
            raise amount.refuse(f"Her skal det stå et år etter {after}.")
        amounts[year] = amount.whole()
    return dict(sorted(amounts.items()))


def _category(reader: Reader, guide: Mapping[str, Fraction]) -> str:
    if reader.text() not in guide:
        raise reader.refuse("Kategorien har ingen veiledende andel i «guide».")
    return reader.text()


def _need(reader: Reader, plan: Mapping[str, Any], roundings: list[Rounding]) -> Need:
    fields = reader.record(NEED_REQUIRED, NEED_OPTIONAL)
    if not (owners := fields["owners"].texts()):
        raise fields["owners"].refuse("Et behov må ha minst én eier.")
    if (priority := fields["priority"].whole(1, 100)) not in plan["priority_weights"]:
        raise fields["priority"].refuse("Prioriteten har ingen vekt i «priority_weights».")
    if fields["minimum"].whole() > fields["requested"].whole():
        raise fields["minimum"].refuse("Minstebeløpet er høyere enn det behovet ber om.")
    wanted = {"requested": fields["requested"].whole(), "minimum": fields["minimum"].whole()}
    if "later" in fields:
        wanted |= _by_year(fields["later"], after=plan["year"])
    name = fields["id"].text()
    used = {key: amount // plan["step"] * plan["step"] for key, amount in wanted.items()}
    roundings += [Rounding(name, k, wanted[k], used[k]) for k in wanted if wanted[k] != used[k]]
    return Need(
        id=name,
        owners=owners,
        region=fields["region"].text(),
        category=_category(fields["category"], plan["guide"]),
        priority=priority,
        score=fields["score"].whole(0, 101),
        requested=used.pop("requested"),
        minimum=used.pop("minimum"),
        later=used,
        **_for_the_record(fields),
    )


def _for_the_record(fields: dict[str, Reader]) -> dict[str, Any]:
    """What a need may carry for the metrics; no amount depends on it."""
    readings = {
        "submitted": Reader.moment,
        "owner_type": Reader.text,
        "staff_reached": lambda reader: reader.whole(below=10**9),
        "themes": Reader.texts,
        "joint": Reader.truth,
    }
    return {key: read(fields[key]) for key, read in readings.items() if key in fields}


def _commitments(reader: Reader | None, plan: Mapping[str, Any]) -> tuple[Commitment, ...]:
    if reader is None:
        return ()
    found = []
    for item in reader.items():
        fields = item.record(COMMITMENT, ("later",))
        later = fields.get("later", Reader({}))
        found.append(
            Commitment(
                need=fields["need"].text(),
                owner=fields["owner"].text(),
                region=fields["region"].text(),
                category=_category(fields["category"], plan["guide"]),
                amount=fields["amount"].whole(),
                later=_by_year(later, after=plan["year"]),
            )
        )
    _refuse_repeated(reader, [(c.need, c.owner) for c in found], "need")
    return tuple(sorted(found, key=lambda c: (c.need, c.owner)))


def _refuse_repeated(reader: Reader, keys: list[Any], field: str) -> None:
    seen = set()
    for i, key in enumerate(keys):
        if key in seen:
            name = key if isinstance(key, str) else " / ".join(key)
            raise DocumentError(f"{reader.path}[{i}].{field}", f"«{name}» står to ganger.")
        seen.add(key)


def _refuse_too_much(problem: Problem) -> None:
    """JSON numbers are exact below 2⁵³ only, so no sum in the result may pass that."""
    total = sum(need.requested + sum(need.later.values()) for need in problem.needs)
    total += sum(c.amount + sum(c.later.values()) for c in problem.commitments)
    if total + problem.coordination >= LARGEST_SUM:
        raise DocumentError("$.needs", f"Beløpene er til sammen over {LARGEST_SUM} kroner.")


def _canonical(reader: Reader) -> bytes:
    document = json.loads(json.dumps(reader.value))
    document["needs"].sort(key=lambda need: need["id"])
    if "commitments" in document:
        document["commitments"].sort(key=lambda c: (c["need"], c["owner"]))
    return canonical_json(document)
