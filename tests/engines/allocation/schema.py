"""Just enough JSON Schema (2020-12) to hold documents against docs/formats."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
FORMATS = ROOT / "docs" / "formats"
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "null": type(None),
}
KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum", "pattern",
    "minLength", "maxLength", "minimum", "maximum", "exclusiveMaximum", "items", "minItems",
    "maxItems", "uniqueItems", "properties", "required", "additionalProperties", "propertyNames",
}  # fmt: skip


def read_schema(name: str) -> dict[str, Any]:
    return json.loads((FORMATS / f"{name}-1.schema.json").read_text())


def complaints(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$"):
    """Where the value is not what the schema says. Raises on a keyword it does not know."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        yield from complaints(value, root["$defs"][schema["$ref"].split("/")[-1]], root, path)
    if "type" in schema:
        allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if type(value) not in [TYPES[name] for name in allowed]:
            yield f"{path}: not {allowed}"
            return
    if "const" in schema and value != schema["const"]:
        yield f"{path}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: not in {schema['enum']}"
    if isinstance(value, str):
        fits = schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9)
        if not fits or not re.search(schema.get("pattern", ""), value):
            yield f"{path}: text"
    elif isinstance(value, int) and not isinstance(value, bool):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high or value >= schema.get("exclusiveMaximum", value + 1):
            yield f"{path}: size"
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**9):
            yield f"{path}: length"
        if schema.get("uniqueItems") and len(set(map(json.dumps, value))) < len(value):
            yield f"{path}: twice"
        for i, item in enumerate(value):
            yield from complaints(item, schema.get("items", {}), root, f"{path}[{i}]")
    elif isinstance(value, dict):
        yield from _about_object(value, schema, root, path)


def _about_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str):
    for key in set(schema.get("required", [])) - value.keys():
        yield f"{path}.{key}: missing"
    rest = schema.get("additionalProperties", {})
    for key, inner in value.items():
        yield from complaints(key, schema.get("propertyNames", {}), root, f"{path} key {key}")
        of = schema.get("properties", {}).get(key, rest)
        if of is False:
            yield f"{path}.{key}: unknown"
        else:
            yield from complaints(inner, of, root, f"{path}.{key}")
