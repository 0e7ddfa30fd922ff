"""Units, posts and people that help with a task: who may be named, who sees it then, what follows a hand-over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chithi.core.errors import Absent, Refused
from chithi.org.models import Handover, Person, Post
from chithi.tasks import due
from chithi.tasks.actions import Said, change
from chithi.tasks.ground import readable_task
from chithi.tasks.handed import tasks_follow
from chithi.tasks.heirs import heir_takes_over
from chithi.tasks.helping import Helping, set_helpers, who_help
from chithi.tasks.models import Helper, Task
from tests.task_world import again, post_in, task_in
from tests.worlds import TODAY, World, add_members, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def account_of(world: World, name: str, person: Person) -> None:
    world.users[name].person_id = person.pk
    world.users[name].save(update_fields=["person"])


def helping(task: Task) -> set[tuple[int, int | None, int | None]]:
    rows = Helper.objects.everywhere(because=LOOK).filter(task_id=task.pk)
    return set(rows.values_list("unit_id", "post_id", "person_id"))


def kinds_of(world: World, name: str) -> list[str]:
    return [item.kind for item in due.of_person(world.viewer(name), TODAY)]


def test_a_post_elsewhere_helps_and_whoever_holds_it_sees_the_task(world: World) -> None:
    post = post_in(world, "B11", account="hoa")
    task = task_in(world, "A11", helping_posts=(post.pk,))
    assert helping(task) == {(world.unit("B11"), post.pk, None)}
    assert readable_task(world.viewer("hoa"), task.pk).pk == task.pk
    assert kinds_of(world, "hoa") == ["tasks.help"]
    account_of(world, "hoa", post_in(world, "A12").person)
    with pytest.raises(Absent):
        readable_task(world.viewer("hoa"), task.pk)
    assert kinds_of(world, "hoa") == []


def test_a_person_helps_in_person_and_their_unit_does_not_see_the_task(world: World) -> None:
    (member,) = add_members(world.units["A12"], 1)
    task = task_in(world, "A11", by="minh", helping_people=(member.pk,))
    assert helping(task) == {(world.unit("A12"), None, member.pk)}
    with pytest.raises(Absent):
        readable_task(world.viewer("hoa"), task.pk)
    account_of(world, "hoa", member)
    assert readable_task(world.viewer("hoa"), task.pk)
    assert kinds_of(world, "hoa") == ["tasks.help"]


def test_helping_is_no_right_to_write(world: World) -> None:
    task = task_in(world, "A11", helping_posts=(post_in(world, "B11", account="hoa").pk,))
    said = Said("Đổi lời", task.since, task.due_on, post=task.owner_post_id)
    with pytest.raises((Absent, Refused)):
        change(by=world.viewer("hoa"), task_id=task.pk, seen_version=task.version, said=said)


@pytest.mark.parametrize("who", ["post beside", "person beside", "ended", "nobody"])
def test_who_is_not_in_sight_cannot_be_named(world: World, who: str) -> None:
    ended = post_in(world, "A11")
    ended.until = TODAY
    ended.save()
    named = {
        "post beside": Helping(posts=(post_in(world, "A12").pk,)),
        "person beside": Helping(people=(add_members(world.units["A12"], 1)[0].pk,)),
        "ended": Helping(posts=(ended.pk,)),
        "nobody": Helping(people=(999_999,)),
    }
    task = task_in(world, "A11", by="lan")
    with pytest.raises(Absent) as found:
        set_helpers(world.viewer("lan"), task, named[who])
    assert (found.value.code, found.value.field) == ("tasks.no_helper", "helpers")
    assert not helping(task)


def test_who_helped_before_may_stay_though_they_left(world: World) -> None:
    post = post_in(world, "A11")
    task = task_in(world, "A11", by="lan", helping_posts=(post.pk,))
    post.until = TODAY
    post.save()
    set_helpers(world.viewer("lan"), task, Helping(posts=(post.pk,)))
    assert helping(task) == {(world.unit("A11"), post.pk, None)}
    (line,) = who_help(world.viewer("lan"), task)
    assert (line.choice, line.ended) == (f"p{post.pk}", True)


def test_whoever_words_a_task_anew_leaves_people_they_cannot_name(world: World) -> None:
    beside, (member,) = post_in(world, "B11"), add_members(world.units["A11"], 1)
    task = task_in(world, "A11", by="minh", helping_people=(member.pk,))
    Helper.objects.create(unit_id=world.unit("B11"), task=task, post=beside)
    set_helpers(world.viewer("minh"), task, Helping())
    assert helping(task) == {(world.unit("B11"), beside.pk, None)}


def test_a_unit_and_somebody_of_it_may_both_help(world: World) -> None:
    post = post_in(world, "A12")
    task = task_in(world, "A11", helpers=(world.unit("A12"),), helping_posts=(post.pk,))
    assert helping(task) == {(world.unit("A12"), None, None), (world.unit("A12"), post.pk, None)}


def test_helping_follows_a_post_that_is_handed_over(world: World) -> None:
    held = post_in(world, "A12")
    taker = Person.objects.create(name="Người nhận", folded="nguoi nhan")
    taken = Post.objects.create(person=taker, unit=world.units["A12"], title=held.title, since=TODAY)
    running, done = (task_in(world, "A11", helping_posts=(held.pk,)) for _ in range(2))
    done.finished_on = TODAY
    done.save()
    handover = Handover(unit_id=held.unit_id, post=held, giver_id=held.person_id, taker_id=taker.pk, on=TODAY)
    tasks_follow(handover, taken, world.viewer("minh"))
    assert helping(running) == {(held.unit_id, taken.pk, None)}
    assert helping(done) == {(held.unit_id, held.pk, None)}


def test_helpers_of_a_unit_that_closes_pass_to_its_heir(world: World) -> None:
    post = post_in(world, "A12")
    task = task_in(world, "B11", helpers=(world.unit("A12"), world.unit("A11")), helping_posts=(post.pk,))
    heir_takes_over(world.unit("A12"), world.unit("A11"), TODAY + timedelta(days=1))
    assert {(world.unit("A11"), None, None), (world.unit("A11"), post.pk, None)} <= helping(task)
    assert again(task).unit_id == world.unit("B11")


def test_more_helpers_than_may_be_are_refused(world: World) -> None:
    members = add_members(world.units["A11"], 21)
    with pytest.raises(Refused) as found:
        task_in(world, "A11", by="minh", helping_people=tuple(one.pk for one in members))
    assert found.value.code == "tasks.too_many_helpers"
