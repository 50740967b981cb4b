"""A second, slow way to the proportional answer, written apart from the engine.

The engine moves surplus in rounds and drops needs in one pass over sums per priority. Here every
pot and every need is a vessel under one rising water level, and everything is computed anew from
the raw document each time a need is dropped.
"""

from fractions import Fraction
from typing import Any

Vessel = tuple[Fraction, Fraction, Fraction]
"""What stands in it at level 0, how fast it rises, where it is full."""


def rise(vessels: list[Vessel], amount: Fraction) -> list[Fraction]:
    """Fill vessels to one common level until they hold `amount`, or all that can rise are full."""
    stops = sorted({(full - start) / speed for start, speed, full in vessels if speed} | {0})
    level = Fraction(0)
    for stop in (stop for stop in stops if stop >= 0):
        if sum(_held(vessels, stop)) > amount:
            speed = sum(s for start, s, full in vessels if start + s * level < full)
            return _held(vessels, level + (amount - sum(_held(vessels, level))) / speed)
        level = stop
    return _held(vessels, level)


def _held(vessels: list[Vessel], level: Fraction) -> list[Fraction]:
    return [min(full, start + speed * level) for start, speed, full in vessels]


def grants(document: dict[str, Any]) -> dict[str, int]:
    step = document["step"]
    needs = [
        need | {key: need[key] // step * step for key in ("requested", "minimum")}
        for need in document["needs"]
    ]
    dropped: set[str] = set()
    while True:
        exact = _exact(document, [need for need in needs if need["id"] not in dropped])
        below = [n for n in needs if n["id"] in exact and exact[n["id"]] < n["minimum"]]
        if not below:
            return {need["id"]: 0 for need in needs} | _rounded(needs, exact, step)
        dropped.add(max(below, key=lambda n: (n["priority"], -n["score"], n["id"]))["id"])


def _exact(document: dict[str, Any], needs: list[dict[str, Any]]) -> dict[str, Fraction]:
    exact = {}
    for category, pot in _pots(document, needs).items():
        mine = [need for need in needs if need["category"] == category]
        vessels = []
        for need in mine:
            weight = Fraction(document["priority_weights"][str(need["priority"])])
            asked = Fraction(need["requested"])
            vessels.append((Fraction(0), weight * asked, asked))
        filled = rise(vessels, pot)
        exact |= {need["id"]: amount for need, amount in zip(mine, filled, strict=True)}
    return exact


def _pots(document: dict[str, Any], needs: list[dict[str, Any]]) -> dict[str, Fraction]:
    guide = {category: Fraction(share) for category, share in document["guide"].items()}
    promised = dict.fromkeys(guide, 0)
    for promise in document.get("commitments", []):
        promised[promise["category"]] += promise["amount"]
    coordination = sum(document.get("region_coordination", {}).values())
    to_share = document["frame"] - coordination
    available = to_share - sum(promised.values())
    raw = {c: max(Fraction(0), guide[c] * to_share - promised[c]) for c in guide}
    factor = Fraction(available) / (sum(raw.values()) or 1)
    asked = {c: Fraction(sum(n["requested"] for n in needs if n["category"] == c)) for c in guide}
    guided = [(raw[c] * factor, guide[c], asked[c]) for c in guide]
    filled = dict(zip(guide, rise(guided, Fraction(available)), strict=True))
    unguided = [c for c in guide if not guide[c]]
    rest = available - sum(filled[c] for c in guide if guide[c])
    vessels = [(Fraction(0), Fraction(1), asked[c]) for c in unguided]
    return filled | dict(zip(unguided, rise(vessels, Fraction(rest)), strict=True))


def _rounded(needs: list[dict[str, Any]], exact: dict[str, Fraction], step: int) -> dict[str, int]:
    rounded = {name: amount // step * step for name, amount in exact.items()}
    total = sum(exact.values()) // step * step
    by_id = {need["id"]: need for need in needs}
    queue = sorted(exact, key=lambda n: (rounded[n] - exact[n], -by_id[n]["score"], n))
    for name in queue:
        if sum(rounded.values()) == total:
            break
        rounded[name] += step
    return rounded
