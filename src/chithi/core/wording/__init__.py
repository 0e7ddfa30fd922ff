"""What each refusal says to people, in both languages. Pure data and one function; one table a concept.

A sentence says what happened and what to do. Facts stand in braces by name; dates and numbers are written the
way the language writes them. The page docs/reference/errors.md is made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chithi.core.numbers import format_date, format_number
from chithi.core.wording.access import ACCESS
from chithi.core.wording.calls import CALLS
from chithi.core.wording.definitions import DEFINITIONS
from chithi.core.wording.directives import DIRECTIVES
from chithi.core.wording.dossiers import DOSSIERS
from chithi.core.wording.duties import DUTIES
from chithi.core.wording.figures import FIGURES
from chithi.core.wording.files import FILES
from chithi.core.wording.ground import GROUND
from chithi.core.wording.groups import GROUPS
from chithi.core.wording.imports import IMPORTS
from chithi.core.wording.org import ORG
from chithi.core.wording.privacy import PRIVACY
from chithi.core.wording.registry import REGISTRY
from chithi.core.wording.routine import ROUTINE
from chithi.core.wording.sheets import SHEETS
from chithi.core.wording.tasks import TASKS
from chithi.core.wording.templates import TEMPLATES
from chithi.core.wording.texts import TEXTS
from chithi.core.wording.work import WORK

WORDING: dict[str, tuple[str, str]] = {
    **ACCESS,
    **CALLS,
    **DEFINITIONS,
    **DIRECTIVES,
    **DOSSIERS,
    **DUTIES,
    **FIGURES,
    **FILES,
    **GROUND,
    **IMPORTS,
    **GROUPS,
    **ORG,
    **REGISTRY,
    **ROUTINE,
    **SHEETS,
    **PRIVACY,
    **TASKS,
    **TEMPLATES,
    **TEXTS,
    **WORK,
}


def sentence(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a refusal; an unknown code is shown as such rather than hidden."""
    vi, en = WORDING.get(code, (f"Không làm được ({code}).", f"This could not be done ({code})."))
    pattern = en if language.startswith("en") else vi
    return pattern.format_map(_Shown({name: _shown(value, language) for name, value in facts.items()}))


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _shown(value: Any, language: str) -> str:
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_number(value, language)
    return str(value)[:200]
