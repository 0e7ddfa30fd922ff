"""Every page, light and dark, wide and narrow: no accessibility fault, nothing cut or beside it, no complaint.

The complaints (errors of scripts, refusals by the content policy) are asked for when the desk is left, see conftest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone
from playwright.sync_api import expect

from chithi.imports.actions import bring
from chithi.imports.kinds import ImportKind
from chithi.imports.work import see_through
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.models import Figure
from chithi.jobs.holders import me
from chithi.narrative.queries import spans_of
from chithi.org.groups import Named, make_group, put_in
from chithi.org.kinds import GroupKind, LinkKind, StepKind, UnitKind
from chithi.org.links import tie
from chithi.org.models import Exemption, Handover, Membership, Post, TransferProposal
from chithi.org.places import forget_since
from chithi.org.plan_rows import Step, Unread
from chithi.org.plans import draft_steps
from chithi.org.trials import try_out
from chithi.registry.actions import set_term
from chithi.reporting.actions import make_report
from chithi.reporting.issuing import issue_report
from chithi.tasks.actions import Word, add_step, finish, report
from chithi.tasks.decisions import cancel
from chithi.tasks.turns import ask_explanations
from tests.browser.desk import Desk
from tests.browser.directive_pages import directive_pages
from tests.browser.duty_pages import duty_pages
from tests.browser.looks import misplaced, out_of_order, too_small
from tests.browser.scene import PRINTED_ON
from tests.browser.year_pages import year_pages
from tests.task_world import overdue_in
from tests.worlds import BEGAN, World, add_unit

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
NARROW, MIDDLE, WIDE, WIDEST = 360, 768, 1280, 1920
EVERY_RULE: dict[str, Any] = {"resultTypes": ["violations"]}
BUT_COLOURS = EVERY_RULE | {"rules": {"color-contrast": {"enabled": False}}}  # half the time; a width changes none
COLOURS = EVERY_RULE | {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that a theme can change
LOOKED_AT = (("dark", WIDE, COLOURS), ("light", WIDE, EVERY_RULE), ("light", NARROW, BUT_COLOURS))


def pages(world: World) -> Iterator[tuple[str | None, str]]:
    """Who opens what; None: a visitor."""
    from chithi.core.periods import parse
    from chithi.narrative.models import Document

    document = Document.objects.everywhere(because="the browser tests open it").get().pk
    span = spans_of(world.viewer("chau"), document)[0].pk
    code = make_report(by=world.viewer("dung"), unit_id=world.unit("A"), period=parse("2025"), dated=PRINTED_ON).code
    district, commune, cell = world.unit("A"), world.unit("A1"), world.unit("A11")
    yield None, "/vao/"
    yield "chau", "/"
    yield "dung", f"/don-vi/{district}/?ky=2025"
    yield "dung", f"/don-vi/{district}/?ky=2025&chi-tieu=study.classes"
    yield "lan", f"/don-vi/{cell}/?ky=2025"
    yield "lan", f"/don-vi/{cell}/?ky=2013"
    yield "dung", f"/don-vi/{district}/ai-da-bao-cao/?ky=2025"
    yield "minh", f"/don-vi/{commune}/ai-da-bao-cao/?ky=2025&cap=chi-bo"
    yield "dung", f"/don-vi/{district}/canh-nhau/?ky=2025&chi-tieu=study.classes"
    yield "dung", f"/bao-cao/{district}/2025/?hinh=study.classes"
    yield "dung", f"/so/20/{district}/2025/"
    yield "dung", f"/so/20/{district}/2025/?ma={code}"
    yield "lan", f"/so/1/{cell}/2025/"
    yield "chau", "/van-ban/"
    yield "chau", "/van-ban/?cach=dan"
    yield "chau", f"/van-ban/{document}/"
    yield "chau", f"/van-ban/so/{span}/sua/"
    yield "minh", f"/nhap/{commune}/2025/"
    yield "dung", f"/bao-cao/{district}/2025/"
    yield "dung", f"/ma/{code}"
    yield "dung", "/ma/"
    yield from people_pages(world)
    yield from template_pages(world)
    yield from office_pages(world, code)
    yield from directive_pages(world)
    yield from task_pages(world)
    yield from duty_pages(world)
    yield from year_pages(world)
    yield "dung", "/tim/?q=chi+bo"
    yield "dung", "/tim/?q=zzz"
    yield "an", "/tim/?q=dang+vien+a1"
    yield "an", "/quan-tri/luu-giu/"
    yield "an", "/quan-tri/luu-giu/person_name/"
    yield "an", "/quan-tri/luu-giu/person_name/sua/"
    yield "an", "/quan-tri/luu-giu/nguoi/?ten=dang+vien"
    yield "an", "/quan-tri/luu-giu/nguoi/1/"
    yield "an", "/quan-tri/ten-khac/"
    yield from beside_the_tree(world)
    for path in account_pages(world):
        yield "an", path
    yield "dung", "/don-vi/999999/"
    yield from pages_of_the_tree(world)
    yield from pages_of_definitions()
    yield from pages_of_imports(world)
    yield "dung", "/don-vi/1/?ky=abc"


def task_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """Tasks: the list, one with everything on it, forms, counts, a month."""
    task = overdue_in(world, "A11", 40, giver="A1")
    minh = world.viewer("minh")
    add_step(by=minh, task_id=task.pk, title="Họp thôn", due_on=task.due_on)
    report(by=minh, task_id=task.pk, word=Word(task.due_on, 40, "Đã hỏi 12 hộ", "sổ theo dõi"))
    ask_explanations(minh.today)
    yield "minh", "/nhiem-vu/"
    yield "minh", "/nhiem-vu/?trang_thai=done"
    yield "minh", f"/nhiem-vu/{task.pk}/"
    yield "minh", f"/nhiem-vu/{task.pk}/sua/"
    yield "minh", f"/nhiem-vu/{task.pk}/tien-do/"
    yield "lan", f"/nhiem-vu/{task.pk}/giai-trinh/"
    yield "lan", f"/nhiem-vu/{task.pk}/doi-han/"
    yield "minh", f"/nhiem-vu/{task.pk}/tam-dung/"
    yield "minh", f"/nhiem-vu/{task.pk}/han-moi/"
    late, gone = (overdue_in(world, "A11", days, giver="A1") for days in (5, 3))
    finish(by=world.viewer("lan"), task_id=late.pk, seen_version=late.version, word=Word(late.since, note="Đã xong"))
    cancel(by=minh, task_id=gone.pk, seen_version=gone.version, reason="Trùng việc khác")
    yield "minh", f"/nhiem-vu/{late.pk}/nghiem-thu/"
    yield "minh", f"/nhiem-vu/{gone.pk}/khoi-phuc/"
    yield "minh", f"/nhiem-vu/moi/?don_vi={world.unit('A11')}"
    yield "dung", "/nhiem-vu/tong-hop/"
    yield "dung", f"/nhiem-vu/lich/?thang={task.due_on:%Y-%m}"


def people_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """The register of people, a transfer that waits and a hand-over half signed."""
    unit, everyone = world.units["A11"], Membership.objects.everywhere(because="the browser tests open it")
    first, second = everyone.filter(unit=unit).order_by("pk")[:2]
    post = Post.objects.create(person_id=first.person_id, unit=unit, title="Bí thư chi bộ", is_head=True, since=BEGAN)
    Exemption.objects.create(person_id=second.person_id, unit=unit, since=BEGAN, reason="tuổi cao")
    sides = {"person_id": second.person_id, "membership": second, "unit": unit, "to_unit": world.units["A12"]}
    proposal = TransferProposal.objects.create(on=PRINTED_ON, note="Giấy giới thiệu số 12", **sides)
    form = Handover.objects.create(
        unit=unit,
        post=post,
        giver_id=first.person_id,
        taker_id=second.person_id,
        giver_user_id=world.users["lan"].pk,
        taker_at=timezone.now(),
        taker_paper="tủ hồ sơ số 2",
        pending=[{"code": "documents", "count": 2}],
        lines="Con dấu",
        on=PRINTED_ON,
    )
    for path in (
        "nguoi/",
        f"nguoi/{second.person_id}/",
        f"nguoi/{first.person_id}/sua/",
        "nguoi/them/chuc-vu/?don-vi=A11",
        f"nguoi/chuyen/{first.pk}/",
        f"nguoi/thoi/chuc-vu/{post.pk}/",
        "chuc-vu/",
        f"chuc-vu/{post.pk}/ban-giao/",
        "chuyen-sinh-hoat/",
        "ban-giao/",
    ):
        yield "minh", f"/quan-tri/{path}"
    yield "hoa", f"/quan-tri/chuyen-sinh-hoat/{proposal.pk}/"
    yield "lan", f"/quan-tri/ban-giao/{form.pk}/"


def pages_of_imports(world: World) -> Iterator[tuple[str | None, str]]:
    """A sheet with something to mend, one that may be written, one that waits; and the ways in and out."""
    right = "Họ và tên;Năm sinh;Mã chi bộ;Sinh hoạt từ ngày\r\nVũ Thị Sen;1990;A11;01/03/2025\r\n"
    alike = right + "Vũ Thị Sen;1990;A11;01/04/2025\r\n"
    for text in (right + "Đỗ Quý;x;A2;31/02/2025\r\n", alike, right):
        what = {"kind": ImportKind.PEOPLE, "unit_id": world.unit("A1"), "filename": "nguoi.csv"}
        batch = bring(by=world.viewer("minh"), data=text.encode(), **what)  # type: ignore[arg-type]
        if text != right:
            see_through(batch.pk, me())
        yield "minh", f"/quan-tri/nhap-xuat/{batch.pk}/"
    for address in ("", "nhap/nguoi/", "xuat/"):
        yield "minh", f"/quan-tri/nhap-xuat/{address}"


def pages_of_the_tree(world: World) -> Iterator[tuple[str | None, str]]:
    """Units and plans as an administrator opens them."""
    steps = [Step(2, StepKind.MERGE, ("A1",), heir_code="A2"), Unread(3, {"what": "biến mất", "codes": "B1"})]
    how = {"title": "Sắp xếp thử", "on": PRINTED_ON, "unit_id": world.unit("T")}
    good = draft_steps(by=world.viewer("an"), steps=steps[:1], **how).pk  # type: ignore[arg-type]
    bad = draft_steps(by=world.viewer("an"), steps=steps, **how).pk  # type: ignore[arg-type]
    new = draft_steps(by=world.viewer("an"), steps=steps, **how).pk  # type: ignore[arg-type]
    for tried in (good, bad):
        try_out(by=world.viewer("an"), plan_id=tried)
    unit = f"/quan-tri/don-vi/{world.unit('A1')}/"
    yield "an", "/quan-tri/don-vi/"
    yield "an", unit
    for act in ("lap", "doi-ten", "chuyen", "sap-nhap", "chia-tach", "ket-thuc", "bo-cap"):
        yield "an", f"{unit}{act}/"
    yield "an", "/quan-tri/sap-xep/"
    yield "an", "/quan-tri/sap-xep/moi/"
    for tail in ("", "dong/2/", "xem-truoc/"):
        yield "an", f"/quan-tri/sap-xep/{good}/{tail}"
    for plan in (bad, new):
        yield "an", f"/quan-tri/sap-xep/{plan}/xem-truoc/"


def beside_the_tree(world: World) -> Iterator[tuple[str | None, str]]:
    """Groups and ties: what one reads, what one keeps."""
    by, since = world.viewer("an"), date(2020, 1, 1)
    group = make_group(by=by, unit_id=world.unit("T"), said=Named("Đơn vị làm điểm", GroupKind.PILOT))
    ids = [world.unit(code) for code in ("A1", "A11", "A21", "B1")]
    place = put_in(by=by, group_id=group.pk, unit_ids=ids, since=since)[0]
    agency = add_unit("BV", world.units["A"], UnitKind.AGENCY, "Bệnh viện huyện An")
    forget_since(since)
    kind = LinkKind.PARTY_ORGANISATION
    link = tie(by=by, unit_id=agency.pk, other_id=world.unit("A1"), kind=kind, since=since)
    district = world.unit("A")
    for path in ("/nhom/", f"/nhom/{group.pk}/?ky=2025", f"/nhom/{group.pk}/?ky=2013", f"/nhom/{group.pk}/so/21/2025/"):
        yield "dung", path
    yield "dung", f"/don-vi/{district}/?ky=2025&nhom={group.pk}"
    yield "dung", f"/bao-cao/{district}/2025/?nhom={group.pk}"
    yield "dung", f"/tim/?q=chi+bo&nhom={group.pk}"
    for path in ("", "moi/", f"{group.pk}/", f"{group.pk}/ten/", f"{group.pk}/ket-thuc/", f"ra/{place.pk}/"):
        yield "an", f"/quan-tri/nhom/{path}"
    for path in ("", "moi/", f"{link.pk}/thoi/"):
        yield "an", f"/quan-tri/gan/{path}"


def template_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """Templates of offices; with one there is something to choose on the page of a report."""
    from tests.leaks.template_things import template_of

    template = template_of(world, "A", "Báo cáo quý gọn một trang, không phụ lục")
    for path in ("", "moi/", "truong/", f"{template}/", f"{template}/ban-moi/", f"{template}/ten/"):
        yield "dung", f"/quan-tri/mau-bao-cao/{path}"
    yield "minh", f"/bao-cao/{world.unit('A1')}/2025/"


def account_pages(world: World) -> Iterator[str]:
    """What somebody who looks after accounts and roles opens, and their own account."""
    from chithi.access.defining import Definition, define_role

    as_what = Definition(("Đoàn kiểm tra", "Inspection team"), ("read", "records"))
    role = define_role(by=world.viewer("an"), code="kiem_tra", as_what=as_what).code
    account = f"/quan-tri/tai-khoan/{world.users['lan'].pk}/"
    yield from ("/quan-tri/tai-khoan/", "/quan-tri/tai-khoan/mo/", "/quan-tri/tai-khoan/bi-khoa/")
    yield from (account, f"{account}sua/", f"{account}giao/", f"{account}nguoi/", f"{account}lam/dong/")
    yield from ("/quan-tri/vai-tro/", f"/quan-tri/vai-tro/{role}/sua/", f"/quan-tri/vai-tro/{role}/ngung/")
    yield from ("/viec/", "/tin-bao/", "/tin-bao/cach/", "/quan-tri/viec-chay-nen/")
    yield from ("/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/hai-buoc/", "/tai-khoan/ma-du-phong/")


def office_pages(world: World, code: str) -> Iterator[tuple[str | None, str]]:
    """The records office of the district, whose report goes out."""
    by, unit = world.viewer("dung"), world.unit("A")
    term = set_term(by=by, unit_id=unit, name="2025–2030", since=date(2025, 1, 1), until=None)
    issued, _ = issue_report(by=by, code=code, on=PRINTED_ON)
    yield "dung", f"/bao-cao/{code}/ban-hanh/"
    for path in ("", f"{unit}/", f"{unit}/nhiem-ky/", f"{unit}/so-dau/", f"nhiem-ky/{term.pk}/"):
        yield "dung", f"/quan-tri/the-thuc/{path}"
    for path in ("", f"{issued.pk}/thu-hoi/"):
        yield "dung", f"/quan-tri/van-ban-di/{path}"


def pages_of_definitions() -> Iterator[tuple[str | None, str]]:
    """Indicators and breakdowns as those see them who define."""
    for path in ("chi-tieu/", "chi-tieu/moi/", "chi-tieu/42/", "chi-tieu/42/sua/", "chi-tieu/42/ngung/"):
        yield "chau", f"/quan-tri/{path}"
    for path in ("", "moi/", "1/", "1/ten/", "phan/1/"):
        yield "chau", f"/quan-tri/cach-chia/{path}"


def faults(page: Any, rules: dict[str, Any] = EVERY_RULE) -> list[str]:
    """What axe finds, one line each: rule, where, why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run(rules)", rules)["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def show(desk: Desk, theme: str, width: int) -> None:
    desk.page.emulate_media(color_scheme=theme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    expect(desk.page.locator("html")).to_have_attribute("data-bs-theme", theme)


def test_no_page_has_a_fault_or_scrolls_sideways(sit: Sit, scene: World) -> None:
    wrong: list[str] = []
    desks: dict[str | None, Desk] = {}
    for who, path in pages(scene):
        desk = desks.get(who) or desks.setdefault(who, sit(who))
        desk.open(path)
        wrong += [f"{path}: {fault}" for fault in out_of_order(desk.page)]
        for theme, width, rules in LOOKED_AT:
            show(desk, theme, width)
            found = faults(desk.page, rules)
            wrong += [f"{path} {width} {theme}: {fault}" for fault in found]
        wrong += [f"{path}: {fault}" for fault in too_small(desk.page)]
        for width in (NARROW, MIDDLE, WIDE, WIDEST):
            desk.page.set_viewport_size({"width": width, "height": 800})
            wrong += [f"{path} at {width}: {fault}" for fault in misplaced(desk.page)]
            if over := desk.overflow():
                wrong.append(f"{path} is {over} px wider than {width}")
    assert wrong == []


def test_the_bar_at_the_foot_is_read_by_night(sit: Sit) -> None:
    """The one part of a narrow page that a wide one does not show; its colours are looked at once."""
    desk = sit("dung", width=NARROW)
    page = desk.open("/")
    show(desk, "dark", NARROW)
    expect(page.locator(".foot")).to_be_visible()
    assert faults(page, COLOURS) == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_opens_over_a_page_has_no_fault_either(sit: Sit, scene: World, width: int) -> None:
    desk = sit("dung", width=width)
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    page.locator("header summary", has_text="Năm 2025").click()
    wrong = faults(page)
    page.keyboard.press("Escape")
    page.locator(".indicators a.num-door").first.click()
    expect(page.locator("#panel article")).to_be_visible()
    wrong += faults(page)
    page.keyboard.press("Escape")
    page.locator("summary", has_text="Thêm" if width == NARROW else "Dung").click()
    page.locator("button:visible", has_text="Xem phím tắt").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    wrong += faults(page)
    if desk.overflow():
        wrong.append("wider than the window")
    assert wrong == []


def test_the_checks_can_fail(sit: Sit) -> None:
    """A page with a faint grey word, a nameless button and a very wide line is found out."""
    desk = sit("dung", width=NARROW)
    page = desk.open("/")
    page.evaluate(
        """() => {
        const main = document.querySelector("main");
        const faint = document.createElement("p");
        faint.textContent = "mờ";
        faint.style.color = "#ccc";
        const wide = document.createElement("div");
        wide.style.width = "2000px";
        wide.style.height = "1px";
        const short = document.createElement("p");
        short.textContent = "Đảng bộ Tổng công ty Đầu tư phát triển hạ tầng kỹ thuật và dịch vụ đô thị";
        short.style.cssText = "overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 60px";
        main.append(faint, document.createElement("button"), wide, short, document.createElement("h4"));
        main.lastChild.textContent = "h4";
    }"""
    )
    assert {fault.split(":")[0] for fault in faults(page)} == {"color-contrast", "button-name", "heading-order"}
    assert desk.overflow() > 1000
    looks = [*misplaced(page), *too_small(page), *out_of_order(page)]
    assert [line.split(":")[0] for line in looks] == [
        "beside the window", "cut", "too small for a finger", "heading out of order",
    ]  # fmt: skip
    assert desk.complaints == []
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken on purpose'); })")
    told = " ".join(desk.complaints)
    assert "Content Security Policy" in told
    assert "broken on purpose" in told
    desk.complaints.clear()


def test_a_long_name_and_a_huge_number_stay_inside_a_phone(sit: Sit, scene: World) -> None:
    from chithi.core.periods import parse
    from chithi.indicators.drain import drain_all
    from chithi.indicators.models import Measure
    from chithi.org.models import UnitState

    state = UnitState.objects.everywhere(because="a test gives a unit a very long name").get(unit_id=scene.unit("A1"))
    state.name = "Đảng bộ Tổng công ty Đầu tư phát triển hạ tầng kỹ thuật, dịch vụ đô thị và nông thôn"
    state.short_name = state.name
    state.save()
    slot = Slot(scene.unit("A1"), Measure.objects.get(code="study.classes").pk, parse("2026-Q1"))
    said: Figure = enter(by=scene.viewer("minh"), slot=slot, saying=Saying(987_654_321_987), seen=None)
    assert said.pk
    drain_all()
    desk = sit("dung", width=NARROW)
    for path in ("/", f"/don-vi/{scene.unit('A1')}/?ky=2026-Q1", f"/so/20/{scene.unit('A')}/2026-Q1/"):
        desk.open(path)
        assert desk.overflow() == 0, path
