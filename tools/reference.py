"""Makes docs/reference/errors.md, indicators.md and roles.md from the code: `make reference`.

A test compares the pages with what this makes, so that neither can fall behind. The pages of commands and settings are
made by `chithi.cli.reference`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from indicator_figures import FIGURES, Found

from chithi.access.roles import MAY, Role
from chithi.api.wording import HERE
from chithi.core.wording import WORDING
from chithi.db.viewer import Capability
from chithi.indicators.catalogue import BREAKDOWNS, INDICATORS, MEASURES, ShippedIndicator, ShippedMeasure
from chithi.reporting.own_templates import fields as template_fields

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "*Made by `make reference` from the code; a test compares them. Edit the code instead.*"

ABOUT_ERRORS = """\
A refusal is a code and facts (`chithi.core.errors.Refused`). Each door dresses it: a page says the sentence beside the
field or as a page of its own, the API answers `application/problem+json` with `code` and `facts`, the command line
prints one line and ends with exit code 2. Codes are lasting; sentences may be improved. Facts stand in braces.

| what it was | page and API |
|---|---|
| `Absent`: not there, or outside the reach of who asks (both look the same) | 404 |
| `Stale`: somebody else was first; nothing was overwritten | 409 |
| `access.not_allowed` | 403 |
| anything else | 400, in the API also 401, 405, 422 where the code says so |"""

ABOUT_INDICATORS = """\
An indicator is a numerator over a denominator, or a measure alone (`src/chithi/indicators/catalogue.py`). Ids are given
once and never reused, because trace addresses printed in Word hold them: `/so/ID/UNIT/PERIOD/`.

- *flow*: events in the period; longer periods add up shorter ones. *stock*: state at the period's end. *distinct*:
  subjects counted once at their home unit.
- *speaks*: the units that are expected to give it; "40/43" counts those.
- *recorded*: counted from records, else entered or read from documents.
- "Found in" is what real reports said. It is documentation, not data: nothing below is stored by the product."""

ABOUT_ROLES = """\
A role is held in a unit for an interval of days and reaches everything below that unit, closed predecessors included.
Somebody with several roles reaches the union, capability by capability. A role in a unit that closes ends with it.
Roles are defined in `src/chithi/access/roles.py`; the demo opens one account for each (docs/reference/demo.md)."""

ROLE_WORDS = {
    Role.SECRETARY: ("bí thư chi bộ", "cell secretary"),
    Role.CLERK: ("văn phòng cấp ủy", "clerk of a committee"),
    Role.AGENCY: ("cơ quan thường trực", "standing agency"),
    Role.LEADER: ("lãnh đạo", "leader"),
    Role.ADMINISTRATOR: ("quản trị", "administrator"),
}
CAPABILITY_WORDS = {
    Capability.READ: "see totals, figures, documents and made reports",
    Capability.RECORDS: "open the people and records under a count",
    Capability.ENTER: "type figures, withdraw them, bring documents in",
    Capability.CONFIRM: "confirm a period, decide what a sentence states, adopt a statement",
    Capability.REPORT: "write and make the report of a unit",
    Capability.TREE: "open, rename, move, merge and close units; define indicators",
    Capability.JOURNAL: "read who did what",
    Capability.PEOPLE: "keep the register of people: who belongs where, who holds which post",
    Capability.ACCOUNTS: "open accounts, give roles and one-time codes",
    Capability.DEFINE: "define indicators and breakdowns (at the topmost unit)",
    Capability.SYSTEM: "look after the installation: health, retention, own roles (at the topmost unit)",
}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars inside a cell are escaped."""
    listed = [list(heads)]
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in (*listed, *rows)]
    return "\n".join(
        f"| {line} |" if at else f"| {line} |\n|{'---|' * len(listed[0])}" for at, line in enumerate(lines)
    )


def page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"


def errors_page() -> str:
    """Every code with its sentences, by the concept it belongs to."""
    worded = {**WORDING, **HERE}
    parts = [ABOUT_ERRORS]
    for concept in sorted({code.partition(".")[0] for code in worded}):
        own = sorted(code for code in worded if code.startswith(f"{concept}."))
        parts += [f"## {concept}", table(("code", "tiếng Việt", "English"), ((f"`{c}`", *worded[c]) for c in own))]
    return page("Refusals", *parts)


def indicators_page() -> str:
    """Every shipped indicator: what it is, how it is counted, what real reports said; then the measures."""
    measures = {measure.code: measure for measure in MEASURES}
    rows = [_indicator(indicator, measures) for indicator in INDICATORS]
    heads = ("id", "code", "chỉ tiêu", "indicator", "numerator / denominator", "counting", "speaks", "target")
    found = [_found(code, one) for code, listed in FIGURES.items() for one in listed]
    return page(
        "Indicators",
        ABOUT_INDICATORS,
        "## Indicators",
        table(heads, rows),
        "## Found in real reports",
        table(("code", "value", "when", "base", "report", "note"), found),
        "## Measures",
        table(("id", "code", "số đo", "measure", "counted in", "places", "recorded"), map(_measure, MEASURES)),
        "## Breakdowns",
        table(("code", "member", "phần", "part"), _breakdowns()),
    )


def _indicator(indicator: ShippedIndicator, measures: dict[str, ShippedMeasure]) -> tuple[str, ...]:
    top = measures[indicator.numerator]
    names = indicator.name if any(indicator.name) else top.name
    formula = f"`{indicator.numerator}`" + (f" / `{indicator.denominator}`" if indicator.denominator else "")
    target = "" if indicator.target is None else f"{indicator.target // 100}%"
    counting = top.counting.value + ("" if top.roll_up == "sum" else ", not added up")
    return str(indicator.id), f"`{indicator.code}`", *names, formula, counting, top.expected.value, target


def _found(code: str, found: Found) -> tuple[str, ...]:
    return f"`{code}`", found.value, found.when, found.base, found.report, found.note


def _measure(measure: ShippedMeasure) -> tuple[str, ...]:
    recorded = "yes" if measure.recorded else ""
    nouns = " / ".join(dict.fromkeys(measure.noun))
    return str(measure.id), f"`{measure.code}`", *measure.name, nouns, str(measure.scale), recorded


def _breakdowns() -> list[tuple[str, ...]]:
    return [
        (f"`{code}`", f"`{member}`", vi, en)
        for code, (_number, _names, members) in BREAKDOWNS.items()
        for _id, member, vi, en in members
    ]


def roles_page() -> str:
    """Which role bundles which capabilities."""
    matrix = [
        (f"`{role.value}`", *ROLE_WORDS[role], *("✓" if can in MAY[role] else "" for can in Capability))
        for role in Role
    ]
    meanings = [(f"`{can.value}`", CAPABILITY_WORDS[can]) for can in Capability]
    heads = ("role", "tiếng Việt", "English", *(can.value for can in Capability))
    return page("Roles", ABOUT_ROLES, table(heads, matrix), table(("capability", "lets somebody"), meanings))


ABOUT_TEMPLATES = """\
What stands between two braces in an office's own Word template (`src/chithi/reporting/own_templates/fields.py`); how to
write one: [use-your-own-template](../how-to/use-your-own-template.md). Names may be written with or without marks, in
capital or small letters, in either language. There are no expressions.

- `{{ trích yếu }}` is replaced by the field, in the look of the place where it stands.
- `{{ mỗi X }}` … `{{ hết X }}` repeats what lies between: words of one paragraph, whole paragraphs, a row of a table.
- `{{ nếu có X }}` … `{{ hết X }}` and `{{ nếu không có X }}` … `{{ hết X }}` keep or leave out; X is a field, a list or
  an indicator.
- `{{ chỉ tiêu CODE }}` or `{{ chỉ tiêu CODE, phần }}` is one indicator ([codes](indicators.md)); what nobody stated is
  printed as "–", never as 0."""


def template_fields_page() -> str:
    """Every field and list of templates."""
    heads = ("tiếng Việt", "English", "điền vào", "filled with")
    parts = [ABOUT_TEMPLATES, "## Anywhere", table(heads, map(_field, template_fields.FIELDS))]
    parts += ["## Parts of an indicator", table(heads, map(_field, template_fields.PARTS)), "## Lists"]
    return page("Fields of templates", *parts, *_field_lists(template_fields.LISTS))


def _field(field: template_fields.Field) -> tuple[str, ...]:
    return f"`{field.vi}`", f"`{field.en}`", field.about_vi, field.about_en


def _field_lists(lists: Iterable[template_fields.Field]) -> list[str]:
    """Each list with its fields, then the lists inside it."""
    made: list[str] = []
    for one in lists:
        heads = (f"`mỗi {one.vi}`", f"`each {one.en}`", one.about_vi, one.about_en)
        made.append(table(heads, ((*_field(field),) for field in one.inside)))
        made += _field_lists(field for field in one.inside if field.inside)
    return made


PAGES = {
    "errors.md": errors_page,
    "indicators.md": indicators_page,
    "roles.md": roles_page,
    "template-fields.md": template_fields_page,
}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}", file=sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
