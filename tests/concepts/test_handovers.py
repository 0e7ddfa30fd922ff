"""A post changes hands by a form that both sign: nothing moves before the second signature, everything with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from chithi.access.actions import grant, open_account
from chithi.access.handed import move_roles
from chithi.access.models import RoleGrant, User
from chithi.access.roles import Role
from chithi.access.viewers import viewer_for
from chithi.core.errors import Absent, Refused, Stale
from chithi.journal.models import Entry
from chithi.narrative.actions import Incoming, take_in
from chithi.org import handover
from chithi.org.actions import close
from chithi.org.handover import NewHandover
from chithi.org.handover_rules import Side
from chithi.org.models import Handover, Person, Post, valid_on
from chithi.org.people import leave_post
from chithi.org.people_ground import NewPerson
from tests.worlds import BEGAN, TODAY, World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
DAY = date(2026, 11, 1)


@dataclass
class Office:
    """Cell A11 with its secretary (lan's person) and the member who is to follow, who has the account `mai`."""

    world: World
    post: Post
    next: Person
    mai: User

    def prepare(self, by: str = "minh", *, giver: bool = True, taker: bool = True, on: date = DAY) -> Handover:
        form = NewHandover(
            taker=self.next.pk,
            on=on,
            giver_user_id=self.world.users["lan"].pk if giver else None,
            taker_user_id=self.mai.pk if taker else None,
            lines="Con dấu; sổ nghị quyết",
        )
        return handover.prepare(by=self.world.viewer(by), post_id=self.post.pk, seen_version=1, form=form)

    def sign(self, made: Handover, who: str, side: Side, paper: str = "") -> Handover:
        viewer = viewer_for(self.mai, TODAY) if who == "mai" else self.world.viewer(who)
        version = Handover.objects.everywhere(because=BECAUSE).get(pk=made.pk).version
        return handover.sign(by=viewer, handover_id=made.pk, seen_version=version, side=side, paper=paper)

    def holders(self, day: date = TODAY) -> list[int]:
        posts = Post.objects.everywhere(because=BECAUSE).filter(valid_on(day), title="Bí thư chi bộ")
        return list(posts.values_list("person_id", flat=True))

    def roles(self, user: User) -> list[tuple[str, int]]:
        return list(viewer_for(user, TODAY).roles)


@pytest.fixture
def office(world: World) -> Office:
    first, second = add_members(world.units["A11"], 2)
    post = Post.objects.create(person=first, unit=world.units["A11"], title="Bí thư chi bộ", is_head=True, since=BEGAN)
    mai = open_account(username="mai", name="Mai")
    return Office(world, post, second, mai)


def last_entry(verb: str) -> Entry:
    found = Entry.objects.everywhere(because=BECAUSE).filter(verb=verb).order_by("-pk").first()
    assert found is not None
    return found


def test_nothing_moves_before_the_second_signature_and_everything_with_it(office: Office) -> None:
    made = office.prepare()
    office.sign(made, "lan", Side.GIVER)
    assert office.holders() == [office.post.person_id]
    done = office.sign(made, "mai", Side.TAKER)
    assert done.state == "done"
    assert office.holders() == [office.next.pk]
    assert office.holders(date(2026, 10, 31)) == [office.post.person_id]
    taken = Post.objects.everywhere(because=BECAUSE).get(person=office.next)
    assert (taken.is_head, taken.since) == (True, DAY)
    facts = last_entry("org.handed_over").facts
    assert facts == {"post": taken.pk, "roles": "asked"}


def test_what_is_open_in_the_unit_stands_in_the_form(office: Office) -> None:
    text = "Đơn vị đã mở 7 lớp học tập chuyên đề."
    take_in(
        by=office.world.viewer("lan"),
        unit_id=office.world.unit("A11"),
        incoming=Incoming(title="Báo cáo", text=text, extractor="pasted", period_code="2024"),
    )
    made = office.prepare()
    assert {one["code"]: one["count"] for one in made.pending}["documents"] == 1
    assert made.lines == "Con dấu; sổ nghị quyết"


def test_no_role_follows_where_the_old_holder_has_no_account(office: Office) -> None:
    made = office.prepare(by="an", giver=False)
    office.sign(made, "an", Side.GIVER, "tủ hồ sơ số 2")
    assert office.sign(made, "mai", Side.TAKER).roles == "none"


def test_roles_wait_for_whoever_may_give_them(office: Office) -> None:
    lan, cell = office.world.users["lan"], office.world.unit("A11")
    made = office.prepare()
    office.sign(made, "lan", Side.GIVER)
    done = office.sign(made, "mai", Side.TAKER)
    assert office.roles(lan) == [(Role.SECRETARY, cell)], "nobody who signed may give roles"
    with pytest.raises(Absent):
        move_roles(by=office.world.viewer("minh"), handover_id=made.pk, seen_version=done.version)
    move_roles(by=office.world.viewer("an"), handover_id=made.pk, seen_version=done.version)
    assert office.roles(lan) == []
    assert office.roles(office.mai) == [(Role.SECRETARY, cell)]
    with pytest.raises(Refused, match=r"org\.no_roles_asked"):
        move_roles(by=office.world.viewer("an"), handover_id=made.pk, seen_version=done.version + 1)


def test_roles_follow_at_once_where_the_one_who_recorded_the_paper_may_give_them(office: Office) -> None:
    cell = office.world.unit("A11")
    made = office.prepare(by="an", taker=False)
    office.sign(made, "lan", Side.GIVER)
    done = office.sign(made, "an", Side.TAKER, "tủ hồ sơ số 2")
    assert done.roles == "moved"
    assert office.roles(office.world.users["lan"]) == [], "the old role ended, though the new holder has no account"
    ended = RoleGrant.objects.everywhere(because=BECAUSE).get(user=office.world.users["lan"], unit_id=cell)
    assert ended.until == TODAY
    assert last_entry("org.handover_signed").facts == {"side": "taker", "on_behalf_of": office.next.pk}


def test_nobody_gives_themselves_a_role_by_a_hand_over(office: Office) -> None:
    grant(by=None, user=office.mai, role=Role.ADMINISTRATOR, unit_id=office.world.unit("T"), since=BEGAN)
    made = office.prepare()
    office.sign(made, "lan", Side.GIVER)
    done = office.sign(made, "mai", Side.TAKER)
    assert done.roles == "asked"
    with pytest.raises(Refused, match=r"access\.own_account"):
        move_roles(by=viewer_for(office.mai, TODAY), handover_id=made.pk, seen_version=done.version)


def test_whoever_has_an_account_signs_alone(office: Office) -> None:
    made = office.prepare()
    for who, side, code in (
        ("minh", Side.GIVER, "org.signs_alone"),
        ("lan", Side.TAKER, "org.signs_alone"),
        ("mai", Side.GIVER, "org.not_your_side"),
    ):
        with pytest.raises(Refused) as refused:
            office.sign(made, who, side, "giấy")
        assert refused.value.code == code
    office.sign(made, "lan", Side.GIVER)
    with pytest.raises(Refused, match=r"org\.signed_already"):
        office.sign(made, "lan", Side.GIVER)
    assert office.holders() == [office.post.person_id]


def test_paper_is_recorded_by_whoever_keeps_the_register_and_by_neither_side(office: Office) -> None:
    made = office.prepare(taker=False)
    with pytest.raises(Refused, match=r"org\.not_both_sides"):
        office.sign(made, "lan", Side.TAKER, "tủ")
    with pytest.raises(Refused, match=r"org\.no_paper"):
        office.sign(made, "minh", Side.TAKER, "  ")
    for name in ("hoa", "dung", "chau"):
        with pytest.raises(Absent):
            office.sign(made, name, Side.TAKER, "tủ")
    office.sign(made, "minh", Side.TAKER, "tủ hồ sơ")
    kept = Handover.objects.everywhere(because=BECAUSE).get()
    assert (kept.taker_paper, kept.taker_by_id) == ("tủ hồ sơ", office.world.users["minh"].pk)


@pytest.mark.parametrize("signed", [False, True])
def test_a_form_is_withdrawn_until_the_second_signature(office: Office, signed: bool) -> None:
    made = office.prepare()
    if signed:
        office.sign(made, "lan", Side.GIVER)
    version = Handover.objects.everywhere(because=BECAUSE).get().version
    with pytest.raises(Absent):
        handover.withdraw(by=viewer_for(office.mai, TODAY), handover_id=made.pk, seen_version=version)
    handover.withdraw(by=office.world.viewer("minh"), handover_id=made.pk, seen_version=version)
    with pytest.raises(Refused, match=r"org\.handover_over"):
        office.sign(made, "mai", Side.TAKER)
    again = office.prepare()
    office.sign(again, "lan", Side.GIVER)
    office.sign(again, "mai", Side.TAKER)
    with pytest.raises(Refused, match=r"org\.handover_over"):
        handover.withdraw(by=office.world.viewer("minh"), handover_id=again.pk, seen_version=office_version(again))


def office_version(made: Handover) -> int:
    return Handover.objects.everywhere(because=BECAUSE).get(pk=made.pk).version


def test_a_form_that_cannot_be_is_refused_and_writes_nobody_down(office: Office) -> None:
    world, people = office.world, Person.objects.everywhere(because=BECAUSE).count()
    lan, by = world.users["lan"].pk, world.viewer("minh")
    wrong = (
        (NewHandover(taker=office.post.person_id, on=DAY), "org.same_person"),
        (NewHandover(taker=office.next.pk, on=DAY, giver_user_id=lan, taker_user_id=lan), "org.same_account"),
        (NewHandover(taker=office.next.pk, on=date(2009, 1, 1)), "org.ends_before_beginning"),
        (NewHandover(taker=NewPerson(" "), on=DAY), "org.no_person_name"),
        (NewHandover(taker=NewPerson("Sen"), on=date(2030, 1, 1)), "org.bad_day"),
    )
    for form, code in wrong:
        with pytest.raises(Refused) as refused:
            handover.prepare(by=by, post_id=office.post.pk, seen_version=1, form=form)
        assert refused.value.code == code
    with pytest.raises(Stale):
        handover.prepare(by=by, post_id=office.post.pk, seen_version=2, form=NewHandover(office.next.pk, DAY))
    with pytest.raises(Absent):
        handover.prepare(
            by=world.viewer("hoa"), post_id=office.post.pk, seen_version=1, form=NewHandover(office.next.pk, DAY)
        )
    office.prepare()
    with pytest.raises(Refused, match=r"org\.handed_already"):
        office.prepare()
    assert Person.objects.everywhere(because=BECAUSE).count() == people


def test_a_stale_form_is_not_signed(office: Office) -> None:
    made = office.prepare()
    with pytest.raises(Stale):
        handover.sign(by=office.world.viewer("lan"), handover_id=made.pk, seen_version=7, side=Side.GIVER)


def test_a_post_left_meanwhile_still_passes_on(office: Office) -> None:
    made = office.prepare()
    leave_post(by=office.world.viewer("minh"), post_id=office.post.pk, seen_version=1, on=date(2026, 10, 1))
    office.sign(made, "lan", Side.GIVER)
    office.sign(made, "mai", Side.TAKER)
    assert office.holders() == [office.next.pk]


def test_the_heir_of_a_closed_unit_finishes_its_hand_over(office: Office) -> None:
    made = office.prepare(giver=False, taker=False)
    world = office.world
    close(by=world.viewer("an"), unit_id=world.unit("A11"), heir_id=world.unit("A12"), on=date(2026, 10, 1))
    office.sign(made, "hoa", Side.GIVER, "tủ")
    office.sign(made, "hoa", Side.TAKER, "tủ")
    taken = Post.objects.everywhere(because=BECAUSE).get(person=office.next)
    kept = Handover.objects.everywhere(because=BECAUSE).get()
    assert (taken.unit_id, kept.unit_id, kept.came_from_id) == (world.unit("A12"), world.unit("A12"), world.unit("A11"))
