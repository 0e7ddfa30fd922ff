"""What somebody is to do: one shape for every concept, so that My work can put all of it into one order. Pure.

A concept's `due.py` answers `f(viewer: Viewer, today: date) -> list[DueItem]`: what this person must do next in that
concept, within their reach, in a constant number of queries. `chithi.work.sources` names those functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Said(NamedTuple):
    """The same words in both languages of the product; `vi` and `en` are the codes of an account's language."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """Vietnamese, unless English is asked for."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class OneStep:
    """An act done at once from the list: a route that takes POST, what the button says, the version that was seen.

    `fields` are further hidden fields as (name, value). The version is sent as `version`; None where none is compared.
    """

    route: str
    args: tuple[int | str, ...]
    text: Said
    version: int | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to do, for one person.

    `kind` is the concept and its sort ("tasks.finish"), `about` says which within the kind (an id, a period's code):
    both together name the item for good, so that nobody is reminded twice. `what` is the sentence on the line, with
    the name of the thing but of no person; `act` says what the link does that leads to `route` with `args`.
    """

    kind: str
    about: int | str
    unit_id: int
    what: Said
    due_on: date | None
    route: str
    args: tuple[int | str, ...]
    act: Said
    step: OneStep | None = None

    @property
    def name(self) -> str:
        """The same for the same thing to do, whenever it is read."""
        return f"{self.kind}:{self.about}"
