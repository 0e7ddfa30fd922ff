"""Forgetting people: names are gone everywhere, every count and list stays, the journal proves what was done."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from chithi.access.keeping import reopen
from chithi.access.models import User
from chithi.access.viewers import system_viewer
from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Totals
from chithi.indicators.queries import lines
from chithi.indicators.registry import RECORDED
from chithi.indicators.trace import records
from chithi.indicators.verify import verify
from chithi.journal.models import Entry
from chithi.narrative.actions import Incoming, take_in
from chithi.narrative.models import Document, Span
from chithi.org.agreements import TransferProposal
from chithi.org.finding import find_people
from chithi.org.kinds import StepKind
from chithi.org.models import Exemption, Membership, Person, Post, ReorganisationStep
from chithi.org.people import NewPerson, correct, join
from chithi.org.plan_rows import Step
from chithi.org.plans import draft_steps
from chithi.org.spelling import amiss, respell_all
from chithi.privacy import ended
from chithi.privacy.actions import apply_rules, forget_one, hold, release, set_rule
from chithi.privacy.forgetting import NAMING
from chithi.privacy.kinds import SHIPPED, Kept
from chithi.privacy.models import Rule, Run
from chithi.privacy.queries import done, held_people, preview, rules_now, standing
from chithi.privacy.rules import MASK, pseudonym
from chithi.reporting.actions import make_report
from chithi.text.vietnamese import fold
from tests.everything_said import everything_said, mentions
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db

OLD, NAMESAKE, STILL = "Tạ Quang Khuyết", "Tạ Quang Khuyết", "Tạ Văn Còn"
LEFT = date(2010, 6, 1)
WHY = "a test"


def person(world: World, name: str, code: str, until: date | None, born: int | None = 1950) -> Person:
    someone = Person.objects.create(name=name, folded=fold(name), birth_year=born)
    unit = world.units[code]
    Membership.objects.create(person=someone, unit=unit, since=date(2005, 1, 1), until=until)
    Post.objects.create(
        person=someone, unit=unit, title="Phó bí thư", is_key_leader=True, since=date(2006, 1, 1), until=until
    )
    return someone


@pytest.fixture
def past(world: World) -> dict[str, Person]:
    """Somebody who left long ago, with traces wherever traces can be; a namesake and another who are still there."""
    people = {
        "old": person(world, OLD, "A11", LEFT),
        "namesake": person(world, NAMESAKE, "A12", None, 1980),
        "still": person(world, STILL, "A11", None),
    }
    old, unit = people["old"], world.units["A11"]
    own = Membership.objects.everywhere(because=WHY).get(person=old)
    Exemption.objects.create(
        person=old, unit=unit, since=date(2008, 1, 1), until=date(2009, 1, 1), reason=f"{OLD} tuổi cao"
    )
    TransferProposal.objects.create(
        unit=unit, to_unit=world.units["A12"], person=old, membership=own, on=date(2009, 5, 1), state="refused",
        note=f"Đề nghị nhận đồng chí {OLD.upper()}", answer="Chưa nhận",
    )  # fmt: skip
    step = Step(2, StepKind.TRANSFER, ("A11",), parent_code="A12", people=(f"{OLD} (1950)", STILL))
    draft_steps(by=world.viewer("an"), unit_id=world.unit("A1"), title="Chuyển", on=date(2026, 1, 1), steps=[step])
    user = User(username="khuyet.tq", name=OLD, folded=fold(OLD), is_active=False, person=old)
    user.set_password("một mật khẩu cũ")
    user.save()
    respell_all()
    return people


def all_counts() -> dict[str, list[tuple[int, int]]]:
    """Every recorded measure in four periods as pairs of unit and record."""
    found = {}
    for declared in RECORDED:
        for code in ("2008", "2009", "2012", "2026"):
            period = parse(code)
            rows = declared.rows(period.first, period.last).everywhere(because=WHY)
            found[f"{declared.code} {code}"] = sorted(rows.values_list(declared.unit, "pk"))
    return found


def totals() -> dict[int, bytes]:
    return {row.pk: bytes(row.packed) for row in Totals.objects.everywhere(because=WHY)}


def apply(world: World, *kinds: Kept) -> dict[Kept, int]:
    return apply_rules(by=world.viewer("an"), kinds=kinds or tuple(Kept))


def test_nothing_of_the_old_name_is_left_in_any_table(world: World, past: dict[str, Person]) -> None:
    Person.objects.everywhere(because=WHY).filter(pk=past["namesake"].pk).update(name="Lê Khác", folded="le khac")
    respell_all()
    assert mentions(OLD) >= {
        "org_person.name", "org_personspelling.text", "access_user.name", "org_transferproposal.note",
        "org_exemption.reason", "org_reorganisationstep.people",
    }  # fmt: skip
    apply(world, Kept.PERSON_NAME)
    assert mentions(OLD) == set()
    assert mentions("khuyet.tq") == set()
    assert mentions(STILL) >= {"org_person.name", "org_reorganisationstep.people"}


def test_a_namesake_keeps_name_year_and_strings(world: World, past: dict[str, Person]) -> None:
    apply(world, Kept.PERSON_NAME)
    kept = Person.objects.everywhere(because=WHY).get(pk=past["namesake"].pk)
    assert (kept.name, kept.birth_year, kept.forgotten_on) == (NAMESAKE, 1980, None)
    assert [found.id for found in find_people(world.viewer("an"), "khuyet", 9)] == [kept.pk]
    assert amiss() == ([], [])


def test_every_count_list_total_and_report_stays_what_it_was(world: World, past: dict[str, Person]) -> None:
    for code in ("2008", "2009"):
        lines(world.viewer("chau"), world.unit("T"), parse(code))
    drain_all()
    made = make_report(by=world.viewer("dung"), unit_id=world.unit("A"), period=parse("2009"), dated=date(2010, 1, 5))
    file, counts, packed = bytes(made.file), all_counts(), totals()
    assert any(counts.values())
    apply(world)
    drain_all()
    assert all_counts() == counts
    assert totals() == packed
    assert verify().ok
    again = make_report(by=world.viewer("dung"), unit_id=world.unit("A"), period=parse("2009"), dated=date(2010, 1, 5))
    assert (again.code, bytes(again.file)) == (made.code, file)


def test_a_trace_lists_as_many_and_shows_the_pseudonym(world: World, past: dict[str, Person]) -> None:
    from chithi.indicators.models import Measure

    measure = Measure.objects.get(code="org.members_on_duty").pk
    asked = (world.viewer("lan"), measure, world.unit("A11"), parse("2009"))
    before = [record.label for record in records(*asked).shown]
    apply(world, Kept.PERSON_NAME)
    after = [record.label for record in records(*asked).shown]
    instead = pseudonym(past["old"].key)
    assert OLD in before
    assert [instead if label == OLD else label for label in before] == after


def test_forgetting_twice_does_nothing_more(world: World, past: dict[str, Person]) -> None:
    first = apply(world)
    assert first[Kept.PERSON_NAME] == 1
    told = everything_said_of("org_person")
    assert Kept.PERSON_NAME not in apply(world)
    assert everything_said_of("org_person") == told


def everything_said_of(table: str) -> list[tuple[str, str]]:
    return [pair for pair in everything_said() if pair[0].startswith(f"{table}.")]


def test_the_journal_proves_it_without_a_name(world: World, past: dict[str, Person]) -> None:
    apply(world, Kept.PERSON_NAME)
    told = Entry.objects.everywhere(because=WHY).get(verb="privacy.removed")
    assert told.unit_id == world.unit("A11")
    assert told.by_id == world.users["an"].pk
    assert (told.facts["kind"], told.facts["count"], told.facts["months"]) == ("person_name", 1, 120)
    assert len(told.facts["digest"]) == 64
    rows, total = done(world.viewer("an"), 1, 50)
    assert (total, rows[0].counts, rows[0].by) == (1, {"person_name": 1}, "An")


def test_the_preview_counts_by_unit_and_names_nobody(world: World, past: dict[str, Person]) -> None:
    assert preview(world.viewer("an"), Kept.PERSON_NAME) == {world.unit("A11"): 1}
    assert preview(world.viewer("an"), Kept.DOCUMENT_TEXT) == {}
    for who in ("lan", "chau"):
        with pytest.raises(Refused, match="not_everywhere"):
            preview(world.viewer(who), Kept.PERSON_NAME)


def test_who_is_held_is_left_alone_until_the_hold_ends(world: World, past: dict[str, Person]) -> None:
    by, old = world.viewer("an"), past["old"]
    held = hold(by=by, person_id=old.pk, reason="Đang giải quyết đơn")
    assert [name for _, name in held_people(by)] == [OLD]
    assert preview(by, Kept.PERSON_NAME) == {}
    assert apply(world) == {}
    with pytest.raises(Refused, match="held_already"):
        hold(by=by, person_id=old.pk, reason="lại")
    with pytest.raises(Refused, match=r"privacy\.held"):
        forget_one(by=by, person_id=old.pk, seen_version=old.version, reason="đơn", sure=True)
    with pytest.raises(Stale):
        release(by=by, person_id=old.pk, seen_version=held.version + 1)
    release(by=by, person_id=old.pk, seen_version=held.version)
    with pytest.raises(Absent):
        release(by=by, person_id=old.pk, seen_version=held.version)
    assert apply(world)[Kept.PERSON_NAME] == 1


def test_who_still_has_an_open_account_or_came_back_is_not_reached(world: World, past: dict[str, Person]) -> None:
    User.objects.filter(username="khuyet.tq").update(is_active=True)
    assert preview(world.viewer("an"), Kept.PERSON_NAME) == {}
    User.objects.filter(username="khuyet.tq").update(is_active=False)
    join(by=world.viewer("an"), person=past["old"].pk, unit_id=world.unit("A21"), since=date(2024, 1, 1))
    assert preview(world.viewer("an"), Kept.PERSON_NAME) == {}


def test_each_kind_has_its_own_time(world: World, past: dict[str, Person]) -> None:
    by = world.viewer("an")
    set_rule(by=by, kind=Kept.PERSON_NAME, months=600, automatic=False, basis="", seen_rule=0)
    assert apply(world) == {Kept.BIRTH_YEAR: 1, Kept.EXEMPTION_REASON: 1, Kept.NOTES: 1}
    old = Person.objects.everywhere(because=WHY).get(pk=past["old"].pk)
    assert (old.name, old.birth_year) == (OLD, None)
    assert Exemption.objects.everywhere(because=WHY).get().reason == ""
    proposal = TransferProposal.objects.everywhere(because=WHY).get()
    assert (proposal.note, proposal.answer) == ("", "")


def test_a_closed_account_loses_its_name_and_every_way_in(world: World) -> None:
    long_ago = timezone.now() - timedelta(days=365 * 20)
    gone = User.objects.create(username="cu.lam", name="Cũ Lắm", is_active=False)
    User.objects.filter(pk=gone.pk).update(opened_at=long_ago)
    assert apply(world, Kept.ACCOUNT) == {Kept.ACCOUNT: 1}
    gone.refresh_from_db()
    assert gone.username == f"~{gone.pk}"
    assert not gone.has_usable_password()
    assert mentions("Cũ Lắm", "cu.lam") == set()
    with pytest.raises(Refused, match="account_forgotten"):
        reopen(by=world.viewer("an"), user_id=gone.pk, seen_version=gone.version)
    assert apply(world, Kept.ACCOUNT) == {}


def test_one_person_is_forgotten_on_request_with_reason_and_second_confirmation(
    world: World, past: dict[str, Person]
) -> None:
    by = world.viewer("an")
    left = person(world, "Lò Văn Xin", "B11", date(2026, 6, 1))
    asked: dict[str, Any] = {
        "by": by,
        "person_id": left.pk,
        "seen_version": left.version,
        "reason": "đơn",
        "sure": True,
    }
    for wrong, code in (({"reason": " "}, "no_reason"), ({"sure": False}, "not_sure")):
        with pytest.raises(Refused, match=code):
            forget_one(**{**asked, **wrong})
    with pytest.raises(Refused, match="still_there"):
        forget_one(**{**asked, "person_id": past["still"].pk, "seen_version": past["still"].version})
    with pytest.raises(Stale):
        forget_one(**{**asked, "seen_version": 99})
    with pytest.raises(Refused, match="not_everywhere"):
        forget_one(**{**asked, "by": world.viewer("minh")})
    assert forget_one(**asked).name == pseudonym(left.key)
    told = Entry.objects.everywhere(because=WHY).get(verb="privacy.removed")
    assert (told.unit_id, told.facts["asked"], told.facts["person"]) == (world.unit("B11"), True, left.pk)
    assert "đơn" not in json.dumps(told.facts, ensure_ascii=False)
    with pytest.raises(Refused, match="forgotten_already"):
        forget_one(**{**asked, "seen_version": left.version + 1})


def test_somebody_forgotten_is_neither_renamed_nor_taken_up_again(world: World, past: dict[str, Person]) -> None:
    apply(world, Kept.PERSON_NAME)
    by = world.viewer("an")
    now = Person.objects.everywhere(because=WHY).get(pk=past["old"].pk)
    with pytest.raises(Refused, match="person_forgotten"):
        correct(by=by, person_id=now.pk, seen_version=now.version, name=OLD, birth_year=1950)
    with pytest.raises(Refused, match="person_forgotten"):
        join(by=by, person=now.pk, unit_id=world.unit("A11"), since=TODAY)
    assert join(by=by, person=NewPerson(OLD), unit_id=world.unit("A11"), since=TODAY).person_id != now.pk


def test_a_rule_is_set_by_whoever_keeps_the_whole_installation_never_below_its_floor(world: World) -> None:
    by = world.viewer("an")
    rule: dict[str, Any] = {
        "by": by,
        "kind": Kept.NOTES,
        "months": 48,
        "automatic": True,
        "basis": "QĐ 1",
        "seen_rule": 0,
    }
    for who in ("minh", "chau"):
        with pytest.raises(Refused, match="not_everywhere"):
            set_rule(**{**rule, "by": world.viewer(who)})
    with pytest.raises(Refused, match="bad_months"):
        set_rule(**{**rule, "months": SHIPPED[Kept.NOTES].floor - 1})
    set_rule(**rule)
    now = rules_now()[Kept.NOTES]
    assert (now.months, now.automatic, now.basis, now.by) == (48, True, "QĐ 1", "An")
    with pytest.raises(Stale):
        set_rule(**rule)
    set_rule(**{**rule, "months": None, "seen_rule": now.id})
    assert rules_now()[Kept.NOTES].months is None
    assert Rule.objects.count() == 2
    told = Entry.objects.everywhere(because=WHY).filter(verb="privacy.rule_set").order_by("pk")
    assert [(entry.facts["before"], entry.facts["months"]) for entry in told] == [(120, 48), (48, None)]


def test_the_worker_applies_only_rules_that_are_automatic(world: World, past: dict[str, Person]) -> None:
    machine = system_viewer(TODAY, because=WHY)
    assert apply_rules(by=machine, kinds=tuple(Kept), automatic_only=True) == {}
    set_rule(by=world.viewer("an"), kind=Kept.BIRTH_YEAR, months=60, automatic=True, basis="", seen_rule=0)
    assert apply_rules(by=machine, kinds=tuple(Kept), automatic_only=True) == {Kept.BIRTH_YEAR: 1}
    assert Run.objects.filter(by_id__isnull=True).count() == 2


def test_an_old_text_keeps_its_places_its_confirmed_sentences_and_their_figures(world: World) -> None:
    from chithi.indicators.from_text import confirm
    from chithi.narrative.queries import quote, spans_of

    text = "Đồng chí Tạ Quang Khuyết phát biểu.\nĐã mở 7 lớp học tập chuyên đề.\nCó 12 bài viết của bà Lò Thị Kín.\n"
    by = world.viewer("chau")
    taken = take_in(by=by, unit_id=world.unit("A1"), incoming=Incoming("Báo cáo", text, "pasted", "2015", "cu.txt"))
    classes = next(span for span in spans_of(by, taken.pk) if span.indicator_code == "study.classes")
    confirm(by=by, span_id=classes.pk, seen_version=classes.version)
    drain_all()
    packed, before = totals(), quote(by, classes.pk)
    Document.objects.everywhere(because=WHY).update(at=timezone.now() - timedelta(days=365 * 9))
    set_rule(by=world.viewer("an"), kind=Kept.DOCUMENT_TEXT, months=60, automatic=False, basis="", seen_rule=0)
    assert apply(world, Kept.DOCUMENT_TEXT) == {Kept.DOCUMENT_TEXT: 1}
    now = Document.objects.everywhere(because=WHY).get()
    assert len(now.text) == len(text)
    assert "Đã mở 7 lớp học tập chuyên đề." in now.text
    assert now.text.splitlines()[0] == "".join(MASK if letter.isalnum() else letter for letter in text.splitlines()[0])
    assert mentions("Tạ Quang Khuyết", "Lò Thị Kín") == set()
    assert quote(by, classes.pk) == before
    drain_all()
    assert totals() == packed
    assert not Span.objects.everywhere(because=WHY).exclude(state="confirmed").exclude(what="").exists()


def test_standing_tells_what_will_go_and_which_texts_hold_the_name(world: World, past: dict[str, Person]) -> None:
    incoming = Incoming("Báo cáo", f"Đồng chí {OLD} phát biểu.", "pasted", "2009")
    taken = take_in(by=world.viewer("chau"), unit_id=world.unit("A1"), incoming=incoming)
    found = standing(world.viewer("an"), past["old"].pk)
    assert (found.last_day, found.unit_id, found.has_account, found.account_open) == (
        LEFT, world.unit("A11"), True, False,
    )  # fmt: skip
    assert (found.mentions, found.mentioned) == (1, ((taken.pk, "Báo cáo"),))
    assert standing(world.viewer("an"), past["still"].pk).last_day is None
    with pytest.raises(Absent):
        standing(world.viewer("lan"), past["namesake"].pk)
    for nobody in (0, -1, 10**30):
        with pytest.raises(Absent):
            standing(world.viewer("an"), nobody)


def test_whatever_speaks_of_a_person_is_known_to_this_concept() -> None:
    """A new table about people is either dated (and ends) or holds texts about them: say which in `chithi.privacy`."""
    known = {model for model, _, _ in NAMING} | set(ended.DATED)
    by_themselves = {"org.PersonSpelling", "access.User", "privacy.Hold"}
    for model in apps.get_models():
        about = [f.name for f in model._meta.get_fields() if getattr(f, "related_model", None) is Person]
        if about and model not in known and model._meta.label not in by_themselves:
            raise AssertionError(f"{model._meta.label} speaks of people: {about}")


def test_no_plan_step_is_rewritten_for_somebody_who_was_never_in_its_cells(
    world: World, past: dict[str, Person]
) -> None:
    step = Step(2, StepKind.TRANSFER, ("B11",), parent_code="A12", people=(OLD,))
    draft_steps(by=world.viewer("an"), unit_id=world.unit("T"), title="Khác", on=date(2026, 1, 1), steps=[step])
    apply(world, Kept.PERSON_NAME)
    people = ReorganisationStep.objects.everywhere(because=WHY).order_by("pk").values_list("people", flat=True)
    assert list(people) == [f"{pseudonym(past['old'].key)}\n{STILL}", OLD]
