"""The worker's turn, taken by a test: what somebody waits for is done, one piece of work at a time."""

from __future__ import annotations

from functools import partial

from chithi.access.viewers import doer
from chithi.imports.work import SHEET
from chithi.jobs.holders import me
from chithi.jobs.running import Between, Deed, run_some
from chithi.org import trials


def on_sheets(between: Between = lambda: None, holder: str = "") -> int:
    """Check or apply the sheet that waits longest; how many (0 or 1)."""
    return run_some([SHEET], holder or me(), 1, between)


def on_plans() -> int:
    """Try, apply or undo the plan that waits longest; how many (0 or 1)."""
    return run_some([plans()], me(), 1)


def plans() -> Deed:
    return trials.deed(partial(doer, because="a test works"))
