"""A form that came too late: nothing is overwritten unseen, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from chithi.org import groups
from chithi.org.groups import Named
from chithi.org.kinds import GroupKind
from chithi.org.models import Group
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(world: World) -> Group:
    """A group that somebody else renamed since the page was opened, as version 2."""
    by = world.viewer("an")
    made = groups.make_group(by=by, unit_id=world.unit("T"), said=Named("Cụm số 1", GroupKind.CLUSTER, "cũ"))
    said = Named("Cụm ven sông", GroupKind.PILOT, "cũ")
    groups.change_group(by=by, group_id=made.pk, seen_version=made.version, said=said)
    return kept(made.pk)


def kept(group_id: int) -> Group:
    return Group.objects.everywhere(because="a test looks").get(pk=group_id)


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def version_in(answer: HttpResponse) -> str:
    found = re.search(r'<input[^>]*name="version"[^>]*value="(\d+)"', text(answer))
    assert found
    return found[1]


def test_what_is_stored_now_stands_beside_what_was_typed_and_sending_again_writes(world: World, group: Group) -> None:
    client, address = signed_in(world, "an"), f"/quan-tri/nhom/{group.pk}/ten/"
    typed = {"name": "Cụm đầu nguồn", "kind": "cluster", "note": "cũ", "version": group.version - 1}
    late = client.post(address, typed)
    assert late.status_code == 400
    assert "Có người vừa sửa" in text(late)
    assert "Đang lưu: Cụm ven sông" in text(late)
    assert "Đang lưu: Đơn vị làm điểm" in text(late)
    assert text(late).count("Đang lưu:") == 2, "the note is the same"
    assert 'value="Cụm đầu nguồn"' in text(late), "what was typed is kept"
    assert kept(group.pk).name == "Cụm ven sông"
    assert version_in(late) == str(group.version)
    assert client.post(address, typed | {"version": version_in(late)}).status_code == 302
    assert kept(group.pk).name == "Cụm đầu nguồn"


def test_what_is_the_same_is_not_said_again(world: World, group: Group) -> None:
    same = {"name": "Cụm ven sông", "kind": "pilot", "note": "", "version": group.version - 1}
    late = text(signed_in(world, "an").post(f"/quan-tri/nhom/{group.pk}/ten/", same))
    assert late.count("Đang lưu:") == 1
    assert "Đang lưu: cũ" in late


def test_a_field_emptied_meanwhile_is_said_to_be_empty(world: World, group: Group) -> None:
    said = Named("Cụm ven sông", GroupKind.PILOT, "")
    groups.change_group(by=world.viewer("an"), group_id=group.pk, seen_version=group.version, said=said)
    typed = {"name": "Cụm ven sông", "kind": "pilot", "note": "cũ", "version": group.version}
    assert "Đang lưu: để trống" in text(signed_in(world, "an").post(f"/quan-tri/nhom/{group.pk}/ten/", typed))


def test_a_form_that_shows_nothing_stored_stays_late_and_leads_to_what_does(world: World, group: Group) -> None:
    client, address = signed_in(world, "an"), f"/quan-tri/nhom/{group.pk}/ket-thuc/"
    typed = {"on": "2026-01-01", "version": group.version - 1}
    late = client.post(address, typed)
    assert late.status_code == 400
    assert "Xem bản mới: Cụm ven sông" in text(late)
    assert f'href="/quan-tri/nhom/{group.pk}/"' in text(late)
    assert "Đang lưu" not in text(late), "the day proposed is not one that is stored"
    assert client.post(address, typed | {"version": version_in(late)}).status_code == 400
    assert kept(group.pk).ended_on is None


def test_another_refusal_renews_nothing(world: World, group: Group) -> None:
    typed = {"name": "", "kind": "cluster", "version": group.version - 1}
    wrong = signed_in(world, "an").post(f"/quan-tri/nhom/{group.pk}/ten/", typed)
    assert wrong.status_code == 400
    assert version_in(wrong) == str(group.version - 1)
