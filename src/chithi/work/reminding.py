"""Telling people in time: once for each person, thing and stage, on the page and, as they choose, by letter.

Each morning one piece of work asks for one more for each account; that one reads what the account has to do, writes the
notices and asks for one letter that holds them all. On Mondays likewise the weekly letters. What a letter says is
looked up when it is sent: nothing that is done by then, and nothing to an account that is closed. Whether somebody may
be told of a thing is asked nowhere else than in My work: what stands there is told, wherever it lies, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db.models import Q
from django.urls import reverse

from chithi.access.models import RoleGrant, User
from chithi.access.viewers import today, viewer_for
from chithi.core.due import DueItem
from chithi.db.viewer import Viewer
from chithi.jobs.actions import ask, ask_all
from chithi.jobs.letters import is_set_up, send
from chithi.jobs.running import Asked, Deed, Write
from chithi.org.models import valid_on
from chithi.org.places import remembering
from chithi.work.choices import choices
from chithi.work.kinds import How, Topic, topic_of
from chithi.work.letters import reminder, weekly
from chithi.work.models import Notice
from chithi.work.notices import looked_at, recount, unseen_and_gone
from chithi.work.queries import due_items
from chithi.work.rules import stage

_OWN = "somebody's own notices"
_WHO = "who holds a role is reminded of what it asks for"


def _each(deed: str, asked: Asked) -> Write:
    """One more piece of work for each open account that holds a role today or belongs to a person, who may own work."""
    holding = RoleGrant.objects.everywhere(because=_WHO).filter(valid_on(today())).values("user_id")
    users = User.objects.filter(Q(pk__in=holding) | Q(person__isnull=False), is_active=True)
    if deed == DIGEST_ONE.name:
        users = users.exclude(email="") if is_set_up() else users.none()
    known = list(users.order_by("pk").values_list("pk", flat=True))
    return lambda: ask_all(deed, [(f"{asked.key}:{pk}", {"user": pk, "day": asked.facts["day"]}) for pk in known])


def _remind(asked: Asked) -> Write | None:
    """The notices of one account: those of My work whose stage has come and that were not written yet."""
    with remembering():
        user, viewer = _reader(asked)
        if user is None or viewer is None:
            return None
        wanted, day = choices(user.pk), viewer.today
        staged = [(item, stage(item.due_on, day)) for item in due_items(viewer, day)]
        told = [(one, at) for one, at in staged if at and wanted[topic_of(one.kind)] in (How.MAIL, How.APP)]
        names = [one.name for one, _ in told]
        before = Notice.objects.everywhere(because=_OWN).filter(user_id=user.pk, item__in=names)
        known = set(before.values_list("item", "stage"))
        gone = unseen_and_gone(viewer)
    by_mail = bool(user.email) and is_set_up()
    new = [
        _notice(user.pk, one, at, day if by_mail and wanted[topic_of(one.kind)] is How.MAIL else None)
        for one, at in told
        if (one.name, at) not in known
    ]
    return partial(_tell, user.pk, new, gone) if new or gone else None


def _notice(user_id: int, one: DueItem, at: str, mail_on: date | None) -> Notice:
    return Notice(
        unit_id=one.unit_id,
        user_id=user_id,
        item=one.name,
        stage=at,
        what_vi=one.what.vi[:300],
        what_en=one.what.en[:300],
        due_on=one.due_on,
        address=reverse(one.route, args=one.args),
        mail_on=mail_on,
    )


def _tell(user_id: int, new: list[Notice], gone: list[int]) -> None:
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    looked_at(gone)
    recount([user_id])
    for day in {one.mail_on for one in new if one.mail_on}:
        ask(LETTER.name, f"{day.isoformat()}:{user_id}", {"user": user_id, "day": day.isoformat()})


def _letter(asked: Asked) -> Write | None:
    """The letter of a day: its notices that still are to be done."""
    with remembering():
        user, viewer = _reader(asked)
        if user is None or viewer is None or not user.email or not is_set_up():
            return None
        open_now = {item.name for item in due_items(viewer, viewer.today)}
        mine = Notice.objects.everywhere(because=_OWN).filter(user_id=user.pk)
        rows = mine.filter(mail_on=date.fromisoformat(asked.facts["day"])).order_by("due_on", "pk")
        told = [row for row in rows if row.item in open_now]
    return partial(send, reminder(user, told, viewer.today), asked) if told else None


def _digest(asked: Asked) -> Write | None:
    """The weekly letter of one account; none where nothing is due."""
    with remembering():
        user, viewer = _reader(asked)
        if user is None or viewer is None or not user.email or not is_set_up():
            return None
        wanted = choices(user.pk)
        if wanted[Topic.WEEKLY] is How.OFF:
            return None
        items = _wanted(due_items(viewer, viewer.today), wanted)
    return partial(send, weekly(user, items, viewer.today), asked) if items else None


def _wanted(items: Iterable[DueItem], wanted: dict[Topic, How]) -> list[DueItem]:
    return [one for one in items if wanted[topic_of(one.kind)] is not How.OFF]


def _reader(asked: Asked) -> tuple[User | None, Viewer | None]:
    """The account with the reach it has now; None twice where it is closed."""
    user = User.objects.filter(pk=asked.facts["user"], is_active=True).first()
    return (user, viewer_for(user, today())) if user else (None, None)


REMIND_ONE = Deed("work.remind_one", _remind)
DIGEST_ONE = Deed("work.digest_one", _digest, outward=True)
LETTER = Deed("work.letter", _letter, outward=True)
REMIND = Deed("work.remind", partial(_each, REMIND_ONE.name), every="daily")
DIGEST = Deed("work.digest", partial(_each, DIGEST_ONE.name), every="weekly")
