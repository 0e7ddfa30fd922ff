"""Names in what is said of work are gone with the person; files that hold one lose what they hold; namesakes stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models

from chithi.access.viewers import today
from chithi.core.errors import Absent
from chithi.files.checks import brought
from chithi.files.models import Content
from chithi.following.evidence import put_to, shown_with
from chithi.following.kinds import Followed
from chithi.following.models import Evidence, Progress
from chithi.org.actions import merge
from chithi.org.models import Membership, Person, Post
from chithi.org.spelling import respell_people
from chithi.privacy.actions import apply_rules, set_rule
from chithi.privacy.due import due
from chithi.privacy.forgetting import forget_people
from chithi.privacy.kinds import Kept
from chithi.privacy.rules import pseudonym
from chithi.privacy.work_texts import SAID
from chithi.tasks.evidence import file_of
from chithi.tasks.models import DeadlineChange, Explanation, Helper, Step, Suspension, Task
from chithi.text.vietnamese import fold
from tests.everything_said import mentions
from tests.pictures_brought import jpg
from tests.task_world import again, task_in
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
WHY = "a test looks at what was kept"
NAME = "Tạ Quang Khuyết"
LEFT = date(2012, 6, 1)


def person(world: World, code: str, until: date | None = LEFT, name: str = NAME) -> Person:
    someone = Person.objects.create(name=name, folded=fold(name))
    since = date(2005, 1, 1)
    Membership.objects.create(person=someone, unit=world.units[code], since=since, until=until)
    Post.objects.create(person=someone, unit=world.units[code], title="Phó bí thư", since=since, until=until)
    respell_people([someone.pk])
    return someone


def spoken(world: World, code: str) -> Task:
    """A task about which everything that can be said names somebody."""
    unit, said = world.unit(code), f"đồng chí {NAME.upper()} chưa làm"
    task = task_in(world, code, title=f"Giúp {NAME} lập sổ", product=said)
    Step.objects.create(unit_id=unit, task=task, title=said, due_on=TODAY)
    DeadlineChange.objects.create(unit_id=unit, task=task, old=TODAY, new=TODAY, reason=said, answer=said)
    Suspension.objects.create(unit_id=unit, task=task, since=TODAY, reason=said)
    Explanation.objects.create(
        unit_id=unit, task=task, question=said, asked_on=TODAY, due_on=TODAY, answer=said, verdict=said
    )
    word(task, said)
    return task


def word(task: Task, said: str, *files: tuple[bytes, str]) -> Progress:
    made = Progress.objects.create(
        unit_id=task.unit_id, kind=Followed.TASK, about_id=task.pk, on=TODAY, note=said, evidence=said
    )
    put_to(made, [brought(data, name) for data, name in files])
    return made


def test_no_text_of_work_in_their_unit_names_somebody_who_was_forgotten(world: World) -> None:
    gone = person(world, "A11")
    task = spoken(world, "A11")
    assert {"tasks_task.title", "tasks_explanation.answer", "following_progress.note"} <= mentions(NAME)
    forget_people([gone.pk], TODAY)
    assert mentions(NAME) == set()
    assert again(task).title == f"Giúp {pseudonym(gone.key)} lập sổ"


def test_where_a_namesake_was_too_only_their_own_tasks_are_reworded(world: World) -> None:
    gone, _namesake = person(world, "A11"), person(world, "A11", until=None)
    other, own, helped = spoken(world, "A11"), spoken(world, "B11"), spoken(world, "A12")
    personal, aided = spoken(world, "A21"), spoken(world, "A2")
    told = word(own, "x", (f"Biên bản: {NAME} vắng".encode(), "a.txt"))
    held = Post.objects.everywhere(because=WHY).get(person_id=gone.pk)
    Helper.objects.create(unit_id=world.unit("A11"), task=helped, person=gone)
    Helper.objects.create(unit_id=world.unit("A11"), task=aided, post=held)
    tasks = Task.objects.everywhere(because=WHY)
    tasks.filter(pk=own.pk).update(owner_post_id=held.pk)
    tasks.filter(pk=personal.pk).update(owner_post_id=None, owner_person_id=gone.pk)
    forget_people([gone.pk], TODAY)
    assert NAME in again(other).title
    for task in (own, helped, personal, aided):
        assert NAME not in again(task).title
        words = Progress.objects.everywhere(because=WHY).filter(about_id=task.pk)
        assert not [one for one in words if NAME.upper() in one.note + one.evidence]
    assert [one.gone for one in shown_with([told.pk])[told.pk]] == [True]


def test_a_task_of_one_that_names_another_loses_both_names_and_its_file(world: World) -> None:
    owner, beside = person(world, "A11"), person(world, "B11", name="Phùng Thế Vắng")
    task = spoken(world, "B11")
    Helper.objects.create(unit_id=world.unit("A11"), task=task, person=owner)
    told = word(task, beside.name, (f"Biên bản: {beside.name} vắng".encode(), "a.txt"))
    forget_people([owner.pk, beside.pk], TODAY)
    assert mentions(NAME) == mentions(beside.name) == set()
    assert [one.gone for one in shown_with([told.pk])[told.pk]] == [True]


def test_what_passed_to_an_heir_names_nobody_who_was_where_it_came_from(world: World) -> None:
    gone = person(world, "A11")
    task = spoken(world, "A11")
    told = word(task, "x", (f"Biên bản: {NAME} vắng".encode(), "a.txt"))
    merge(by=world.viewer("an"), unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=TODAY)
    assert again(task).unit_id == world.unit("A12")
    forget_people([gone.pk], TODAY)
    assert mentions(NAME) == set()
    assert [one.gone for one in shown_with([told.pk])[told.pk]] == [True]


def test_where_somebody_held_a_post_alone_their_name_goes_too(world: World) -> None:
    gone = person(world, "A11")
    Membership.objects.everywhere(because=WHY).filter(person_id=gone.pk).update(unit_id=world.unit("A12"))
    spoken(world, "A11")
    forget_people([gone.pk], TODAY)
    assert mentions(NAME) == set()


def test_units_in_which_somebody_never_was_keep_their_texts(world: World) -> None:
    gone = person(world, "A11")
    task = spoken(world, "A12")
    forget_people([gone.pk], TODAY)
    assert NAME in again(task).title


def test_a_file_that_names_them_loses_what_it_holds_and_others_stay(world: World) -> None:
    gone = person(world, "A11")
    task = task_in(world, "A11")
    told = word(
        task, "x", (f"Biên bản: {NAME} vắng".encode(), f"vang {NAME}.txt"), (b"khac", "b.txt"), (jpg(), "c.jpg")
    )
    forget_people([gone.pk], TODAY)
    first, second, third = shown_with([told.pk])[told.pk]
    assert [one.gone for one in (first, second, third)] == [True, False, False]
    assert first.name == f"vang {pseudonym(gone.key)}.txt"
    assert Content.objects.count() == 2
    assert mentions(NAME) == set()
    with pytest.raises(Absent):
        file_of(world.viewer("lan"), first.id)


def test_files_are_kept_as_long_as_the_rule_says(world: World) -> None:
    task = task_in(world, "A11")
    old, new = word(task, "cũ", (b"cu", "cu.txt")), word(task, "mới", (b"moi", "moi.txt"))
    rows = Evidence.objects.everywhere(because=WHY)
    long_ago = today() - timedelta(days=800)
    kept = rows.get(progress_id=old.pk)
    rows.filter(pk=kept.pk).update(at=kept.at - timedelta(days=800))
    assert due(Kept.EVIDENCE_FILE, 24, long_ago, None) == []
    an = world.viewer("an", today())
    assert apply_rules(by=an, kinds=(Kept.EVIDENCE_FILE,)) == {}, "kept for ever as it ships"
    set_rule(by=an, kind=Kept.EVIDENCE_FILE, months=24, automatic=False, basis="", seen_rule=0)
    assert apply_rules(by=an, kinds=(Kept.EVIDENCE_FILE,)) == {Kept.EVIDENCE_FILE: 1}
    assert [shown_with([one.pk])[one.pk][0].gone for one in (old, new)] == [True, False]
    assert [bytes(one.data) for one in Content.objects.all()] == [b"moi"]
    assert apply_rules(by=an, kinds=(Kept.EVIDENCE_FILE,)) == {}


def test_every_text_of_work_is_known() -> None:
    """A new table or column with words of people about work is listed in `chithi.privacy.work_texts.SAID`."""
    closed = {
        "tasks.Task.folded", "tasks.Task.origin_kind", "following.Progress.kind", "following.Evidence.kind",
        "duties.DutyList.name", "duties.DutyList.sign", "duties.Duty.wording", "duties.Duty.code",
    }  # fmt: skip
    for label in ("tasks", "following", "duties", "routine"):
        for model in apps.get_app_config(label).get_models():
            texts = [
                field.name
                for field in model._meta.get_fields()
                if isinstance(field, models.CharField | models.TextField)
                and not field.choices
                and (field.max_length or 999) >= 100
            ]
            known = SAID.get(model, ())  # type: ignore[arg-type]  # any model may be asked about
            missing = [one for one in texts if one not in known and f"{model._meta.label}.{one}" not in closed]
            assert not missing, f"{model._meta.label}: {missing}"
