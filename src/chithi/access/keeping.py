"""What somebody who looks after accounts does for others: open, give and end roles, let in, close, put away.

Each act fetches the account as `held_by` shows it to the doer, asks the rules, journals in the units of the roles
concerned and leaves an administrator of the whole installation. No secret is stored or journalled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from chithi.access import rules, second_factor, sessions
from chithi.access.actions import CODE_VALID_FOR, grant, open_account
from chithi.access.models import FORGOTTEN, Identity, OneTimeCode, RoleGrant, User
from chithi.access.role_sets import RoleSet, one_role, role_sets
from chithi.access.roles import TOPMOST
from chithi.access.sign_in import end_tokens, new_one_time_code
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.finding import people_reach
from chithi.org.models import Person, valid_on
from chithi.org.places import Tree, reach_tree
from chithi.org.queries import one_unit
from chithi.text.vietnamese import clean, fold

_WHOLE = "whether an account may be looked after depends on all it holds, wherever that is"


@dataclass(frozen=True)
class Giving:
    """A role to give: its code, in which unit, from which day, up to and without which other."""

    role: str
    unit_id: int
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Opening:
    """An account to open, with the first role it holds."""

    username: str
    name: str
    language: str
    first: Giving


@dataclass(frozen=True)
class Ended:
    """A role as its end left it: its row, that row's version, and until when it was given before (None: for good)."""

    grant_id: int
    version: int
    until: date | None


def open_for(*, by: Viewer, opening: Opening) -> tuple[User, str]:
    """Open an account with its first role; returns it with the one-time code that lets its owner in."""
    with only_one("accounts"):
        user = open_account(username=opening.username, name=opening.name, language=opening.language)
        _give(by, user, opening.first)
        record("access.account_opened", by=by, unit_id=opening.first.unit_id, about=user)
        return user, _new_code(by, user)


def give_role(*, by: Viewer, user_id: int, giving: Giving) -> RoleGrant:
    """Give an account one role more. Whoever gives need not reach what else the account holds.

    One that holds nothing any more goes on with whoever may look after it: else giving it a role, and then a code for
    it, would be a way into an account that was last held elsewhere.
    """
    with only_one("accounts"):
        user = _open_account(by, user_id)
        if not by.may_everywhere(Capability.ACCOUNTS):
            last_held_here(by, user)
        return _give(by, user, giving)


def last_held_here(by: Viewer, user: User) -> None:
    left = [] if present_and_later(user.pk, by.today) else decisive(user.pk, by.today)
    if not all(one.inside for one in facts_of(by, left)):
        raise Refused("access.held_elsewhere")


def end_role(*, by: Viewer, grant_id: int, until: date, seen_version: int) -> RoleGrant:
    """Let a role end on a day (not held from that day on); one that has not begun is ended before it begins."""
    with keeping_an_administrator(by):
        reach = by.reach(Capability.ACCOUNTS)
        held = RoleGrant.objects.visible_to(reach).filter(pk=grant_id).first()
        if held is None:
            raise Absent("access.no_grant")
        if held.version != seen_version:
            raise Stale("db.stale", kind="rolegrant")
        if held.user_id == by.user_id:
            raise Refused("access.own_account")
        [facts] = facts_of(by, [held])
        if rules.beyond(facts):
            raise Refused("access.role_beyond")
        if held.until is not None and held.until <= by.today:
            raise Refused("access.already_ended", day=held.until)
        last = max(until, held.since)
        if problem := rules.why_not_days(held.since, None if last == held.since else last, by.today):
            raise Refused(problem.code, field="until", **problem.facts)
        held.until = last
        held.save(update_fields=["until"])
        held.must_lie_inside(reach)
        record("access.ended", by=by, unit_id=held.unit_id, about=held, role=held.role, on=last.isoformat())
        return held


def new_code(*, by: Viewer, user_id: int) -> str:
    """A fresh one-time code for somebody else's account; earlier unused ones stop working."""
    with only_one("accounts"):
        return _new_code(by, kept_by(by, user_id))


def rename(*, by: Viewer, user_id: int, name: str, language: str, seen_version: int) -> User:
    """Change the name an account is shown by, and its language."""
    with only_one("accounts"):
        user = kept_by(by, user_id)
        shown = clean(name).strip()[:120]
        if not shown:
            raise Refused("org.no_person_name", field="name")
        if language not in ("vi", "en"):
            raise Refused("access.no_language", field="language")
        user.name, user.folded, user.language = shown, fold(shown)[:120], language
        save_seen(user, seen_version, "name", "folded", "language")
        tell(by, user, "access.account_changed")
        return user


def link_person(*, by: Viewer, user_id: int, person_id: int | None, seen_version: int) -> User:
    """Say whose account it is, or that it is nobody's of the register. One open account a person."""
    with only_one("accounts"):
        user = kept_by(by, user_id)
        if person_id is not None:
            people = Person.objects.visible_to(people_reach(by)) if 0 < person_id < 2**63 else Person.objects.none()
            whose = people.filter(pk=person_id).first()
            if whose is None:
                raise Absent("org.no_person")
            if whose.forgotten_on is not None:
                raise Refused("org.person_forgotten", day=whose.forgotten_on)
            nobody_elses(user, person_id)
        user.person_id = person_id
        save_seen(user, seen_version, "person_id")
        tell(by, user, "access.person_linked")
        return user


def nobody_elses(user: User, person_id: int) -> None:
    if User.objects.filter(person_id=person_id, is_active=True).exclude(pk=user.pk).exists():
        raise Refused("access.person_has_account")


def close(*, by: Viewer, user_id: int, seen_version: int) -> tuple[User, list[Ended]]:
    """Shut an account at once: roles, codes, tokens and sessions end. What it did keeps its name.

    Returned with it are the roles that ended, for `chithi.access.taking_back`.
    """
    with keeping_an_administrator(by):
        user = kept_by(by, user_id)
        held = present_and_later(user.pk, by.today)
        user.is_active = False
        save_seen(user, seen_version, "is_active")
        tell(by, user, "access.account_closed")
        ended = []
        for one in held:
            before, one.until = one.until, max(one.since, by.today)
            one.save(update_fields=["until"])
            ended.append(Ended(one.pk, one.version, before))
            record("access.ended", by=by, unit_id=one.unit_id, about=one, role=one.role)
        OneTimeCode.objects.filter(user=user, used_at__isnull=True).delete()
        end_tokens(user.pk)
        sessions.end_all(user.pk)
        return user, ended


def reopen(*, by: Viewer, user_id: int, seen_version: int) -> User:
    """Open a closed account again, without a role and without a way in: both are given anew."""
    with only_one("accounts"):
        user = kept_by(by, user_id)
        if user.username.startswith(FORGOTTEN):
            raise Refused("access.account_forgotten")
        if user.person_id is not None:
            nobody_elses(user, user.person_id)
        user.is_active = True
        user.set_unusable_password()
        save_seen(user, seen_version, "is_active", "password")
        second_factor.put_away(user.pk)
        Identity.objects.filter(user=user).delete()
        tell(by, user, "access.account_reopened")
        return user


def reset_second_factor(*, by: Viewer, user_id: int) -> None:
    """Put the second factor of somebody else's account away (a lost telephone); its sessions and API tokens end."""
    with only_one("accounts"):
        user = kept_by(by, user_id)
        second_factor.put_away(user.pk)
        sessions.end_all(user.pk)
        end_tokens(user.pk)
        tell(by, user, "access.second_factor_reset")


def end_sessions(*, by: Viewer, user_id: int) -> int:
    """End every session and API token of somebody else's account; returns how many sessions there were."""
    with only_one("accounts"):
        user = kept_by(by, user_id)
        ended = sessions.end_all(user.pk)
        end_tokens(user.pk)
        tell(by, user, "access.sessions_ended", count=ended)
        return ended


def unlock(*, by: Viewer, user_id: int) -> None:
    """Let an account try again at once after too many wrong tries, of passwords or of second codes."""
    from axes.utils import reset

    with only_one("accounts"):
        user = kept_by(by, user_id)
        reset(username=user.username)
        second_factor.forgive(user.pk)
        tell(by, user, "access.unlocked")


def kept_by(by: Viewer, user_id: int) -> User:
    """The account, where the doer may look after it; refused else (`Absent` where they may not even see it)."""
    by.require_anywhere(Capability.ACCOUNTS)
    user = User.objects.filter(pk=user_id).first() if 0 < user_id < 2**63 else None
    if user is None:
        raise Absent("access.no_account", username="")
    held = facts_of(by, decisive(user_id, by.today))
    everywhere = by.may_everywhere(Capability.ACCOUNTS)
    if problem := rules.why_not_keep(by.user_id, user.pk, held, everywhere=everywhere):
        raise problem
    return user


def decisive(user_id: int, today: date) -> list[RoleGrant]:
    """The roles that decide who looks after an account: those held and to come, else those that ended last."""
    held = present_and_later(user_id, today)
    if held:
        return held
    past = list(RoleGrant.objects.everywhere(because=_WHOLE).filter(user_id=user_id).order_by("-until", "pk"))
    return [one for one in past if one.until == past[0].until]


def present_and_later(user_id: int, today: date) -> list[RoleGrant]:
    """Roles held today, and those that begin later; by beginning. One query."""
    grants = RoleGrant.objects.everywhere(because=_WHOLE).filter(user_id=user_id)
    return list((grants.filter(valid_on(today)) | grants.filter(since__gt=today)).order_by("since", "pk"))


def facts_of(by: Viewer, held: list[RoleGrant]) -> list[rules.Held]:
    """The roles as the rules see them. One query for sets of the installation's own, one for the tree."""
    sets = role_sets(one.role for one in held)
    tree = reach_tree(by.today)
    return [_fact(by, tree, sets.get(one.role), one.unit_id) for one in held]


def _fact(by: Viewer, tree: Tree, role: RoleSet | None, unit_id: int) -> rules.Held:
    at = tree.find(unit_id)
    mine = frozenset(c for c in Capability if at is not None and by.reach(c).covers(at))
    return rules.Held(role.may if role else frozenset(), Capability.ACCOUNTS in mine, mine)


def _give(by: Viewer, user: User, giving: Giving) -> RoleGrant:
    role = one_role(giving.role)
    fact = _fact(by, reach_tree(by.today), role, giving.unit_id)
    if problem := rules.why_not_give(by.user_id, user.pk, fact, giving.since, giving.until, by.today):
        raise problem
    if not role.holds(max(giving.since, by.today)):
        raise Refused("access.role_retired", field="role")
    place = one_unit(by, giving.unit_id, by.today)
    if place.closed_on is not None:
        raise Refused("org.already_closed", field="unit", unit=place.id, day=place.closed_on)
    again = RoleGrant.objects.everywhere(because=_WHOLE).filter(user=user, unit_id=place.id, role=role.code)
    if any(overlap(one, giving) for one in again):
        raise Refused("access.already_held", field="role")
    given = grant(by=by, user=user, role=role.code, unit_id=place.id, since=giving.since, until=giving.until)
    given.must_lie_inside(by.reach(Capability.ACCOUNTS))
    return given


def overlap(one: RoleGrant, giving: Giving) -> bool:
    starts_before_end = giving.until is None or one.since < giving.until
    return starts_before_end and (one.until is None or giving.since < one.until)


def _open_account(by: Viewer, user_id: int) -> User:
    """An open account the doer may see, by one of its roles or because they reach everything."""
    by.require_anywhere(Capability.ACCOUNTS)
    user = User.objects.filter(pk=user_id, is_active=True).first() if 0 < user_id < 2**63 else None
    if user is None or not is_seen(by, user.pk):
        raise Absent("access.no_account", username="")
    return user


def is_seen(by: Viewer, user_id: int) -> bool:
    """Whether an account may be looked at: a role of it, of whatever time, lies in reach. One query at most."""
    if by.may_everywhere(Capability.ACCOUNTS):
        return True
    return RoleGrant.objects.visible_to(by.reach(Capability.ACCOUNTS)).filter(user_id=user_id).exists()


def _new_code(by: Viewer, user: User) -> str:
    if not user.is_active:
        raise Refused("access.account_is_closed")
    tell(by, user, "access.code_given")
    return new_one_time_code(user, valid_for=CODE_VALID_FOR)


def save_seen(user: User, seen_version: int, *fields: str) -> None:
    """Write these fields where nobody changed the account since it was read; `Stale` else."""
    values = {name: getattr(user, name) for name in fields}
    if not User.objects.filter(pk=user.pk, version=seen_version).update(**values, version=seen_version + 1):
        raise Stale("db.stale", kind="user")
    user.version = seen_version + 1


def tell(by: Viewer, user: User, verb: str, **facts: int) -> None:
    """Journal a deed in each unit whose role decided, once; in the highest unit for an account without any."""
    units: Iterable[int] = dict.fromkeys(one.unit_id for one in decisive(user.pk, by.today)) or [topmost(by.today)]
    for unit_id in units:
        record(verb, by=by, unit_id=unit_id, about=user, **facts)


def topmost(today: date) -> int:
    """The unit at the head of today's tree, where what concerns the whole installation is journalled."""
    tree = reach_tree(today)
    if not len(tree.shape.unit_ids):
        raise Absent("org.no_unit", unit="")
    return int(tree.shape.unit_ids[0])


@contextmanager
def keeping_an_administrator(by: Viewer) -> Iterator[None]:
    """One at a time; at the end somebody must administer the whole installation where somebody did before."""
    with only_one("accounts"):
        before = administrators(by.today)
        yield
        if before and not administrators(by.today):
            raise Refused("access.last_administrator")


def administrators(today: date) -> list[int]:
    """The open accounts that hold, for good, a role with `TOPMOST` over the whole installation. A few queries."""
    grants = list(
        RoleGrant.objects.everywhere(because=_WHOLE)
        .filter(valid_on(today), until__isnull=True, unit_id=topmost(today))
        .values_list("user_id", "role")
    )
    sets = role_sets(role for _, role in grants)
    able = {user for user, role in grants if role in sets and sets[role].holds(today) and sets[role].may >= TOPMOST}
    return list(User.objects.filter(pk__in=able, is_active=True).values_list("pk", flat=True))
