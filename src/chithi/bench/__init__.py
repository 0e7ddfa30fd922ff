"""Measurements against honest rivals on identical input, with a floor and a check that answers are equal.

A bench is a function from "small sizes only?" to a `Measured`; a new one is a module here and a line in BENCHES.
Each imports what it needs when it runs, so that the command line stays quick.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chithi.bench.measured import Measured


def _bench(module: str) -> Callable[[bool], Measured]:
    def run(small: bool) -> Measured:
        found: Measured = import_module(f"chithi.bench.{module}").run(small)
        return found

    return run


NEEDS_DATABASE = frozenset({"freshness", "import", "pages", "search-names"})
"""Benches of what stands in a database; the command line readies Django for them."""

BENCHES: dict[str, Callable[[bool], Measured]] = {
    "rollup": _bench("rollup"),
    "intake": _bench("intake"),
    "import": _bench("imports"),
    "pages": _bench("pages"),
    "freshness": _bench("freshness"),
    "search-names": _bench("search_names"),
}
