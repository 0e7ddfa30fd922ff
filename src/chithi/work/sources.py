"""Where things to do come from: one explicit list. A concept that has some adds its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from chithi.calls import due as calls
from chithi.core.due import DueItem
from chithi.db.viewer import Viewer
from chithi.directives import due as directives
from chithi.duties import due as duties
from chithi.imports import due as imports
from chithi.indicators import due as indicators
from chithi.narrative import due as narrative
from chithi.org import due as org
from chithi.reporting import due as reporting
from chithi.routine import due as routine
from chithi.tasks import due as tasks

Source = Callable[[Viewer, date], list[DueItem]]

SOURCES: tuple[Source, ...] = (
    indicators.of_person,
    tasks.of_person,
    routine.of_person,
    calls.of_person,
    directives.of_person,
    duties.of_person,
    narrative.of_person,
    reporting.of_person,
    org.of_person,
    imports.of_person,
)
"""`f(viewer, today)`: what this person must do in one concept, within their reach, in a constant number of queries."""
