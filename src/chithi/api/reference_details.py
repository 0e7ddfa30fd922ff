"""The page docs/reference/api-operations.md out of the OpenAPI description. Pure.

Every operation with its parameters, what is sent and what is answered; then every shape, field by field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]
ABOUT = """\
# The API, operation by operation

*Made by `make reference` from the code; a test compares them. Edit the code instead.*

What holds for all of them stands in [the API](api.md); the same for machines in [openapi.json](openapi.json). A refusal
is answered with a [problem](#problem). A name of a shape leads to its fields.
"""
LARGEST = 2**63 - 1  # of an id; nobody needs to be told
REFUSALS = {"400", "401", "403", "404", "405", "409", "422"}


def details(told: Told) -> str:
    """The page of a description."""
    parts: dict[str, list[str]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            parts.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    text = ABOUT
    for part, operations in parts.items():
        text += f"\n## Operations: {part}\n\n" + "\n".join(operations)
    shapes = sorted(told["components"]["schemas"].items())
    return text + "\n## Shapes\n\n" + "\n".join(_shape(name, shape) for name, shape in shapes)


def _operation(method: str, path: str, operation: Told) -> str:
    lines = [f"### {operation['summary'].rstrip('?.')}", "", f"`{method.upper()} {path}`", ""]
    words = operation.get("description", "").strip()
    if words.rstrip("?.") != operation["summary"].rstrip("?.") and words:
        lines += [words, ""]
    if parameters := operation.get("parameters"):
        rows = (
            (f"`{one['name']}`", one["in"], _kind(one["schema"]), _needed(one), _words(one["schema"]))
            for one in parameters
        )
        lines += [*_table(("parameter", "in", "what", "", "means"), rows), ""]
    if sent := operation.get("requestBody"):
        lines += [f"Sent: {_content(sent['content'])}.", ""]
    answers = [(code, answer) for code, answer in operation["responses"].items() if code not in REFUSALS]
    said = "; ".join(f"{code} {_content(answer.get('content', {}))}".strip() for code, answer in answers)
    return "\n".join([*lines, f"Answers: {said}.", ""])


def _shape(name: str, shape: Told) -> str:
    needed = set(shape.get("required", ()))
    rows = (
        (f"`{field}`", _kind(told), "" if field in needed else "may be left out", _words(told))
        for field, told in shape.get("properties", {}).items()
    )
    words = shape.get("description", "").strip()
    return "\n".join(
        [f"### {name}", "", *([words, ""] if words else []), *_table(("field", "what", "", "means"), rows), ""]
    )


def _content(content: Told) -> str:
    """What a body is: the media type where it is not JSON, then the shape."""
    found = []
    for media, told in content.items():
        kind = _kind(told.get("schema", {}))
        found.append(kind if media == "application/json" else f"`{media}` {kind}".strip())
    return " or ".join(found)


def _kind(schema: Told) -> str:
    """A schema in a few words; shapes are links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema or "const" in schema:
        return " / ".join(f"`{value}`" if value else "empty" for value in schema.get("enum", [schema.get("const")]))
    if several := schema.get("anyOf") or schema.get("allOf") or schema.get("oneOf"):
        return " or ".join(_kind(one) for one in several)
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {})) or 'anything'}"
    if schema.get("type") == "object" and "properties" in schema:
        return "form with " + ", ".join(f"`{field}`" for field in schema["properties"])
    words = str(schema.get("type", ""))
    return words + (f" ({schema['format']})" if "format" in schema else "")


def _needed(parameter: Told) -> str:
    default = parameter["schema"].get("default")
    if parameter.get("required"):
        return "needed"
    return "" if default is None else f"else `{default}`"


def _words(schema: Told) -> str:
    """What it means and its bounds, on one line."""
    bounds = [
        f"{word} {schema[key]}"
        for key, word in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most letters:"), ("pattern", "as"))
        if key in schema and schema[key] != LARGEST
    ]
    return (
        " ".join([schema.get("description", ""), f"({', '.join(bounds)})" if bounds else ""]).replace("\n", " ").strip()
    )


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> list[str]:
    made = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *made] if made else []
