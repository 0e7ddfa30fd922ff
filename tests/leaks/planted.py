"""The planted world: in every unit something to reach for, in the units beside it an absurd text and number.

`A12` (beside lan's cell), `A2` (beside minh's commune) and `B1` with `B11` (the other district) hold canaries. Whoever
has no reach over such a unit must never be answered with its canary, by whatever door.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler

from chithi.access.actions import grant, open_account
from chithi.access.models import OwnRole
from chithi.access.roles import Role
from chithi.core.periods import Period, parse
from chithi.imports.actions import bring
from chithi.imports.kinds import ImportKind
from chithi.imports.models import Import
from chithi.indicators.actions import Saying, Slot, adopt, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.from_text import confirm
from chithi.indicators.kinds import Covers
from chithi.indicators.models import Figure, Measure
from chithi.journal.actions import record
from chithi.narrative.actions import Incoming, take_in
from chithi.narrative.models import Question
from chithi.narrative.queries import questions_of, spans_of
from chithi.org.groups import Named, make_group, put_in
from chithi.org.kinds import GroupKind, LinkKind, StepKind
from chithi.org.models import Person, Post, UnitLink, UnitState
from chithi.org.plan_rows import Step
from chithi.org.plans import draft_steps
from chithi.org.spelling import respell_all, respell_people, respell_units
from chithi.org.spellings import OtherName
from chithi.org.trials import try_out
from chithi.reporting.actions import make_report
from chithi.text.vietnamese import fold
from tests.leaks.call_things import calls_of
from tests.leaks.directive_things import directives_of
from tests.leaks.dossier_things import file_of
from tests.leaks.duty_things import duties_of
from tests.leaks.office_things import office_of
from tests.leaks.people_things import people_of
from tests.leaks.routine_things import calendar_of
from tests.leaks.task_things import tasks_of
from tests.leaks.template_things import pdf_kept_of, pdf_kept_of_issued, template_of
from tests.leaks.work_things import failed_work, told_about
from tests.worlds import BEGAN, PEOPLE, TODAY, TREE, World, add_members, build_world

YEAR = parse("2025")
TEXT_PERIOD = parse("2024")
OWN_ROLE = "thu_vai_tro"
"""A role that the installation defined itself."""
WORD = "Zyxwv"
"""Every canary begins so; no honest text does."""
NUMBERS = {"A12": 98_765_431, "A2": 87_654_319, "B1": 76_543_189, "B11": 65_431_879}
BACKEND = "django.contrib.auth.backends.ModelBackend"


HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One for all clients: loading the middleware takes four times as long as answering."""


def word_of(code: str) -> str:
    """The absurd word planted in a unit."""
    return f"{WORD}{code}"


def number_of(code: str) -> int:
    """The absurd number planted in a unit; those without a canary state a plain one."""
    return NUMBERS.get(code, 7)


@dataclass
class Things:
    """What a unit holds, by id, for addresses that name it."""

    unit: int
    code: str
    document: int
    open_span: int
    done_span: int
    question: int
    figure: Figure
    key: UUID
    report: str
    statement: int
    adopted: int
    members: int
    group: int = 0
    place: int = 0
    link: int = 0
    plan: int = 0
    sheet: int = 0
    account: int = 0
    grant: int = 0
    former: int = 0
    other_name: int = 0
    person: int = 0
    post: int = 0
    stay: int = 0
    proposal: int = 0
    handover: int = 0
    template: int = 0
    task: int = 0
    cancelled: int = 0
    finished: int = 0
    asked: int = 0
    resting: int = 0
    step: int = 0
    evidence: int = 0
    term: int = 0
    issued: int = 0
    job: int = 0
    directive: int = 0
    draft: int = 0
    tie: int = 0
    paper: int = 0
    calendar_line: int = 0
    taken_line: int = 0
    reminder: int = 0
    call: int = 0
    answered_call: int = 0
    call_draft: int = 0
    call_line: int = 0
    reply: int = 0
    answered: int = 0
    led: int = 0
    keeper: int = 0
    file_entry: int = 0
    tick: int = 0
    section: int = 0
    duty_list: int = 0
    duty_draft: int = 0
    duty_report: int = 0
    duty_answer: int = 0
    shortcoming: int = 0
    remedied: int = 0
    seat: int = 0


@dataclass
class Planted:
    """The world, what each unit holds, and a session of each person."""

    world: World
    things: dict[str, Things] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self, person: str | None) -> Client:
        """A browser of this person (None: a visitor) that has been nowhere yet."""
        client = Client(raise_request_exception=False)
        client.handler = HANDLER
        for name, value in self.cookies.get(person or "", {}).items():
            client.cookies[name] = value
        return client


@contextmanager
def standing(blocker: Any, *codes: str) -> Iterator[Planted]:
    """The planted world for as long as a package or module of tests runs, in one transaction that is rolled back.

    Where codes are given, only those units hold things, which is quicker. For fixtures of a wider scope than a test;
    `blocker` is pytest-django's. Each test then asks for `db`, whose savepoint undoes what it changes, and is marked
    `django_db`, without which no test database is made.
    """
    with blocker.unblock(), transaction.atomic():
        name = str(connection.settings_dict["NAME"])
        assert "memory" in name or "test_" in name, f"{name} is no test database: is the mark django_db missing?"
        yield plant(codes or [code for code, *_ in TREE])
        transaction.set_rollback(True)


def plant(codes: Collection[str]) -> Planted:
    """Build it: about two tenths of a second a unit that holds things."""
    world = build_world()
    planted = Planted(world)
    OwnRole.objects.create(code=OWN_ROLE, name_vi="Vai trò thử", name_en="Role to try", may=["read"])
    for code, _, _, name in TREE:
        _people(world, code)
        if code in NUMBERS:
            state = UnitState.objects.everywhere(because="planting a canary").get(unit_id=world.unit(code))
            state.name = state.short_name = f"{name} {word_of(code)}"
            state.folded = fold(state.name)
            state.save()
    respell_all()
    for code in codes:
        planted.things[code] = _things(world, code)
        planted.things[code].former, planted.things[code].other_name = _gone_and_called(world, code)
    drain_all()
    for code in planted.things:
        planted.things[code].report = _report(world, code)
        planted.things[code].term, planted.things[code].issued = office_of(
            world, code, word_of(code) if code in NUMBERS else "", planted.things[code].report
        )
        pdf_kept_of_issued(planted.things[code].issued)
        planted.things[code].template = template_of(world, code, word_of(code) if code in NUMBERS else "")
    told_about(world, {code: word_of(code) for code in NUMBERS})
    for code, job in failed_work(planted.things).items():
        planted.things[code].job = job
    for name, *_ in PEOPLE:
        client = Client()
        client.force_login(world.users[name], backend=BACKEND)
        planted.cookies[name] = {cookie: morsel.value for cookie, morsel in client.cookies.items()}
    return planted


def _people(world: World, code: str) -> None:
    unit = world.units[code]
    name = f"Người {word_of(code)}" if code in NUMBERS else f"Người đứng đầu {code}"
    head = Person.objects.create(name=name, folded=fold(name))
    title = f"Bí thư {word_of(code)}" if code in NUMBERS else "Bí thư"
    Post.objects.create(person=head, unit=unit, title=title, is_key_leader=True, is_head=True, since=BEGAN)
    if code in ("A11", "A12", "A21", "B11"):
        for person in add_members(unit, 2):
            if code in NUMBERS:
                person.name = f"Đảng viên {word_of(code)} {person.pk}"
                person.save()


def _gone_and_called(world: World, code: str) -> tuple[int, int]:
    """Somebody who left long ago, and another name of the unit; their ids."""
    word = word_of(code) if code in NUMBERS else code
    name, unit = f"Người đã thôi {word}", world.units[code]
    gone = Person.objects.create(name=name, folded=fold(name), birth_year=1950)
    Post.objects.create(person=gone, unit=unit, title="Ủy viên", since=BEGAN, until=date(2012, 1, 1))
    called = OtherName.objects.create(unit=unit, text=f"Tên quen gọi {word}")
    respell_people([gone.pk])
    respell_units([unit.pk])
    return gone.pk, called.pk


def text_of(code: str) -> str:
    """A report whose shares contradict each other, so that there is a question to settle as well."""
    word = f" tại {word_of(code)}" if code in NUMBERS else ""
    number = f"{number_of(code):,}".replace(",", ".")
    return (
        f"Đơn vị đã mở {number} lớp học tập chuyên đề{word}.\n"
        f"Có 100/200 đảng viên{word} viết bản đăng ký làm theo, đạt 73,5%.\n"
        f"Đã phát hành 12 tin, bài{word}.\n"
    )


def _things(world: World, code: str) -> Things:
    by = world.viewer("chau")
    unit = world.unit(code)
    incoming = Incoming(
        title=f"Báo cáo {word_of(code) if code in NUMBERS else code}",
        text=text_of(code),
        extractor="pasted",
        period_code=TEXT_PERIOD.code,
        filename=f"{word_of(code) if code in NUMBERS else code}.txt",
    )
    document = take_in(by=by, unit_id=unit, incoming=incoming)
    spans = spans_of(by, document.pk)
    done, waiting = (s for s in spans if s.indicator_code in ("study.classes", "pledge.members"))
    confirm(by=by, span_id=done.pk, seen_version=done.version)
    figure = _say(world, code, YEAR)
    _say(world, code, parse("2024"))
    record("leaks.planted", by=by, unit_id=unit, about=figure, word=word_of(code), number=number_of(code))
    return Things(
        unit=unit,
        code=code,
        document=document.pk,
        open_span=waiting.pk,
        done_span=done.pk,
        question=_question(world, document.pk),
        figure=figure,
        key=figure.key,
        report="",
        statement=_say(world, code, parse("2022"), Covers.SUBTREE).pk,
        adopted=_adopted(world, code),
        members=Measure.objects.get(code="org.members_on_duty").pk,
        plan=_plan(world, code),
        sheet=_brought(world, code),
        **_beside_the_tree(world, code),
        **_account(world, code),
        **people_of(world, code, word_of(code) if code in NUMBERS else ""),
        **tasks_of(world, code, word_of(code) if code in NUMBERS else ""),
        **duties_of(world, code, word_of(code) if code in NUMBERS else ""),
        **directives_of(world, code, word_of(code) if code in NUMBERS else ""),
        **calendar_of(world, code, word_of(code) if code in NUMBERS else ""),
        **calls_of(world, code, word_of(code) if code in NUMBERS else ""),
        **file_of(world, code, word_of(code) if code in NUMBERS else ""),
    )


def _account(world: World, code: str) -> dict[str, int]:
    """Somebody with an account and a role there."""
    name = f"Người giữ {word_of(code)}" if code in NUMBERS else f"Người giữ {code}"
    user = open_account(username=f"giu-{code.lower()}", name=name)
    given = grant(by=None, user=user, role=Role.SECRETARY, unit_id=world.unit(code), since=BEGAN)
    return {"account": user.pk, "grant": given.pk}


def _beside_the_tree(world: World, code: str) -> dict[str, int]:
    """A group that the unit owns and is alone in, and a tie; that of A12 is to A11, beside it."""
    by, name = world.viewer("an"), f"Nhóm {word_of(code)}" if code in NUMBERS else f"Nhóm của {code}"
    group = make_group(by=by, unit_id=world.unit(code), said=Named(name, GroupKind.OTHER, note=name))
    place = put_in(by=by, group_id=group.pk, unit_ids=[world.unit(code)], since=BEGAN)[0]
    other = world.unit("A11" if code == "A12" else "T")
    kind = LinkKind.PARTY_ORGANISATION
    link = UnitLink.objects.create(unit_id=world.unit(code), other_id=other, kind=kind, since=BEGAN)
    return {"group": group.pk, "place": place.pk, "link": link.pk}


def _plan(world: World, code: str) -> int:
    """A draft that would rename the unit."""
    name = f"Tên mới {word_of(code)}" if code in NUMBERS else f"Tên mới của {code}"
    steps = [Step(2, StepKind.RENAME, (code,), name)]
    how = {"title": name, "on": TODAY, "document": "1-QĐ"}
    by = world.viewer("an")
    plan = draft_steps(by=by, unit_id=world.unit(code), steps=steps, **how)  # type: ignore[arg-type]
    try_out(by=by, plan_id=plan.pk)
    return plan.pk


def _brought(world: World, code: str) -> int:
    """A sheet of people that was checked and may be applied."""
    name = f"Người {word_of(code)}" if code in NUMBERS else f"Người {code}"
    data = f"Họ và tên;Năm sinh\r\n{name};1970".encode("utf-8-sig")
    bringing = {"kind": ImportKind.PEOPLE, "filename": f"{name}.csv", "data": data}
    batch = bring(by=world.viewer("an"), unit_id=world.unit(code), **bringing)  # type: ignore[arg-type]
    found = {"row": 2, "column": "name", "code": "imports.other_day", "facts": {"day": name}}
    said = {"state": "checked", "problems": [found], "problem_count": 1, "alike": [[2, 0, name]]}
    Import.objects.everywhere(because="planting a canary").filter(pk=batch.pk).update(**said)
    return batch.pk


def _question(world: World, document: int) -> int:
    found: list[Question] = questions_of(world.viewer("chau"), document)
    return found[0].pk


def _adopted(world: World, code: str) -> int:
    figure = _say(world, code, parse("2023"), Covers.SUBTREE)
    adopt(by=world.viewer("chau"), figure_id=figure.pk)
    return figure.pk


def _say(world: World, code: str, period: Period, covers: Covers = Covers.OWN) -> Figure:
    measure = Measure.objects.get(code="study.classes")
    slot = Slot(world.unit(code), measure.pk, period, covers=covers)
    return enter(by=world.viewer("chau"), slot=slot, saying=Saying(number_of(code)), seen=None, why=word_of(code))


def _report(world: World, code: str) -> str:
    made = make_report(by=world.viewer("chau"), unit_id=world.unit(code), period=TEXT_PERIOD, dated=date(2026, 11, 20))
    pdf_kept_of(made)
    return made.code


def new_key() -> UUID:
    """A fresh key, as a device makes one."""
    return uuid4()


_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")


def traces_of(text: str, *codes: str) -> list[str]:
    """What stands of the units' canaries in a text: a word in any case, a number however grouped."""
    low = text.lower()
    words = re.findall(rf"{WORD.lower()}(\w+)", low) if WORD.lower() in low else []
    found = [word_of(code) for code in codes if code.lower() in words]
    plain = _BETWEEN_DIGITS.sub("", text)
    return found + [str(number_of(code)) for code in codes if code in NUMBERS and str(number_of(code)) in plain]
