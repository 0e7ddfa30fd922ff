"""Files that show what was said of a task: kept once, without what cameras wrote, given to whoever sees the task."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused
from chithi.files.actions import forget_unused
from chithi.files.checks import Brought, brought
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.following.evidence import shown_with
from chithi.following.models import Evidence, Progress
from chithi.following.rules import why_not_files
from chithi.tasks.actions import Word, finish, report
from chithi.tasks.evidence import file_of
from chithi.tasks.models import Task
from chithi.tasks.queries import one_task
from tests.pictures_brought import SECRET, jpg
from tests.task_world import again, post_in, task_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def told(world: World, task: Task, *files: Brought, by: str = "lan") -> Progress:
    return report(by=world.viewer(by), task_id=task.pk, word=Word(TODAY, files=files))


def only(word: Progress) -> int:
    (shown,) = shown_with([word.pk])[word.pk]
    return shown.id


def test_a_photo_alone_says_something_and_holds_no_place(world: World) -> None:
    task = task_in(world, "A11")
    word = told(world, task, brought(jpg(6), "IMG_1.JPG"))
    shown, data = file_of(world.viewer("minh"), only(word))
    assert (shown.name, shown.kind, shown.size) == ("IMG_1.jpg", FileKind.JPG, len(data))
    assert SECRET not in data
    page = one_task(world.viewer("lan"), task.pk)
    assert [one.name for one in page.evidence[word.pk]] == ["IMG_1.jpg"]


def test_nothing_at_all_still_says_nothing(world: World) -> None:
    with pytest.raises(Refused) as found:
        told(world, task_in(world, "A11"))
    assert found.value.code == "following.says_nothing"


def test_the_same_bytes_are_kept_once_whoever_brings_them(world: World) -> None:
    file = brought("Biên bản".encode(), "a.txt")
    first, second = task_in(world, "A11"), task_in(world, "A12")
    one = told(world, first, file, brought("Biên bản".encode(), "b.txt"))
    other = told(world, second, file, by="hoa")
    assert Content.objects.count() == 1
    assert [len(shown_with([word.pk])[word.pk]) for word in (one, other)] == [1, 1]


def test_a_file_of_a_unit_beside_or_of_nobody_is_not_there(world: World) -> None:
    kept = only(told(world, task_in(world, "A11"), brought("riêng".encode(), "a.txt")))
    for name in ("lan", "minh", "dung", "chau"):
        assert file_of(world.viewer(name), kept)[1] == "riêng".encode()
    for number in (kept, 0, -1, 2**63, 10**30):
        with pytest.raises(Absent):
            file_of(world.viewer("hoa"), number)


def test_an_owner_has_the_file_wherever_their_task_lies(world: World) -> None:
    task = task_in(world, "B11", owner=post_in(world, "B11", account="hoa"))
    kept = only(told(world, task, brought("riêng".encode(), "a.txt"), by="hoa"))
    assert file_of(world.viewer("hoa"), kept)
    with pytest.raises(Absent):
        file_of(world.viewer("lan"), kept)


def test_a_second_sending_brings_no_second_file(world: World) -> None:
    task, file = task_in(world, "A11"), brought("một".encode(), "a.txt")
    key = task.key
    sent = [report(by=world.viewer("lan"), task_id=task.pk, word=Word(TODAY, 5, files=(file,)), key=key) for _ in "12"]
    assert sent[0].pk == sent[1].pk
    assert Evidence.objects.everywhere(because=LOOK).count() == 1


def test_the_end_is_shown_by_files_too(world: World) -> None:
    task = task_in(world, "A11")
    done = Word(TODAY, files=(brought("kết quả".encode(), "kq.txt"),))
    finish(by=world.viewer("lan"), task_id=task.pk, seen_version=again(task).version, word=done)
    (shown,) = one_task(world.viewer("minh"), task.pk).evidence.values()
    assert shown[0].name == "kq.txt"
    assert again(task).share == 100


def test_too_many_files_at_once_are_refused_and_nothing_is_kept(world: World) -> None:
    task = task_in(world, "A11")
    with pytest.raises(Refused) as found:
        told(world, task, *(brought(b"x%d" % number, f"{number}.txt") for number in range(6)))
    assert (found.value.code, found.value.field) == ("following.too_many_files", "attached")
    assert not Progress.objects.everywhere(because=LOOK).exists()
    assert not Content.objects.exists()


def test_files_too_large_together_are_refused() -> None:
    assert why_not_files([20_000_000, 20_000_000]) is None
    problem = why_not_files([20_000_000, 20_000_000, 1])
    assert problem is not None
    assert (problem.code, problem.field) == ("following.too_much_at_once", "attached")


def test_what_a_task_shows_is_not_dropped_with_a_document_that_had_the_same_file(world: World) -> None:
    word = told(world, task_in(world, "A11"), brought(b"chung", "a.txt"))
    content = Content.objects.get()
    forget_unused([content.pk])
    assert file_of(world.viewer("lan"), only(word))[1] == b"chung"


def test_a_file_without_content_says_since_when(world: World) -> None:
    word = told(world, task_in(world, "A11"), brought(b"chung", "a.txt"))
    rows = Evidence.objects.everywhere(because=LOOK).filter(progress_id=word.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(content_id=None)
    rows.update(content_id=None, withheld_on=TODAY)
    with pytest.raises(Absent) as found:
        file_of(world.viewer("lan"), only(word))
    assert found.value.code == "following.file_gone"
