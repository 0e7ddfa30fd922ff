"""People join, leave, go over, are exempt, take posts: totals follow, and nobody writes outside their reach."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.freshness.actions import FOREVER
from chithi.freshness.models import Mark
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.journal.models import Entry
from chithi.org import people
from chithi.org.models import Exemption, Membership, Person, Post
from chithi.org.people import NewPerson, NewPost
from tests.worlds import BEGAN, World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
PERIOD = parse("2025")
DAY = date(2025, 3, 1)
NEXT_YEAR = date(2026, 2, 1)


@pytest.fixture
def counted(world: World) -> World:
    """Two members in A11, one in A12 and A21 each; the totals of 2025 are computed."""
    for code, count in (("A11", 2), ("A12", 1), ("A21", 1)):
        add_members(world.units[code], count)
    rebuild(period_row(PERIOD))
    return world


def value(world: World, unit: str, code: str = "org.members_on_duty") -> int:
    """The computed count after the marks were worked off; everything stored agrees with the records."""
    drain_all()
    assert verify().ok
    line = lines(world.viewer("chau"), world.unit(unit), PERIOD, codes=[code]).lines[0]
    return int(line.numerator.computed.value or 0)


def membership_in(world: World, code: str) -> Membership:
    found = Membership.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit(code)).order_by("pk").first()
    assert found is not None
    return found


def test_somebody_new_who_joins_is_counted_from_the_day(counted: World) -> None:
    joined = people.join(
        by=counted.viewer("minh"), person=NewPerson("Vũ Thị Sen", 1990), unit_id=counted.unit("A11"), since=DAY
    )
    person = Person.objects.everywhere(because=BECAUSE).get(pk=joined.person_id)
    assert (person.name, person.folded, person.birth_year) == ("Vũ Thị Sen", "vu thi sen", 1990)
    assert [value(counted, unit) for unit in ("A11", "A1", "T")] == [3, 4, 5]


def test_somebody_who_joins_after_the_period_changes_nothing_in_it(counted: World) -> None:
    people.join(by=counted.viewer("lan"), person=NewPerson("Sen"), unit_id=counted.unit("A11"), since=NEXT_YEAR)
    assert value(counted, "A11") == 2


def test_somebody_who_leaves_is_counted_no_more(counted: World) -> None:
    row = membership_in(counted, "A11")
    people.leave(by=counted.viewer("lan"), membership_id=row.pk, seen_version=row.version, on=DAY)
    assert [value(counted, unit) for unit in ("A11", "A1", "T")] == [1, 2, 3]


def test_where_somebody_belongs_to_two_cells_the_other_counts_them_when_the_first_is_left(counted: World) -> None:
    row = membership_in(counted, "A11")
    minh, lan = counted.viewer("minh"), counted.viewer("lan")
    people.join(by=minh, person=row.person_id, unit_id=counted.unit("A12"), since=DAY)
    assert [value(counted, unit) for unit in ("A11", "A12")] == [2, 1]
    people.leave(by=lan, membership_id=row.pk, seen_version=row.version, on=date(2025, 6, 1))
    marked = set(Mark.objects.everywhere(because=BECAUSE).filter(first=date(2025, 6, 1)).values_list("unit_id", "last"))
    assert marked == {(counted.unit(code), FOREVER) for code in ("A11", "A12")}
    assert [value(counted, unit) for unit in ("A11", "A12", "T")] == [1, 2, 4]


def test_a_member_who_goes_over_is_counted_once_and_there(counted: World) -> None:
    row = membership_in(counted, "A11")
    people.transfer(
        by=counted.viewer("minh"),
        membership_id=row.pk,
        seen_version=row.version,
        unit_id=counted.unit("A12"),
        on=DAY,
    )
    assert [value(counted, unit) for unit in ("A11", "A12", "A1", "T")] == [1, 2, 3, 4]


def test_nobody_sends_a_member_to_a_cell_they_do_not_reach(counted: World) -> None:
    row = membership_in(counted, "A11")
    for name, to in (("minh", "A21"), ("lan", "A12"), ("hoa", "A12")):
        with pytest.raises(Absent):
            people.transfer(
                by=counted.viewer(name),
                membership_id=row.pk,
                seen_version=row.version,
                unit_id=counted.unit(to),
                on=DAY,
            )
    assert membership_in(counted, "A11").until is None
    assert value(counted, "A11") == 2


def test_the_exempt_leave_the_denominator_and_come_back(counted: World) -> None:
    row, lan = membership_in(counted, "A11"), counted.viewer("lan")
    made = people.exempt(by=lan, person_id=row.person_id, unit_id=row.unit_id, since=DAY, reason="tuổi cao")
    assert [value(counted, unit) for unit in ("A11", "A1", "T")] == [1, 2, 3]
    people.end_exemption(by=lan, exemption_id=made.pk, seen_version=made.version, on=date(2025, 9, 1))
    assert [value(counted, unit) for unit in ("A11", "A1", "T")] == [2, 3, 4]


def test_a_post_of_a_key_leader_counts_while_it_is_held(counted: World) -> None:
    row, minh = membership_in(counted, "A11"), counted.viewer("minh")
    post = NewPost("Bí thư đảng ủy", is_key_leader=True, is_head=True)
    held = people.take_post(by=minh, person=row.person_id, unit_id=counted.unit("A1"), post=post, since=DAY)
    assert [value(counted, unit, "org.key_leaders") for unit in ("A1", "T")] == [1, 1]
    people.leave_post(by=minh, post_id=held.pk, seen_version=held.version, on=date(2025, 12, 1))
    assert [value(counted, unit, "org.key_leaders") for unit in ("A1", "T")] == [0, 0]


def test_a_leader_who_leaves_the_party_moves_in_the_breakdown(counted: World) -> None:
    row, minh = membership_in(counted, "A11"), counted.viewer("minh")
    post = NewPost("Chủ tịch", is_key_leader=True)
    people.take_post(by=minh, person=row.person_id, unit_id=counted.unit("A1"), post=post, since=DAY)
    drain_all()
    people.leave(by=minh, membership_id=row.pk, seen_version=row.version, on=DAY)
    assert value(counted, "A1", "org.key_leaders") == 1


def test_whoever_keeps_no_register_of_people_changes_nothing(counted: World) -> None:
    row = membership_in(counted, "A11")
    for name in ("hoa", "chau", "dung"):
        by = counted.viewer(name)
        with pytest.raises(Absent):
            people.join(by=by, person=NewPerson("Sen"), unit_id=counted.unit("A11"), since=DAY)
        with pytest.raises(Absent):
            people.leave(by=by, membership_id=row.pk, seen_version=row.version, on=DAY)
        with pytest.raises(Absent):
            people.exempt(by=by, person_id=row.person_id, unit_id=row.unit_id, since=DAY)
        with pytest.raises(Absent):
            people.take_post(by=by, person=row.person_id, unit_id=row.unit_id, post=NewPost("X"), since=DAY)
    assert not Exemption.objects.everywhere(because=BECAUSE).exists()
    assert not Post.objects.everywhere(because=BECAUSE).exists()
    assert value(counted, "A11") == 2


def test_nobody_draws_a_person_from_beyond_their_reach_into_it(counted: World) -> None:
    stranger = membership_in(counted, "A21").person_id
    with pytest.raises(Absent, match=r"org\.no_person"):
        people.join(by=counted.viewer("lan"), person=stranger, unit_id=counted.unit("A11"), since=DAY)


def test_what_somebody_changed_meanwhile_is_not_overwritten(counted: World) -> None:
    row, lan = membership_in(counted, "A11"), counted.viewer("lan")
    with pytest.raises(Stale):
        people.leave(by=lan, membership_id=row.pk, seen_version=row.version + 1, on=DAY)
    people.leave(by=lan, membership_id=row.pk, seen_version=row.version, on=DAY)
    with pytest.raises(Stale):
        people.leave(by=lan, membership_id=row.pk, seen_version=row.version, on=DAY)


@pytest.mark.parametrize(
    ("unit", "since", "code"),
    [
        ("A11", DAY, "org.overlaps"),
        ("A1", DAY, "org.not_a_cell"),
        ("A12", date(2009, 1, 1), "org.not_open_then"),
    ],
)
def test_a_membership_that_cannot_be_is_refused(counted: World, unit: str, since: date, code: str) -> None:
    person = membership_in(counted, "A11").person_id
    with pytest.raises(Refused) as refused:
        people.join(by=counted.viewer("minh"), person=person, unit_id=counted.unit(unit), since=since)
    assert refused.value.code == code


def test_a_refusal_writes_no_new_person_down(counted: World) -> None:
    before = Person.objects.everywhere(because=BECAUSE).count()
    for new in (NewPerson("  "), NewPerson("Sen", 1700)):
        with pytest.raises(Refused):
            people.join(by=counted.viewer("lan"), person=new, unit_id=counted.unit("A11"), since=DAY)
    assert Person.objects.everywhere(because=BECAUSE).count() == before


def test_a_row_ends_once_and_not_before_it_began(counted: World) -> None:
    row, lan = membership_in(counted, "A11"), counted.viewer("lan")
    with pytest.raises(Refused, match=r"org\.ends_before_beginning"):
        people.leave(by=lan, membership_id=row.pk, seen_version=row.version, on=date(2009, 1, 1))
    people.leave(by=lan, membership_id=row.pk, seen_version=row.version, on=BEGAN)
    with pytest.raises(Refused, match=r"org\.ended_already"):
        people.leave(by=lan, membership_id=row.pk, seen_version=row.version + 1, on=DAY)
    assert value(counted, "A11") == 1, "one that ended on its first day never held"


def test_the_journal_tells_the_deed_without_a_name(counted: World) -> None:
    people.join(by=counted.viewer("lan"), person=NewPerson("Vũ Thị Sen"), unit_id=counted.unit("A11"), since=DAY)
    entry = Entry.objects.everywhere(because=BECAUSE).get(verb="org.joined")
    assert (entry.unit_id, entry.by_id) == (counted.unit("A11"), counted.users["lan"].pk)
    assert entry.facts == {"on": "2025-03-01"}
