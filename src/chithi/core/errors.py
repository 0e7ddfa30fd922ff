"""The one kind of refusal that every layer speaks: a code and facts, dressed by each door.

A door turns a refusal into a form error, an `application/problem+json` answer or one line and exit
code 2; the wording of each code stands in `chithi.core.wording`. Nothing here knows about a door.
"""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 -- it reads as what happened: the request was refused
    """The request cannot be carried out; nothing was changed.

    `code` is stable and documented (docs/reference/errors.md); `facts` are named values for its wording,
    and `field` names the form field or column the refusal is about, where there is one.
    """

    def __init__(self, code: str, /, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.field = field
        self.facts = facts

    def __str__(self) -> str:
        listed = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({listed})"


class Absent(Refused):
    """What was asked for does not exist or lies outside the reach of the one who asks; both look the same."""


class Stale(Refused):
    """Somebody else changed the record since it was read; nothing was overwritten."""


def status_of(problem: Refused) -> int:
    """The HTTP status that every web door gives a refusal."""
    if isinstance(problem, Absent):
        return 404
    if isinstance(problem, Stale):
        return 409
    return 403 if problem.code in ("access.not_allowed", "access.not_everywhere") else 400
