"""What a document says of the work it asks for: written while it is a draft, turned into tasks when it goes out.

A task never stands under a draft, so nothing of a draft is counted, listed or seen below. A line of a document that is
out already becomes a task as soon as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.guard import ScopedQuerySet
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.directives.models import Directive
from chithi.directives.reading import one, one_to_write
from chithi.journal.actions import record
from chithi.org.places import reach_tree
from chithi.tasks.actions import Said, begin
from chithi.tasks.from_above import Asked, asked_now, asked_of
from chithi.tasks.giving import GIVING
from chithi.tasks.helping import begin_helping, named_by
from chithi.tasks.models import PlanLine
from chithi.tasks.plan_rules import EVERY, MOST_LINES, Line, why_not_begun, why_not_line
from chithi.text.vietnamese import clean

_OF = "the lines of a document found readable"
_TEXTS = {"title": 300, "product": 300, "clause": 120, "reason": 300}


def lines_of(viewer: Viewer, directive_id: int) -> list[PlanLine]:
    """The lines of a document that may be read, in order; `Absent` else. Two queries."""
    return list(_lines(one(viewer, directive_id).pk))


@transaction.atomic
def write(*, by: Viewer, directive_id: int, seen_version: int, lines: Sequence[Line]) -> int:
    """Keep these lines and no others; those that run already stay as they are. How many there are now.

    `seen_version` is the document's; a form sent twice is kept once. Whoever writes for its unit may; a line carries on
    or leaves out each task from above at most once.
    """
    plan = one_to_write(by, directive_id)
    if plan.withdrawn_on is not None:
        raise Refused("directives.withdrawn_already", day=plan.withdrawn_on)
    if len(lines) > MOST_LINES:
        raise Refused("tasks.too_many_lines", most=MOST_LINES)
    known = {row.pk: row for row in _lines(plan.pk)}
    if plan.version != seen_version:
        if plan.version == seen_version + 1 and _words(map(_as_kept, lines)) == _words(map(said_in, known.values())):
            return len(known)  # the same form, sent twice
        raise Stale("db.stale", kind="directive")
    plan.save()  # whoever else writes now waits here, and then is told that it has changed
    kept = _keep(by, plan, known, lines)
    _lines(plan.pk).exclude(pk__in=kept).delete()
    record("tasks.plan_written", by=by, unit_id=plan.unit_id, about=plan, lines=len(kept))
    if not plan.is_draft:
        _begin(by, plan, by.today)
    return len(kept)


def _keep(by: Viewer, plan: Directive, known: dict[int, PlanLine], lines: Sequence[Line]) -> set[int]:
    """Store the lines that do not run yet; the ids of all that stay."""
    asked = {found.task.pk: found for found in asked_of(by, plan)}
    kept = {pk for pk, row in known.items() if row.task_id is not None}
    said_of = {known[pk].above_id for pk in kept} - {None}
    waiting = {row.above_id: row for pk, row in known.items() if row.above_id is not None and pk not in kept}
    for number, line in enumerate(lines, start=1):
        row = known.get(line.id) if line.id is not None else waiting.get(line.above or 0)
        if row is None and line.id is not None:
            raise Absent("tasks.no_line")
        row = row or PlanLine(unit_id=plan.unit_id, directive=plan)
        if row.task_id is not None:
            continue
        _put(by, row, line, number, asked)
        if row.above_id in said_of:
            raise Refused("tasks.line_twice")
        said_of |= {row.above_id} - {None}
        row.save()
        row.must_lie_inside(by.reach(Capability.ENTER))
        kept.add(row.pk)
    return kept


def goes_out(document: Directive, by: Viewer) -> None:
    """The lines of a document become tasks, from its date on. Called from `chithi.directives.onward`."""
    if document.dated is not None:
        _begin(by, document, document.dated)


def thrown_away(document: Directive) -> None:
    """The lines of a draft go with it. Called from `chithi.directives.onward`."""
    _lines(document.pk).delete()


def said_in(row: PlanLine) -> Line:
    """A stored line as plain data."""
    return Line(
        id=row.pk, above=row.above_id, left_out=row.left_out, reason=row.reason, title=row.title, product=row.product,
        clause=row.clause, post=row.owner_post_id, person=row.owner_person_id, due_on=row.due_on,
        for_below=row.for_below, helpers=tuple(row.helpers),
    )  # fmt: skip


def _lines(directive_id: int) -> ScopedQuerySet[PlanLine]:
    return PlanLine.objects.everywhere(because=_OF).filter(directive_id=directive_id).order_by("number", "pk")


def _words(lines: Iterable[Line]) -> set[Line]:
    """What lines say, whichever rows they are."""
    return {replace(line, id=None) for line in lines}


def _as_kept(line: Line) -> Line:
    """A line with its texts as they are stored."""
    texts: dict[str, Any] = {name: _text(line, name) for name in _TEXTS}
    return replace(line, **texts)


def _text(line: Line, name: str) -> str:
    return clean(getattr(line, name)).strip()[: _TEXTS[name]]


def _put(by: Viewer, row: PlanLine, line: Line, number: int, asked: Mapping[int, Asked]) -> None:
    above = asked.get(line.above) if line.above is not None else None
    if line.above is not None and (above is None or (above.given is not None and not line.left_out)):
        raise Absent("tasks.no_task", task=line.above)
    if problem := why_not_line(line, above.task.due_on if above else None):
        raise problem
    for name in _TEXTS:
        setattr(row, name, _text(line, name))
    if line.left_out and above is not None:
        row.title = row.title or above.task.title
    row.above_id, row.left_out, row.number = line.above, line.left_out, number
    row.owner_post_id, row.owner_person_id, row.due_on = line.post, line.person, line.due_on
    row.for_below, row.helpers = line.for_below, named_by(by, row.unit_id, line.helpers, row.helpers)


def _begin(by: Viewer, plan: Directive, since: date) -> None:
    """Make a task of each line that has none and is not left out."""
    with only_one(GIVING):
        rows = [row for row in _lines(plan.pk) if row.task_id is None and not row.left_out]
        asked = asked_now(plan) if any(row.above_id for row in rows) else {}
        tree = reach_tree(by.today)
        for row in rows:
            line, above = said_in(row), asked.get(row.above_id or 0)
            if row.above_id is not None and above is None:
                raise Refused("tasks.line_above_gone", field="lines", title=line.title)
            if above is not None and above.given is not None:
                raise Refused("tasks.line_given", field="lines", title=line.title)
            if problem := why_not_begun(line, since, above.task.due_on if above else None):
                raise problem
            assert line.due_on is not None  # noqa: S101 -- for the type checker: refused above
            said = Said(
                title=line.title, since=since, due_on=line.due_on, post=line.post, person=line.person,
                product=line.product, directive=plan.pk, clause=line.clause, update_every=EVERY,
                for_below=line.for_below,
            )  # fmt: skip
            from_above = above is not None and tree.holds(above.task.unit_id, row.unit_id)
            giver = above.task.unit_id if above is not None and from_above else row.unit_id
            row.task = begin(by=by, unit_id=row.unit_id, giver=giver, said=said, above=row.above_id)
            begin_helping(by, row.task, line.helpers)
            row.save(update_fields=["task"])
