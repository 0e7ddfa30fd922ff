"""Who is told what: exactly the things of My work whose reminder is due, wherever they lie; and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from chithi.access.actions import grant, open_account
from chithi.access.models import User
from chithi.access.roles import Role
from chithi.access.viewers import viewer_for
from chithi.core.periods import parse
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
from chithi.jobs.actions import ask
from chithi.jobs.holders import me
from chithi.jobs.running import run_some
from chithi.org import transfers
from chithi.org.models import Membership
from chithi.tasks.actions import Word, finish
from chithi.tasks.models import Task
from chithi.work import notices, reminding
from chithi.work.deeds import DEEDS
from chithi.work.models import Notice
from chithi.work.queries import due_items
from chithi.work.rules import stage
from tests.mail_catcher import catching
from tests.task_world import post_in, task_in
from tests.worlds import BEGAN, TODAY, World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
UNITS = ("T", "A", "B", "A1", "A2", "B1", "A11", "A12", "A21", "B11")


@pytest.fixture
def world(world: World) -> World:
    """With a person who owns work and holds no role, and one who holds nothing and owns nothing."""
    for name in ("xa", "trong"):
        world.users[name] = open_account(username=name, name=name.title())
    return world


def morning(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(reminding, "today", lambda: day)
    with transaction.atomic():
        ask("work.remind", day.isoformat(), {"day": day.isoformat()})
    while run_some([deed for deed in DEEDS if deed.name.startswith("work.")], me(), 100):
        pass


def due_of(user: User, day: date) -> set[tuple[str, str]]:
    """The things of somebody's My work whose reminder is due, with that reminder."""
    staged = {(item.name, stage(item.due_on, day)) for item in due_items(viewer_for(user, day), day)}
    return {(name, at) for name, at in staged if at}


def told(user: User) -> set[tuple[str, str]]:
    rows = Notice.objects.everywhere(because=BECAUSE).filter(user_id=user.pk)
    return set(rows.values_list("item", "stage"))


def given_about(world: World, dice: Random) -> None:
    """Tasks anywhere, of people who hold roles anywhere, helped with from anywhere; a period in use; a transfer."""
    owners = [post_in(world, dice.choice(UNITS), account=name) for name in ("lan", "hoa", "minh", "xa")]
    for number in range(12):
        owner = dice.choice(owners)
        code = next(code for code in UNITS if world.unit(code) == owner.unit_id)
        due = TODAY + timedelta(days=dice.randint(-40, 12))
        helpers = {world.unit(one) for one in dice.sample(UNITS, 2)} - {owner.unit_id}
        task_in(
            world, code, owner=owner, helpers=tuple(sorted(helpers)), title=f"Việc {number}",
            since=due - timedelta(days=30), due_on=due,
        )  # fmt: skip
    rebuild(period_row(parse("2026-Q3")))
    add_members(world.units["A21"], 1)
    stay = Membership.objects.everywhere(because=BECAUSE).get(unit_id=world.unit("A21"))
    transfers.propose(
        by=world.viewer("an"), membership_id=stay.pk, seen_version=1, to_unit_id=world.unit("A11"), on=TODAY
    )


@pytest.mark.parametrize("seed", range(4))
def test_each_thing_of_my_work_whose_day_comes_is_told_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    given_about(world, Random(seed))
    so_far: dict[str, set[tuple[str, str]]] = {name: set() for name in world.users}
    for day in (TODAY, TODAY + timedelta(days=4)):
        morning(monkeypatch, day)
        for name, user in world.users.items():
            so_far[name] |= due_of(user, day)
            assert told(user) == so_far[name], f"{name}, {day}"
            shown = {(row.item, row.stage) for row in notices.of_reader(viewer_for(user, day))}
            assert shown >= due_of(user, day), "what is told can be looked at"
    assert so_far["xa"], "somebody without a role, who owns work"
    assert not so_far["trong"]


def test_whoever_owns_a_task_out_of_their_reach_is_told_and_written_to(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    task = task_in(world, "B11", owner=post_in(world, "B11", account="lan"), due_on=TODAY + timedelta(days=2))
    User.objects.filter(username="lan").update(email="lan@commune.example")
    with catching(settings) as post:
        morning(monkeypatch, TODAY)
    assert "Làm: Lập kế hoạch của B11" in post.plain()
    lan = world.viewer("lan")
    (notice,) = [row for row in notices.page_of(lan, 1)[0] if row.item.startswith("tasks.")]
    assert notice.address == f"/nhiem-vu/{task.pk}/tien-do/"
    assert notices.read(by=lan, notice_id=notice.pk).read_at is not None
    assert told(world.users["hoa"]) == told(world.users["dung"]) == set()


def test_a_unit_that_helps_with_a_task_from_elsewhere_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    task_in(world, "B11", helpers=(world.unit("A12"),), due_on=TODAY + timedelta(days=1))
    morning(monkeypatch, TODAY)
    assert {item.split(":")[0] for item, _ in told(world.users["hoa"])} == {"tasks.help"}
    assert told(world.users["lan"]) == set()


def test_a_notice_from_out_of_reach_goes_with_the_thing_and_is_counted_no_longer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, post = world.users["lan"], post_in(world, "B11", account="lan")
    task = task_in(world, "B11", owner=post, due_on=TODAY + timedelta(days=2))
    morning(monkeypatch, TODAY)
    assert (notices.of_reader(world.viewer("lan")).count(), unread(lan)) == (1, 1)
    finish(by=world.viewer("chau"), task_id=task.pk, seen_version=task.version, word=Word(TODAY, 100, "Xong"))
    assert Task.objects.everywhere(because=BECAUSE).get().finished_on == TODAY
    assert notices.of_reader(world.viewer("lan")).count() == 0
    morning(monkeypatch, TODAY + timedelta(days=1))
    assert unread(lan) == 0


def test_a_notice_within_reach_stays_when_its_thing_is_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_in(world, "A11", owner=post_in(world, "A11", account="lan"), due_on=TODAY + timedelta(days=2))
    morning(monkeypatch, TODAY)
    finish(by=world.viewer("lan"), task_id=task.pk, seen_version=task.version, word=Word(TODAY, 100, "Xong"))
    morning(monkeypatch, TODAY + timedelta(days=1))
    assert (notices.of_reader(world.viewer("lan")).count(), unread(world.users["lan"])) == (1, 1)


def test_two_roles_in_one_place_are_told_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    grant(by=None, user=world.users["lan"], role=Role.CLERK, unit_id=world.unit("A1"), since=BEGAN)
    task_in(world, "A11", owner=post_in(world, "A11", account="lan"), due_on=TODAY)
    morning(monkeypatch, TODAY)
    rows = Notice.objects.everywhere(because=BECAUSE).filter(user_id=world.users["lan"].pk)
    assert rows.filter(item__startswith="tasks.finish").count() == 1


def unread(user: User) -> int:
    return User.objects.values_list("unread", flat=True).get(pk=user.pk)
