"""Owns how readers of marked-up formats put lines together: a paragraph a line, a row a line with tabs between cells.

A reader reports what it meets (`text`, `end_line`, `open_row`, `open_cell` …); tables within cells are flattened into
the cell that holds them.
"""

from __future__ import annotations

from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS
from chithi.text.legacy import from_runs

MAX_DEPTH = 200


class Lines:
    """Lines of a document in the making; text may come with the name of its font."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._runs: list[tuple[str, str]] = []
        self._rows: list[list[list[str]]] = []  # open rows: their cells: the lines of each
        self._size = 0

    def text(self, letters: str, font: str = "") -> None:
        """More letters of the present line."""
        self._runs.append((letters, font))
        self._size += len(letters)
        if self._size > MAX_CHARACTERS:
            raise Refused("text.too_large", limit=MAX_CHARACTERS)

    def held(self) -> bool:
        """Whether the present line holds anything but white space."""
        return any(letters.strip() for letters, _ in self._runs)

    def end_line(self, *, blank: bool = False) -> None:
        """The line is over; an empty one is kept where `blank`."""
        line = from_runs(self._runs)
        self._runs.clear()
        for piece in line.split("\n"):
            if piece.strip() or blank:
                self._keep(piece)

    def open_row(self) -> None:
        """A row of a table begins."""
        self.end_line()
        if len(self._rows) > MAX_DEPTH:
            raise Refused("text.too_deep", limit=MAX_DEPTH)
        self._rows.append([])

    def open_cell(self) -> None:
        """A cell begins; without a row it is a line of its own."""
        self.end_line()
        if self._rows:
            self._rows[-1].append([])

    def drop_empty_cell(self) -> None:
        """The last cell goes where nothing is in it: some formats mark ends of cells, not beginnings."""
        self.end_line()
        if self._rows and self._rows[-1] and not self._rows[-1][-1]:
            self._rows[-1].pop()

    def close_row(self) -> None:
        """The row is over: one line, in the cell around it where there is one."""
        self.end_line()
        if not self._rows:
            return
        cells = [" ".join(cell) for cell in self._rows.pop()]
        if any(cells):
            self._keep(" ".join(filter(None, cells)) if self._rows else "\t".join(cells))

    def whole(self) -> str:
        """Everything, each line ended."""
        while self._rows:
            self.close_row()
        self.end_line()
        return "\n".join(self.lines) + "\n"

    def _keep(self, line: str) -> None:
        self._size += 1
        if not self._rows:
            self.lines.append(line.rstrip())
        elif self._rows[-1] and line.strip():
            self._rows[-1][-1].append(line.strip())
