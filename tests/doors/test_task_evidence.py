"""Files that show what was done, in pages: sent with a report, listed, given again; refused beside their field."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chithi.access.viewers import today
from chithi.following.models import Evidence, Progress
from chithi.tasks.models import Task
from tests.pictures_brought import SECRET, jpg
from tests.task_world import again, task_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
TODAY = today()
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(name: str = "anh.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpg() if data is None else data, "application/octet-stream")


def send(world: World, task: Task, *files: SimpleUploadedFile, by: str = "lan", **said: Any) -> Any:
    form = {"on": TODAY.isoformat(), "attached": list(files), **said}
    return browser(world, by).post(f"/nhiem-vu/{task.pk}/tien-do/", form)


def test_photos_sent_with_a_report_are_listed_and_given_bare(world: World) -> None:
    task = task_in(world, "A11")
    assert (
        send(world, task, upload(), upload("bien ban.txt", "Biên bản họp".encode()), note="Đã họp").status_code == 302
    )
    first, second = Evidence.objects.everywhere(because=LOOK).order_by("pk")
    page = browser(world, "minh").get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert f'href="/nhiem-vu/minh-chung/{first.pk}/">anh.jpg</a>' in page
    assert "bien ban.txt" in page
    answer = browser(world, "minh").get(f"/nhiem-vu/minh-chung/{first.pk}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'attachment; filename="anh.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert SECRET not in answer.content
    assert browser(world, "hoa").get(f"/nhiem-vu/minh-chung/{second.pk}/").status_code == 404


def test_the_end_may_be_shown_by_a_file(world: World) -> None:
    task = task_in(world, "A11")
    form = {"version": again(task).version, "attached": [upload()]}
    assert browser(world, "lan").post(f"/nhiem-vu/{task.pk}/xong/", form).status_code == 302
    assert Evidence.objects.everywhere(because=LOOK).get().name == "anh.jpg"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([upload("anh.jpg", b"\xff\xd8\xff\xe1\xff\xff")], "bị hỏng"),
        ([upload("anh.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40)], "HEIC"),
        ([upload("trang.pdf", b"<!doctype html><script>1</script>")], "Chỉ đính kèm được"),
        ([upload("rong.txt", b"")], "không có chữ"),
        ([upload(f"{number}.txt", b"chu %d" % number) for number in range(6)], "nhiều nhất 5 tệp"),
        ([upload("lon.txt", b"x" * 20_000_001)], "MB"),
    ],
    ids=["broken", "heic", "a page", "empty", "too many", "too large"],
)
def test_what_may_not_be_kept_is_refused_beside_its_field(
    world: World, files: list[SimpleUploadedFile], says: str
) -> None:
    for file in files:
        file.seek(0)
    answer = send(world, task_in(world, "A11"), *files, note="Đã làm")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page[page.index('id="id_attached_error"') :]
    assert "Đã làm" in page
    assert not Progress.objects.everywhere(because=LOOK).exists()


def test_a_hostile_name_becomes_a_plain_one(world: World) -> None:
    assert send(world, task_in(world, "A11"), upload("..\\..\\a\u202egpj.<b>.exe\n.jpg")).status_code == 302
    kept = Evidence.objects.everywhere(because=LOOK).get()
    answer = browser(world, "lan").get(f"/nhiem-vu/minh-chung/{kept.pk}/")
    assert kept.name.endswith(".jpg")
    assert not set('<>\\/\n\u202e"') & set(kept.name)
    assert "\n" not in answer["Content-Disposition"]


def test_a_file_that_is_no_longer_kept_is_told_without_a_link(world: World) -> None:
    task = task_in(world, "A11")
    send(world, task, upload())
    kept = Evidence.objects.everywhere(because=LOOK)
    kept.update(content_id=None, withheld_on=TODAY)
    page = browser(world, "lan").get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "hết hạn lưu" in page
    assert "minh-chung" not in page
    assert browser(world, "lan").get(f"/nhiem-vu/minh-chung/{kept.get().pk}/").status_code == 404
