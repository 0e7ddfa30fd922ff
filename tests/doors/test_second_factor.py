"""The second factor, asked after the first; the password and the sessions of one's own account."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from chithi.access import second_factor
from chithi.access.models import OneTimeCode, RecoveryCode, SignIn, User
from chithi.access.sign_in import new_one_time_code
from chithi.journal.models import Entry
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


def code_of(user: User, ahead: int = 0) -> str:
    """What the application shows now, or some half minutes later."""
    device = TOTPDevice.objects.filter(user=user).latest("pk")
    shown = TOTP(device.bin_key)
    shown.time = time.time() + 30 * ahead
    return f"{shown.token():06d}"


def enrolled(world: World, name: str) -> list[str]:
    """Give somebody a second factor; returns the recovery codes. The clock of codes begins anew."""
    user = world.users[name]
    second_factor.offered(user)
    codes = second_factor.confirm(user, code_of(user))
    forget_the_last(user)
    return codes


def forget_the_last(user: User) -> None:
    """No code is taken twice; tests do not wait half a minute for the next."""
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    second_factor.forgive(user.pk)


def password_given(name: str, **more: str) -> tuple[Client, str]:
    """Somebody who gave the right password, and where they were led."""
    client = Client()
    answer = client.post("/vao/", {"username": name, "password": f"mật khẩu của {name}", **more})
    assert answer.status_code == 302
    return client, answer["Location"]


def test_after_the_password_the_code_is_asked_and_leads_to_the_page_wanted_first(world: World) -> None:
    enrolled(world, "minh")
    wanted = f"/don-vi/{world.unit('A1')}/"
    client, led_to = password_given("minh", next=wanted)
    assert led_to.startswith("/vao/ma/")
    assert client.get("/").status_code == 302, "half in is not in"
    assert "Mã 6 số" in client.get(led_to).content.decode()
    answer = client.post(led_to, {"code": code_of(world.users["minh"]), "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert client.get(wanted).status_code == 200


def test_without_a_second_factor_the_password_is_enough(world: World) -> None:
    client, led_to = password_given("minh")
    assert led_to == "/viec/"
    assert client.get("/").status_code == 200


def test_a_one_time_code_does_not_go_around_the_second_factor(world: World) -> None:
    enrolled(world, "minh")
    code = new_one_time_code(world.users["minh"], valid_for=timedelta(hours=1))
    client = Client()
    answer = client.post("/vao/", {"username": "minh", "password": code})
    assert answer["Location"].startswith("/vao/ma/")
    assert client.get("/").status_code == 302
    assert client.get("/api/me").status_code == 401


@pytest.mark.parametrize("wrong", ["000000", "", "abc", "12345", "１２３４５６", "x" * 400, "\x00", "-1", "9" * 30])
def test_a_wrong_code_lets_nobody_in(world: World, wrong: str) -> None:
    enrolled(world, "minh")
    client, led_to = password_given("minh")
    assert client.post(led_to, {"code": wrong}).status_code == 401
    assert client.get("/").status_code == 302


def test_a_wrong_code_makes_even_the_right_one_wait(world: World) -> None:
    enrolled(world, "minh")
    client, led_to = password_given("minh")
    client.post(led_to, {"code": "000000"})
    answer = client.post(led_to, {"code": code_of(world.users["minh"])})
    assert answer.status_code == 401
    assert "giây" in answer.content.decode()
    second_factor.forgive(world.users["minh"].pk)
    assert client.post(led_to, {"code": code_of(world.users["minh"])}).status_code == 302


def test_a_wrong_recovery_code_makes_one_wait_too(world: World) -> None:
    codes = enrolled(world, "minh")
    client, led_to = password_given("minh")
    client.post(led_to, {"code": "aaaaa-aaaaa"})
    assert "giây" in client.post(led_to, {"code": codes[0]}).content.decode()


def test_no_code_is_taken_twice(world: World) -> None:
    enrolled(world, "minh")
    code = code_of(world.users["minh"])
    client, led_to = password_given("minh")
    assert client.post(led_to, {"code": code}).status_code == 302
    other, led_to = password_given("minh")
    assert other.post(led_to, {"code": code}).status_code == 401


def test_a_recovery_code_lets_in_once_and_only_its_own_account(world: World) -> None:
    codes = enrolled(world, "minh")
    enrolled(world, "lan")
    assert len(codes) == len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(digest__in=codes).exists(), "digests only"
    client, led_to = password_given("lan")
    assert client.post(led_to, {"code": codes[0]}).status_code == 401
    for written, status in ((codes[0].upper(), 302), (codes[0], 401)):
        client, led_to = password_given("minh")
        assert client.post(led_to, {"code": written}).status_code == status


def test_the_first_step_does_not_last_for_ever_nor_beyond_a_change_of_password(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(world, "minh")
    client, led_to = password_given("minh")
    with monkeypatch.context() as later:
        at = time.time() + 601
        later.setattr("chithi.access.coming_in.time.time", lambda: at)
        assert client.get(led_to)["Location"].startswith("/vao/?")
    user = world.users["minh"]
    user.set_password("một mật khẩu khác hẳn")
    user.save()
    answer = client.post(led_to, {"code": code_of(user)})
    assert answer["Location"].startswith("/vao/?")


def test_nobody_between_the_steps_is_sent_to_the_first(world: World) -> None:
    assert Client().post("/vao/ma/", {"code": "000000"})["Location"].startswith("/vao/?")


def test_one_sets_it_up_on_ones_own_page_and_gets_recovery_codes_once(world: World) -> None:
    client, other = signed_in(world, "lan"), signed_in(world, "lan")
    other.get("/tai-khoan/")
    page = client.get("/tai-khoan/hai-buoc/").content.decode()
    device = TOTPDevice.objects.get(user=world.users["lan"], confirmed=False)
    assert second_factor.written(device) in page
    picture = client.get("/tai-khoan/hai-buoc/hinh.svg")
    assert (picture["Content-Type"], picture.status_code) == ("image/svg+xml", 200)
    assert "no-store" in picture["Cache-Control"]
    assert client.post("/tai-khoan/hai-buoc/", {"code": "000000"}).status_code == 400
    assert not second_factor.has(world.users["lan"].pk)
    forget_the_last(world.users["lan"])
    answer = client.post("/tai-khoan/hai-buoc/", {"code": code_of(world.users["lan"])})
    assert len(re.findall(r"<code>[a-z2-9]{5}-[a-z2-9]{5}</code>", answer.content.decode())) == 10
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302, "other sessions end"
    assert client.get("/tai-khoan/hai-buoc/hinh.svg").status_code == 400, "the secret is not shown again"
    told = Entry.objects.everywhere(because="a test reads the journal").filter(verb="access.second_factor_on")
    assert [entry.unit_id for entry in told] == [world.unit("A11")]
    assert str(device.key) not in str([entry.facts for entry in told])


def test_opening_the_page_again_offers_the_same_secret(world: World) -> None:
    client = signed_in(world, "lan")
    for _ in range(3):
        client.get("/tai-khoan/hai-buoc/")
    assert TOTPDevice.objects.filter(user=world.users["lan"]).count() == 1


def test_it_is_put_away_only_with_a_code(world: World) -> None:
    enrolled(world, "lan")
    client = signed_in(world, "lan")
    assert client.post("/tai-khoan/hai-buoc/tat/", {"code": "000000"}).status_code == 400
    assert second_factor.has(world.users["lan"].pk)
    second_factor.forgive(world.users["lan"].pk)
    assert client.post("/tai-khoan/hai-buoc/tat/", {"code": code_of(world.users["lan"])}).status_code == 302
    assert not second_factor.has(world.users["lan"].pk)
    assert not RecoveryCode.objects.filter(user=world.users["lan"]).exists()


def test_new_recovery_codes_end_the_earlier_ones(world: World) -> None:
    old = enrolled(world, "lan")
    client = signed_in(world, "lan")
    answer = client.post("/tai-khoan/ma-du-phong/", {"code": code_of(world.users["lan"])})
    assert answer.content.decode().count("<code>") == 10
    assert old[0] not in answer.content.decode()
    client, led_to = password_given("lan")
    assert client.post(led_to, {"code": old[0]}).status_code == 401


@pytest.mark.parametrize(("asked", "led"), [("choice", ""), ("administrators", "an"), ("all", "an lan minh")])
def test_whoever_must_have_one_sets_it_up_before_anything_else(
    world: World, settings: object, asked: str, led: str
) -> None:
    settings.SECOND_FACTOR = asked  # type: ignore[attr-defined]
    for name in ("an", "lan", "minh"):
        client = signed_in(world, name)
        answer = client.get("/tai-khoan/")
        if name in led.split():
            assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/hai-buoc/")
            assert client.get("/api/me").status_code == 401, "the other door too"
            assert client.get("/tai-khoan/hai-buoc/").status_code == 200
            client.post("/tai-khoan/hai-buoc/", {"code": code_of(world.users[name])})
        assert client.get("/tai-khoan/").status_code == 200
        assert client.get("/api/me").status_code == 200


def test_where_it_is_required_it_is_not_put_away(world: World, settings: object) -> None:
    settings.SECOND_FACTOR = "all"  # type: ignore[attr-defined]
    enrolled(world, "lan")
    client, led_to = password_given("lan")
    client.post(led_to, {"code": code_of(world.users["lan"])})
    forget_the_last(world.users["lan"])
    answer = client.post("/tai-khoan/hai-buoc/tat/", {"code": code_of(world.users["lan"])})
    assert answer.status_code == 400
    assert second_factor.has(world.users["lan"].pk)


def test_a_session_that_never_showed_a_required_factor_begins_again(world: World, settings: object) -> None:
    client = signed_in(world, "lan")
    enrolled(world, "lan")
    assert client.get("/tai-khoan/").status_code == 200
    settings.SECOND_FACTOR = "all"  # type: ignore[attr-defined]
    assert client.get("/tai-khoan/")["Location"] == "/vao/"
    assert client.get("/tai-khoan/")["Location"].startswith("/vao/?next")


def change(client: Client, old: str, new: str, again: str | None = None) -> int:
    given = {"old": old, "new": new, "again": new if again is None else again}
    return int(client.post("/tai-khoan/mat-khau/", given).status_code)


def test_the_password_is_changed_with_the_present_one_and_other_sessions_end(world: World) -> None:
    client, other = signed_in(world, "lan"), signed_in(world, "lan")
    other.get("/tai-khoan/")
    assert change(client, "mật khẩu của lan", "con đường làng năm ấy") == 302
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    assert User.objects.get(pk=world.users["lan"].pk).check_password("con đường làng năm ấy")
    assert SignIn.objects.filter(user=world.users["lan"], session_key__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("không phải", "con đường làng năm ấy", "con đường làng năm ấy", "hiện nay chưa đúng"),
        ("mật khẩu của lan", "ngắn", "ngắn", "ít nhất 10"),
        ("mật khẩu của lan", "password12345", "password12345", "dễ đoán"),
        ("mật khẩu của lan", "con đường làng năm ấy", "con đường khác hẳn", "chưa giống"),
        ("", "con đường làng năm ấy", "con đường làng năm ấy", ""),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    world: World, old: str, new: str, again: str, said: str
) -> None:
    client = signed_in(world, "lan")
    answer = client.post("/tai-khoan/mat-khau/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert User.objects.get(pk=world.users["lan"].pk).check_password("mật khẩu của lan")


def test_guessing_the_present_password_is_stopped_and_the_right_one_waits_too(world: World) -> None:
    client = signed_in(world, "lan")
    for _ in range(8):
        assert change(client, "không phải", "con đường làng năm ấy") == 400
    assert change(client, "mật khẩu của lan", "con đường làng năm ấy") == 400
    assert User.objects.get(pk=world.users["lan"].pk).check_password("mật khẩu của lan")


def test_whoever_came_by_a_one_time_code_sets_a_password_without_the_forgotten_one(world: World) -> None:
    code = new_one_time_code(world.users["lan"], valid_for=timedelta(hours=1))
    client = Client()
    client.post("/vao/", {"username": "lan", "password": code})
    assert "đặt mật khẩu" in client.get("/tai-khoan/").content.decode()
    page = client.get("/tai-khoan/mat-khau/").content.decode()
    assert 'name="old"' not in page
    assert change(client, "", "con đường làng năm ấy") == 302
    assert 'name="old"' in client.get("/tai-khoan/mat-khau/").content.decode(), "once only"
    assert not OneTimeCode.objects.filter(user=world.users["lan"], used_at__isnull=True).exists()


def test_one_sees_where_one_is_signed_in_and_ends_it(world: World) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
    other = Client(headers={"User-Agent": agent})
    other.post("/vao/", {"username": "lan", "password": "mật khẩu của lan"})
    stranger = signed_in(world, "minh")
    stranger.get("/tai-khoan/")
    client = signed_in(world, "lan")
    page = client.get("/tai-khoan/").content.decode()
    assert "Chrome · Windows" in page
    seat = SignIn.objects.get(user=world.users["lan"], device="Chrome · Windows")
    strange = SignIn.objects.get(user=world.users["minh"])
    for wrong in (strange.pk, 0, 2**63, 10**30):
        assert client.post(f"/tai-khoan/phien/{wrong}/").status_code == 404
    assert client.post(f"/tai-khoan/phien/{seat.pk}/").status_code == 302
    assert other.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
    assert stranger.get("/tai-khoan/").status_code == 200
    seat.refresh_from_db()
    assert (seat.session_key, seat.address) == (None, None), "the address goes with the session"
    assert client.post(f"/tai-khoan/phien/{seat.pk}/").status_code == 404


def test_all_other_sessions_end_at_once(world: World) -> None:
    others = [signed_in(world, "lan") for _ in range(3)]
    for other in others:
        other.get("/tai-khoan/")
    client = signed_in(world, "lan")
    client.get("/tai-khoan/")
    client.post("/tai-khoan/phien/")
    assert [other.get("/tai-khoan/").status_code for other in others] == [302] * 3
    assert client.get("/tai-khoan/").status_code == 200


def test_the_last_sight_is_written_every_few_minutes_only_and_old_rows_go(world: World) -> None:
    from chithi.access.sessions import KEPT_FOR, sweep

    client = signed_in(world, "lan")
    client.get("/tai-khoan/")
    [row] = SignIn.objects.filter(user=world.users["lan"])
    client.get("/tai-khoan/")
    assert SignIn.objects.get(pk=row.pk).last_seen == row.last_seen
    session = client.session
    session["seen"] = session["seen"] - 301
    session.save()
    client.get("/tai-khoan/")
    assert SignIn.objects.get(pk=row.pk).last_seen > row.last_seen
    sweep(timezone.now() + timedelta(hours=13))
    row.refresh_from_db()
    assert (row.session_key, row.address) == (None, None)
    sweep(timezone.now() + KEPT_FOR + timedelta(days=1))
    assert not SignIn.objects.filter(pk=row.pk).exists()


def test_going_out_ends_the_row_too(world: World) -> None:
    client = signed_in(world, "lan")
    client.get("/tai-khoan/")
    client.post("/ra/")
    assert not SignIn.objects.filter(user=world.users["lan"], session_key__isnull=False).exists()


def test_somebody_elses_first_step_in_the_same_browser_is_forgotten_once_one_is_in(world: World) -> None:
    enrolled(world, "minh")
    client, _led_to = password_given("minh")
    client.post("/vao/", {"username": "lan", "password": "mật khẩu của lan"})
    assert "half_in" not in client.session
    assert client.post("/vao/ma/", {"code": code_of(world.users["minh"])})["Location"].startswith("/vao/?")
    assert "lan" in client.get("/tai-khoan/").content.decode()
