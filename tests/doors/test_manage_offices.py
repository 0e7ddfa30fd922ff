"""The records office through the pages: letterhead, terms, first numbers, issuing, the register; every refusal."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from chithi.core.periods import parse
from chithi.registry.actions import set_term
from chithi.registry.letterheads import set_letterhead
from chithi.registry.models import Issued, Office, Series, Term
from chithi.registry.queries import SET, Letterhead
from chithi.reporting.actions import make_report
from chithi.reporting.models import Report
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
BLANK = dict.fromkeys(SET, "") | {"version": "0"}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def at(world: World, who: str = "minh") -> Client:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: object) -> str:
    return bytes(answer.content).decode()  # type: ignore[attr-defined]


def office(world: World, code: str = "A1") -> str:
    return f"/quan-tri/the-thuc/{world.unit(code)}/"


def term(world: World, code: str = "A1") -> Term:
    by = world.viewer("chau")
    return set_term(by=by, unit_id=world.unit(code), name="2025–2030", since=date(2025, 6, 1), until=None)


def made(world: World, code: str = "A1") -> Report:
    return make_report(by=world.viewer("chau"), unit_id=world.unit(code), period=parse("2025"))


def issued(world: World, **form: str) -> Issued:
    term(world)
    answer = at(world).post(f"/bao-cao/{made(world).code}/ban-hanh/", {"on": "2026-11-20"} | form)
    assert answer.status_code == 302, text(answer)
    return Issued.objects.everywhere(because="t").order_by("pk")[0]


def test_the_code_on_a_report_tells_the_number_under_which_it_went_out(world: World) -> None:
    row = issued(world)
    page = f"/ma/{row.source}"
    assert f"Đã ban hành: {row.sign}, ngày 20/11/2026" in text(at(world).get(page))
    other = make_report(by=world.viewer("chau"), unit_id=world.unit("A1"), period=parse("2024"))
    assert "Đã ban hành" not in text(at(world).get(f"/ma/{other.code}"))


def test_what_the_clerk_sets_is_shown_as_it_will_be_printed(world: World) -> None:
    client = at(world)
    form = BLANK | {"place": "Bản Mới", "recipients": "Ban A\r\nLưu Đảng ủy", "spelling": "uy_second"}
    assert client.post(office(world), form).status_code == 302
    page = text(client.get(office(world)))
    for words in (
        "Bản Mới, ngày",
        "- Ban A;",
        "- Lưu Đảng uỷ.",
        "ĐẢNG UỶ XÃ AN MỘT",
        "Để trống thì in: Đảng ủy xã An Một",
    ):
        assert words in page
    listed = text(client.get("/quan-tri/the-thuc/"))
    assert "Đảng bộ xã An Một" in listed


def test_a_unit_is_opened_by_its_code_and_one_out_of_reach_is_refused_beside_the_field(world: World) -> None:
    client = at(world)
    assert client.get("/quan-tri/the-thuc/?don-vi=A11")["Location"] == office(world, "A11")
    refused = client.get("/quan-tri/the-thuc/?don-vi=A2")
    assert refused.status_code == 400
    assert "Huyện" not in text(refused)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"signing": "by_authority", "body": "X"}, "Văn bản của Đảng không ký theo hình thức này"),
        ({"signing": "in_place", "head": "Ban Thường vụ"}, "Tập thể không ký thay"),
        ({"signing": "by_order"}, "Hãy ghi ký thừa lệnh"),
        ({"signer_post": "9"}, "chọn"),
        ({"side": "church"}, "chọn"),
        ({"symbol": "X" * 21}, "20"),
        ({"spelling": "phonetic"}, "chọn"),
    ],
)
def test_a_letterhead_that_does_not_fit_is_shown_again_with_what_was_typed(
    world: World, said: dict[str, str], words: str
) -> None:
    answer = at(world).post(office(world), BLANK | {"place": "Nơi gõ"} | said)
    assert answer.status_code == 400
    page = text(answer)
    assert words.lower() in page.lower()
    assert "Nơi gõ" in page
    assert Office.objects.everywhere(because="t").count() == 0


def test_a_letterhead_somebody_else_changed_is_shown_and_not_overwritten(world: World) -> None:
    set_letterhead(by=world.viewer("dung"), unit_id=world.unit("A1"), said=Letterhead(place="Khác"), seen_version=0)
    answer = at(world).post(office(world), BLANK | {"place": "Của tôi"})
    assert answer.status_code == 400
    assert "Đang lưu: Khác" in text(answer)
    assert Office.objects.everywhere(because="t").get().place == "Khác"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_odd_versions_and_hostile_texts_write_nothing(world: World, version: str) -> None:
    hostile = BLANK | {"place": "<script>\x00", "recipients": "=HYPERLINK(1)\n" * 400, "version": version}
    assert at(world).post(office(world), hostile).status_code == 400
    assert Office.objects.everywhere(because="t").count() == 0


def test_terms_are_written_and_changed_and_refused_in_words(world: World) -> None:
    client, new = at(world), f"{office(world)}nhiem-ky/"
    said = {"name": "2025–2030", "since": "2025-06-01", "until": ""}
    assert client.post(new, said).status_code == 302
    overlapping = client.post(new, {"name": "x", "since": "01/01/2026", "until": ""})
    assert (overlapping.status_code, "Trùng với nhiệm kỳ" in text(overlapping)) == (400, True)
    assert client.post(new, {"name": "", "since": "31/31/2026"}).status_code == 400
    row = Term.objects.everywhere(because="t").get()
    change = f"/quan-tri/the-thuc/nhiem-ky/{row.pk}/"
    assert client.post(change, said | {"until": "2030-06-01", "version": 1}).status_code == 302
    assert client.post(change, said | {"version": 1}).status_code == 400
    assert client.get(f"/quan-tri/the-thuc/nhiem-ky/{2**70}/").status_code == 404


def test_the_first_number_is_set_before_any_was_given(world: World) -> None:
    client, first = at(world), f"{office(world)}so-dau/"
    said = {"kind": "report", "on": "2026-11-20", "first": "27"}
    no_term = client.post(first, said)
    assert (no_term.status_code, "Chưa ghi nhiệm kỳ" in text(no_term)) == (400, True)
    assert issued(world).number == 1
    late = client.post(first, said)
    assert (late.status_code, "đã cấp đến số 1" in text(late)) == (400, True)
    assert client.post(first, said | {"kind": "plan", "first": "0"}).status_code == 400
    assert client.post(first, said | {"kind": "novel"}).status_code == 400
    assert client.post(first, said | {"kind": "plan"}).status_code == 302
    assert Series.objects.everywhere(because="t").get(kind="plan").first == 27


def test_a_report_is_issued_with_its_letter_and_stands_in_the_register(world: World) -> None:
    issued(world, letter="letter")
    client = at(world)
    page = text(client.get("/quan-tri/van-ban-di/"))
    assert "01-BC/ĐU" in page
    assert "01-CV/ĐU" in page
    report = text(client.get(f"/bao-cao/{world.unit('A1')}/2025/"))
    assert "số 01-BC/ĐU" in report
    assert "Cấp số công văn" in report
    row = Issued.objects.everywhere(because="t").get(kind="report")
    file = client.get(f"/quan-tri/van-ban-di/{row.pk}.docx")
    assert bytes(file.content) == bytes(row.file)
    assert file["Content-Disposition"] == 'attachment; filename="report-01-2026-11-20.docx"'


def test_a_second_letter_follows_and_a_third_is_refused(world: World) -> None:
    issued(world)
    client, address = at(world), f"/bao-cao/{Report.objects.everywhere(because='t').get().code}/ban-hanh/"
    assert "Cấp số văn bản gửi kèm" in text(client.get(address))
    assert client.post(address, {"on": "2026-11-21"}).status_code == 400
    assert client.post(address, {"on": "2026-11-21", "letter": "submission"}).status_code == 302
    again = client.post(address, {"on": "2026-11-21", "letter": "submission"})
    assert (again.status_code, "đã ban hành" in text(again)) == (400, True)
    assert Issued.objects.everywhere(because="t").count() == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"on": ""}, "Ngày ban hành"),
        ({"on": "2030-01-01"}, "không được sau hôm nay"),
        ({"on": "2024-01-01"}, "Chưa ghi nhiệm kỳ"),
        ({"on": "2026-11-20", "letter": "poem"}, "chọn"),
    ],
)
def test_what_cannot_be_issued_says_why_and_takes_no_number(world: World, form: dict[str, str], words: str) -> None:
    term(world)
    answer = at(world).post(f"/bao-cao/{made(world).code}/ban-hanh/", form)
    assert answer.status_code == 400
    assert words.lower() in text(answer).lower()
    assert Issued.objects.everywhere(because="t").count() == 0


def test_a_province_has_nobody_to_write_to_until_it_names_its_recipients(world: World) -> None:
    term(world, "T")
    client, code = at(world, "chau"), made(world, "T").code
    draft = client.get(f"/bao-cao/{code}/cong-van.docx")
    assert (draft.status_code, draft["Content-Type"].endswith("wordprocessingml.document")) == (200, True)
    refused = client.post(f"/bao-cao/{code}/ban-hanh/", {"on": "2026-11-20", "letter": "letter"})
    assert (refused.status_code, "Chưa biết gửi công văn cho ai" in text(refused)) == (400, True)
    assert Issued.objects.everywhere(because="t").count() == 0
    assert client.get(f"/bao-cao/{code}/giay-moi.docx").status_code == 404


def test_the_register_is_filtered_and_downloaded_harmlessly(world: World) -> None:
    row = issued(world)
    Issued.objects.everywhere(because="t").filter(pk=row.pk).update(summary="=1+1")
    client = at(world)
    assert "01-BC/ĐU" not in text(client.get("/quan-tri/van-ban-di/?loai=letter"))
    assert "01-BC/ĐU" in text(client.get("/quan-tri/van-ban-di/?don-vi=A1&tu=2026-11-20&den=2026-11-20&chu=BC"))
    for wrong in ("?tu=hôm qua", "?loai=novel", "?don-vi=A2"):
        assert client.get(f"/quan-tri/van-ban-di/{wrong}").status_code == 400
        assert client.get(f"/quan-tri/van-ban-di/so.csv{wrong}").status_code == 404
    answer = client.get("/quan-tri/van-ban-di/so.csv?loai=report")
    told = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(told), delimiter=";"))
    assert lines[1][:5] == ["1", "Số 01-BC/ĐU", "Báo cáo (BC)", "20/11/2026", "'=1+1"]
    book = client.get("/quan-tri/van-ban-di/so.xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert client.get("/quan-tri/van-ban-di/so.exe").status_code == 404


def test_a_withdrawn_document_stays_in_the_register_and_is_withdrawn_once(world: World) -> None:
    row = issued(world)
    client, address = at(world), f"/quan-tri/van-ban-di/{row.pk}/thu-hoi/"
    said = {"on": "2026-11-21", "why": "Sai số liệu", "version": 1}
    assert client.post(address, said | {"why": ""}).status_code == 400
    assert client.post(address, said | {"on": "2026-11-19"}).status_code == 400
    assert client.post(address, said | {"version": 7}).status_code == 400
    assert client.post(address, said).status_code == 302
    assert "Sai số liệu" in text(client.get("/quan-tri/van-ban-di/"))
    assert client.get(address).status_code == 400
    assert "Ban hành" in text(client.get(f"/bao-cao/{world.unit('A1')}/2025/"))


@pytest.mark.parametrize("path", ["/quan-tri/the-thuc/", "/quan-tri/van-ban-di/", "/quan-tri/van-ban-di/so.csv"])
def test_whoever_reports_for_nobody_is_kept_out(world: World, path: str) -> None:
    assert at(world, "lan").get(path).status_code == 403
    assert at(world, "an").get(path).status_code == 403
