"""What a deed of the journal is called, whose account it was about, and the page that opens what it was about."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from chithi.access.queries import account_labels, granted_accounts
from chithi.access.role_sets import role_sets
from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.db.viewer import Capability, Viewer
from chithi.directives.queries import in_sight as directives_in_sight
from chithi.journal.queries import Deed
from chithi.journal.words import told
from chithi.privacy.kinds import Kept
from chithi.tasks.queries import in_sight as tasks_in_sight
from chithi.web.manage.retention_words import name_of
from chithi.web.show.roles import set_word
from chithi.web.templatetags.chithi_format import day, language

ACCOUNT, GIVING = "access.user", "access.rolegrant"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OPENED_BY: dict[str, tuple[str, Capability]] = {
    "narrative.document": ("document", Capability.READ),
    "org.reorganisation": ("plan", Capability.TREE),
    "org.group": ("manage_group", Capability.TREE),
    "org.transferproposal": ("transfer", Capability.PEOPLE),
    "org.handover": ("handover", Capability.PEOPLE),
    "imports.import": ("import_page", Capability.PEOPLE),
    ACCOUNT: ("account", Capability.ACCOUNTS),
}
"""Routes that open the record a deed was about, by its kind, and what opening it asks for."""
OPENED_BY_ALL: dict[str, str] = {"indicators.indicator": "indicator", "indicators.breakdown": "breakdown"}
"""The same for what belongs to the whole installation: whoever defines there may open it."""
OPENED_WHERE_SEEN: dict[str, tuple[str, Callable[[Viewer, Collection[int]], Collection[int]]]] = {
    "tasks.task": ("task", tasks_in_sight),
    "directives.directive": ("directive", directives_in_sight),
}
"""What is seen row by row: the route, and which of these ids the reader may see. A query each, if there are any."""


@dataclass(frozen=True)
class Told:
    """One deed: in words, "Lan (lan)" where an account was meant, the page it opens ("" for none)."""

    text: str
    account: str
    href: str


def telling(viewer: Viewer, found: Sequence[Deed]) -> Callable[[Deed], Told]:
    """How to tell these deeds. About eight queries at most, however many there are."""
    accounts = {deed.id: deed.about_id for deed in found if deed.about_kind == ACCOUNT and deed.about_id}
    givings = {deed.id: deed.about_id for deed in found if deed.about_kind == GIVING and deed.about_id}
    given = granted_accounts(viewer, givings.values())
    accounts |= {deed: given[giving] for deed, giving in givings.items() if giving in given}
    labels = account_labels(accounts.values()) if accounts else {}
    open_ = {kind: seen(viewer, _about(found, kind)) for kind, (_route, seen) in OPENED_WHERE_SEEN.items()}
    roles = role_sets({str(deed.facts["role"]) for deed in found if "role" in deed.facts})

    def tell(deed: Deed) -> Told:
        facts = {name: _fact(deed, name, value) for name, value in deed.facts.items()}
        if role := roles.get(str(deed.facts.get("role", ""))):
            facts["role"] = set_word(role)
        account = accounts.get(deed.id)
        kind, about = (ACCOUNT, account) if account else (deed.about_kind, deed.about_id)
        return Told(told(deed.verb, facts, language()), labels.get(account or 0, ""), _door(viewer, kind, about, open_))

    return tell


def _fact(deed: Deed, name: str, value: Any) -> Any:
    """Days, periods and kinds as people write them; anything else as it was kept."""
    if not isinstance(value, str):
        return value
    if name == "period":
        with suppress(Refused):
            return parse(value).short_label(language())
    if name == "kind" and deed.verb.startswith("privacy.") and value in set(Kept):
        return name_of(Kept(value))
    if DAY.fullmatch(value):
        with suppress(ValueError):
            return day(date.fromisoformat(value))
    return value


def _about(found: Sequence[Deed], kind: str) -> set[int]:
    return {deed.about_id for deed in found if deed.about_kind == kind and deed.about_id}


def _door(viewer: Viewer, kind: str, about: int | None, seen: Mapping[str, Collection[int]]) -> str:
    if kind in OPENED_WHERE_SEEN:
        return reverse(OPENED_WHERE_SEEN[kind][0], args=[about]) if about in seen[kind] else ""
    if route := OPENED_BY_ALL.get(kind, ""):
        may = viewer.may_everywhere(Capability.DEFINE)
    else:
        route, needs = OPENED_BY.get(kind, ("", Capability.READ))
        may = viewer.may_anywhere(needs)
    return reverse(route, args=[about]) if route and about and may else ""
