"""What may be done with an import in which state, and when its file is forgotten. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from chithi.core.errors import Refused
from chithi.imports.kinds import ImportState

SHEET = "imports.sheet"
"""The deed of checking or applying a sheet, asked for under the keys below."""
KEPT = timedelta(days=30)
"""How long the uploaded file, and what was said about its rows, is kept after nothing more happens to it."""

_OPEN = {ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED}


def why_not_apply(state: str) -> Refused | None:
    """Only what was checked and has no problems is applied."""
    return None if state == ImportState.CHECKED else Refused("imports.not_checked")


def why_not_cancel(state: str) -> Refused | None:
    """What is being applied is no longer stopped, what has ended no longer cancelled."""
    return None if state in _OPEN else Refused("imports.ended_already")


def to_forget(finished_at: datetime | None, at: datetime, now: datetime) -> bool:
    """Whether the file has been kept long enough: counted from the end, else from the day it came."""
    return (finished_at or at) + KEPT < now


def check_key(import_id: int) -> str:
    """Under which the check of a sheet is asked for."""
    return f"{import_id}:check"


def apply_key(import_id: int) -> str:
    """Under which writing what was checked is asked for."""
    return f"{import_id}:apply"
