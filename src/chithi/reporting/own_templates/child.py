"""Owns the child process that fills a template: the file comes from outside, so it is opened apart, under limits.

Given on standard input: one line of JSON (`Order` as a mapping), then the template. Answered on standard output: one
line of JSON, `{"refused": code, "facts": {...}}` or `{"names": [...]}`, then the filled file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from chithi.core.apart import limit
from chithi.core.errors import Refused
from chithi.reporting.own_templates.filling import MOST_NODES, Filling
from chithi.reporting.own_templates.package import opened
from chithi.reporting.own_templates.tags import Tag, check, isolate

_PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
<dc:subject>{subject}</dc:subject><dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>"""


def filled(
    template: bytes, values: dict[str, Any], properties: dict[str, str], codes: Collection[str] | None = None
) -> tuple[bytes, list[str]]:
    """(the document, the keys of the fields the template uses). Refused as `package`, `tags`, `filling` say.

    Where `codes` is given, the template is being tried: it must use at least one field
    (`reporting.template_without_fields`).
    """
    package = opened(template)
    tags: list[Tag] = []
    counted, bounds = 0, [0]
    for root in package.filled.values():
        counted = isolate(root, tags, counted)
        bounds.append(len(tags))
    for start, end in pairwise(bounds):
        check(tags[start:end], codes)
    if codes is not None and not tags:
        raise Refused("reporting.template_without_fields")
    left = MOST_NODES
    for name, root in package.filled.items():
        filling = Filling(tags, values, lambda address, name=name: package.link(name, address), left)  # type: ignore[misc]
        filling.fill(root)
        left = filling.left
    made = package.packed(_PROPERTIES.format(**{name: escape(text) for name, text in properties.items()}).encode())
    return made, sorted({tag.key for tag in tags if tag.key})


def main() -> int:
    """Obey the limits, fill, answer."""
    limit(sys.argv[1:])
    order = json.loads(sys.stdin.buffer.readline())
    template = sys.stdin.buffer.read()
    try:
        made, names = filled(template, order["values"], order["properties"], order["codes"])
        answer: dict[str, Any] = {"names": names}
    except Refused as problem:
        made, answer = b"", {"refused": problem.code, "facts": problem.facts}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
