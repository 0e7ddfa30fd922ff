"""One deed of each kind that can be taken back: who does it by which form, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chithi.access.actions import grant, open_account
from chithi.access.defining import Definition, define_role
from chithi.access.models import OwnRole, RoleGrant, User
from chithi.access.viewers import today
from chithi.duties.kinds import Answer
from chithi.duties.models import DutyList, DutyReport, Shortcoming
from chithi.org.groups import Named, make_group, put_in
from chithi.org.groups_queries import composition
from chithi.org.kinds import EmploymentKind, GroupKind, LinkKind, StepKind, UnitKind
from chithi.org.links import tie
from chithi.org.models import Employment, Exemption, Membership, Person, Post, UnitLink
from chithi.org.other_names import add_other_name
from chithi.org.plan_queries import one_plan, plan_rows
from chithi.org.plan_rows import Step, Unread
from chithi.org.plans import draft_steps
from chithi.org.spellings import OtherName
from chithi.privacy.actions import hold
from chithi.privacy.models import Hold
from chithi.reporting.models import OwnTemplate
from chithi.routine.actions import Said, add_line
from chithi.routine.kinds import Rhythm
from chithi.routine.models import Line, Turn
from chithi.routine.rules import When
from chithi.tasks.actions import Said as Work
from chithi.tasks.actions import assign
from chithi.tasks.models import DeadlineChange, Task
from tests.duty_world import duties_of, list_in, reported, shortcoming_in
from tests.leaks.template_things import template_of
from tests.worlds import BEGAN, TODAY, World, add_members, add_unit

WHY = "the tests look at everything"
SINCE = date(2020, 1, 1)


@dataclass
class Deed:
    """A form that is sent, and how to look at what it changes."""

    who: str
    address: str
    form: dict[str, Any]
    state: Callable[[], Any]


def _roles(user: User) -> list[Any]:
    rows = RoleGrant.objects.everywhere(because=WHY).filter(user=user).order_by("pk")
    return [(row.role, row.until) for row in rows if row.until is None or row.until > row.since]


def _account(user: User) -> Callable[[], Any]:
    def look() -> Any:
        now = User.objects.get(pk=user.pk)
        return now.is_active, now.password, now.person_id, _roles(now)

    return look


def closed(world: World) -> Deed:
    """`lan` has a password and a second role, given until a day to come."""
    lan = world.users["lan"]
    lan.set_password("con đường làng năm ấy")
    lan.save()
    grant(by=None, user=lan, role="leader", unit_id=world.unit("A12"), since=BEGAN, until=date(2030, 1, 1))
    address = f"/quan-tri/tai-khoan/{lan.pk}/lam/dong/"
    return Deed("an", address, {"version": User.objects.get(pk=lan.pk).version}, _account(lan))


def reopened(world: World) -> Deed:
    user = open_account(username="sen", name="Sen")
    user.is_active = False
    user.set_unusable_password()
    user.save()

    def look() -> bool:
        return User.objects.get(pk=user.pk).is_active

    return Deed("an", f"/quan-tri/tai-khoan/{user.pk}/lam/mo-lai/", {"version": user.version}, look)


def given(world: World) -> Deed:
    lan = world.users["lan"]
    form = {"role": "leader", "unit": "A12", "since": today().isoformat(), "until": ""}
    return Deed("an", f"/quan-tri/tai-khoan/{lan.pk}/giao/", form, _account(lan))


def ended(world: World) -> Deed:
    lan = world.users["lan"]
    row = grant(by=None, user=lan, role="leader", unit_id=world.unit("A12"), since=BEGAN, until=date(2030, 1, 1))
    form = {"until": today().isoformat(), "version": row.version}
    return Deed("an", f"/quan-tri/tai-khoan/vai-tro/{row.pk}/thoi/", form, _account(lan))


def retired(world: World) -> Deed:
    as_what = Definition(("Đoàn kiểm tra", "Inspection team"), ("read",))
    role = define_role(by=world.viewer("an", today()), code="kiem_tra", as_what=as_what)
    form = {"on": today().isoformat(), "version": role.version}
    look = OwnRole.objects.filter(pk=role.pk).values_list("retired_on", flat=True).get
    return Deed("an", "/quan-tri/vai-tro/kiem_tra/ngung/", form, look)


def linked(world: World) -> Deed:
    first, second = add_members(world.units["A11"], 2)
    lan = world.users["lan"]
    lan.person_id = first.pk
    lan.save()
    form = {"person": second.pk, "version": User.objects.get(pk=lan.pk).version}
    return Deed("an", f"/quan-tri/tai-khoan/{lan.pk}/nguoi/", form, _account(lan))


def _names() -> list[Any]:
    return list(OtherName.objects.everywhere(because=WHY).values_list("unit_id", "text"))


def name_dropped(world: World) -> Deed:
    made = add_other_name(by=world.viewer("an"), unit_id=world.unit("A1"), text="Xã Một")
    return Deed("an", f"/quan-tri/ten-khac/{made.pk}/bo/", {"version": made.version}, _names)


def name_added(world: World) -> Deed:
    return Deed("an", "/quan-tri/ten-khac/", {"unit": "A1", "text": "Xã Một"}, _names)


def _group(world: World) -> tuple[int, Callable[[], Any]]:
    group = make_group(by=world.viewer("an"), unit_id=world.unit("T"), said=Named("Làm điểm", GroupKind.PILOT)).pk
    return group, lambda: composition(world.viewer("an"), [group], TODAY)[group]


def member_out(world: World) -> Deed:
    group, look = _group(world)
    units = [world.unit(code) for code in ("A1", "B1")]
    row = put_in(by=world.viewer("an"), group_id=group, unit_ids=units, since=SINCE)[0]
    form = {"on": "2026-01-01", "version": row.version}
    return Deed("an", f"/quan-tri/nhom/ra/{row.pk}/", form, look)


def members_in(world: World) -> Deed:
    group, look = _group(world)
    return Deed("an", f"/quan-tri/nhom/{group}/", {"units": "A1\nB1", "since": "2026-01-01"}, look)


def _ties() -> list[Any]:
    rows = UnitLink.objects.everywhere(because=WHY).order_by("pk")
    return [(row.unit_id, row.other_id, row.until) for row in rows if row.until is None or row.until > row.since]


def _agency(world: World) -> int:
    return add_unit("BV", world.units["A"], UnitKind.AGENCY, "Bệnh viện huyện An").pk


def link_ended(world: World) -> Deed:
    kind, ids = LinkKind.PARTY_ORGANISATION, {"unit_id": _agency(world), "other_id": world.unit("A1")}
    link = tie(by=world.viewer("an"), kind=kind, since=SINCE, **ids)
    return Deed("an", f"/quan-tri/gan/{link.pk}/thoi/", {"on": "2026-01-01", "version": link.version}, _ties)


def link_made(world: World) -> Deed:
    _agency(world)
    form = {"kind": LinkKind.PARTY_ORGANISATION.value, "unit": "BV", "other": "A1", "since": "2026-01-01"}
    return Deed("an", "/quan-tri/gan/moi/", form, _ties)


def _stays(model: type[Any]) -> Callable[[], Any]:
    def look() -> Any:
        rows = model.objects.everywhere(because=WHY).order_by("pk")
        return [(row.unit_id, row.since, row.until) for row in rows if row.until is None or row.until > row.since]

    return look


def _someone(world: World) -> Person:
    return add_members(world.units["A11"], 1)[0]


def stay_ended(world: World) -> Deed:
    row = Membership.objects.everywhere(because=WHY).get(person=_someone(world))
    form = {"on": "2026-01-01", "version": row.version}
    return Deed("lan", f"/quan-tri/nguoi/thoi/dang-vien/{row.pk}/", form, _stays(Membership))


def exempted(world: World) -> Deed:
    row = Membership.objects.everywhere(because=WHY).get(person=_someone(world))
    form = {"since": "2026-01-01", "until": "", "reason": "tuổi cao"}
    return Deed("lan", f"/quan-tri/nguoi/mien/{row.pk}/", form, _stays(Exemption))


def template_retired(world: World) -> Deed:
    template = template_of(world, "A", "")
    look = OwnTemplate.objects.everywhere(because=WHY).filter(pk=template).values_list("retired_on", flat=True).get
    return Deed("dung", f"/quan-tri/mau-bao-cao/{template}/dung/", {"dung": "0", "version": 1}, look)


def _plan(world: World) -> tuple[int, Callable[[], Any]]:
    """A draft with a row that is understood between two that are not."""
    steps = [
        Unread(2, {"what": "biến mất", "codes": "B1"}),
        Step(3, StepKind.RENAME, ("A2",), name="Đảng bộ xã An Hòa"),
        Unread(4, {"what": "tan", "codes": "B1"}),
    ]
    by, on = world.viewer("an", today()), date(2026, 12, 1)
    plan = draft_steps(by=by, title="Sắp xếp thử", on=on, unit_id=world.unit("T"), steps=steps).pk
    return plan, lambda: (one_plan(by, plan).state, plan_rows(by, plan))


def plan_cancelled(world: World) -> Deed:
    plan, look = _plan(world)
    return Deed("an", f"/quan-tri/sap-xep/{plan}/bo/", {"version": 1}, look)


def row_dropped(world: World) -> Deed:
    plan, look = _plan(world)
    return Deed("an", f"/quan-tri/sap-xep/{plan}/dong/3/bo/", {"version": 1}, look)


def unread_row_dropped(world: World) -> Deed:
    """The first row of the same plan, which nobody understood."""
    plan, look = _plan(world)
    return Deed("an", f"/quan-tri/sap-xep/{plan}/dong/2/bo/", {"version": 1}, look)


def _holds() -> list[Any]:
    return list(Hold.objects.everywhere(because=WHY).filter(until__isnull=True).values_list("person_id", "reason"))


def hold_released(world: World) -> Deed:
    person = _someone(world)
    held = hold(by=world.viewer("an"), person_id=person.pk, reason="Đơn số 5")
    return Deed("an", f"/quan-tri/luu-giu/nguoi/{person.pk}/thoi-giu/", {"version": held.version}, _holds)


def person_held(world: World) -> Deed:
    return Deed("an", f"/quan-tri/luu-giu/nguoi/{_someone(world).pk}/giu/", {"reason": "Đơn số 5"}, _holds)


def calendar_line_dropped(world: World) -> Deed:
    line = add_line(by=world.viewer("minh"), unit_id=world.unit("A1"), said=Said("Họp", When(Rhythm.YEARLY, 3, 5)))
    rows = Line.objects.everywhere(because=WHY).filter(dropped_on__isnull=True)
    return Deed("minh", f"/lich/dong/{line.pk}/bo/", {"version": 1}, lambda: list(rows.all().values_list("pk")))


def reminder_done(world: World) -> Deed:
    line = add_line(by=world.viewer("minh"), unit_id=world.unit("A1"), said=Said("Họp", When(Rhythm.YEARLY, 3, 5)))
    turn = Turn.objects.create(unit_id=line.unit_id, line=line, slot="2027", due_on=date(2027, 3, 5))
    rows = Turn.objects.everywhere(because=WHY)
    return Deed("minh", f"/lich/nhac/{turn.pk}/xong/", {"version": 1}, lambda: list(rows.all().values_list("done_on")))


def handed_down(world: World) -> Deed:
    day = today()
    held = {"title": "Bí thư", "is_head": True, "since": SINCE, "person": _someone(world)}
    post = Post.objects.create(unit_id=world.unit("A"), **held)
    Post.objects.create(unit_id=world.unit("A1"), **held)
    said = Work(title="Rà soát danh sách", since=day, due_on=day + timedelta(days=30), post=post.pk)
    task = assign(by=world.viewer("chau"), unit_id=world.unit("A"), said=said)
    rows = Task.objects.everywhere(because=WHY).filter(parent_id=task.pk, cancelled_on__isnull=True)
    form = {"due_on": task.due_on.isoformat(), "key": "8b6f0d53-6c0c-4b58-8a25-0d1c7e3f9a10"}
    return Deed("chau", f"/nhiem-vu/{task.pk}/giao-xuong/?ma=A1", form, lambda: rows.all().count())


def task_day_set(world: World) -> Deed:
    day = today()
    post = Post.objects.create(unit_id=world.unit("A1"), title="Bí thư", since=SINCE, person=_someone(world))
    said = Work(title="Rà soát danh sách", since=day, due_on=day + timedelta(days=30), post=post.pk)
    task = assign(by=world.viewer("chau"), unit_id=world.unit("A1"), said=said)
    form = {"new": (day + timedelta(days=60)).isoformat(), "reason": "Chờ kinh phí", "version": task.version}
    days = DeadlineChange.objects.everywhere(because=WHY)

    def look() -> Any:
        kept = Task.objects.everywhere(because=WHY).get(pk=task.pk)
        return kept.due_on, kept.due_month, kept.risk_on, list(days.all().values_list("task_id", "new"))

    return Deed("chau", f"/nhiem-vu/{task.pk}/han-moi/", form, look)


def duty_list_ended(world: World) -> Deed:
    row = list_in(world)
    look = DutyList.objects.everywhere(because=WHY).filter(pk=row.pk).values_list("until", flat=True).get
    form = {"on": today().isoformat(), "version": row.version}
    return Deed("chau", f"/nghia-vu/{row.pk}/het-hieu-luc/", form, look)


def duties_submitted(world: World) -> Deed:
    row = list_in(world)
    begun = reported(world, row, "A1", "minh", Answer.DONE, submit=False)
    form = {f"answer_{duty}": "done" for duty in duties_of(row)} | {"gui": "1", "version": begun.version}
    look = DutyReport.objects.everywhere(because=WHY).filter(pk=begun.pk).values_list("submitted_on", flat=True).get
    address = f"/nghia-vu/{row.pk}/bao-cao/{begun.unit_id}/{begun.period}/"
    return Deed("minh", address, {str(name): value for name, value in form.items()}, look)


def shortcoming_withdrawn(world: World) -> Deed:
    row = shortcoming_in(world)
    rows = Shortcoming.objects.everywhere(because=WHY).filter(pk=row.pk)
    look = rows.values_list("withdrawn_on", "withdrawn_why").get
    form = {"reason": "Ghi nhầm", "version": row.version}
    return Deed("lan", f"/han-che/{row.pk}/rut/", form, look)


CASES: dict[str, Callable[[World], Deed]] = {
    "account_closed": closed,
    "account_reopened": reopened,
    "role_given": given,
    "role_ended": ended,
    "role_retired": retired,
    "person_linked": linked,
    "name_dropped": name_dropped,
    "name_added": name_added,
    "member_out": member_out,
    "members_in": members_in,
    "link_ended": link_ended,
    "link_made": link_made,
    "stay_ended": stay_ended,
    "exempted": exempted,
    "template_retired": template_retired,
    "plan_cancelled": plan_cancelled,
    "row_dropped": row_dropped,
    "hold_released": hold_released,
    "person_held": person_held,
    "calendar_line_dropped": calendar_line_dropped,
    "handed_down": handed_down,
    "task_day_set": task_day_set,
    "duty_list_ended": duty_list_ended,
    "duties_submitted": duties_submitted,
    "shortcoming_withdrawn": shortcoming_withdrawn,
    "reminder_done": reminder_done,
}


def other_stays(world: World) -> list[Deed]:
    """The other rows of people that end: an exemption, a post, a place of work."""
    person, unit = _someone(world), world.units["A11"]
    of = {"person": person, "unit": unit, "since": SINCE}
    exemption = Exemption.objects.create(**of, reason="tuổi cao")
    post = Post.objects.create(**of, title="Bí thư chi bộ")
    work = Employment.objects.create(**of, kind=EmploymentKind.OFFICIAL.value)
    return [
        Deed("lan", f"/quan-tri/nguoi/thoi/{slug}/{row.pk}/", {"on": "2026-01-01", "version": 1}, _stays(type(row)))
        for slug, row in (("mien", exemption), ("chuc-vu", post), ("lam-viec", work))
    ]
