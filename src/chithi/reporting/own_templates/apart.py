"""Owns the call of the child process that fills a template: what it may use, what its answer or its end means."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from chithi.core import apart
from chithi.core.errors import Refused
from chithi.reporting.content import ReportContent
from chithi.reporting.own_templates.package import MOST_BYTES
from chithi.reporting.own_templates.sample import sample_content, sample_values
from chithi.reporting.own_templates.values import Scope, values_of

LIMITS = apart.Limits(memory=1_500_000_000, processor=20, clock=25, answer=40_000_000)


class Filled(NamedTuple):
    """The document and the keys of the fields its template uses."""

    file: bytes
    names: list[str]


def filled_with(template: bytes, content: ReportContent) -> Filled:
    """The template filled with a report. Refused: whatever `child.filled` refuses, and as `_run` says."""
    return _run(template, values_of(content), _properties(content), None)


def tried(template: bytes, codes: Collection[str], day: date) -> Filled:
    """The template filled with the invented report; `codes` are the indicators there are. Refused as above."""
    return _run(template, sample_values(day), _properties(sample_content(day)), sorted(codes))


def _properties(content: ReportContent) -> dict[str, str]:
    return {
        "title": f"{content.title}: {content.summary}"[:255],
        "author": content.header.issuer[:255],
        "subject": content.period_label[:255],
        "day": content.header.day.isoformat(),
    }


def _run(template: bytes, values: Scope, properties: dict[str, str], codes: list[str] | None) -> Filled:
    """Refused besides: `reporting.template_too_large`, `.template_too_slow`, `.template_broke`."""
    if len(template) > MOST_BYTES:
        raise Refused("reporting.template_too_large", most=MOST_BYTES // 1_000_000)
    order = json.dumps({"values": values, "properties": properties, "codes": codes})
    try:
        answer = apart.run("chithi.reporting.own_templates.child", order.encode() + b"\n" + template, LIMITS)
    except apart.TooSlow as problem:
        raise Refused("reporting.template_too_slow") from problem
    except apart.Died as problem:
        raise Refused("reporting.template_broke") from problem
    head, _, made = answer.partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"], **said["facts"])
    return Filled(made, list(said["names"]))
