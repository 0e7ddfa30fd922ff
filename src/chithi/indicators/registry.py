"""The explicit list of everything counted from records. A concept is plugged in by naming its measures here.

Some measures are about one record: "directives.grassroots.17" counts what document 17 asked for. Their declarations are
made when they are asked for; which of them there are, the rows of `Measure` say (`chithi.indicators.of_directives`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from chithi.db.measures import Recorded
from chithi.directives import measures as directives
from chithi.dossiers import measures as dossiers
from chithi.duties import measures as duties
from chithi.org import measures as org
from chithi.tasks import measures as tasks

RECORDED: tuple[Recorded, ...] = (
    *org.MEASURES,
    *directives.MEASURES,
    *tasks.MEASURES,
    *duties.MEASURES,
    *dossiers.MEASURES,
)

ABOUT: dict[str, Callable[[int], Recorded]] = {**directives.ABOUT}
"""By the code without the record's number: what declares the measure about one record."""


class Declarations(Mapping[str, Recorded]):
    """Every declaration by code, those about one record too; walked through are only those of the list."""

    def __init__(self) -> None:
        self._listed = {declared.code: declared for declared in RECORDED}
        self._about: dict[str, Recorded] = {}

    def __getitem__(self, code: str) -> Recorded:
        found = self._listed.get(code) or self._about.get(code)
        if found is None:
            base, _dot, number = code.rpartition(".")
            if base not in ABOUT or not number.isdecimal():
                raise KeyError(code)
            found = self._about[code] = replace(ABOUT[base](int(number)), code=code)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


BY_CODE = Declarations()
