"""Two at once: a request that failed only because another was first is asked once more.

It then sees what the other wrote and answers as if it had come later: in words, not with a page for failures.
"""

from __future__ import annotations

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

_FIRST = frozenset({"23505", "23503", "40P01", "40001"})
"""Of PostgreSQL: a value taken meanwhile, a row gone meanwhile, two who waited for each other, an order not kept."""


def came_second(problem: BaseException) -> bool:
    """Whether it says that somebody else wrote first; on SQLite a value that is taken says so."""
    state = getattr(problem.__cause__, "sqlstate", None)
    if state is not None:
        return state in _FIRST
    return isinstance(problem, IntegrityError) and str(problem).startswith("UNIQUE constraint failed")


def once_more(request: HttpRequest) -> HttpResponse:
    """Let the view of a request answer again, with the same words and files; its transaction went back."""
    match = request.resolver_match
    assert match is not None  # noqa: S101 -- for the type checker: a view was found, it has just failed
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer
