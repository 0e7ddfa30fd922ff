"""Who joins, leaves, goes over, is exempt, takes and leaves a post: each one act in one transaction.

Whoever does it keeps the register of people (`Capability.PEOPLE`) in the unit concerned, in both where somebody goes
over. Each act is journalled without names, and marks every unit the person belongs to from the day on: the home rule
of the distinct counts (`chithi.org.measures`) may move somebody's place when another of their rows begins or ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Viewer
from chithi.journal.actions import record
from chithi.org import people_rules as rules
from chithi.org.models import Employment, Exemption, Membership, Person, Post, valid_on
from chithi.org.people_ground import (
    NewPerson,
    act,
    end,
    may_begin,
    note,
    person_within,
    seen,
    unit_within,
    within,
)
from chithi.org.spelling import respell_people
from chithi.text.vietnamese import clean, fold

__all__ = [
    "NewPerson",
    "NewPost",
    "correct",
    "end_exemption",
    "exempt",
    "go_over",
    "join",
    "leave",
    "leave_post",
    "take_post",
    "transfer",
]
_WHY = "the rows of a person already found in reach, wherever they are"


@dataclass(frozen=True)
class NewPost:
    """A post to be taken; the two properties belong to it for as long as it is held."""

    title: str
    is_key_leader: bool = False
    is_head: bool = False


def join(*, by: Viewer, person: int | NewPerson, unit_id: int, since: date, probationary: bool = False) -> Membership:
    """Somebody becomes a member of a cell from a day on."""
    with act():
        unit_within(by, unit_id, since, cell=True)
        person_id = person_within(by, person)
        may_begin(Membership, by, since, None, person_id=person_id, unit_id=unit_id)
        made = Membership.objects.create(person_id=person_id, unit_id=unit_id, since=since, probationary=probationary)
        note("org.joined", by, made, since)
        return made


def leave(*, by: Viewer, membership_id: int, seen_version: int, on: date) -> Membership:
    """A membership ends; the day itself no longer counts."""
    with act():
        return end(seen(Membership, by, membership_id, seen_version), "org.left", by, on)


def transfer(*, by: Viewer, membership_id: int, seen_version: int, unit_id: int, on: date) -> Membership:
    """A member goes over to another cell on a day: one membership ends and another begins."""
    with act():
        left = seen(Membership, by, membership_id, seen_version)
        unit_within(by, unit_id, on, cell=True)
        return go_over(by, left, unit_id, on)


def go_over(by: Viewer, left: Membership, unit_id: int, on: date) -> Membership:
    """End one membership and begin another, inside an act that has found both cells usable."""
    end(left, "org.left", by, on)
    may_begin(Membership, by, on, None, person_id=left.person_id, unit_id=unit_id)
    joined = Membership.objects.create(
        person_id=left.person_id, unit_id=unit_id, since=on, probationary=left.probationary
    )
    note("org.joined", by, joined, on, left=left.unit_id)
    return joined


def exempt(
    *, by: Viewer, person_id: int, unit_id: int, since: date, until: date | None = None, reason: str = ""
) -> Exemption:
    """A cell exempts one of its members from work and meetings; they leave the denominators for those days."""
    with act():
        unit_within(by, unit_id, since, cell=True)
        person_within(by, person_id)
        own = Membership.objects.everywhere(because=_WHY).filter(valid_on(since), person_id=person_id)
        if not own.filter(unit_id=unit_id).exists():
            raise Refused("org.not_a_member_then", field="since", day=since)
        may_begin(Exemption, by, since, until, person_id=person_id, unit_id=unit_id)
        made = Exemption.objects.create(
            person_id=person_id, unit_id=unit_id, since=since, until=until, reason=clean(reason)[:120]
        )
        note("org.exempted", by, made, since)
        return made


def end_exemption(*, by: Viewer, exemption_id: int, seen_version: int, on: date) -> Exemption:
    """An exemption ends; from the day on the member counts again."""
    with act():
        return end(seen(Exemption, by, exemption_id, seen_version), "org.exemption_ended", by, on)


def take_post(*, by: Viewer, person: int | NewPerson, unit_id: int, post: NewPost, since: date) -> Post:
    """Somebody takes a post in a unit."""
    with act():
        unit_within(by, unit_id, since)
        title = clean(post.title).strip()[:120]
        if not title:
            raise Refused("org.no_title", field="title")
        person_id = person_within(by, person)
        may_begin(Post, by, since, None, person_id=person_id, unit_id=unit_id, title=title)
        made = Post.objects.create(
            person_id=person_id,
            unit_id=unit_id,
            title=title,
            is_key_leader=post.is_key_leader,
            is_head=post.is_head,
            since=since,
        )
        note("org.post_taken", by, made, since)
        return made


def leave_post(*, by: Viewer, post_id: int, seen_version: int, on: date) -> Post:
    """A post is held no longer."""
    with act():
        return end(seen(Post, by, post_id, seen_version), "org.post_left", by, on)


def correct(*, by: Viewer, person_id: int, seen_version: int, name: str, birth_year: int | None) -> Person:
    """Put a name or a year of birth right. The journal says which of them changed, never what it was."""
    with act():
        person = within(Person, by).filter(pk=person_id).first()
        if person is None:
            raise Absent("org.no_person", person=person_id)
        if person.version != seen_version:
            raise Stale("db.stale")
        if person.forgotten_on is not None:
            raise Refused("org.person_forgotten", day=person.forgotten_on)
        cleaned = clean(name).strip()[:120]
        if problem := rules.why_not_person(cleaned, birth_year, by.today):
            raise problem
        changed = [
            field
            for field, was, now in (
                ("name", person.name, cleaned),
                ("birth_year", person.birth_year, birth_year),
            )
            if was != now
        ]
        if not changed:
            return person
        person.name, person.folded, person.birth_year = cleaned, fold(cleaned)[:120], birth_year
        person.save()
        respell_people([person.pk])
        record("org.person_corrected", by=by, unit_id=_a_unit_of(by, person_id), about=person, changed=changed)
        return person


def _a_unit_of(by: Viewer, person_id: int) -> int:
    """The unit whose affair a correction is: of the person's rows in the doer's reach the one begun last."""
    found: list[tuple[date, int]] = []
    models: tuple[type[Any], ...] = (Membership, Post, Employment)
    for model in models:
        found += within(model, by).filter(person_id=person_id).values_list("since", "unit_id")
    return max(found)[1]
