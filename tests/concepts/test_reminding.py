"""Being told in time: once for each person, thing and stage, as each chooses, by letters a real mail server takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from chithi.access import email
from chithi.access.models import EmailClaim, RoleGrant, User
from chithi.core.due import DueItem, Said
from chithi.core.errors import Absent, Refused
from chithi.core.periods import parse
from chithi.environment import Mailing, mailing
from chithi.indicators.actions import confirm_period
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
from chithi.jobs.actions import ask
from chithi.jobs.holders import me
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.running import run_some
from chithi.work import letters, notices, reminding
from chithi.work.choices import choices, choose
from chithi.work.deeds import DEEDS
from chithi.work.kinds import How, Topic
from chithi.work.models import Notice
from tests.mail_catcher import Catcher, catching
from tests.worlds import World

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
QUARTER = parse("2026-Q3")
DUE = date(2026, 10, 3)
"""When a cell reports on the third quarter."""


@pytest.fixture
def begun(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The third quarter of 2026 is in use; it is two days before the cells report on it."""
    rebuild(period_row(QUARTER))
    on(monkeypatch, DUE - timedelta(days=2))
    return world


@pytest.fixture
def post(settings: Any) -> Iterator[Catcher]:
    """A mail server; lan has shown that her address is hers."""
    with catching(settings) as catcher:
        yield catcher


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(reminding, "today", lambda: day)


def writes_to_lan() -> None:
    User.objects.filter(username="lan").update(email="lan@commune.example")


def morning(day: date, deed: str = "work.remind") -> None:
    """What comes round on a day, all of it done."""
    with transaction.atomic():
        ask(deed, day.isoformat(), {"day": day.isoformat()})
    while run_some([one for one in DEEDS if one.name.startswith(("work.", "access."))], me(), 100):
        pass


def no_more(name: str) -> None:
    """This person's roles have ended."""
    user = User.objects.get(username=name)
    RoleGrant.objects.everywhere(because=BECAUSE).filter(user_id=user.pk).update(until=date(2026, 1, 1))


def told(name: str) -> list[str]:
    """The stages of a person's notices about the quarter, in the order they were written."""
    rows = Notice.objects.everywhere(because=BECAUSE).filter(user_id=User.objects.get(username=name).pk)
    return list(
        rows.filter(item__contains="2026-Q3", item__startswith="indicators")
        .order_by("pk")
        .values_list("stage", flat=True)
    )


def test_each_is_told_once_a_stage_whatever_is_run_how_often(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for back in (3, 3, 2, 1, 0, -1, -2, -8):
        day = DUE - timedelta(days=back)
        on(monkeypatch, day)
        morning(day)
    assert told("lan") == ["d3", "d1", "d0", "w0", "w1"]
    assert told("chau") == [], "the province confirms nothing"
    assert User.objects.get(username="lan").unread == 5


def test_two_workers_with_the_same_work_write_one_notice(begun: World) -> None:
    day = DUE - timedelta(days=2)
    morning(day)
    Job.objects.filter(deed="work.remind_one").update(state=JobState.WAITING.value)
    morning(day)
    assert told("lan") == ["d3"]


def test_what_is_done_or_out_of_reach_by_then_is_told_to_nobody(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm_period(by=begun.viewer("lan"), unit_id=begun.unit("A11"), period=QUARTER)
    no_more("hoa")
    morning(DUE)
    assert told("lan") == told("hoa") == []
    assert told("minh") == ["d7"]
    User.objects.filter(username="minh").update(is_active=False)
    on(monkeypatch, DUE + timedelta(days=1))
    morning(DUE + timedelta(days=1))
    assert told("minh") == ["d7"], "a closed account is told nothing more"


def test_a_letter_says_what_is_due_where_to_do_it_and_how_to_end_it(begun: World, post: Catcher) -> None:
    writes_to_lan()
    day = DUE - timedelta(days=2)
    morning(day)
    (letter,) = post.letters
    assert letter["To"] == "lan@commune.example"
    assert letter["Subject"].strip() == "1 việc sắp đến hạn hoặc quá hạn"
    address = f"http://127.0.0.1:8000/nhap/{begun.unit('A11')}/2026-Q3/"
    assert "Ghi và xác nhận số liệu: Quý III/2026 – hạn 3/10/2026" in post.plain()
    assert address in post.plain()
    assert f'href="{address}"' in post.html()
    assert letter["List-Unsubscribe"] == "<http://127.0.0.1:8000/tin-bao/cach/>"
    for person in ("Lan", "Hoa", "lan "):
        assert person not in post.plain()
    morning(day)
    Job.objects.filter(deed="work.letter").update(state=JobState.WAITING.value, tries=0)
    morning(day)
    assert len(post.letters) == 2, "killed before it could say so, a worker sends it again"
    assert post.letters[1]["Message-ID"] == letter["Message-ID"], "and it is the same letter"


def test_a_letter_holds_the_reminders_of_its_own_day(
    begun: World, post: Catcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes_to_lan()
    for back in (2, 1):
        day = DUE - timedelta(days=back)
        on(monkeypatch, day)
        morning(day)
    assert [letter["Subject"].strip() for letter in post.letters] == ["1 việc sắp đến hạn hoặc quá hạn"] * 2


def test_a_weekly_letter_says_what_comes_within_a_month_and_no_more_lines_than_are_read() -> None:
    lan = User(username="lan", email="lan@commune.example", language="vi")

    def things(count: int, days: int) -> list[DueItem]:
        said = Said("Việc", "Thing"), DUE + timedelta(days=days), "task"
        return [DueItem("tasks.finish", number, 1, *said, (number,), Said("Mở", "Open")) for number in range(1, count)]

    (part,) = letters.weekly(lan, [*things(2, 31), *things(3, 32)], DUE).parts
    assert (part.head, len(part.lines)) == ("Sau đó", 1)
    (part,) = letters.weekly(lan, things(letters.MOST_LINES + 3, -1), DUE).parts
    assert len(part.lines) == letters.MOST_LINES + 1
    assert part.lines[-1][0] == "… và 2 việc nữa: xem Việc của tôi"


def test_english_readers_get_english_letters(begun: World, post: Catcher) -> None:
    writes_to_lan()
    User.objects.filter(username="lan").update(language="en")
    morning(DUE)
    assert post.letters[0]["Subject"].strip() == "1 thing due or overdue"
    assert "Fill in and confirm the figures" in post.plain()


def test_a_letter_leaves_out_what_was_done_before_it_is_sent(begun: World, post: Catcher) -> None:
    writes_to_lan()
    post.broken = True
    morning(DUE)
    job = Job.objects.get(deed="work.letter")
    assert (job.state, job.problem) == (JobState.WAITING, "SMTPDataError")
    post.broken = False
    confirm_period(by=begun.viewer("lan"), unit_id=begun.unit("A11"), period=QUARTER)
    Job.objects.update(due_at=job.asked_at)
    morning(DUE)
    assert post.letters == []
    assert Job.objects.get(deed="work.letter").state == JobState.DONE


def test_no_letter_goes_to_an_account_closed_meanwhile(begun: World, post: Catcher) -> None:
    writes_to_lan()
    post.broken = True
    morning(DUE)
    post.broken = False
    User.objects.filter(username="lan").update(is_active=False)
    Job.objects.filter(deed="work.letter").update(due_at=Job.objects.get(deed="work.letter").asked_at)
    morning(DUE)
    assert post.letters == []


@pytest.mark.parametrize(
    ("how", "on_page", "letters"), [(How.MAIL, 1, 1), (How.APP, 1, 0), (How.DIGEST, 0, 0), (How.OFF, 0, 0)]
)
def test_each_is_told_as_they_chose(begun: World, post: Catcher, how: How, on_page: int, letters: int) -> None:
    writes_to_lan()
    choose(by=begun.viewer("lan"), wanted={Topic.FIGURES.value: how.value})
    morning(DUE)
    assert len(told("lan")) == on_page
    assert len(post.letters) == letters
    assert len(told("hoa")) == 1, "others are told as before"


def test_the_weekly_letter_holds_all_but_what_was_switched_off(begun: World, post: Catcher) -> None:
    writes_to_lan()
    morning(DUE, "work.digest")
    assert "Ghi và xác nhận số liệu" in post.plain()
    assert "Tuần này" in post.plain() or "Hôm nay" in post.plain() or "Sau đó" in post.plain()
    choose(by=begun.viewer("lan"), wanted={Topic.FIGURES.value: "digest"})
    morning(DUE + timedelta(days=7), "work.digest")
    assert len(post.letters) == 2
    choose(by=begun.viewer("lan"), wanted={Topic.FIGURES.value: "off"})
    morning(DUE + timedelta(days=14), "work.digest")
    choose(by=begun.viewer("lan"), wanted={Topic.FIGURES.value: "mail", Topic.WEEKLY.value: "off"})
    morning(DUE + timedelta(days=21), "work.digest")
    assert len(post.letters) == 2, "where nothing is left to say, and where none is wanted, no letter goes out"


def test_without_a_mail_server_everything_is_on_the_page_only(begun: World) -> None:
    writes_to_lan()
    morning(DUE)
    morning(DUE, "work.digest")
    assert told("lan") == ["d3"]
    assert not Job.objects.filter(deed__in=["work.letter", "work.digest_one"]).exists()


def test_a_choice_that_is_none_is_refused_whole(begun: World) -> None:
    lan = begun.viewer("lan")
    for wanted in ({"figures": "shout"}, {"nothing": "mail"}, {"figures": "off", "weekly_letter": "app"}):
        with pytest.raises(Refused, match=r"work\.no_choice"):
            choose(by=lan, wanted=wanted)
    assert choices(lan.user_id or 0)[Topic.FIGURES] is How.MAIL


def test_notices_are_ones_own_and_gone_with_the_reach(begun: World) -> None:
    morning(DUE)
    lan, hoa = begun.viewer("lan"), begun.viewer("hoa")
    (mine,), _total = notices.page_of(lan, 1)
    with pytest.raises(Absent):
        notices.read(by=hoa, notice_id=mine.pk)
    first, again = (notices.read(by=lan, notice_id=mine.pk).read_at for _ in range(2))
    assert first == again
    assert notices.read_all(by=lan) == 0
    minh = begun.viewer("minh")
    assert {row.user_id for row in notices.page_of(minh, 1)[0]} == {minh.user_id}, "not those of the cells below"
    assert User.objects.get(username="lan").unread == 0
    assert User.objects.get(username="hoa").unread == 1
    no_more("hoa")
    assert notices.page_of(begun.viewer("hoa"), 1) == ([], 0)
    assert notices.read_all(by=begun.viewer("hoa")) == 1
    assert User.objects.get(username="hoa").unread == 0


def test_old_notices_are_forgotten(begun: World) -> None:
    morning(DUE)
    rows = Notice.objects.everywhere(because=BECAUSE)
    first = rows.filter(user_id=begun.users["lan"].pk)
    first.update(at=first.get().at - notices.KEPT - timedelta(days=1))
    before = rows.count()
    assert notices.forget_old() == 1
    assert notices.forget_old() == 0
    assert rows.all().count() == before - 1
    assert User.objects.get(username="lan").unread == 0


def test_an_address_is_used_once_its_code_came_back(begun: World, post: Catcher) -> None:
    lan = begun.viewer("lan")
    email.claim(by=lan, address=" Lan@Commune.example ")
    morning(DUE)
    code = email.code_of(EmailClaim.objects.get())
    assert code in post.plain()
    assert post.letters[0]["To"] == "Lan@Commune.example"
    assert User.objects.get(username="lan").email == ""
    with pytest.raises(Refused, match="code_wrong"):
        email.confirm(by=lan, code="00000000" if code != "00000000" else "1")
    with pytest.raises(Refused, match="code_old"):
        email.confirm(by=begun.viewer("hoa"), code=code)
    email.confirm(by=lan, code=f" {code[:4]} {code[4:]}")
    assert User.objects.get(username="lan").email == "Lan@Commune.example"
    assert not EmailClaim.objects.exists()
    email.drop(by=lan)
    assert User.objects.get(username="lan").email == ""


def test_codes_cannot_be_guessed_nor_letters_sent_to_strangers_at_will(begun: World, post: Catcher) -> None:
    lan = begun.viewer("lan")
    email.claim(by=lan, address="lan@commune.example")
    with pytest.raises(Refused, match="email_wait"):
        email.claim(by=lan, address="hoa@commune.example")
    code = email.code_of(EmailClaim.objects.get())
    for _ in range(email.MOST_TRIES):
        with pytest.raises(Refused, match="code_wrong"):
            email.confirm(by=lan, code="no")
    with pytest.raises(Refused, match="code_old"):
        email.confirm(by=lan, code=code)


@pytest.mark.parametrize("address", ["", "lan", "lan@", "lan@x.vn\nBcc: hoa@x.vn", "a" * 250 + "@x.vn", "lan@@x.vn"])
def test_what_is_no_address_is_refused(begun: World, post: Catcher, address: str) -> None:
    with pytest.raises(Refused, match="bad_email"):
        email.claim(by=begun.viewer("lan"), address=address)
    assert not Job.objects.exists()


def test_no_code_is_sent_where_no_mail_is_set_up(begun: World) -> None:
    with pytest.raises(Refused, match="mail_not_set_up"):
        email.claim(by=begun.viewer("lan"), address="lan@commune.example")


MAIL = {"CHITHI_SMTP_HOST": "mail.example.vn", "CHITHI_MAIL_FROM": "chithi@example.vn"}


def test_a_mail_server_is_set_up_whole_or_refused_by_name() -> None:
    assert mailing({}) is None
    assert mailing({"CHITHI_MAIL_FROM": "chithi@example.vn"}) is None, "without a server nothing is mailed"
    assert mailing(MAIL) == Mailing("mail.example.vn", 587, "starttls", "", "", "chithi@example.vn")
    for wrong, code in (
        ({"CHITHI_MAIL_FROM": ""}, "needed_too"),
        ({"CHITHI_MAIL_FROM": "Chithi <chithi@example.vn>"}, "needed_too"),
        ({"CHITHI_SMTP_USER": "chithi"}, "needed_too"),
        ({"CHITHI_SMTP_PASSWORD": "x"}, "needed_too"),
        ({"CHITHI_SMTP_USER": "chithi", "CHITHI_SMTP_PASSWORD": "mật khẩu"}, "not_ascii"),
        ({"CHITHI_SMTP_PORT": "0"}, "not_in_range"),
        ({"CHITHI_SMTP_PER_MINUTE": "0"}, "not_in_range"),
        ({"CHITHI_SMTP_SECURITY": "ssl"}, "not_a_choice"),
        ({"CHITHI_SMTP_SECURITY": "none", "CHITHI_SMTP_USER": "c", "CHITHI_SMTP_PASSWORD": "p"}, "not_a_choice"),
    ):
        with pytest.raises(Refused, match=code):
            mailing({**MAIL, **wrong})
    near = {"CHITHI_SMTP_HOST": "localhost", "CHITHI_SMTP_SECURITY": "none"}
    kept = mailing({**MAIL, **near, "CHITHI_SMTP_USER": "c", "CHITHI_SMTP_PASSWORD": "p"})
    assert kept is not None
    assert kept.security == "none", "a password may go to this machine as it is"
