"""Two people who act at the same moment: the second is answered as if they had come later. PostgreSQL only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from chithi.core.errors import Refused
from chithi.directives import actions as documents
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Attachment, Descent, Directive, DirectiveLink, SoughtWords
from chithi.directives.rules import Written
from chithi.directives.tying import attach, link
from chithi.files.checks import brought
from chithi.tasks import actions
from chithi.tasks.actions import Said
from chithi.tasks.models import Task
from tests.task_world import again, post_in, task_in
from tests.worlds import World, build_world

DATED, ENDED = date(2026, 9, 1), date(2026, 10, 1)
LOOK = "a test looks at what was kept"
pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite admits one writer at a time anyway"),
    pytest.mark.django_db(transaction=True),
]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let each act begin at the same moment; what each was told: "" or the code of a refusal, in order of the words."""
    together, told = Barrier(len(acts)), []

    def do(act: Callable[[], object]) -> None:
        connection.ensure_connection()
        together.wait(timeout=60)
        try:
            act()
            told.append("")
        except Refused as problem:
            told.append(problem.code)
        finally:
            connection.close()

    threads = [Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told)


def document(world: World, sign: str) -> Directive:
    written = Written("plan", f"Kế hoạch {sign}", sign=sign, dated=DATED)
    return documents.enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=written)


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def count(model: Any) -> int:
    return int(model.objects.everywhere(because=LOOK).count())


def test_of_two_who_attach_the_same_file_one_is_told_so_and_two_files_are_both_found_by_their_words() -> None:
    world = build_world()
    made, minh = document(world, "1-KH"), world.viewer("minh")
    same, *others = (brought(f"Noi dung {word}".encode(), f"{word}.txt") for word in ("chung", "camtu", "bachdan"))
    acts = [partial(attach, by=minh, directive_id=made.pk, file=file) for file in (same, same)]
    assert at_once(*acts) == ["", "directives.attached_already"]
    assert at_once(*(partial(attach, by=minh, directive_id=made.pk, file=file) for file in others)) == ["", ""]
    assert count(Attachment) == 3
    words = SoughtWords.objects.everywhere(because=LOOK).get(directive_id=made.pk).folded
    assert {word for word in ("chung", "camtu", "bachdan") if word in words} == {"chung", "camtu", "bachdan"}


def test_documents_entered_linked_and_withdrawn_at_the_same_moment_stay_whole() -> None:
    world, minh = (built := build_world()), built.viewer("minh")
    assert at_once(*[partial(document, world, "1-KH")] * 2) == ["", "directives.entered_already"]
    top = Directive.objects.everywhere(because=LOOK).get()
    middle, low = document(world, "2-KH"), document(world, "3-KH")
    below = partial(link, by=minh, kind=LinkKind.IMPLEMENTS)
    crosswise = ((middle.pk, low.pk), (low.pk, middle.pk))
    told = at_once(*(partial(below, directive_id=one, target_id=other) for one, other in crosswise))
    assert told == ["", "directives.circle"]
    kept = DirectiveLink.objects.everywhere(because=LOOK).get()
    upper, lower = kept.target_id, kept.source_id
    below(directive_id=upper, target_id=top.pk)

    def withdraw(pk: int) -> None:
        version = Directive.objects.everywhere(because=LOOK).get(pk=pk).version
        documents.withdraw(by=minh, directive_id=pk, seen_version=version, on=ENDED, why="Sai")

    assert at_once(partial(withdraw, top.pk), partial(withdraw, upper)) == ["", ""]
    rows = Descent.objects.everywhere(because=LOOK).values_list("directive_id", "root_id", "until")
    assert set(rows) == {(upper, top.pk, ENDED), (lower, top.pk, ENDED), (lower, upper, ENDED)}


def test_a_page_that_comes_second_answers_as_if_it_had_come_later() -> None:
    world = build_world()
    pages = [f"/chi-dao/{document(world, sign).pk}/tep/" for sign in ("1-KH", "2-KH")]
    form = {"unit": "A1", "kind": "plan", "summary": "Kế hoạch", "key": "6a1f0a52-0a1c-4d0e-9c53-0d6f3f1f3c11"}
    clients, answers = [signed_in(world, "minh") for _ in range(2)], []

    def send(client: Client, page: str, words: dict[str, Any]) -> None:
        answer = client.post(page, words)
        answers.append((answer.status_code, answer.headers.get("Location")))

    files = [{"file": SimpleUploadedFile("moi.txt", b"Noi dung moi")} for _ in pages]
    at_once(*(partial(send, *one) for one in zip(clients, pages, files, strict=True)))
    assert [status for status, _to in answers] == [302, 302], "one file, new to the installation, for two documents"
    assert count(Attachment) == 2
    answers.clear()
    at_once(*(partial(send, client, "/chi-dao/moi/", form) for client in clients))
    assert len({to for _status, to in answers}) == 1
    assert answers[0][0] == 302
    assert Directive.objects.everywhere(because=LOOK).filter(is_draft=True).count() == 1


def test_tasks_set_below_each_other_at_the_same_moment_make_no_circle() -> None:
    world = build_world()
    post, minh = post_in(world, "A11"), world.viewer("minh")
    one, other = (task_in(world, "A11", by="minh", giver="A1", owner=post) for _ in range(2))

    def below(task: Task, above: Task) -> None:
        said = Said(task.title, task.since, task.due_on, post=post.pk, parent=above.pk)
        actions.change(by=minh, task_id=task.pk, seen_version=task.version, said=said)

    assert at_once(partial(below, one, other), partial(below, other, one)) == ["", "tasks.parent_circle"]
    assert (again(one).parent_id is None) != (again(other).parent_id is None)
