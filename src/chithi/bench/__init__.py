"""Measurements against honest rivals on identical input, with a floor and a check that answers are equal.

A bench is a function from "small sizes only?" to a `Measured`; a new one is a module here and a line in BENCHES.
Each imports what it needs when it runs, so that the command line stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chithi.bench.measured import Measured


class Bench(Protocol):
    """A bench as the command line calls it: small sizes only, or the demo of a size (those of SIZED)."""

    def __call__(self, small: bool, size: str | None = None) -> Measured: ...


def _bench(module: str) -> Bench:
    def run(small: bool, size: str | None = None) -> Measured:
        chosen = {} if size is None else {"size": size}
        found: Measured = import_module(f"chithi.bench.{module}").run(small, **chosen)
        return found

    return run


SIZED = frozenset({"pages"})
"""Benches of a demo, which may be of any size that `chithi demo` knows."""


NEEDS_DATABASE = frozenset({"freshness", "import", "overview", "pages", "search", "search-names"})
"""Benches of what stands in a database; the command line readies Django for them."""

BENCHES: dict[str, Bench] = {
    "rollup": _bench("rollup"),
    "intake": _bench("intake"),
    "import": _bench("imports"),
    "pages": _bench("pages"),
    "freshness": _bench("freshness"),
    "overview": _bench("overview"),
    "search": _bench("search"),
    "search-names": _bench("search_names"),
}
