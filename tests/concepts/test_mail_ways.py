"""The way to the mail server: kept or not used, refused by name, found again when it is back, not flooded."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from chithi.jobs import posting, rounds
from chithi.jobs.actions import ask_all
from chithi.jobs.holders import me
from chithi.jobs.kinds import JobState
from chithi.jobs.letters import Letter, Part, identity, send
from chithi.jobs.models import Job
from chithi.jobs.posting import Way
from chithi.jobs.rounds import send_some
from chithi.jobs.rules import MOST_TRIES
from chithi.jobs.running import Asked, Deed, run_some
from chithi.web.show.work_later import what_to_do, why
from tests.mail_catcher import PASSWORD, catching, certified, free_port, goes_there

pytestmark = pytest.mark.django_db
LETTER = Letter("lan@commune.example", "Việc", "Có việc đang chờ.", (), "Hết.")
DEED = Deed("test.letter", lambda asked: lambda: send(LETTER, asked), outward=True)


class Clock:
    """Seconds that go by when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def way(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Way:
    """A way of its own, so that no other test finds the server away."""
    made = Way(clock)
    monkeypatch.setattr("chithi.jobs.letters.WAY", made)
    return made


def asked(count: int = 1, first: int = 0) -> None:
    with transaction.atomic():
        ask_all(DEED.name, [(str(number), {}) for number in range(first, first + count)])


def one_try() -> Job:
    """Try the letter once, whatever day it is."""
    Job.objects.update(due_at=timezone.now())
    assert run_some([DEED], me(), 1) == 1
    return Job.objects.get()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_by_a_kept_way_with_name_and_password(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    asked()
    offers, trusted = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with catching(settings, security=security, offers=offers, log_in=True) as post:
        assert one_try().state == JobState.DONE
    assert (post.kept_way, post.logged_in) == ([True], [True])
    assert "Có việc đang chờ." in post.plain()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    settings: Any, tmp_path: Path, security: str
) -> None:
    asked()
    offers, _trusted = certified(tmp_path)
    with catching(settings, security=security, offers=offers) as post:
        job = one_try()
    assert (job.state, job.problem, post.letters) == (JobState.WAITING, "SSLCertVerificationError", [])
    assert why(job.problem) == "Chứng thư của máy chủ thư không đáng tin, nên không gửi gì qua đó"


def test_a_certificate_of_another_server_is_refused(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked()
    offers, trusted = certified(tmp_path, address="192.0.2.7")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with catching(settings, security="starttls", offers=offers) as post:
        assert one_try().problem == "SSLCertVerificationError"
    assert post.letters == []


def test_a_server_that_offers_no_kept_way_gets_neither_letter_nor_password(settings: Any) -> None:
    asked()
    with catching(settings, security="starttls") as post:
        job = one_try()
    assert (job.problem, post.letters) == ("SMTPNotSupportedError", [])
    assert "mã hóa" in why(job.problem)


def test_a_wrong_password_is_shown_as_failed_in_words_with_what_to_do(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked()
    offers, trusted = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with catching(settings, security="starttls", offers=offers, log_in=True) as post:
        settings.EMAIL_HOST_PASSWORD = f"{PASSWORD}?"
        for _ in range(MOST_TRIES):
            job = one_try()
    assert (job.state, job.problem, post.letters) == (JobState.FAILED, "SMTPAuthenticationError", [])
    assert why(job.problem) == "Máy chủ thư không nhận tên hoặc mật khẩu"
    assert what_to_do(job.problem) == "Xem lại tên và mật khẩu đã đặt cho máy chủ thư."


def test_a_server_that_is_down_costs_one_letter_a_try_and_none_is_lost(settings: Any, way: Way, clock: Clock) -> None:
    port = free_port()
    goes_there(settings, port)
    asked(4)
    assert send_some([DEED], me(), lambda: None, way) == 1
    assert send_some([DEED], me(), lambda: None, way) == 0, "the others wait"
    assert sorted(Job.objects.values_list("tries", flat=True)) == [0, 0, 0, 1]
    assert "Không tới được máy chủ thư" in why(Job.objects.get(tries=1).problem)
    clock.now += posting.AWAY
    Job.objects.update(due_at=timezone.now())
    with catching(settings, port=port) as post:
        assert send_some([DEED], me(), lambda: None, way) == 4
    assert (len(post.letters), post.visits) == (4, 1)
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_no_more_letters_go_in_a_minute_than_the_server_is_to_get(settings: Any, way: Way, clock: Clock) -> None:
    asked(5)
    with catching(settings) as post:
        settings.MAILING = type(settings.MAILING)(**{**vars(settings.MAILING), "a_minute": 2})
        counts = []
        for _ in range(4):
            counts.append(send_some([DEED], me(), lambda: None, way))
            counts.append(send_some([DEED], me(), lambda: None, way))
            clock.now += posting.MINUTE
    assert counts == [2, 0, 2, 0, 1, 0, 0, 0]
    assert (len(post.letters), post.visits) == (5, 3)


def test_a_letter_that_one_server_refuses_does_not_hold_up_the_next(settings: Any, way: Way) -> None:
    def begin(one: Asked) -> Any:
        to = "không có ai" if one.key == "0" else "lan@commune.example"
        return lambda: send(Letter(to, "Việc", "Có việc.", (), "Hết."), one)

    asked(3)
    with catching(settings) as post:
        assert send_some([Deed(DEED.name, begin, outward=True)], me(), lambda: None, way) == 3
    assert len(post.letters) == 2
    assert Job.objects.get(key="0").state == JobState.WAITING


def test_what_somebody_sits_and_waits_for_goes_before_a_morning_of_reminders(settings: Any, way: Way) -> None:
    asked(3)
    with transaction.atomic():
        ask_all("test.code", [("1", {})])
    code = Deed("test.code", DEED.begin, outward=True, awaited=True)
    done: list[str] = []
    with catching(settings):
        send_some([DEED, code], me(), lambda: done.append(_newest()), way)
    assert done[0] == "test.code"


def test_a_connection_is_given_up_before_the_server_tires_of_it(
    settings: Any, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "MOST_A_CONNECTION", 2)
    asked(5)
    with catching(settings) as post:
        assert send_some([DEED], me(), lambda: None, way) == 5
    assert post.visits == 3


def test_a_round_ends_so_that_others_have_their_turn(
    settings: Any, way: Way, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "time", SimpleNamespace(monotonic=clock))

    def between() -> None:
        clock.now += rounds.ROUND

    asked(3)
    with catching(settings):
        counts = [send_some([DEED], me(), between, way) for _ in range(4)]
    assert counts == [1, 1, 1, 0]


def test_a_letter_has_one_line_of_subject_and_says_words_as_they_are(settings: Any) -> None:
    parts = (Part("Của <b>", (("Sổ <i>", "/so/?a=1&b=2"), ("Không <a>", ""))),)
    letter = Letter("lan@commune.example", "Việc\r\nBcc: hoa", "Mở <đầu>", parts, "Hết <p>.", "/cach/")
    with catching(settings) as post:
        send(letter, Asked("test.letter", "1", {}))
    (kept,) = post.letters
    assert (kept["Subject"].strip(), kept["Auto-Submitted"]) == ("Việc Bcc: hoa", "auto-generated")
    for words in ("Mở &lt;đầu&gt;", "Của &lt;b&gt;", ">Sổ &lt;i&gt;</a>", "Không &lt;a&gt;", ">Hết &lt;p&gt;.</a>"):
        assert words in post.html()
    assert "/so/?a=1&amp;b=2" in post.html()
    lines = post.plain().splitlines()
    assert lines[lines.index("- Sổ <i>") + 1].endswith("/so/?a=1&b=2")
    assert lines[lines.index("Hết <p>.") + 1].endswith("/cach/")


def test_letters_of_two_kinds_of_work_are_two_letters_whatever_their_keys() -> None:
    first, again, other = (identity(Asked(deed, "1", {})) for deed in ("work.letter", "work.letter", "work.digest_one"))
    assert first == again != other


def _newest() -> str:
    return Job.objects.filter(state=JobState.DONE).order_by("-ended_at").values_list("deed", flat=True)[0]
