"""Documents of a directive: written, let go out, tied, withdrawn; who may read which; each refusal beside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.core.errors import Absent, Refused, Stale
from chithi.directives import rules
from chithi.directives.actions import change, discard, draft, enter, put_out, withdraw
from chithi.directives.kinds import LinkKind, Standing, Whose
from chithi.directives.models import Attachment, Descent, Directive
from chithi.directives.queries import Filter, card, file_of, files, listed, ties
from chithi.directives.reading import one, readable
from chithi.directives.rules import Days, Force, Written, force_of, reached
from chithi.directives.tying import attach, detach, link, unlink
from chithi.files.checks import brought
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.freshness.models import Mark
from chithi.journal.models import Entry
from chithi.org.models import UnitState
from tests.pictures_brought import jpg, png
from tests.worlds import TODAY, World

DAY = date(2026, 10, 1)
DUE = date(2026, 10, 31)


def said(**fields: object) -> Written:
    """A plan of a day, otherwise as asked."""
    usual: dict[str, object] = {"kind": "plan", "summary": "Triển khai chuyên đề năm 2026", "sign": "05-KH/ĐU"}
    return Written(**{**usual, "dated": DAY, **fields})  # type: ignore[arg-type]


def directive_of(world: World, code: str = "T", who: str = "chau", **fields: object) -> Directive:
    wanted = {"kind": "directive", "sign": "03-CT/TU", "expects": ("grassroots", "cells"), "due_on": DUE, **fields}
    return enter(by=world.viewer(who), unit_id=world.unit(code), written=said(**wanted))


def plan_of(world: World, code: str, who: str, above: Directive, **fields: object) -> Directive:
    made = enter(by=world.viewer(who), unit_id=world.unit(code), written=said(**fields))
    link(by=world.viewer(who), directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    return made


def seen_by(world: World, name: str) -> set[int]:
    return set(readable(world.viewer(name)).values_list("pk", flat=True))


def test_a_document_comes_down_to_everybody_below_and_goes_up_to_those_above(world: World) -> None:
    above = directive_of(world)
    plan = plan_of(world, "A1", "minh", above)
    assert all(above.pk in seen_by(world, name) for name in ("lan", "hoa", "minh", "dung", "chau", "an"))
    assert all(plan.pk in seen_by(world, name) for name in ("lan", "hoa", "minh", "dung", "chau"))
    own = enter(by=world.viewer("lan"), unit_id=world.unit("A11"), written=said(sign="01-KH/CB"))
    assert {name for name in world.users if own.pk in seen_by(world, name)} == {"lan", "minh", "dung", "chau", "an"}


def test_a_unit_beside_never_reads_what_another_wrote(world: World) -> None:
    of_b = enter(by=world.viewer("chau"), unit_id=world.unit("B"), written=said(summary="Riêng của Bình"))
    assert not {"lan", "hoa", "minh", "dung"} & {name for name in world.users if of_b.pk in seen_by(world, name)}
    for name in ("lan", "minh", "dung"):
        with pytest.raises(Absent):
            one(world.viewer(name), of_b.pk)


def test_a_document_for_named_units_is_read_by_these_and_no_others_below(world: World) -> None:
    named = directive_of(world, recipients=(world.unit("A1"),))
    assert {name for name in world.users if named.pk in seen_by(world, name)} == {"minh", "dung", "chau", "an"}
    back = change(
        by=world.viewer("chau"),
        directive_id=named.pk,
        seen_version=named.version,
        written=said(kind="directive", sign="03-CT/TU"),
    )
    assert back.to_all
    assert named.pk in seen_by(world, "lan")


def test_a_draft_is_read_by_those_who_write_for_its_unit_alone(world: World) -> None:
    made = draft(by=world.viewer("chau"), unit_id=world.unit("T"), written=said())
    assert {name for name in world.users if made.pk in seen_by(world, name)} == {"chau"}
    small = draft(by=world.viewer("lan"), unit_id=world.unit("A11"), written=said())
    assert {name for name in world.users if small.pk in seen_by(world, name)} == {"lan", "minh", "chau"}


def test_reading_what_comes_from_above_is_not_writing_it(world: World) -> None:
    above = directive_of(world)
    lan = world.viewer("lan")
    with pytest.raises(Absent):
        change(by=lan, directive_id=above.pk, seen_version=above.version, written=said())
    with pytest.raises(Absent):
        withdraw(by=lan, directive_id=above.pk, seen_version=above.version, on=TODAY, why="")
    with pytest.raises(Absent):
        link(by=lan, directive_id=above.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    with pytest.raises(Absent):
        attach(by=lan, directive_id=above.pk, file=brought(b"chu", "x.txt"))
    with pytest.raises(Absent):
        draft(by=lan, unit_id=world.unit("A1"), written=said())


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"summary": " "}, "directives.no_summary", "summary"),
        ({"sign": ""}, "directives.no_sign", "sign"),
        ({"dated": None}, "directives.no_date", "dated"),
        ({"dated": date(2026, 11, 22)}, "directives.dated_later", "dated"),
        ({"dated": date(1, 1, 1)}, "directives.too_early", "dated"),
        ({"due_on": date(2026, 9, 1), "expects": ("cells",)}, "directives.due_first", "due_on"),
        ({"due_on": DUE}, "directives.due_for_nobody", "expects"),
        ({"expects": ("nobody",)}, "directives.no_such_kind", "expects"),
        ({"valid_from": DUE, "valid_until": DAY}, "directives.ends_first", "valid_until"),
        ({"kind": "minutes"}, "directives.no_such_document", "kind"),
        ({"kind": "x"}, "directives.no_such_document", "kind"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    world: World, fields: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as caught:
        enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=said(**fields))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not Directive.objects.everywhere(because="test").exists()
    assert enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=said()).pk


def test_a_cell_may_not_issue_guidance_and_is_told_by_which_rule(world: World) -> None:
    with pytest.raises(Refused) as caught:
        enter(by=world.viewer("lan"), unit_id=world.unit("A11"), written=said(kind="guidance"))
    assert caught.value.code == "registry.may_not_issue"
    assert caught.value.facts["basis"] == "Quy định 399, Điều 11, 13"
    outside = said(kind="guidance", issuer="Ban Tuyên giáo Trung ương")
    assert enter(by=world.viewer("lan"), unit_id=world.unit("A11"), written=outside).issuer


def test_the_same_document_is_entered_once(world: World) -> None:
    directive_of(world)
    with pytest.raises(Refused, match="entered_already"):
        directive_of(world)


def test_a_document_is_changed_by_whoever_saw_its_last_version(world: World) -> None:
    made = directive_of(world)
    chau = world.viewer("chau")
    with pytest.raises(Stale):
        change(by=chau, directive_id=made.pk, seen_version=made.version - 1, written=said())
    later = change(by=chau, directive_id=made.pk, seen_version=made.version, written=said(summary="Nội dung sửa"))
    assert later.summary == "Nội dung sửa"


def test_links_never_close_a_circle(world: World) -> None:
    above = directive_of(world)
    plan = plan_of(world, "A1", "minh", above)
    with pytest.raises(Refused, match="circle"):
        link(by=world.viewer("chau"), directive_id=above.pk, target_id=plan.pk, kind=LinkKind.CONCLUDES)
    with pytest.raises(Refused, match="to_itself"):
        link(by=world.viewer("chau"), directive_id=above.pk, target_id=above.pk, kind=LinkKind.CORRECTS)
    with pytest.raises(Refused, match="linked_already"):
        link(by=world.viewer("minh"), directive_id=plan.pk, target_id=above.pk, kind=LinkKind.LOCALISES)


def test_a_document_is_no_older_than_what_it_carries_out(world: World) -> None:
    above = directive_of(world)
    old = enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=said(dated=date(2026, 9, 1)))
    with pytest.raises(Refused, match="older_than_it"):
        link(by=world.viewer("minh"), directive_id=old.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)


def test_a_document_out_of_reach_cannot_be_linked_to(world: World) -> None:
    of_b = enter(by=world.viewer("chau"), unit_id=world.unit("B"), written=said())
    mine = enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=said())
    with pytest.raises(Absent) as caught:
        link(by=world.viewer("minh"), directive_id=mine.pk, target_id=of_b.pk, kind=LinkKind.IMPLEMENTS)
    assert caught.value.field == "target"


def test_the_cascade_reaches_through_several_levels_and_shrinks_with_a_link(world: World) -> None:
    above = directive_of(world)
    plan = plan_of(world, "A1", "minh", above)
    cell = plan_of(world, "A11", "lan", plan, sign="01-KH/CB")
    rows = Descent.objects.everywhere(because="test")
    pairs = set(rows.values_list("directive_id", "root_id"))
    assert pairs == {(plan.pk, above.pk), (cell.pk, plan.pk), (cell.pk, above.pk)}
    (tie,) = ties(world.viewer("minh"), plan.pk)
    unlink(by=world.viewer("minh"), link_id=tie.id, seen_version=tie.version)
    assert set(rows.values_list("directive_id", "root_id")) == {(cell.pk, plan.pk)}
    assert Mark.objects.everywhere(because="test").filter(unit_id=world.unit("A11"), first=DAY).exists()


def test_a_draft_stands_in_no_cascade_until_it_goes_out(world: World) -> None:
    above = directive_of(world)
    minh = world.viewer("minh")
    made = draft(by=minh, unit_id=world.unit("A1"), written=said())
    link(by=minh, directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    assert not Descent.objects.everywhere(because="test").exists()
    put_out(by=minh, directive_id=made.pk, seen_version=made.version, sign="05-KH/ĐU", dated=DAY)
    assert Descent.objects.everywhere(because="test").get().since == DAY


def test_a_withdrawn_document_stays_readable_and_no_longer_counts(world: World) -> None:
    above = directive_of(world)
    plan = plan_of(world, "A1", "minh", above)
    minh = world.viewer("minh")
    with pytest.raises(Refused, match="withdrawn_first"):
        withdraw(by=minh, directive_id=plan.pk, seen_version=plan.version, on=date(2026, 9, 1), why="")
    gone = withdraw(by=minh, directive_id=plan.pk, seen_version=plan.version, on=TODAY, why="Sai số liệu")
    assert card(world.viewer("lan"), plan.pk)[1].force is Force.WITHDRAWN
    assert Descent.objects.everywhere(because="test").get().until == TODAY
    with pytest.raises(Refused, match="withdrawn_already"):
        withdraw(by=minh, directive_id=plan.pk, seen_version=gone.version, on=TODAY, why="")


def test_a_document_that_replaces_another_ends_it(world: World) -> None:
    old = directive_of(world)
    new = directive_of(world, sign="04-CT/TU", dated=date(2026, 11, 1), due_on=None, expects=())
    assert card(world.viewer("lan"), old.pk)[1].force is Force.HOLDS
    link(by=world.viewer("chau"), directive_id=new.pk, target_id=old.pk, kind=LinkKind.REPLACES)
    assert card(world.viewer("lan"), old.pk)[1].force is Force.REPLACED
    (tie,) = ties(world.viewer("lan"), old.pk)
    assert (tie.kind, tie.outward, tie.other.id) == (LinkKind.REPLACES, False, new.pk)
    found, total = listed(world.viewer("lan"), Filter(in_force=True))
    assert ([one.id for one in found], total) == ([new.pk], 1)


def test_of_links_those_to_what_may_be_read_are_told(world: World) -> None:
    above = directive_of(world)
    of_b = enter(by=world.viewer("chau"), unit_id=world.unit("B"), written=said())
    link(by=world.viewer("chau"), directive_id=of_b.pk, target_id=above.pk, kind=LinkKind.CORRECTS)
    assert [tie.other.id for tie in ties(world.viewer("chau"), above.pk)] == [of_b.pk]
    assert ties(world.viewer("lan"), above.pk) == []


def test_a_list_tells_own_documents_from_those_above_and_below(world: World) -> None:
    above = directive_of(world)
    plan = plan_of(world, "A1", "minh", above)
    cell = plan_of(world, "A11", "lan", plan, sign="01-KH/CB")
    minh, a1 = world.viewer("minh"), world.unit("A1")

    def shown(whose: Whose) -> list[int]:
        return [one.id for one in listed(minh, Filter(whose=whose.value, unit_id=a1))[0]]

    assert (shown(Whose.OWN), shown(Whose.ABOVE), shown(Whose.BELOW)) == ([plan.pk], [above.pk], [cell.pk])
    assert [one.id for one in listed(minh, Filter(kind="directive"))[0]] == [above.pk]
    assert listed(minh, Filter(year=2025)) == ([], 0)


def test_a_file_is_kept_once_and_goes_with_its_last_document(world: World) -> None:
    minh = world.viewer("minh")
    first = enter(by=minh, unit_id=world.unit("A1"), written=said())
    second = enter(by=minh, unit_id=world.unit("A1"), written=said(sign="06-KH/ĐU"))
    file = brought("Kế hoạch học tập".encode(), "Kế hoạch.txt")
    one_of, two_of = (attach(by=minh, directive_id=row.pk, file=file) for row in (first, second))
    assert Content.objects.count() == 1
    with pytest.raises(Refused, match="attached_already"):
        attach(by=minh, directive_id=first.pk, file=file)
    detach(by=minh, attachment_id=one_of.pk, seen_version=one_of.version)
    assert file_of(world.viewer("lan"), two_of.pk)[1] == "Kế hoạch học tập".encode()
    detach(by=minh, attachment_id=two_of.pk, seen_version=two_of.version)
    assert not Content.objects.exists()
    assert not files(second.pk)


def test_a_file_of_a_unit_beside_is_not_given(world: World) -> None:
    of_b = enter(by=world.viewer("chau"), unit_id=world.unit("B"), written=said())
    made = attach(by=world.viewer("chau"), directive_id=of_b.pk, file=brought(b"rieng cua B", "b.txt"))
    assert file_of(world.viewer("chau"), made.pk)[0].name == "b.txt"
    for name in ("lan", "minh", "dung"):
        with pytest.raises(Absent):
            file_of(world.viewer(name), made.pk)


def test_throwing_a_draft_away_leaves_nothing_behind(world: World) -> None:
    minh, above = world.viewer("minh"), directive_of(world)
    made = draft(by=minh, unit_id=world.unit("A1"), written=said())
    link(by=minh, directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    attach(by=minh, directive_id=made.pk, file=brought(b"chu", "x.txt"))
    with pytest.raises(Refused, match="out_already"):
        discard(by=world.viewer("chau"), directive_id=above.pk, seen_version=above.version)
    discard(by=minh, directive_id=made.pk, seen_version=made.version)
    assert not Attachment.objects.everywhere(because="test").exists()
    assert not Content.objects.exists()
    assert [row.pk for row in Directive.objects.everywhere(because="test")] == [above.pk]


def test_a_draft_that_another_document_points_to_stays(world: World) -> None:
    minh = world.viewer("minh")
    first, second = (draft(by=minh, unit_id=world.unit("A1"), written=said()) for _ in range(2))
    link(by=minh, directive_id=second.pk, target_id=first.pk, kind=LinkKind.IMPLEMENTS)
    with pytest.raises(Refused, match="pointed_to"):
        discard(by=minh, directive_id=first.pk, seen_version=first.version)


def test_every_act_is_journaled_at_the_unit_of_the_document(world: World) -> None:
    made = enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=said())
    withdraw(by=world.viewer("minh"), directive_id=made.pk, seen_version=made.version, on=TODAY, why="")
    kept = Entry.objects.everywhere(because="test").filter(verb__startswith="directives.")
    verbs = list(kept.order_by("pk").values_list("verb", "unit_id"))
    assert [verb for verb, _ in verbs] == ["directives.drafted", "directives.went_out", "directives.withdrawn"]
    assert {unit for _, unit in verbs} == {world.unit("A1")}


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (png(), "anh.exe", FileKind.PNG),
        (jpg(), "anh.jpeg", FileKind.JPG),
        ("Chữ".encode(), "chu.txt", FileKind.TXT),
    ],
)
def test_what_a_file_is_is_told_by_its_content(data: bytes, name: str, kind: FileKind) -> None:
    found = brought(data, name)
    assert found.kind is kind
    assert found.name.endswith(f".{kind.value}")


@pytest.mark.parametrize(
    "data", [b"<!doctype html><script>1</script>", b"{\\rtf1 x}", b"PK\x03\x04xx", b"\x00\x01\x02\x03"]
)
def test_what_may_not_be_attached_is_refused_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        brought(data, "ke-hoach.docx")
    assert caught.value.field == "file"


def test_a_name_cannot_lead_out_of_its_folder() -> None:
    assert brought(b"chu", "..\\..\\etc/pass\u202ewd.txt").name == "pass wd.txt"


def test_force_goes_by_days() -> None:
    out = Days(is_draft=False, dated=DAY)
    assert force_of(out, TODAY) is Force.HOLDS
    assert force_of(Days(True, None), TODAY) is Force.DRAFT
    assert force_of(Days(False, DAY, valid_until=date(2026, 11, 20)), TODAY) is Force.ENDED
    assert force_of(Days(False, DAY, valid_until=TODAY), TODAY) is Force.HOLDS
    assert force_of(Days(False, DAY, valid_from=date(2026, 12, 1)), TODAY) is Force.NOT_YET
    assert force_of(Days(False, DAY, replaced_on=TODAY, withdrawn_on=TODAY), TODAY) is Force.WITHDRAWN


def test_a_unit_is_late_from_the_day_after_the_deadline() -> None:
    assert rules.standing(DUE, DUE, TODAY) is Standing.IN_TIME
    assert rules.standing(date(2026, 11, 1), DUE, TODAY) is Standing.LATE
    assert rules.standing(None, DUE, DUE) is Standing.WAITING
    assert rules.standing(None, DUE, date(2026, 11, 1)) is Standing.MISSING
    assert rules.standing(None, None, TODAY) is Standing.WAITING
    assert rules.days_late(None, DUE, TODAY) == 21


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_links_that_the_rule_lets_through_never_form_a_circle(wanted: list[tuple[int, int]]) -> None:
    links: dict[int, set[int]] = {}
    for source, target in wanted:
        if rules.why_not_linked(source, target, links, dates=(None, None)) is None:
            links.setdefault(source, set()).add(target)
    assert all(one not in reached(one, links) for one in range(10))


def test_the_condition_of_the_database_is_the_rule_of_force(world: World) -> None:
    """Every combination of days: the list of what is in force is that of the rule."""
    days = (None, date(2026, 11, 20), TODAY, date(2026, 11, 22))
    chau, unit = world.viewer("chau"), world.unit("T")
    for number, (begins, ends, gone) in enumerate((b, e, g) for b in days for e in days for g in days):
        if begins and ends and ends < begins:
            continue
        row = enter(by=chau, unit_id=unit, written=said(sign=f"{number}-KH", valid_from=begins, valid_until=ends))
        row.withdrawn_on = gone
        row.save()
    held = {one.id for one in listed(chau, Filter(in_force=True))[0]}
    rows = Directive.objects.everywhere(because="test")
    expected = {row.pk for row in rows if card(chau, row.pk)[1].force is Force.HOLDS}
    assert held == expected
    assert expected


def test_the_world_is_as_these_tests_take_it(world: World) -> None:
    states = UnitState.objects.everywhere(because="test")
    assert states.get(unit_id=world.unit("A11")).is_cell
    assert states.get(unit_id=world.unit("A1")).is_grassroots
