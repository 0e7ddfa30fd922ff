"""Plans tried once and kept: what is shown, when it is no longer true, who may see it; large ones by the worker."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Viewer
from chithi.jobs.models import Job
from chithi.org import trials
from chithi.org.actions import rename
from chithi.org.kinds import PlanState, TrialState
from chithi.org.models import PlanTrial, Reorganisation, TreeEvent
from chithi.org.plan_drafts import Head, put_head
from chithi.org.plans import draft, preview
from chithi.org.trial_form import as_kept, from_kept
from chithi.org.trials import apply_or_ask, tried, try_out, undo_or_ask
from tests.concepts.test_tree_plans import SHEET, lived_in, row
from tests.worker import on_plans
from tests.worlds import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
_WHY = "a test looks at trials"


def drafted(world: World, rows: list[list[str]] = SHEET, unit: str = "T") -> Reorganisation:
    how = {"title": "Sắp xếp xã", "on": DAY, "document": "76-NQ/TU"}
    return draft(by=world.viewer("an"), unit_id=world.unit(unit), rows=rows, **how)  # type: ignore[arg-type]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every plan is one for the worker."""
    monkeypatch.setattr(trials, "SMALL", 0)
    monkeypatch.setattr(trials, "SMALL_TREE", 0)


def test_a_preview_survives_being_kept(world: World) -> None:
    lived_in(world)
    for rows in (SHEET, [SHEET[0], row("kết thúc", "A1", heir_code="A1")]):
        seen = preview(by=world.viewer("an"), plan_id=drafted(world, rows).pk)
        assert from_kept(as_kept(seen)) == seen


def test_of_many_changes_the_first_are_kept_and_all_are_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chithi.org import trial_form

    monkeypatch.setattr(trial_form, "MOST", 1)
    an, plan = world.viewer("an"), drafted(world)
    whole = preview(by=an, plan_id=plan.pk)
    try_out(by=an, plan_id=plan.pk)
    found = tried(an, plan.pk)
    assert found is not None
    assert found.seen is not None
    assert sum(found.counts.values()) == len(whole.happenings) > len(found.seen.happenings)
    assert (found.seen.moved, found.seen.closing) == (whole.moved, whole.closing)
    assert {one.unit_id for one in found.seen.happenings if one.heir} == set(whole.closing)


def test_a_small_plan_is_tried_at_once_and_changes_nothing(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    events = TreeEvent.objects.everywhere(because=_WHY).count()
    assert tried(an, plan.pk) is None
    assert try_out(by=an, plan_id=plan.pk) is TrialState.DONE
    found = tried(an, plan.pk)
    assert found is not None
    assert found.seen is not None
    assert found.fresh
    assert found.seen.problems == ()
    assert TreeEvent.objects.everywhere(because=_WHY).count() == events
    assert on_plans() == 0


def test_a_trial_is_no_longer_true_once_plan_or_tree_change(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)

    def fresh() -> bool:
        found = tried(an, plan.pk)
        assert found is not None
        return found.fresh

    try_out(by=an, plan_id=plan.pk)
    assert fresh()
    plan = put_head(by=an, plan_id=plan.pk, seen_version=plan.version, head=Head("Khác", DAY))
    assert not fresh()
    try_out(by=an, plan_id=plan.pk)
    assert fresh()
    rename(by=an, unit_id=world.unit("B1"), name="Đảng bộ xã Bình Minh", short_name="Bình Minh", on=an.today)
    assert not fresh()
    try_out(by=an, plan_id=plan.pk)
    assert fresh()


def test_what_somebody_tried_is_theirs_alone_and_out_of_reach_there_is_nothing(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    try_out(by=an, plan_id=plan.pk)
    other = Viewer(user_id=world.users["chau"].pk, name="khác", today=an.today, reaches=an.reaches)
    assert tried(other, plan.pk) is None
    for deed in (
        lambda: tried(world.viewer("minh"), plan.pk),
        lambda: try_out(by=world.viewer("minh"), plan_id=plan.pk),
    ):
        with pytest.raises(Absent):
            deed()


@pytest.mark.usefixtures("large")
def test_a_large_plan_waits_for_the_worker(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    assert try_out(by=an, plan_id=plan.pk) is TrialState.WAITING
    found = tried(an, plan.pk)
    assert found is not None
    assert (found.state, found.seen) == (TrialState.WAITING, None)
    assert on_plans() == 1
    assert on_plans() == 0
    found = tried(an, plan.pk)
    assert found is not None
    assert found.seen is not None
    assert (found.state, found.fresh, found.seen.problems) == (TrialState.DONE, True, ())


@pytest.mark.usefixtures("large")
def test_the_worker_applies_what_was_asked_for_as_it_was_then(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    with pytest.raises(Stale):
        apply_or_ask(by=an, plan_id=plan.pk, seen_version=plan.version + 1)
    assert apply_or_ask(by=an, plan_id=plan.pk, seen_version=plan.version) is TrialState.WAITING
    mended = put_head(by=an, plan_id=plan.pk, seen_version=plan.version, head=Head("Khác", DAY))
    on_plans()
    found = tried(an, plan.pk)
    assert found is not None
    assert found.problem is not None
    assert found.problem.code == "db.stale"
    assert Reorganisation.objects.everywhere(because=_WHY).get(pk=plan.pk).state == PlanState.DRAFT
    apply_or_ask(by=an, plan_id=plan.pk, seen_version=mended.version)
    assert on_plans() == 1
    assert Reorganisation.objects.everywhere(because=_WHY).get(pk=plan.pk).state == PlanState.APPLIED
    assert TreeEvent.objects.everywhere(because=_WHY).filter(plan_id=plan.pk).first().by_id == an.user_id  # type: ignore[union-attr]


@pytest.mark.usefixtures("large")
def test_a_plan_with_problems_is_not_applied_whatever_a_trial_said(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world, [SHEET[0], row("chuyển", "Z9", parent_code="A")])
    apply_or_ask(by=an, plan_id=plan.pk, seen_version=plan.version)
    on_plans()
    found = tried(an, plan.pk)
    assert found is not None
    assert found.problem is not None
    assert (found.state, found.problem.code) == (TrialState.REFUSED, "org.plan_has_problems")


@pytest.mark.usefixtures("large")
def test_who_may_no_longer_do_it_when_the_worker_comes_does_not(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    apply_or_ask(by=an, plan_id=plan.pk, seen_version=plan.version)
    world.users["an"].is_active = False
    world.users["an"].save()
    assert on_plans() == 1
    row_ = PlanTrial.objects.everywhere(because=_WHY).get()
    assert (row_.state, row_.problem["code"]) == (TrialState.REFUSED, "access.not_allowed")
    assert Reorganisation.objects.everywhere(because=_WHY).get().state == PlanState.DRAFT


@pytest.mark.usefixtures("large")
def test_what_breaks_off_is_told_and_not_tried_for_ever(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    an, plan = world.viewer("an"), drafted(world)
    try_out(by=an, plan_id=plan.pk)

    def broken(**_: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(trials, "preview", broken)
    assert on_plans() == 1
    assert on_plans() == 0
    found = tried(an, plan.pk)
    assert found is not None
    assert found.problem is not None
    assert found.problem.code == "org.trial_failed"


@pytest.mark.usefixtures("large")
def test_who_asks_anew_while_it_is_worked_out_gets_the_newer_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, plan = world.viewer("an"), drafted(world)
    try_out(by=an, plan_id=plan.pk)

    def slow(**how: object) -> object:
        monkeypatch.undo()
        monkeypatch.setattr(trials, "SMALL_TREE", 0)
        monkeypatch.setattr(trials, "SMALL", 0)
        try_out(by=an, plan_id=plan.pk)
        return preview(by=an, plan_id=plan.pk)

    monkeypatch.setattr(trials, "preview", slow)
    assert on_plans() == 1
    found = tried(an, plan.pk)
    assert found is not None
    assert found.state is TrialState.WAITING
    assert on_plans() == 1
    found = tried(an, plan.pk)
    assert found is not None
    assert found.state is TrialState.DONE


def test_a_refusal_keeps_its_days(world: World) -> None:
    an = world.viewer("an")
    plan = drafted(world)
    Reorganisation.objects.everywhere(because=_WHY).filter(pk=plan.pk).update(on=an.today + timedelta(days=4000))
    try_out(by=an, plan_id=plan.pk)
    found = tried(an, plan.pk)
    assert found is not None
    assert isinstance(found.problem, Refused)
    assert isinstance(found.problem.facts["day"], date)


@pytest.mark.usefixtures("large")
def test_a_large_plan_is_undone_by_the_worker(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    apply_or_ask(by=an, plan_id=plan.pk, seen_version=plan.version)
    on_plans()
    on = DAY + timedelta(days=40)
    with pytest.raises(Refused, match="before_last_change"):
        undo_or_ask(by=an, plan_id=plan.pk, on=DAY - timedelta(days=1))
    assert undo_or_ask(by=an, plan_id=plan.pk, on=on, document=" 80-NQ/TU ") is TrialState.WAITING
    assert Reorganisation.objects.everywhere(because=_WHY).get(pk=plan.pk).state == PlanState.APPLIED
    assert on_plans() == 1
    undone = Reorganisation.objects.everywhere(because=_WHY).get(pk=plan.pk)
    assert (undone.state, undone.undone_on, undone.undone_document) == (PlanState.UNDONE, on, "80-NQ/TU")
    found = tried(an, plan.pk)
    assert found is not None
    assert (found.state, found.reasons, found.seen) == (TrialState.DONE, (), None)
    assert on_plans() == 0


@pytest.mark.usefixtures("large")
def test_why_a_large_plan_cannot_be_undone_is_kept_for_its_asker(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    apply_or_ask(by=an, plan_id=plan.pk, seen_version=plan.version)
    on_plans()
    opened = TreeEvent.objects.everywhere(because=_WHY).filter(plan_id=plan.pk, kind="open").order_by("pk").first()
    assert opened is not None
    rename(by=an, unit_id=opened.unit_id, name="Khác", short_name="Khác", on=an.today)
    undo_or_ask(by=an, plan_id=plan.pk, on=an.today)
    assert on_plans() == 1
    found = tried(an, plan.pk)
    assert found is not None
    assert found.problem is not None
    assert (found.problem.code, found.undo_on) == ("org.built_on_since", an.today)
    assert found.reasons[0].code == "undo.changed_since"
    assert Reorganisation.objects.everywhere(because=_WHY).get(pk=plan.pk).state == PlanState.APPLIED


def test_a_small_plan_left_half_tried_is_tried_by_the_worker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(**_: object) -> None:
        raise Killed

    an, plan = world.viewer("an"), drafted(world)
    with monkeypatch.context() as patched:
        patched.setattr(trials, "preview", killed)
        with pytest.raises(Killed):
            try_out(by=an, plan_id=plan.pk)
    assert on_plans() == 0, "it is left to its asker for a while"
    Job.objects.update(due_at=Job.objects.get().asked_at)
    assert on_plans() == 1
    found = tried(an, plan.pk)
    assert found is not None
    assert found.state is TrialState.DONE
