"""What an answer has read already, so that one page does not ask for the same unit, period or definition ten times.

Nothing is remembered unless `reading` was opened around the work: by a request that only reads (`GET`, `HEAD`). It is
forgotten with that request, is never shared with another one, and a request that changes something remembers nothing.
What is kept of rows that belong to a unit is kept under the reach it was asked with.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Remember what is read within this block; a block inside it begins with nothing."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


@contextmanager
def afresh() -> Iterator[None]:
    """Remember nothing within this block: for work that stores what it reckons from what it reads."""
    token = _kept.set(None)
    try:
        yield
    finally:
        _kept.reset(token)


def is_reading() -> bool:
    """Whether what is read just now is remembered."""
    return _kept.get() is not None


def remembered(what: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives: asked for once for each `what` within `reading`, each time elsewhere.

    `what` names the question with everything its answer depends on. Whoever gets the answer must not change it, unless
    it is a store that grows by what is asked for and is asked for through its owner alone.
    """
    kept = _kept.get()
    if kept is None:
        return read()
    if what not in kept:
        kept[what] = read()
    answer: T = kept[what]
    return answer


def is_remembered(what: Hashable) -> bool:
    """Whether this was read already, within `reading`."""
    return what in (_kept.get() or ())


def forget() -> None:
    """Something was written after all: what was read before it is asked for anew."""
    if (kept := _kept.get()) is not None:
        kept.clear()
