"""Transfers and hand-overs as both sides meet them on their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from chithi.access.actions import open_account
from chithi.access.models import User
from chithi.access.viewers import today, viewer_for
from chithi.org.models import Handover, Membership, Person, Post, TransferProposal, valid_on
from tests.worlds import BEGAN, TODAY, World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend=BACKEND)
    return client


def page(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def peopled(world: World) -> World:
    """Two members in A11, of whom the first is secretary; the account `mai` for the second."""
    first, second = add_members(world.units["A11"], 2)
    Post.objects.create(person=first, unit=world.units["A11"], title="Bí thư chi bộ", is_head=True, since=BEGAN)
    world.users["mai"] = open_account(username="mai", name="Mai", password="mật khẩu của mai")
    User.objects.filter(username="mai").update(person=second)
    return world


def member(world: World) -> Membership:
    return Membership.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit("A11")).order_by("pk")[0]


# Transfers


def propose(world: World, name: str, to: str, **more: str) -> Any:
    row = member(world)
    form = {"to": to, "on": "2025-03-01", "version": row.version, "note": "GGT 12", **more}
    return signed_in(world, name).post(f"/quan-tri/nguoi/chuyen/{row.pk}/", form)


def test_inside_the_own_register_a_member_goes_over_at_once(peopled: World) -> None:
    assert propose(peopled, "minh", "A12").status_code == 302
    assert Membership.objects.everywhere(because=BECAUSE).filter(unit_id=peopled.unit("A12")).count() == 1
    assert not TransferProposal.objects.everywhere(because=BECAUSE).exists()


def test_beyond_it_the_cell_is_named_first_and_its_side_is_asked(peopled: World) -> None:
    unsure = propose(peopled, "lan", "b11")
    assert unsure.status_code == 400
    assert "Chi bộ thôn Bình, Đảng bộ xã Bình Một" in page(unsure)
    answer = propose(peopled, "lan", "A12", sure="on")
    made = TransferProposal.objects.everywhere(because=BECAUSE).get()
    assert answer["Location"] == f"/quan-tri/chuyen-sinh-hoat/{made.pk}/"
    waiting = page(signed_in(peopled, "hoa").get("/quan-tri/chuyen-sinh-hoat/"))
    assert "Đảng viên A11 0" in waiting
    assert "Chờ đồng chí trả lời" in waiting
    opened = page(signed_in(peopled, "hoa").get(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/"))
    assert "Nhận đảng viên" in opened
    assert "GGT 12" in opened
    own = page(signed_in(peopled, "lan").get(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/"))
    assert "Rút đề nghị" in own
    assert "Nhận đảng viên" not in own


@pytest.mark.parametrize("to", ["B1", "T", "khong-co", "", "'; --", "A11"])
def test_a_cell_that_is_none_is_said_beside_the_field(peopled: World, to: str) -> None:
    answer = propose(peopled, "lan", to, sure="on")
    assert answer.status_code == 400
    assert "Bình Một" not in page(answer)
    assert not TransferProposal.objects.everywhere(because=BECAUSE).exists()


def test_the_receiving_side_accepts_and_the_member_is_theirs(peopled: World) -> None:
    propose(peopled, "lan", "A12", sure="on")
    made, hoa = TransferProposal.objects.everywhere(because=BECAUSE).get(), signed_in(peopled, "hoa")
    assert hoa.post(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/nhan/", {"version": 5}).status_code == 400
    assert hoa.post(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/nhan/").status_code == 400
    assert hoa.post(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/nhan/", {"version": 1}).status_code == 302
    assert hoa.get(f"/quan-tri/nguoi/{made.person_id}/").status_code == 200
    assert "Đã nhận" in page(hoa.get("/quan-tri/chuyen-sinh-hoat/?xong=1"))
    lan = page(signed_in(peopled, "lan").get(f"/quan-tri/nguoi/{made.person_id}/"))
    assert "đến trước 1/3/2025" in lan


def test_a_refusal_needs_a_reason_that_the_other_side_reads(peopled: World) -> None:
    propose(peopled, "lan", "A12", sure="on")
    made, hoa = TransferProposal.objects.everywhere(because=BECAUSE).get(), signed_in(peopled, "hoa")
    empty = hoa.post(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/khong-nhan/", {"version": 1, "why": ""})
    assert "Hãy ghi lý do" in page(empty)
    hoa.post(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/khong-nhan/", {"version": 1, "why": "chưa có hồ sơ"})
    assert "chưa có hồ sơ" in page(signed_in(peopled, "lan").get(f"/quan-tri/chuyen-sinh-hoat/{made.pk}/"))


def test_either_side_does_only_its_own_part_and_nobody_else_sees_it(peopled: World) -> None:
    propose(peopled, "lan", "A12", sure="on")
    made = TransferProposal.objects.everywhere(because=BECAUSE).get()
    address = f"/quan-tri/chuyen-sinh-hoat/{made.pk}/"
    refused = signed_in(peopled, "lan").post(address + "nhan/", {"version": 1})
    assert "Chỉ nơi nhận" in page(refused)
    assert "Chỉ nơi đề nghị" in page(signed_in(peopled, "hoa").post(address + "rut/", {"version": 1}))
    for name in ("dung", "chau"):
        assert signed_in(peopled, name).get(address).status_code == 404
        assert signed_in(peopled, name).post(address + "nhan/", {"version": 1}).status_code == 404
        assert signed_in(peopled, name).get("/quan-tri/chuyen-sinh-hoat/").status_code == 403
    assert signed_in(peopled, "lan").post(address + "rut/", {"version": 1}).status_code == 302


# Hand-overs


def prepared(world: World, **more: str) -> Handover:
    post = Post.objects.everywhere(because=BECAUSE).get(title="Bí thư chi bộ")
    second = Person.objects.everywhere(because=BECAUSE).get(name="Đảng viên A11 1")
    form = {
        "name": second.name,
        "who": str(second.pk),
        "on": "2026-11-01",
        "giver_account": "lan",
        "lines": "Con dấu\nSổ nghị quyết",
        "version": post.version,
        **more,
    }
    answer = signed_in(world, "minh").post(f"/quan-tri/chuc-vu/{post.pk}/ban-giao/", form)
    assert answer.status_code == 302, page(answer)
    return Handover.objects.everywhere(because=BECAUSE).get()


def holder() -> str:
    post = Post.objects.everywhere(because=BECAUSE).get(valid_on(TODAY), title="Bí thư chi bộ")
    return Person.objects.everywhere(because=BECAUSE).get(pk=post.person_id).name


def sign(world: World, who: str, made: Handover, side: str, **form: str) -> Any:
    version = Handover.objects.everywhere(because=BECAUSE).get(pk=made.pk).version
    return signed_in(world, who).post(f"/quan-tri/ban-giao/{made.pk}/ky/{side}/", {"version": version, **form})


def test_both_sign_with_their_own_accounts_and_the_post_passes(peopled: World) -> None:
    made = prepared(peopled)
    assert made.taker_user_id == peopled.users["mai"].pk, "the account linked to the person signs for them"
    wrong = sign(peopled, "lan", made, "giver", password="đoán")
    assert wrong.status_code == 400
    assert holder() == "Đảng viên A11 0"
    assert sign(peopled, "lan", made, "giver", password="mật khẩu của lan").status_code == 302
    assert "Con dấu" in page(signed_in(peopled, "mai").get(f"/quan-tri/ban-giao/{made.pk}/"))
    assert sign(peopled, "mai", made, "taker", password="mật khẩu của mai").status_code == 302
    assert holder() == "Đảng viên A11 1"
    told = page(signed_in(peopled, "an").get("/quan-tri/ban-giao/"))
    assert "chờ chuyển vai trò" in told
    version = Handover.objects.everywhere(because=BECAUSE).get().version
    moved = signed_in(peopled, "an").post(f"/quan-tri/ban-giao/{made.pk}/vai-tro/", {"version": version})
    assert moved.status_code == 302
    assert [role for role, _unit in viewer_for(peopled.users["mai"], today()).roles] == ["secretary"]
    assert viewer_for(peopled.users["lan"], today()).roles == ()


def test_a_side_without_account_signs_on_paper_and_the_page_says_who_wrote_it_down(peopled: World) -> None:
    User.objects.filter(username="mai").update(person=None)
    made = prepared(peopled)
    empty = sign(peopled, "minh", made, "taker", paper=" ")
    assert "bản giấy đã ký đang lưu ở đâu" in page(empty)
    assert sign(peopled, "minh", made, "taker", paper="tủ số 2").status_code == 302
    shown = page(signed_in(peopled, "minh").get(f"/quan-tri/ban-giao/{made.pk}/"))
    assert "tủ số 2" in shown
    assert "Minh ghi thay" in shown


def test_nobody_signs_for_another_and_no_stranger_reads_the_form(peopled: World) -> None:
    made = prepared(peopled)
    assert "phải tự ký" in page(sign(peopled, "minh", made, "giver", paper="tủ"))
    assert sign(peopled, "lan", made, "xyz").status_code == 404
    for name in ("hoa", "dung", "chau"):
        client = signed_in(peopled, name)
        assert client.get(f"/quan-tri/ban-giao/{made.pk}/").status_code == 404
        assert sign(peopled, name, made, "giver", paper="tủ").status_code == 404
        assert client.post(f"/quan-tri/ban-giao/{made.pk}/rut/", {"version": 1}).status_code == 404
    assert holder() == "Đảng viên A11 0"


def test_a_form_is_withdrawn_by_its_keeper_and_not_by_a_signer(peopled: World) -> None:
    made = prepared(peopled)
    address = f"/quan-tri/ban-giao/{made.pk}/rut/"
    assert signed_in(peopled, "mai").post(address, {"version": 1}).status_code == 404
    assert signed_in(peopled, "minh").post(address, {"version": 9}).status_code == 400
    assert signed_in(peopled, "minh").post(address, {"version": 1}).status_code == 302
    assert sign(peopled, "lan", made, "giver", password="mật khẩu của lan").status_code == 400


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"giver_account": "khong-co"}, "Không có tài khoản nào đang mở mang tên"),
        ({"taker_account": "lan"}, "dùng chung một tài khoản"),
        ({"who": ""}, "Đã có người mang tên này"),
        ({"on": "2009-01-01"}, "sau ngày bắt đầu"),
        ({"on": "hôm nay"}, "Hãy ghi ngày như"),
        ({"name": ""}, "Người nhận"),
        ({"version": "4"}, "sửa"),
    ],
)
def test_a_form_that_cannot_be_is_shown_again(peopled: World, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError) as refused:
        prepared(peopled, **wrong)
    assert said in str(refused.value)
    assert not Handover.objects.everywhere(because=BECAUSE).exists()


def test_posts_are_listed_with_their_holders_within_reach(peopled: World) -> None:
    assert "Bí thư chi bộ (người đứng đầu)" in page(signed_in(peopled, "lan").get("/quan-tri/chuc-vu/?don-vi=A11"))
    assert "Chưa ghi ai giữ chức vụ nào" in page(signed_in(peopled, "hoa").get("/quan-tri/chuc-vu/"))
    assert signed_in(peopled, "chau").get("/quan-tri/chuc-vu/").status_code == 403
    assert signed_in(peopled, "hoa").get("/quan-tri/chuc-vu/?don-vi=A11").status_code == 400
