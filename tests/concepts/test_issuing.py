"""A made report is issued: numbered, written again, registered; the letter with it; the frame of an office."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from chithi.core.errors import Absent, Refused
from chithi.core.periods import parse
from chithi.org.kinds import UnitKind
from chithi.org.models import Person, Post
from chithi.registry.actions import set_first_number, set_term, withdraw
from chithi.registry.kinds import DocumentKind, Side
from chithi.registry.letterheads import set_letterhead
from chithi.registry.models import Issued
from chithi.registry.queries import Letterhead
from chithi.reporting import issuing
from chithi.reporting.actions import make_report
from chithi.reporting.compose import compose
from chithi.reporting.freeze import _told, code_of
from chithi.reporting.issuing import issue_letter, issue_report, letter_of
from chithi.reporting.kept import as_data, from_data
from chithi.reporting.letter import Form
from chithi.reporting.models import Report
from tests.worlds import BEGAN, TODAY, World, add_unit

YEAR = parse("2025")
DAY = date(2026, 11, 20)


def made(world: World, unit: str = "A1", who: str = "minh") -> Report:
    set_term(by=world.viewer("dung"), unit_id=world.unit(unit), name="k", since=date(2025, 6, 1), until=None)
    return make_report(by=world.viewer(who), unit_id=world.unit(unit), period=YEAR)


def text_of(file: bytes) -> str:
    document = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def set_office(world: World, unit: str = "A1", **said: object) -> None:
    letterhead = Letterhead(**said)  # type: ignore[arg-type]
    set_letterhead(by=world.viewer("dung"), unit_id=world.unit(unit), said=letterhead, seen_version=0)


def framed(world: World, unit: str = "A1", dated: date = TODAY):  # type: ignore[no-untyped-def]
    return compose(world.viewer("dung"), world.unit(unit), YEAR, dated=dated, base="")


def test_an_issued_report_bears_its_number_and_day_wherever_it_is_named(world: World) -> None:
    report = made(world)
    set_first_number(
        by=world.viewer("minh"), unit_id=world.unit("A1"), kind=DocumentKind.REPORT, side=Side.PARTY, on=DAY, first=27
    )
    issued, sent = issue_report(by=world.viewer("minh"), code=report.code, on=DAY, letter=Form.LETTER)
    assert (issued.number, issued.sign, issued.dated) == (27, "Số 27-BC/ĐU", DAY)
    told = text_of(bytes(issued.file))
    assert "Số 27-BC/ĐU" in told
    assert "ngày 20 tháng 11 năm 2026" in told
    assert f"/ma/{report.code}" in told
    assert sent is not None
    assert (sent.sign, sent.source, sent.recipients) == ("Số 01-CV/ĐU", report.code, "Huyện ủy An")
    letter = text_of(bytes(sent.file))
    assert "Báo cáo số 27-BC/ĐU, ngày 20/11/2026" in letter
    assert "Kính gửi: Huyện ủy An" in letter
    assert bytes(Report.objects.everywhere(because="t").get(pk=report.pk).file) == bytes(report.file)


def test_a_letter_that_cannot_be_numbered_leaves_the_report_without_a_number_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = made(world)

    def fails(*_args: object, **_more: object) -> None:
        raise Refused("reporting.nobody_to_write_to")

    monkeypatch.setattr(issuing, "_send", fails)
    with pytest.raises(Refused, match="nobody_to_write_to"):
        issue_report(by=world.viewer("minh"), code=report.code, on=DAY, letter=Form.LETTER)
    assert Issued.objects.everywhere(because="t").count() == 0


def test_somebody_who_was_quicker_takes_the_expected_number_and_the_file_bears_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = made(world)
    monkeypatch.setattr(issuing, "expected_number", lambda *_args: 9)
    issued, _ = issue_report(by=world.viewer("minh"), code=report.code, on=DAY)
    assert issued.number == 1
    assert "Số 01-BC/ĐU" in text_of(bytes(issued.file))


def test_a_report_goes_out_once_and_again_after_it_was_withdrawn(world: World) -> None:
    report = made(world)
    by = world.viewer("minh")
    first, _ = issue_report(by=by, code=report.code, on=DAY)
    with pytest.raises(Refused, match="issued_already"):
        issue_report(by=by, code=report.code, on=DAY)
    withdraw(by=by, issued_id=first.pk, seen_version=first.version, on=TODAY, why="nhầm")
    assert issue_report(by=by, code=report.code, on=TODAY)[0].number == 2


def test_a_letter_may_follow_the_report_later(world: World) -> None:
    report, by = made(world), world.viewer("minh")
    with pytest.raises(Absent):
        issue_letter(by=by, code=report.code, on=DAY, form=Form.LETTER)
    draft = letter_of(by, report.code, Form.LETTER)
    assert (draft.header.number, draft.header.kind_symbol) == (None, "CV")
    issue_report(by=by, code=report.code, on=DAY)
    assert "số 01-BC/ĐU" in letter_of(by, report.code, Form.SUBMISSION).paragraphs[0]
    sent = issue_letter(by=by, code=report.code, on=TODAY, form=Form.SUBMISSION)
    assert (sent.kind, sent.dated, sent.number) == (DocumentKind.SUBMISSION, TODAY, 1)
    assert "Kính trình: Huyện ủy An" in text_of(bytes(sent.file))


def test_an_outsider_issues_nothing_and_learns_nothing(world: World) -> None:
    report = made(world)
    for who in ("lan", "hoa", "an"):
        for do in (
            lambda by: issue_report(by=by, code=report.code, on=DAY),
            lambda by: letter_of(by, report.code, Form.LETTER),
            lambda by: issue_letter(by=by, code=report.code, on=DAY, form=Form.LETTER),
        ):
            with pytest.raises(Absent):
                do(world.viewer(who))


def test_a_report_from_before_numbers_is_to_be_made_again(world: World) -> None:
    report = made(world)
    Report.objects.everywhere(because="t").filter(pk=report.pk).update(content=None)
    with pytest.raises(Refused, match="made_before"):
        issue_report(by=world.viewer("minh"), code=report.code, on=DAY)


def test_the_content_kept_is_the_content_that_was_made(world: World) -> None:
    content = framed(world)
    assert from_data(as_data(content)) == content


def test_what_an_office_set_stands_in_its_documents_and_the_rest_follows_from_the_tree(world: World) -> None:
    before = framed(world)
    assert (before.header.place, before.header.parent, before.header.issuer_symbol) == ("An Một", "Huyện ủy An", "ĐU")
    assert before.recipients == ("Huyện ủy An",)
    set_office(
        world, place="Bản Mới", symbol="ĐUAM", recipients="Ban A\nLưu Đảng ủy", basis="Căn cứ X", spelling="all_second"
    )
    after = framed(world)
    assert (after.header.place, after.header.issuer_symbol) == ("Bản Mới", "ĐUAM")
    assert (after.recipients, after.basis, after.spelling) == (("Ban A", "Lưu Đảng ủy"), ("Căn cứ X",), "all_second")
    assert (after.header.parent, after.header.issuer) == (before.header.parent, before.header.issuer)


def test_a_cell_names_its_own_archive_and_signs_for_itself(world: World) -> None:
    cell = framed(world, "A11")
    assert cell.recipients == ("Đảng ủy xã An Một", "Lưu Chi bộ")
    assert cell.signatory.authority(cell.profile.words) == ("T/M CHI BỘ",)


def holder(world: World, unit: str, title: str, name: str, *, head: bool = False, until: date | None = None) -> Post:
    person = Person.objects.create(name=name, folded=name.lower())
    return Post.objects.create(
        person=person, unit=world.units[unit], title=title, is_head=head, since=BEGAN, until=until
    )


def test_the_head_signs_unless_another_post_was_chosen_and_is_still_held(world: World) -> None:
    holder(world, "A1", "Bí thư Đảng ủy", "Lý Văn Một", head=True)
    deputy = holder(world, "A1", "Phó Bí thư", "Lý Văn Hai", until=date(2026, 12, 1))
    assert (framed(world).signatory.post, framed(world).signatory.name) == ("BÍ THƯ", "Lý Văn Một")
    set_office(world, signer_post=deputy.pk)
    assert (framed(world).signatory.post, framed(world).signatory.name) == ("Phó Bí thư", "Lý Văn Hai")
    later = framed(world, dated=date(2026, 12, 2))
    assert (later.signatory.post, later.signatory.name) == ("BÍ THƯ", "Lý Văn Một")


@pytest.mark.parametrize(
    ("said", "lines", "post"),
    [
        ({"signing": "in_place", "post": "Phó Bí thư"}, ("K/T BÍ THƯ",), "Phó Bí thư"),
        ({"signing": "by_order", "body": "Ban Thường vụ", "post": "Chánh Văn phòng"}, ("T/L BAN THƯỜNG VỤ",), None),
        ({"signing": "head"}, (), "BÍ THƯ"),
        ({"body": "Ban Chấp hành"}, ("T/M BAN CHẤP HÀNH",), "BÍ THƯ"),
        (
            {"side": "state", "signing": "collective_in_place", "body": "Ủy ban", "head": "Chủ tịch"},
            ("TM. ỦY BAN", "KT. CHỦ TỊCH"),
            None,
        ),
        ({"side": "state", "signing": "by_authority", "body": "Chủ tịch"}, ("TUQ. CHỦ TỊCH",), None),
    ],
)
def test_documents_are_signed_in_the_form_the_office_chose(
    world: World, said: dict[str, str], lines: tuple[str, ...], post: str | None
) -> None:
    set_office(world, **said)
    content = framed(world)
    assert content.signatory.authority(content.profile.words) == lines
    assert post is None or content.signatory.post == post


def test_an_office_of_the_state_writes_in_the_states_form_and_numbers_by_the_year(world: World) -> None:
    office = add_unit("S1", world.units["A1"], UnitKind.AGENCY, "Ủy ban nhân dân xã An Một")
    world.units["S1"] = office
    by = world.viewer("minh")
    content = compose(by, office.pk, YEAR, dated=TODAY, base="")
    assert (content.profile.code, content.header.issuer_symbol) == ("N", "UBND")
    report = make_report(by=by, unit_id=office.pk, period=YEAR)
    issued, _ = issue_report(by=by, code=report.code, on=DAY)
    assert issued.sign == "Số: 01/BC-UBND"
    told = text_of(bytes(issued.file))
    assert "Độc lập - Tự do - Hạnh phúc" in told
    assert "TM. ỦY BAN NHÂN DÂN" in told
    assert "ĐẢNG CỘNG SẢN" not in told


def test_reports_made_before_offices_could_set_anything_keep_their_codes(world: World) -> None:
    content = framed(world)
    plain = _told(content)
    assert not {"basis", "spelling", "columns"} & set(plain)
    assert "side" not in plain["header"]
    assert "head" not in plain["signatory"]
    code = code_of(content, "A1", "2025")
    assert code_of(replace(content, basis=("Căn cứ X",)), "A1", "2025") != code
    assert code_of(replace(content, spelling="uy_second"), "A1", "2025") != code
    assert code_of(replace(content, header=replace(content.header, side=Side.STATE)), "A1", "2025") != code
