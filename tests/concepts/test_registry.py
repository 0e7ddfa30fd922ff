"""The records office: who may issue what, terms, first numbers, withdrawing, the letterhead; each refusal beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability
from chithi.journal.models import Entry
from chithi.org.kinds import UnitKind
from chithi.org.models import Post, Unit
from chithi.registry import rules
from chithi.registry.actions import Outgoing, change_term, issue, set_first_number, set_term, withdraw
from chithi.registry.kinds import NAMES, DocumentKind, Side
from chithi.registry.letterheads import set_letterhead
from chithi.registry.models import Issued, Office, Series, Term
from chithi.registry.queries import (
    Letterhead,
    Sought,
    issued_of,
    letterhead,
    numbers,
    offices,
    one_issued,
    register,
    signers,
    terms,
    whole_register,
)
from tests.worlds import BEGAN, TODAY, World, add_members

DAY = date(2026, 11, 20)
BEGINS = date(2025, 6, 15)


def term(world: World, unit: str = "A1", since: date = BEGINS, until: date | None = None) -> Term:
    return set_term(by=world.viewer("minh"), unit_id=world.unit(unit), name="2025–2030", since=since, until=until)


def out(kind: DocumentKind = DocumentKind.REPORT, **fields: object) -> Outgoing:
    document = Outgoing(
        kind=kind,
        on=DAY,
        side=Side.PARTY,
        summary="Kết quả năm 2025",
        write=lambda number: (f"Số {number:02d}-{NAMES[kind][1]}/ĐU", b"docx"),
    )
    return replace(document, **fields)  # type: ignore[arg-type]


def issued(world: World, who: str = "minh", unit: str = "A1", **fields: object) -> Issued:
    return issue(by=world.viewer(who), unit_id=world.unit(unit), out=out(**fields))  # type: ignore[arg-type]


CELL_MAY = {"NQ", "QĐ", "KL", "TB", "BC", "KH", "CTr", "ĐA", "TTr", "CV", "BB", "QC"}
CELL_MAY_NOT = {DocumentKind.REGULATION, DocumentKind.GUIDANCE, DocumentKind.DIRECTIVE, DocumentKind.CIRCULAR}


def test_a_cell_issues_what_the_regulation_names_and_nothing_else() -> None:
    power = rules.power_of(UnitKind.CELL, is_cell=True)
    allowed = [kind for kind in DocumentKind if power.allows(kind)]
    assert {NAMES[kind][1] for kind in allowed} == CELL_MAY
    assert not CELL_MAY_NOT & set(allowed)
    assert rules.power_of(UnitKind.GRASSROOTS, is_cell=True) == power


def test_the_standing_committee_of_a_grassroots_organisation_issues_guidance_but_no_rules() -> None:
    standing = rules.power_of(UnitKind.GRASSROOTS, is_cell=False, body="Ban Thường vụ")
    assert standing.allows(DocumentKind.GUIDANCE)
    assert not standing.allows(DocumentKind.RULES)
    assert rules.power_of(UnitKind.GRASSROOTS, is_cell=False, body="Đảng ủy").allows(DocumentKind.RULES)


@pytest.mark.parametrize(
    ("kind", "name", "side"),
    [
        (UnitKind.PROVINCE, "Đảng bộ tỉnh Thử", Side.PARTY),
        (UnitKind.CELL, "Chi bộ thôn", Side.PARTY),
        (UnitKind.AGENCY, "Ban Tuyên giáo và Dân vận Tỉnh ủy", Side.PARTY),
        (UnitKind.AGENCY, "Sở Nội vụ", Side.STATE),
        (UnitKind.AGENCY, "Ủy ban nhân dân xã An", Side.STATE),
        (UnitKind.MASS_ORGANISATION, "Hội Phụ nữ xã An", Side.STATE),
        (UnitKind.VILLAGE, "Thôn Một", Side.STATE),
    ],
)
def test_the_side_follows_from_what_a_unit_is(kind: UnitKind, name: str, side: Side) -> None:
    assert rules.side_of(kind, name) is side


def test_numbers_run_from_one_for_each_kind_and_begin_anew_with_a_term(world: World) -> None:
    first = term(world, until=date(2026, 11, 1))
    term(world, since=date(2026, 11, 1))
    old = date(2026, 10, 31)
    assert [issued(world, on=old).number, issued(world, on=old).number] == [1, 2]
    assert issued(world).number == 1
    assert issued(world, kind=DocumentKind.LETTER).number == 1
    assert issued(world, on=old).number == 3
    of_first = Series.objects.everywhere(because="t").get(term_id=first.pk)
    old_rows = Issued.objects.everywhere(because="t").filter(dated=old)
    assert {row.series_id for row in old_rows} == {of_first.pk}


def test_on_the_states_side_numbers_begin_anew_with_the_year_and_need_no_term(world: World) -> None:
    state = {"side": Side.STATE}
    assert [issued(world, **state).number for _ in range(2)] == [1, 2]
    assert issued(world, **state, on=date(2025, 12, 31)).number == 1


def test_an_office_that_issued_some_on_paper_sets_the_first_number_once(world: World) -> None:
    term(world)
    by, unit = world.viewer("minh"), world.unit("A1")
    said = {"kind": DocumentKind.REPORT, "side": Side.PARTY, "on": DAY}
    set_first_number(by=by, unit_id=unit, first=27, **said)  # type: ignore[arg-type]
    set_first_number(by=by, unit_id=unit, first=41, **said)  # type: ignore[arg-type]
    assert [issued(world).number, issued(world).number] == [41, 42]
    with pytest.raises(Refused, match="begun_already"):
        set_first_number(by=by, unit_id=unit, first=50, **said)  # type: ignore[arg-type]
    for wrong in (0, -1, 100_000):
        with pytest.raises(Refused, match="bad_first"):
            set_first_number(by=by, unit_id=unit, first=wrong, **said | {"kind": DocumentKind.PLAN})  # type: ignore[arg-type]
    assert [(one.kind, one.first, one.last) for one in numbers(by, unit)] == [(DocumentKind.REPORT, 41, 42)]


def test_a_withdrawn_document_keeps_its_number_and_its_report_may_go_out_again(world: World) -> None:
    term(world)
    first = issued(world, source="AAAA-BBBB-CCCC")
    with pytest.raises(Refused, match="issued_already"):
        issued(world, source="AAAA-BBBB-CCCC")
    by = world.viewer("minh")
    assert [row.pk for row in issued_of(by, ["AAAA-BBBB-CCCC"])] == [first.pk]
    withdraw(by=by, issued_id=first.pk, seen_version=first.version, on=TODAY, why="Sai tên")
    assert issued_of(by, ["AAAA-BBBB-CCCC"]) == []
    again = issued(world, source="AAAA-BBBB-CCCC")
    assert (first.number, again.number) == (1, 2)
    assert issued(world, kind=DocumentKind.LETTER, source="AAAA-BBBB-CCCC").number == 1
    with pytest.raises(Refused, match="withdrawn_already"):
        withdraw(by=by, issued_id=first.pk, seen_version=first.version + 1, on=TODAY, why="")


def test_what_cannot_be_issued_is_refused_and_takes_no_number(world: World) -> None:
    with pytest.raises(Refused, match="no_term"):
        issued(world)
    term(world)
    with pytest.raises(Refused, match="no_term"):
        issued(world, on=date(2025, 1, 1))
    with pytest.raises(Refused, match="dated_later"):
        issued(world, on=date(2026, 11, 22))
    with pytest.raises(Refused, match="may_not_issue"):
        issued(world, kind=DocumentKind.RULES, body="BAN THƯỜNG VỤ")
    term(world, "A11")
    with pytest.raises(Refused, match="may_not_issue"):
        issued(world, unit="A11", kind=DocumentKind.GUIDANCE)
    assert Series.objects.everywhere(because="t").count() == 0
    assert issued(world).number == 1


def test_a_unit_that_closed_issues_nothing_from_then_on(world: World) -> None:
    term(world)
    Unit.objects.everywhere(because="t").filter(pk=world.unit("A1")).update(closed_on=DAY)
    with pytest.raises(Refused, match="unit_closed"):
        issued(world)


@pytest.mark.parametrize("who", ["lan", "an", "hoa"])
def test_whoever_does_not_report_for_a_unit_leaves_its_register_alone(world: World, who: str) -> None:
    one, made = term(world), None
    made = issued(world)
    by = world.viewer(who)
    unit = world.unit("A1")
    acts = (
        lambda: issue(by=by, unit_id=unit, out=out()),
        lambda: set_term(by=by, unit_id=unit, name="x", since=TODAY, until=None),
        lambda: change_term(by=by, term_id=one.pk, seen_version=1, name="x", since=BEGINS, until=None),
        lambda: set_first_number(by=by, unit_id=unit, kind=DocumentKind.PLAN, side=Side.PARTY, on=DAY, first=2),
        lambda: withdraw(by=by, issued_id=made.pk, seen_version=1, on=TODAY, why=""),
        lambda: set_letterhead(by=by, unit_id=unit, said=Letterhead(place="X"), seen_version=0),
        lambda: one_issued(by, made.pk),
    )
    for do in acts:
        with pytest.raises(Absent):
            do()
    assert register(by, Sought())[0] == []
    assert not by.may_anywhere(Capability.REPORT)


def test_a_sibling_office_sees_nothing_of_the_register_and_the_one_above_sees_it_all(world: World) -> None:
    term(world)
    issued(world)
    above, sibling = world.viewer("dung"), world.viewer("minh")
    assert register(above, Sought(unit_id=world.unit("A1")))[1] == 1
    term_of_sibling = set_term(by=above, unit_id=world.unit("A2"), name="k", since=BEGINS, until=None)
    issue(by=above, unit_id=world.unit("A2"), out=out())
    assert register(sibling, Sought(unit_id=world.unit("A2")))[1] == 0
    assert terms(sibling, world.unit("A2")) == []
    with pytest.raises(Absent):
        change_term(by=sibling, term_id=term_of_sibling.pk, seen_version=1, name="x", since=BEGINS, until=None)


def test_terms_overlap_no_other_and_hold_their_documents(world: World) -> None:
    one = term(world, since=BEGINS, until=date(2030, 6, 15))
    by, unit = world.viewer("minh"), world.unit("A1")
    for since, until in ((date(2020, 1, 1), None), (date(2029, 1, 1), date(2031, 1, 1)), (BEGINS, None)):
        with pytest.raises(Refused, match="terms_overlap"):
            set_term(by=by, unit_id=unit, name="x", since=since, until=until)
    with pytest.raises(Refused, match="term_ends_first"):
        set_term(by=by, unit_id=unit, name="x", since=BEGAN, until=BEGAN)
    set_term(by=by, unit_id=unit, name="trước", since=date(2020, 1, 1), until=BEGINS)
    issued(world)
    change = {"by": by, "term_id": one.pk, "name": "x"}
    with pytest.raises(Refused, match="documents_outside"):
        change_term(**change, seen_version=1, since=BEGINS, until=DAY)  # type: ignore[arg-type]
    change_term(**change, seen_version=1, since=BEGINS, until=date(2026, 11, 21))  # type: ignore[arg-type]
    with pytest.raises(Stale):
        change_term(**change, seen_version=1, since=BEGINS, until=None)  # type: ignore[arg-type]


def test_the_day_of_withdrawal_lies_between_issue_and_today(world: World) -> None:
    term(world)
    made = issued(world)
    by = world.viewer("minh")
    for day in (date(2026, 11, 19), date(2026, 11, 22)):
        with pytest.raises(Refused, match="withdrawn_first"):
            withdraw(by=by, issued_id=made.pk, seen_version=1, on=day, why="")
    with pytest.raises(Stale):
        withdraw(by=by, issued_id=made.pk, seen_version=9, on=TODAY, why="")


def test_the_register_is_found_by_kind_days_and_words(world: World) -> None:
    term(world)
    report, letter = issued(world), issued(world, kind=DocumentKind.LETTER, summary="Gửi báo cáo", on=date(2026, 1, 5))
    by = world.viewer("minh")

    def found(**sought: object) -> list[int]:
        return [row.pk for row in register(by, Sought(**sought))[0]]  # type: ignore[arg-type]

    assert found() == [report.pk, letter.pk]
    assert found(kind="letter") == [letter.pk]
    assert found(since=date(2026, 2, 1)) == [report.pk]
    assert found(until=date(2026, 2, 1)) == [letter.pk]
    assert found(words="gửi") == [letter.pk]
    assert found(words="01-BC") == [report.pk]
    assert found(page=2) == []
    assert [row.pk for row in whole_register(by, Sought())] == [report.pk, letter.pk]
    assert "file" in report.__dict__
    assert "file" not in register(by, Sought())[0][0].__dict__


def test_a_letterhead_is_kept_with_its_version_and_journaled_without_names(world: World) -> None:
    by, unit = world.viewer("minh"), world.unit("A1")
    assert letterhead(by, unit) == (Letterhead(), 0)
    said = Letterhead(place=" An Một ", signer_name="Lý Văn Bí", recipients="Tỉnh ủy\n\n  Lưu Đảng ủy \n")
    set_letterhead(by=by, unit_id=unit, said=said, seen_version=0)
    kept, version = letterhead(by, unit)
    assert (kept.place, kept.recipients, version) == ("An Một", "Tỉnh ủy\nLưu Đảng ủy", 1)
    with pytest.raises(Stale):
        set_letterhead(by=by, unit_id=unit, said=said, seen_version=0)
    set_letterhead(by=by, unit_id=unit, said=replace(kept, place=""), seen_version=1)
    assert letterhead(by, unit)[0].place == ""
    entries = Entry.objects.everywhere(because="t").filter(verb="registry.office_set").order_by("pk")
    assert [entry.facts["fields"] for entry in entries] == ["place, signer_name, recipients", "place"]
    assert "Lý Văn Bí" not in str([entry.facts for entry in entries])
    assert [card.code for card in offices(by)[0]] == ["A1"]
    assert offices(world.viewer("lan"))[1] == 0


def test_only_who_holds_a_post_in_the_unit_is_chosen_to_sign(world: World) -> None:
    by, unit = world.viewer("minh"), world.unit("A1")
    person = add_members(world.units["A11"], 1)[0]
    post = Post.objects.create(person=person, unit_id=unit, title="Phó Bí thư", since=BEGAN)
    elsewhere = Post.objects.create(person=person, unit=world.units["A2"], title="Bí thư", since=BEGAN)
    assert [(one.post_id, one.title) for one in signers(by, unit, TODAY)] == [(post.pk, "Phó Bí thư")]
    set_letterhead(by=by, unit_id=unit, said=Letterhead(signer_post=post.pk), seen_version=0)
    for wrong in (elsewhere.pk, 10**15):
        with pytest.raises(Refused, match="not_a_signer"):
            set_letterhead(by=by, unit_id=unit, said=Letterhead(signer_post=wrong), seen_version=1)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Letterhead(signing="by_authority", body="Chủ tịch"), "state_only"),
        (Letterhead(signing="collective_in_place"), "state_only"),
        (Letterhead(signing="by_order"), "whose_order"),
        (Letterhead(side="state", signing="by_authority"), "whose_order"),
    ],
)
def test_forms_of_signature_that_do_not_fit_are_refused(world: World, said: Letterhead, code: str) -> None:
    with pytest.raises(Refused, match=code):
        set_letterhead(by=world.viewer("minh"), unit_id=world.unit("A1"), said=said, seen_version=0)
    assert Office.objects.everywhere(because="t").count() == 0
