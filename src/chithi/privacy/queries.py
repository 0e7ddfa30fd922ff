"""Reading rules, what they would reach, how a person stands, what was done. Counts by unit; names only within reach."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from chithi.access.models import User
from chithi.access.queries import account_names
from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.narrative.models import Document
from chithi.org.models import Person
from chithi.privacy.due import due
from chithi.privacy.ended import last_of
from chithi.privacy.kinds import SHIPPED, Kept
from chithi.privacy.models import Hold, Rule, Run
from chithi.privacy.rules import months_before, pseudonym

_WHY = "a hold on somebody found in reach"
MENTIONS_SHOWN = 20


@dataclass(frozen=True)
class RuleNow:
    """The rule in force for a kind; `id` 0 and `by` "" where it is the shipped one. `months` None: kept for ever."""

    kind: Kept
    months: int | None
    automatic: bool
    basis: str
    id: int = 0
    by: str = ""
    at: datetime | None = None

    def before(self, today: date) -> date | None:
        """What ended by this day is no longer kept."""
        return None if self.months is None else months_before(today, self.months)


def rules_now() -> dict[Kept, RuleNow]:
    """The rule of each kind, in the order of the kinds. Two queries."""
    newest: dict[str, Rule] = {}
    for rule in Rule.objects.order_by("pk"):
        newest[rule.kind] = rule
    people = account_names(rule.by_id for rule in newest.values())
    found = {}
    for kind, shipped in SHIPPED.items():
        own = newest.get(kind.value)
        found[kind] = (
            RuleNow(kind, own.months, own.automatic, own.basis, own.pk, people.get(own.by_id or 0, ""), own.at)
            if own
            else RuleNow(kind, shipped.months, False, "")
        )
    return found


def preview(viewer: Viewer, kind: Kept) -> dict[int, int]:
    """How many rows of a kind the rule reaches today, by unit; nobody is named. Needs SYSTEM everywhere."""
    viewer.require_everywhere(Capability.SYSTEM)
    months = rules_now()[kind].months
    return {} if months is None else dict(Counter(row.unit_id for row in due(kind, months, viewer.today)))


def person_in_reach(viewer: Viewer, person_id: int) -> Person:
    """Somebody whose register the viewer keeps; `Absent` else."""
    found = None
    if 0 < person_id < 2**63:
        found = Person.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(pk=person_id).first()
    if found is None:
        raise Absent("org.no_person", person=person_id)
    return found


@dataclass(frozen=True)
class Standing:
    """How a person stands: from when nothing holds (None: something still does), where they last were.

    `mentions` counts documents whose text holds exactly this name, `mentioned` the first of them in the viewer's reach
    as (id, title): no rule can know whether it is this person.
    """

    id: int
    version: int
    name: str
    birth_year: int | None
    forgotten_on: date | None
    last_day: date | None
    unit_id: int
    hold: Hold | None
    account_open: bool
    has_account: bool
    pseudonym: str
    mentions: int
    mentioned: tuple[tuple[int, str], ...]


def standing(viewer: Viewer, person_id: int) -> Standing:
    """About ten queries, one of which reads the texts of the documents in reach."""
    person = person_in_reach(viewer, person_id)
    last_day, unit_id = last_of([person_id])[person_id]
    hold = Hold.objects.everywhere(because=_WHY).filter(person_id=person_id, until__isnull=True).first()
    accounts = list(User.objects.filter(person_id=person_id).values_list("is_active", flat=True))
    named = Document.objects.visible_to(viewer.reach(Capability.READ)).filter(text__contains=person.name)
    found = [] if person.forgotten_on else list(named.order_by("-at", "-pk").values_list("pk", "title"))
    return Standing(
        id=person.pk,
        version=person.version,
        name=person.name,
        birth_year=person.birth_year,
        forgotten_on=person.forgotten_on,
        last_day=last_day,
        unit_id=unit_id,
        hold=hold,
        account_open=any(accounts),
        has_account=bool(accounts),
        pseudonym=pseudonym(person.key),
        mentions=len(found),
        mentioned=tuple(found[:MENTIONS_SHOWN]),
    )


@dataclass(frozen=True)
class Done:
    """One time that rules were applied; `by` "" for the worker."""

    day: date
    at: datetime
    by: str
    single: bool
    counts: dict[str, int]


def done(viewer: Viewer, page: int, size: int) -> tuple[list[Done], int]:
    """A page of what was done, newest first, and how many there are."""
    viewer.require_everywhere(Capability.SYSTEM)
    runs = Run.objects.exclude(counts={}).order_by("-pk")
    shown = list(runs[(page - 1) * size : page * size])
    people = account_names(run.by_id for run in shown)
    rows = [Done(run.day, run.at, people.get(run.by_id or 0, ""), run.single, run.counts) for run in shown]
    return rows, runs.count()


def held_people(viewer: Viewer) -> list[tuple[Hold, str]]:
    """Holds in force on people in reach, with the name, longest first."""
    holds = list(
        Hold.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(until__isnull=True).order_by("since", "pk")
    )
    people = Person.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(pk__in=[one.person_id for one in holds])
    names = dict(people.values_list("pk", "name"))
    return [(one, names[one.person_id]) for one in holds if one.person_id in names]


def ran_on(day: date) -> bool:
    """Whether the worker has applied the rules on this day already."""
    return Run.objects.filter(day=day, by_id__isnull=True, single=False).exists()
