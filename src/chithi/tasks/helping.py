"""Who helps with a task: units, posts and people. A post follows a hand-over; a person or post lies in its unit.

Whoever reads a unit that helps sees the task; of a post or a person only they themselves do, wherever the task lies,
as its owner does. Helping is no right to write: who does the work reports on it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from chithi.access.queries import person_of_account
from chithi.core.errors import Absent, Refused
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Membership, Post, valid_on
from chithi.org.queries import in_reach, names
from chithi.tasks.models import Helper, Task
from chithi.tasks.rules import MOST_HELPERS

_OF = "who helps with a task that was found in reach"
_SELF = "what somebody helps with themselves, wherever it lies"


Who = tuple[str, int]
"""What a helper is ("unit", "post", "person") and its id."""


@dataclass(frozen=True)
class Helping:
    """Who helps, by ids."""

    units: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


def helped_by_units(viewer: Viewer, capability: Capability) -> ScopedQuerySet[Helper]:
    """Where units in the reach of a capability help."""
    return Helper.objects.visible_to(viewer.reach(capability)).filter(post_id__isnull=True, person_id__isnull=True)


def helped_in_person(viewer: Viewer) -> ScopedQuerySet[Helper]:
    """Where the viewer helps, in person or by a post held today. Two queries more."""
    rows = Helper.objects.everywhere(because=_SELF)
    person, posts = person_and_posts(viewer)
    return rows.none() if person is None else rows.filter(Q(person_id=person) | Q(post_id__in=posts))


def person_and_posts(viewer: Viewer) -> tuple[int | None, list[int]]:
    """The person behind the viewer's account, None for nobody, and the posts they hold today. Two queries."""
    person = person_of_account(viewer.user_id)
    if person is None:
        return None, []
    posts = Post.objects.everywhere(because="which posts somebody holds themselves").filter(
        valid_on(viewer.today), person_id=person
    )
    return person, list(posts.values_list("pk", flat=True))


@dataclass(frozen=True)
class HelperLine:
    """A post ("p12") or person ("m34") that helps; named where they lie in reach, see `Owner`."""

    choice: str
    unit_id: int
    name: str
    post: str = ""
    ended: bool = False


def who_help(viewer: Viewer, task: Task) -> tuple[HelperLine, ...]:
    """The posts and people that help with a task found in sight; a post is named to whoever sees the task.

    One query where there are none, four else.
    """
    named = Q(post_id__isnull=False) | Q(person_id__isnull=False)
    rows = Helper.objects.everywhere(because=_OF).filter(named, task_id=task.pk)
    some = list(rows.order_by(F("post_id").asc(nulls_last=True), "pk"))
    if not some:
        return ()
    posts = {
        post.pk: post for post in Post.objects.everywhere(because=_OF).filter(pk__in=[row.post_id for row in some])
    }
    people = names(viewer, {post.person_id for post in posts.values()}, Capability.READ)
    people |= names(viewer, {row.person_id for row in some if row.person_id}, Capability.READ)
    found = []
    for row in some:
        post = posts.get(row.post_id or 0)
        if post is None:
            found.append(HelperLine(f"m{row.person_id}", row.unit_id, people.get(row.person_id or 0, "")))
        else:
            ended = post.until is not None and post.until <= viewer.today
            found.append(HelperLine(f"p{post.pk}", row.unit_id, people.get(post.person_id, ""), post.title, ended))
    return tuple(found)


def set_helpers(by: Viewer, task: Task, helping: Helping) -> None:
    """Those named help, nobody else; helpers out of the doer's reach, whom they could not name, stay.

    A post is held today in reading reach, a person a member in reach of records; who helps already may stay.
    """
    known = {_who(row): row for row in Helper.objects.everywhere(because=_OF).filter(task_id=task.pk)}
    wanted = {
        **{("unit", unit): unit for unit in helping.units if unit != task.unit_id},
        **_posts(by, helping.posts, known),
        **_people(by, helping.people, known),
    }
    if len(wanted) > MOST_HELPERS:
        raise Refused("tasks.too_many_helpers", field="helpers", most=MOST_HELPERS)
    for kind, number in sorted(set(wanted) - set(known)):
        unit_id = wanted[kind, number]
        if not in_reach(by, unit_id):
            raise Absent("org.no_unit", field="helpers", unit=unit_id)
        own = {f"{kind}_id": number} if kind != "unit" else {}
        try:
            with transaction.atomic():
                Helper.objects.create(task=task, **{"unit_id": unit_id, **own})
        except IntegrityError:  # somebody else named them just now
            continue
    gone = [row.pk for who, row in known.items() if who not in wanted and _could_name(by, row)]
    if gone:
        Helper.objects.everywhere(because=_OF).filter(pk__in=gone).delete()


def _who(row: Helper) -> Who:
    if row.post_id is not None:
        return ("post", row.post_id)
    return ("unit", row.unit_id) if row.person_id is None else ("person", row.person_id)


def _could_name(by: Viewer, row: Helper) -> bool:
    return in_reach(by, row.unit_id, Capability.READ if row.person_id is None else Capability.RECORDS)


def _posts(by: Viewer, ids: Collection[int], known: Mapping[Who, Helper]) -> dict[Who, int]:
    rows = Post.objects.visible_to(by.reach(Capability.READ)).filter(valid_on(by.today), pk__in=ids)
    return _placed("post", ids, dict(rows.values_list("pk", "unit_id")), known)


def _people(by: Viewer, ids: Collection[int], known: Mapping[Who, Helper]) -> dict[Who, int]:
    rows = Membership.objects.visible_to(by.reach(Capability.RECORDS)).filter(valid_on(by.today), person_id__in=ids)
    return _placed("person", ids, dict(rows.values_list("person_id", "unit_id")), known)


def _placed(kind: str, ids: Collection[int], units: dict[int, int], known: Mapping[Who, Helper]) -> dict[Who, int]:
    """The unit of each, by who they are. Refused: `tasks.no_helper` where somebody is nowhere the doer may look."""
    found: dict[Who, int] = {}
    for one in ids:
        before = known.get((kind, one))
        if one not in units and before is None:
            raise Absent("tasks.no_helper", field="helpers")
        found[kind, one] = units[one] if before is None else before.unit_id
    return found
