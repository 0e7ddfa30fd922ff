"""Documents of a directive: those that may be read, one with what hangs together with it."""

from __future__ import annotations

from ninja import Router

from chithi.api import task_shapes as shapes
from chithi.api.authentication import ApiRequest
from chithi.api.problems import answers
from chithi.api.shapes import Id, PageQuery
from chithi.api.task_shapes import Directives, OpenedDirective, Tied
from chithi.directives import queries
from chithi.directives.kinds import Whose
from chithi.directives.queries import Filter

router = Router()


@router.get("/directives", response=answers(Directives))
def directives(request: ApiRequest, paging: PageQuery, unit_id: Id | None = None, in_force: bool = False) -> Directives:
    """Documents that may be read, drafts of one's own first, then the newest: all, or those of one unit."""
    wanted = Filter(in_force=in_force, whose=Whose.OWN if unit_id else "", unit_id=unit_id or 0)
    found, more = queries.part_of(request.auth, wanted, page=paging.page, size=paging.size)
    return Directives(items=[shapes.directive(card) for card in found], page=paging.page, more=more)


@router.get("/directives/{directive_id}", response=answers(OpenedDirective))
def directive(request: ApiRequest, directive_id: Id) -> OpenedDirective:
    """One document, what it points to and what points to it, the names of its files."""
    card = queries.card(request.auth, directive_id)[1]
    ties = [
        Tied(kind=tie.kind.value, outward=tie.outward, directive=shapes.directive(tie.other))
        for tie in queries.ties(request.auth, directive_id)
    ]
    return shapes.opened_directive(card, ties, [file.name for file in queries.files(directive_id)])
