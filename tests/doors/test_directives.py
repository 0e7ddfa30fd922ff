"""Documents of a directive through the pages: the happy way, every refusal, out of reach, stale, hostile."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Attachment, Directive, DirectiveLink, Recipient
from chithi.directives.rules import Written
from chithi.directives.tying import attach, link
from chithi.files.checks import brought
from chithi.org.actions import change_kind
from chithi.org.kinds import UnitKind
from chithi.registry.actions import set_term
from chithi.registry.models import Issued
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
DAY = "2026-10-01"
PLAN = {"kind": "plan", "summary": "Triển khai chuyên đề", "sign": "05-KH/ĐU", "dated": DAY, "unit": "A1"}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def at(world: World, who: str = "minh") -> Client:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: object) -> str:
    return bytes(answer.content).decode()  # type: ignore[attr-defined]


def only() -> Directive:
    return Directive.objects.everywhere(because="t").order_by("-pk")[0]


def above(world: World) -> Directive:
    """A directive of the province that asks grassroots organisations and cells for a plan."""
    written = Written(
        "directive",
        "Về chuyên đề năm 2026",
        "Gần dân, sát việc",
        "03-CT/TU",
        date(2026, 9, 1),
        due_on=date(2026, 10, 15),
        expects=("grassroots", "cells"),
    )
    return enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=written)


def plan(world: World, code: str = "A1", who: str = "minh", dated: str = DAY, sign: str = "05-KH/ĐU") -> Directive:
    written = Written("plan", f"Kế hoạch của {code}", "", sign, date.fromisoformat(dated))
    return enter(by=world.viewer(who), unit_id=world.unit(code), written=written)


def carried_out(world: World, code: str, who: str, top: Directive, dated: str = DAY) -> Directive:
    made = plan(world, code, who, dated, f"01-KH/{code}")
    link(by=world.viewer(who), directive_id=made.pk, target_id=top.pk, kind=LinkKind.IMPLEMENTS)
    return made


def test_a_plan_is_written_from_the_directive_and_stands_below_it(world: World) -> None:
    top = above(world)
    client = at(world)
    page = text(client.get(f"/chi-dao/moi/?theo={top.pk}"))
    assert "03-CT/TU" in page
    assert 'value="A1"' in page
    answer = client.post(f"/chi-dao/moi/?theo={top.pk}", PLAN | {"follows": top.pk})
    assert answer.status_code == 302
    shown = text(client.get(f"/chi-dao/{top.pk}/"))
    assert "Triển khai chuyên đề" in shown
    assert "1 / 3 đơn vị" in shown
    assert DirectiveLink.objects.everywhere(because="t").get().kind == "implements"


def test_what_has_no_number_yet_is_a_draft_that_others_do_not_see(world: World) -> None:
    assert at(world).post("/chi-dao/moi/", PLAN | {"sign": ""}).status_code == 302
    made = only()
    assert made.is_draft
    assert "Dự thảo" in text(at(world).get("/chi-dao/"))
    for who in ("lan", "dung"):
        assert at(world, who).get(f"/chi-dao/{made.pk}/").status_code == 404
        assert "Triển khai chuyên đề" not in text(at(world, who).get("/chi-dao/"))


def test_a_draft_goes_out_with_the_next_number_of_the_register(world: World) -> None:
    minh = world.viewer("minh")
    set_term(by=minh, unit_id=world.unit("A1"), name="2025–2030", since=date(2025, 6, 1), until=None)
    made = draft(by=minh, unit_id=world.unit("A1"), written=Written("plan", "Kế hoạch năm 2026"))
    page = f"/chi-dao/{made.pk}/ban-hanh/"
    assert "dự kiến 01-KH/ĐU" in text(at(world).get(page))
    assert at(world).post(page, {"dated": DAY, "version": made.version}).status_code == 302
    row = Issued.objects.everywhere(because="t").get()
    out = only()
    assert (out.sign, out.issued_id, row.number, str(out.dated)) == ("01-KH/ĐU", row.pk, 1, DAY)
    again = at(world).post(page, {"dated": DAY, "version": out.version})
    assert again.status_code == 400
    gone = {"on": "2026-11-01", "why": "Nhầm", "version": out.version}
    assert at(world).post(f"/chi-dao/{made.pk}/thu-hoi/", gone).status_code == 302
    assert Issued.objects.everywhere(because="t").get().withdrawn_on == date(2026, 11, 1)


def test_without_a_term_the_number_is_refused_beside_the_day(world: World) -> None:
    made = draft(by=world.viewer("minh"), unit_id=world.unit("A1"), written=Written("plan", "Kế hoạch"))
    answer = at(world).post(f"/chi-dao/{made.pk}/ban-hanh/", {"dated": DAY, "version": made.version})
    assert answer.status_code == 400
    assert "nhiệm kỳ" in text(answer)
    assert only().is_draft


def test_a_secretary_lets_a_draft_out_with_the_number_on_its_paper(world: World) -> None:
    made = draft(by=world.viewer("lan"), unit_id=world.unit("A11"), written=Written("plan", "Kế hoạch"))
    page = f"/chi-dao/{made.pk}/ban-hanh/"
    assert at(world, "lan").post(page, {"dated": DAY, "version": made.version}).status_code == 400
    sent = {"dated": DAY, "sign": "02-KH/CB", "version": made.version}
    assert at(world, "lan").post(page, sent).status_code == 302
    assert only().sign == "02-KH/CB"


def test_a_refused_form_keeps_what_was_typed(world: World) -> None:
    answer = at(world, "lan").post("/chi-dao/moi/", PLAN | {"unit": "A11", "kind": "guidance", "sign": "9-HD"})
    assert answer.status_code == 400
    assert "Quy định 399" in text(answer)
    assert "9-HD" in text(answer)


@pytest.mark.parametrize(
    "odd",
    [
        {"dated": "0001-01-01"},
        {"dated": "9999-12-31"},
        {"unit": "B1"},
        {"kind": "minutes"},
        {"expects": "nobody"},
        {"recipients": "B1"},
        {"follows": 2**63},
        {"follows": 999_999},
        {"summary": ""},
        {"summary": "\x00"},
        {"sign": "x" * 61},
    ],
)
def test_odd_values_are_told_and_write_nothing(world: World, odd: dict[str, object]) -> None:
    assert at(world).post("/chi-dao/moi/", PLAN | odd).status_code in (400, 404)
    assert not Directive.objects.everywhere(because="t").exists()


def test_a_change_that_came_too_late_is_shown_what_is_stored_now(world: World) -> None:
    made = plan(world)
    sent = PLAN | {"summary": "Nội dung mới", "version": made.version}
    assert at(world).post(f"/chi-dao/{made.pk}/sua/", sent).status_code == 302
    late = at(world).post(f"/chi-dao/{made.pk}/sua/", sent | {"summary": "Của người sau"})
    assert late.status_code == 400
    assert only().summary == "Nội dung mới"
    assert "Nội dung mới" in text(at(world, "lan").get(f"/chi-dao/{made.pk}/"))


def test_a_file_comes_back_as_it_was_brought_and_is_never_a_page(world: World) -> None:
    made, client = plan(world), at(world)
    data = "<b>Kế hoạch</b> học tập".encode()
    upload = SimpleUploadedFile('k"e\r\nhoach.txt', data, content_type="text/html")
    assert client.post(f"/chi-dao/{made.pk}/tep/", {"file": upload}).status_code == 302
    kept = Attachment.objects.everywhere(because="t").get()
    answer = at(world, "lan").get(f"/chi-dao/tep/{kept.pk}/")
    assert answer.content == data
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"].startswith("text/plain")
    assert at(world, "hoa").get(f"/chi-dao/tep/{kept.pk}/").status_code == 200
    gone = client.post(f"/chi-dao/tep/{kept.pk}/go/", {"version": 1})
    assert gone.status_code == 302
    assert client.get(f"/chi-dao/tep/{kept.pk}/").status_code == 404


@pytest.mark.parametrize("data", [b"<html><script>x</script></html>", b"", b"MZ\x90\x00\x03"])
def test_a_file_of_another_kind_is_refused(world: World, data: bytes) -> None:
    made = plan(world)
    answer = at(world).post(f"/chi-dao/{made.pk}/tep/", {"file": SimpleUploadedFile("x.docx", data)})
    assert answer.status_code == 400
    assert not Attachment.objects.everywhere(because="t").exists()


def test_links_are_made_by_number_or_address_and_taken_away(world: World) -> None:
    top, made, client = above(world), plan(world), at(world)
    page = f"/chi-dao/{made.pk}/noi/"
    assert client.post(page, {"kind": "implements", "target": "không có"}).status_code == 400
    assert client.post(page, {"kind": "implements", "target": "03-ct/tu"}).status_code == 302
    assert "Triển khai" in text(client.get(f"/chi-dao/{made.pk}/"))
    tie = DirectiveLink.objects.everywhere(because="t").get()
    assert client.post(f"/chi-dao/noi/{tie.pk}/go/", {"version": 7}).status_code == 409
    assert client.post(f"/chi-dao/noi/{tie.pk}/go/", {"version": 1}).status_code == 302
    address = f"https://noi-nao-do/chi-dao/{top.pk}/"
    assert client.post(page, {"kind": "implements", "target": address}).status_code == 302


def test_a_replaced_document_says_by_what(world: World) -> None:
    old = above(world)
    new = plan(world, "T", "chau", "2026-11-01", "09-CT/TU")
    link(by=world.viewer("chau"), directive_id=new.pk, target_id=old.pk, kind=LinkKind.REPLACES)
    shown = text(at(world, "lan").get(f"/chi-dao/{old.pk}/"))
    assert "nay đã được thay bằng" in shown
    assert "09-CT/TU" in shown


def test_words_are_found_without_marks_and_marked_in_the_text(world: World) -> None:
    top = above(world)
    attach(by=world.viewer("chau"), directive_id=top.pk, file=brought("Đảng viên <gương mẫu>".encode(), "x.txt"))
    shown = text(at(world, "lan").get("/chi-dao/?q=dang vien guong"))
    assert "Tìm thấy 1 văn bản" in shown
    assert "<mark>gương</mark>" in shown
    assert "&lt;<mark>" in shown
    assert "Tìm thấy 0 văn bản" in text(at(world, "lan").get("/chi-dao/?q=khongcogi"))


@pytest.mark.parametrize(
    "query",
    ["q=%22", "q=*", "q=a+OR+b", "q=NEAR(a,b)", "q=%00", "q=" + "x" * 200, "q=%27%3B+DROP", "q=-a", "q=a%3A%2A"],
)
def test_no_sought_words_are_an_order_to_the_database(world: World, query: str) -> None:
    above(world)
    assert at(world).get(f"/chi-dao/?{query}").status_code in (200, 400)


@pytest.mark.parametrize("query", ["nam=xyz", "nam=0000", "loai=zzz", "cua=zzz", "nam=²⁰²⁶"])
def test_a_filter_that_means_nothing_is_told(world: World, query: str) -> None:
    assert at(world).get(f"/chi-dao/?{query}").status_code == 400


def test_the_cascade_counts_each_branch_and_every_count_opens_its_list(world: World) -> None:
    top = above(world)
    carried_out(world, "A1", "minh", top)
    carried_out(world, "A11", "lan", top, "2026-10-20")
    client = at(world, "chau")
    page = text(client.get(f"/chi-dao/{top.pk}/trien-khai/"))
    assert "2 / 7 đơn vị" in page
    assert "Tổ chức cơ sở đảng" in page
    assert "1/3 = 33,3%" in page
    listed = text(client.get(f"/chi-dao/{top.pk}/trien-khai/?don-vi={world.unit('A')}&tinh=late"))
    assert "Chi bộ thôn Hòa Một" in listed
    assert "5 ngày" in listed
    assert "Chi bộ thôn Hòa Hai" not in listed
    own = text(at(world, "lan").get(f"/chi-dao/{top.pk}/trien-khai/"))
    assert "1 / 1 đơn vị" in own
    assert at(world, "lan").get(f"/chi-dao/{top.pk}/trien-khai/?don-vi={world.unit('A12')}").status_code == 404


def test_a_unit_of_two_kinds_explains_why_the_kinds_add_up_to_more(world: World) -> None:
    top, why = above(world), "Có đơn vị thuộc hai loại"
    assert why not in text(at(world, "chau").get(f"/chi-dao/{top.pk}/trien-khai/"))
    by, on = world.viewer("an"), date(2026, 9, 1)
    change_kind(by=by, unit_id=world.unit("A11"), kind=UnitKind.CELL, is_cell=True, is_grassroots=True, on=on)
    page = text(at(world, "chau").get(f"/chi-dao/{top.pk}/trien-khai/"))
    assert "0 / 7 đơn vị" in page
    assert "0/4" in page
    assert why in page


@pytest.mark.parametrize("query", ["don-vi=abc", "don-vi=99999999999999999999", "don-vi=-1", "don-vi=0"])
def test_a_unit_that_is_none_is_not_found(world: World, query: str) -> None:
    top = above(world)
    assert at(world).get(f"/chi-dao/{top.pk}/trien-khai/?{query}").status_code in (200, 404)
    assert at(world).get(f"/chi-dao/{top.pk}/trien-khai/?tinh=zzz&loai=zzz").status_code == 200


def test_the_table_holds_a_row_for_every_unit_that_was_asked(world: World) -> None:
    top = above(world)
    carried_out(world, "A1", "minh", top)
    answer = at(world, "chau").get(f"/chi-dao/{top.pk}/trien-khai/bang.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]
    assert len(rows) == 1 + 7
    found = next(row for row in rows if row[0] == "A1")
    assert found[3:6] == ["Ban hành đúng hạn", "01-KH/A1", "01/10/2026"]
    assert at(world, "chau").get(f"/chi-dao/{top.pk}/trien-khai/bang.exe").status_code == 404


def test_whoever_only_reads_is_offered_no_act_and_may_do_none(world: World) -> None:
    top = above(world)
    page = text(at(world, "dung").get(f"/chi-dao/{top.pk}/"))
    assert "Thu hồi" not in page
    assert "Đính kèm tệp" not in page
    assert at(world, "dung").get("/chi-dao/moi/").status_code == 403
    assert at(world, "lan").post(f"/chi-dao/{top.pk}/thu-hoi/", {"on": DAY, "why": "x"}).status_code == 404


def test_a_form_of_a_document_and_a_reminder_sent_twice_make_one_each(world: World) -> None:
    top, key = above(world), "6a1f0a52-0a1c-4d0e-9c53-0d6f3f1f3c11"
    rows = Directive.objects.everywhere(because="t")
    minh = at(world)
    shown = text(minh.get(f"/chi-dao/moi/?theo={top.pk}"))
    sent = {**PLAN, "follows": top.pk, "key": re.findall(r'name="key" value="([\w-]{36})"', shown)[0]}
    answers = [minh.post(f"/chi-dao/moi/?theo={top.pk}", sent) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, answers[0]["Location"])] * 2
    assert DirectiveLink.objects.everywhere(because="t").count() == 1
    chau, letter = at(world, "chau"), {"unit": world.unit("A"), "kind": "cells", "key": key}
    for page in (f"/chi-dao/{top.pk}/don-doc/",) * 2:
        assert chau.post(page, letter).status_code == 302
    assert rows.filter(kind="letter").count() == 1
    assert rows.count() == 3
    assert minh.post("/chi-dao/moi/", {**PLAN, "sign": "07-KH", "key": key}).status_code == 404, "the district's key"
    assert chau.post(f"/chi-dao/{top.pk}/don-doc/", {**letter, "key": "x"}).status_code == 302


def test_one_click_drafts_a_letter_to_exactly_those_who_are_overdue(world: World) -> None:
    top = above(world)
    carried_out(world, "A1", "minh", top)
    client, page = at(world, "chau"), f"/chi-dao/{top.pk}/don-doc/"
    assert "Soạn công văn đôn đốc" in text(client.get(f"/chi-dao/{top.pk}/trien-khai/"))
    assert client.post(page, {"unit": world.unit("A"), "kind": "cells"}).status_code == 302
    made = only()
    assert (made.is_draft, made.kind, made.to_all, made.unit_id) == (True, "letter", False, world.unit("A"))
    named = Recipient.objects.everywhere(because="t").filter(directive=made).values_list("unit_id", flat=True)
    assert set(named) == {world.unit("A11"), world.unit("A12"), world.unit("A21")}
    assert "03-CT/TU" in made.summary
    assert "Soạn công văn đôn đốc" not in text(at(world, "dung").get(f"/chi-dao/{top.pk}/trien-khai/"))
    assert at(world, "dung").post(page, {"unit": world.unit("A")}).status_code == 404
    assert at(world, "minh").post(page, {"unit": world.unit("A2")}).status_code == 404
    assert at(world, "chau").post(page, {"unit": "x"}).status_code == 404
    assert client.post(page, {"unit": world.unit("A1"), "kind": "grassroots"}).status_code == 400
