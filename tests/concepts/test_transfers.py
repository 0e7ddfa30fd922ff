"""A member goes over with both sides' consent: at once inside one reach, else by a proposal that is answered."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.journal.models import Entry
from chithi.org import transfers
from chithi.org.actions import close
from chithi.org.models import Membership, Post, TransferProposal
from chithi.org.pending import Pending, of_the_member
from chithi.org.people import exempt, leave
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
PERIOD = parse("2025")
DAY = date(2025, 3, 1)


@pytest.fixture
def counted(world: World) -> World:
    """Two members in A11, one in A12 and B11 each; the totals of 2025 are computed."""
    for code, count in (("A11", 2), ("A12", 1), ("B11", 1)):
        add_members(world.units[code], count)
    rebuild(period_row(PERIOD))
    return world


def value(world: World, unit: str) -> int:
    drain_all()
    assert verify().ok
    line = lines(world.viewer("chau"), world.unit(unit), PERIOD, codes=["org.members_on_duty"]).lines[0]
    return int(line.numerator.computed.value or 0)


def member_of(world: World, code: str) -> Membership:
    found = Membership.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit(code)).order_by("pk").first()
    assert found is not None
    return found


def proposed(world: World, by: str = "lan", to: str = "A12") -> TransferProposal:
    row = member_of(world, "A11")
    made = transfers.propose(
        by=world.viewer(by),
        membership_id=row.pk,
        seen_version=row.version,
        to_unit_id=world.unit(to),
        on=DAY,
        note_text=" về quê ",
    )
    assert isinstance(made, TransferProposal)
    return made


def verbs() -> list[str]:
    rows = Entry.objects.everywhere(because=BECAUSE).filter(verb__startswith="org.")
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_inside_one_reach_the_member_goes_over_at_once(counted: World) -> None:
    row = member_of(counted, "A11")
    made = transfers.propose(
        by=counted.viewer("minh"), membership_id=row.pk, seen_version=1, to_unit_id=counted.unit("A12"), on=DAY
    )
    assert isinstance(made, Membership)
    assert [value(counted, unit) for unit in ("A11", "A12", "T")] == [1, 2, 4]


def test_beyond_the_reach_nothing_moves_until_the_other_side_accepts(counted: World) -> None:
    waiting = proposed(counted)
    assert waiting.note == "về quê"
    assert [value(counted, unit) for unit in ("A11", "A12", "T")] == [2, 1, 4]
    transfers.accept(by=counted.viewer("hoa"), proposal_id=waiting.pk, seen_version=1)
    assert [value(counted, unit) for unit in ("A11", "A12", "T")] == [1, 2, 4]
    assert verbs() == ["org.transfer_proposed", "org.left", "org.joined", "org.transfer_accepted"]


def test_a_refusal_has_a_reason_and_leaves_the_member_where_they_are(counted: World) -> None:
    waiting, hoa = proposed(counted), counted.viewer("hoa")
    with pytest.raises(Refused, match=r"org\.no_reason"):
        transfers.refuse(by=hoa, proposal_id=waiting.pk, seen_version=1, why="  ")
    transfers.refuse(by=hoa, proposal_id=waiting.pk, seen_version=1, why="chưa có hồ sơ")
    kept = TransferProposal.objects.everywhere(because=BECAUSE).get()
    assert (kept.state, kept.answer) == ("refused", "chưa có hồ sơ")
    assert value(counted, "A11") == 2
    entry = Entry.objects.everywhere(because=BECAUSE).get(verb="org.transfer_refused")
    assert "hồ sơ" not in str(entry.facts), "the reason may name somebody; the journal does not keep it"
    proposed(counted)  # and another may be made


def test_the_proposing_side_alone_withdraws_and_the_receiving_side_alone_answers(counted: World) -> None:
    waiting = proposed(counted)
    ask = {"proposal_id": waiting.pk, "seen_version": 1}
    with pytest.raises(Refused, match=r"org\.not_receiving_side"):
        transfers.accept(by=counted.viewer("lan"), **ask)
    with pytest.raises(Refused, match=r"org\.others_proposal"):
        transfers.withdraw(by=counted.viewer("hoa"), **ask)
    for name in ("dung", "chau"):
        with pytest.raises(Absent):
            transfers.accept(by=counted.viewer(name), **ask)
    transfers.withdraw(by=counted.viewer("lan"), **ask)
    with pytest.raises(Refused, match=r"org\.proposal_answered"):
        transfers.accept(by=counted.viewer("hoa"), proposal_id=waiting.pk, seen_version=2)
    assert value(counted, "A11") == 2


def test_whoever_answers_sees_what_they_answer(counted: World) -> None:
    waiting = proposed(counted)
    with pytest.raises(Stale):
        transfers.accept(by=counted.viewer("hoa"), proposal_id=waiting.pk, seen_version=2)
    assert TransferProposal.objects.everywhere(because=BECAUSE).get().state == "proposed"


def test_one_proposal_at_a_time_and_none_to_the_same_cell(counted: World) -> None:
    proposed(counted)
    with pytest.raises(Refused, match=r"org\.proposed_already"):
        proposed(counted, to="B11")
    with pytest.raises(Refused, match=r"org\.proposed_already"):
        transfers.propose(
            by=counted.viewer("minh"),
            membership_id=member_of(counted, "A11").pk,
            seen_version=1,
            to_unit_id=counted.unit("A12"),
            on=DAY,
        )
    with pytest.raises(Refused, match=r"org\.same_cell"):
        proposed(counted, to="A11")


def test_who_left_meanwhile_is_not_taken_in(counted: World) -> None:
    waiting, row = proposed(counted), member_of(counted, "A11")
    leave(by=counted.viewer("lan"), membership_id=row.pk, seen_version=1, on=date(2025, 2, 1))
    with pytest.raises(Refused, match=r"org\.ended_already"):
        transfers.accept(by=counted.viewer("hoa"), proposal_id=waiting.pk, seen_version=1)
    assert Membership.objects.everywhere(because=BECAUSE).filter(unit_id=counted.unit("A12")).count() == 1


def test_a_transfer_is_addressed_by_the_code_of_a_cell(counted: World) -> None:
    assert transfers.receiving_cell(" b11 ", DAY) == counted.unit("B11")
    for code in ("B1", "nothing", "", "B11" * 30):
        with pytest.raises(Refused, match=r"org\.no_such_cell"):
            transfers.receiving_cell(code, DAY)


def test_the_heir_of_a_closed_cell_answers_in_its_place(counted: World) -> None:
    waiting = proposed(counted, to="B11")
    close(by=counted.viewer("an"), unit_id=counted.unit("B11"), heir_id=counted.unit("A12"), on=date(2025, 2, 1))
    joined = transfers.accept(by=counted.viewer("hoa"), proposal_id=waiting.pk, seen_version=1)
    assert joined.unit_id == counted.unit("A12")


def test_what_a_member_has_open_in_their_cell_is_told(counted: World) -> None:
    row = member_of(counted, "A11")
    Post.objects.create(person_id=row.person_id, unit_id=row.unit_id, title="Phó bí thư", since=DAY)
    exempt(by=counted.viewer("lan"), person_id=row.person_id, unit_id=row.unit_id, since=DAY)
    assert of_the_member(row.pk, DAY) == [Pending("posts", 1), Pending("exemption", 1)]
