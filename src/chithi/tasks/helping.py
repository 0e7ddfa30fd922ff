"""Who helps with a task: units, posts and people. A post follows a hand-over; a person or post lies in its unit.

Whoever reads a unit that helps sees the task; of a post or a person only they themselves do, wherever the task lies,
as its owner does. Helping is no right to write: who does the work reports on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from chithi.access.queries import person_of_account
from chithi.core.errors import Absent, Refused
from chithi.db.guard import ScopedQuerySet
from chithi.db.remembered import remembered
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Membership, Post, Unit, valid_on
from chithi.org.queries import in_reach, names
from chithi.tasks.models import Helper, Task
from chithi.tasks.rules import MOST_HELPERS

_OF = "who helps with a task that was found in reach"
_LINE = "whom a line of a document found in reach names"
_SELF = "what somebody helps with themselves, wherever it lies"


Who = tuple[str, int]
"""What a helper is ("unit", "post", "person") and its id."""
_SIGNS = {"u": "unit", "p": "post", "m": "person"}


@dataclass(frozen=True)
class Helping:
    """Who helps, by ids."""

    units: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    people: tuple[int, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """As `of` takes them."""
        by_sign = zip(_SIGNS, (self.units, self.posts, self.people), strict=True)
        return tuple(f"{sign}{one}" for sign, ids in by_sign for one in ids)

    @staticmethod
    def of(choices: Iterable[str]) -> Helping:
        """Out of choices: "u5" a unit, "p12" a post, "m34" a person; each once."""
        found: dict[str, list[int]] = {sign: [] for sign in _SIGNS}
        for choice in dict.fromkeys(choices):
            found[choice[0]].append(int(choice[1:]))
        return Helping(*(tuple(ids) for ids in found.values()))


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
    return remembered(("person and posts", viewer.user_id, viewer.today), lambda: _person_and_posts(viewer))


def _person_and_posts(viewer: Viewer) -> tuple[int | None, list[int]]:
    person = person_of_account(viewer.user_id)
    if person is None:
        return None, []
    posts = Post.objects.everywhere(because="which posts somebody holds themselves").filter(
        valid_on(viewer.today), person_id=person
    )
    return person, list(posts.values_list("pk", flat=True))


@dataclass(frozen=True)
class HelperLine:
    """A unit ("u5"), post ("p12") or person ("m34") that helps; the latter named where they lie in reach."""

    choice: str
    unit_id: int
    name: str = ""
    post: str = ""
    ended: bool = False

    @property
    def is_unit(self) -> bool:
        return self.choice.startswith("u")


def who_help(viewer: Viewer, task: Task) -> tuple[HelperLine, ...]:
    """The posts and people that help with a task found in sight; a post is named to whoever sees the task.

    One query where there are none, four else.
    """
    named = Q(post_id__isnull=False) | Q(person_id__isnull=False)
    rows = Helper.objects.everywhere(because=_OF).filter(named, task_id=task.pk)
    some = rows.order_by(F("post_id").asc(nulls_last=True), "pk")
    return tuple(_told(viewer, [(_who(row), row.unit_id) for row in some]))


def who_would_help(viewer: Viewer, choices: Iterable[str]) -> dict[str, HelperLine]:
    """Those whom lines of a document found in reach name, by choice; who is gone since is left out. Six queries."""
    found = _told(viewer, list(_where_now(viewer, Helping.of(choices)).items()))
    return {line.choice: line for line in found}


def _told(viewer: Viewer, some: Collection[tuple[Who, int]]) -> list[HelperLine]:
    """As lines, in order. No query for units alone, three else."""
    by_kind = {kind: {number for (one, number), _unit in some if one == kind} for kind in _SIGNS.values()}
    posts, people = dict[int, Post](), dict[int, str]()
    if by_kind["post"] or by_kind["person"]:
        posts = {post.pk: post for post in Post.objects.everywhere(because=_OF).filter(pk__in=by_kind["post"])}
        people = names(viewer, {post.person_id for post in posts.values()} | by_kind["person"], Capability.READ)
    found = []
    for (kind, number), unit_id in some:
        if kind == "post":
            post = posts[number]
            ended = post.until is not None and post.until <= viewer.today
            found.append(HelperLine(f"p{number}", unit_id, people.get(post.person_id, ""), post.title, ended))
        elif kind == "person":
            found.append(HelperLine(f"m{number}", unit_id, people.get(number, "")))
        else:
            found.append(HelperLine(f"u{number}", unit_id))
    return found


def set_helpers(by: Viewer, task: Task, helping: Helping) -> None:
    """Those named help with a task that the caller holds, nobody else; helpers whom the doer could not name stay.

    A post is held today in reading reach, a person a member in reach of records; who helps already may stay.
    """
    rows = {_who(row): row for row in Helper.objects.everywhere(because=_OF).filter(task_id=task.pk)}
    known = {who: row.unit_id for who, row in rows.items()}
    wanted = _placed(by, task.unit_id, helping, known)
    for who in sorted(set(wanted) - set(known)):
        _begin(task, who, wanted[who])
    gone = [row.pk for who, row in rows.items() if who not in wanted and _could_name(by, who, row.unit_id)]
    if gone:
        Helper.objects.everywhere(because=_OF).filter(pk__in=gone).delete()


def named_by(by: Viewer, unit_id: int, said: Iterable[str], before: Iterable[str]) -> list[str]:
    """Who is to help by a line of a document of a unit: as said, by the rules of `set_helpers`; as choices.

    `before`: whom the line named so far.
    """
    known = _where_now(by, Helping.of(before))
    wanted = _placed(by, unit_id, Helping.of(said), known)
    stay = [who for who, at in known.items() if who not in wanted and not _could_name(by, who, at)]
    signs = {kind: sign for sign, kind in _SIGNS.items()}
    return [f"{signs[kind]}{number}" for kind, number in (*wanted, *stay)]


def begin_helping(by: Viewer, task: Task, choices: Iterable[str]) -> None:
    """Whom a line of a document named help with its task from now on, whoever lets it go out; not who is gone since."""
    for who, unit_id in _where_now(by, Helping.of(choices)).items():
        if who != ("unit", task.unit_id):
            _begin(task, who, unit_id)


def _begin(task: Task, who: Who, unit_id: int) -> None:
    kind, number = who
    own = {f"{kind}_id": number} if kind != "unit" else {}
    Helper.objects.create(task=task, **{"unit_id": unit_id, **own})


def _who(row: Helper) -> Who:
    if row.post_id is not None:
        return ("post", row.post_id)
    return ("unit", row.unit_id) if row.person_id is None else ("person", row.person_id)


def _could_name(by: Viewer, who: Who, unit_id: int) -> bool:
    return in_reach(by, unit_id, Capability.RECORDS if who[0] == "person" else Capability.READ)


def _placed(by: Viewer, unit_id: int, helping: Helping, known: Mapping[Who, int]) -> dict[Who, int]:
    """The unit of each who is to help, by who they are; those `known` are not looked for again.

    Refused where somebody is nowhere the doer may look (`tasks.no_helper`), or where they are too many.
    """
    posts = Post.objects.visible_to(by.reach(Capability.READ)).filter(valid_on(by.today), pk__in=helping.posts)
    members = Membership.objects.visible_to(by.reach(Capability.RECORDS)).filter(
        valid_on(by.today), person_id__in=helping.people
    )
    found: dict[Who, int] = {("unit", unit): unit for unit in helping.units if unit != unit_id}
    for kind, ids, rows in (
        ("post", helping.posts, posts.values_list("pk", "unit_id")),
        ("person", helping.people, members.values_list("person_id", "unit_id")),
    ):
        places = dict(rows) if ids else {}
        for one in ids:
            at = known.get((kind, one), places.get(one))
            if at is None:
                raise Absent("tasks.no_helper", field="helpers")
            found[kind, one] = at
    if len(found) > MOST_HELPERS:
        raise Refused("tasks.too_many_helpers", field="helpers", most=MOST_HELPERS)
    for who in sorted(set(found) - set(known)):
        if not in_reach(by, found[who]):
            raise Absent("org.no_unit", field="helpers", unit=found[who])
    return found


def _where_now(viewer: Viewer, helping: Helping) -> dict[Who, int]:
    """The unit of each who is still there: an open unit, a post held, a member. Three queries at most."""
    found: dict[Who, int] = {}
    if helping.units:
        open_ones = Unit.objects.everywhere(because=_LINE).filter(pk__in=helping.units, closed_on__isnull=True)
        found |= {("unit", unit): unit for unit in open_ones.order_by("pk").values_list("pk", flat=True)}
    if helping.posts:
        posts = Post.objects.everywhere(because=_LINE).filter(valid_on(viewer.today), pk__in=helping.posts)
        found |= {("post", post): unit for post, unit in posts.order_by("pk").values_list("pk", "unit_id")}
    if helping.people:
        members = Membership.objects.everywhere(because=_LINE).filter(
            valid_on(viewer.today), person_id__in=helping.people
        )
        found |= {("person", one): unit for one, unit in members.order_by("pk").values_list("person_id", "unit_id")}
    return found
