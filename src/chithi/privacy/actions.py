"""Setting rules, holding on to somebody, applying rules, forgetting one person on request.

What is removed is gone: nothing here can be undone. Each deed is told in the journal of the units concerned, with the
rule, how many rows and a digest of their ids, never with a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog
from django.db import IntegrityError, transaction

from chithi.access.keeping import topmost
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.agreements import Handover, TransferProposal
from chithi.org.models import Exemption, Person
from chithi.privacy import forgetting, rules
from chithi.privacy.due import Due, due
from chithi.privacy.ended import in_parts, last_of
from chithi.privacy.kinds import Kept
from chithi.privacy.models import Hold, Rule, Run
from chithi.privacy.queries import RuleNow, person_in_reach, ran_on, rules_now, standing
from chithi.privacy.withholding import withhold
from chithi.privacy.work_texts import withhold_files
from chithi.text.vietnamese import clean

_WHY = "a hold on somebody found in reach"
CLEARED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "org.exemption": (Exemption, ("reason",)),
    "org.transferproposal": (TransferProposal, ("note", "answer")),
    "org.handover": (Handover, ("lines", "giver_paper", "taker_paper")),
}


def set_rule(*, by: Viewer, kind: Kept, months: int | None, automatic: bool, basis: str, seen_rule: int) -> None:
    """Decide how long a kind is kept (months None: for ever), and whether the worker sees to it every night.

    `seen_rule` is the id of the rule that the doer saw, 0 for what ships.
    """
    by.require_everywhere(Capability.SYSTEM)
    if problem := rules.why_not_months(kind, months):
        raise problem
    with only_one("privacy"):
        now = rules_now()[kind]
        if now.id != seen_rule:
            raise Stale("db.stale")
        said = clean(basis).strip()[:300]
        if (now.months, now.automatic, now.basis) == (months, automatic, said):
            return
        rule = Rule.objects.create(kind=kind, months=months, automatic=automatic, basis=said, by_id=by.user_id)
        facts = {"kind": kind.value, "months": months, "before": now.months, "automatic": automatic}
        record("privacy.rule_set", by=by, unit_id=topmost(by.today), about=rule, **facts)


@transaction.atomic
def hold(*, by: Viewer, person_id: int, reason: str) -> Hold:
    """Nothing of this person is removed from now on until the hold ends; for a case that runs."""
    by.require_everywhere(Capability.SYSTEM)
    person = person_in_reach(by, person_id)
    said = clean(reason).strip()[:200]
    if not said:
        raise Refused("privacy.no_reason", field="reason")
    if person.forgotten_on is not None:
        raise Refused("privacy.forgotten_already", day=person.forgotten_on)
    unit = last_of([person_id])[person_id][1]
    try:
        with transaction.atomic():
            made = Hold.objects.create(unit_id=unit, person_id=person_id, reason=said, since=by.today, by_id=by.user_id)
    except IntegrityError as twice:
        raise Refused("privacy.held_already") from twice
    record("privacy.held", by=by, unit_id=unit, about=made)
    return made


@transaction.atomic
def release(*, by: Viewer, person_id: int, seen_version: int) -> Hold:
    """The hold on somebody ends; the rules reach them again."""
    by.require_everywhere(Capability.SYSTEM)
    person_in_reach(by, person_id)
    held = Hold.objects.everywhere(because=_WHY).filter(person_id=person_id, until__isnull=True).first()
    if held is None:
        raise Absent("privacy.not_held")
    if held.version != seen_version:
        raise Stale("db.stale")
    held.until, held.ended_by_id = by.today, by.user_id
    held.save(update_fields=["until", "ended_by_id"])
    record("privacy.released", by=by, unit_id=held.unit_id, about=held)
    return held


@transaction.atomic
def hold_on(*, by: Viewer, hold_id: int, seen_version: int) -> Hold:
    """A hold that was ended goes on as if it had not been; refused where the person is held anew by now."""
    by.require_everywhere(Capability.SYSTEM)
    held = Hold.objects.everywhere(because=_WHY).filter(pk=hold_id, until__isnull=False).first()
    if held is None:
        raise Absent("privacy.not_held")
    if held.version != seen_version:
        raise Stale("db.stale")
    person = person_in_reach(by, held.person_id)
    if person.forgotten_on is not None:
        raise Refused("privacy.forgotten_already", day=person.forgotten_on)
    held.until, held.ended_by_id = None, None
    try:
        with transaction.atomic():
            held.save(update_fields=["until", "ended_by_id"])
    except IntegrityError as twice:
        raise Refused("privacy.held_already") from twice
    record("privacy.release_taken_back", by=by, unit_id=held.unit_id, about=held)
    return held


def apply_rules(
    *,
    by: Viewer,
    kinds: Collection[Kept],
    automatic_only: bool = False,
    most: int | None = None,
    between: Callable[[], object] | None = None,
) -> dict[Kept, int]:
    """Apply the rules of these kinds to everything that is due today; returns how many rows of each.

    `most`: about so many of each kind, the rest another time. `between` is called after each part.

    Five hundred rows a transaction, each with its proof: whoever is interrupted has done whole parts, and the next run
    goes on from there.
    """
    by.require_everywhere(Capability.SYSTEM)
    counts: Counter[Kept] = Counter()
    for kind, rule in rules_now().items():
        if kind not in kinds or rule.months is None or (automatic_only and not rule.automatic):
            continue
        for some in in_parts(due(kind, rule.months, by.today)[:most]):
            counts[kind] += _remove(by, rule, some)
            if between is not None:
                between()
    done = {kind: count for kind, count in counts.items() if count}
    Run.objects.create(day=by.today, by_id=by.user_id, counts={kind.value: count for kind, count in done.items()})
    return done


def _remove(by: Viewer, rule: RuleNow, some: Iterable[Due]) -> int:
    """One part: looked for again under the locks, since somebody may have returned or been held meanwhile."""
    with only_one("people"), only_one("accounts"):
        ids: dict[str, list[int]] = {}
        for row in some:
            ids.setdefault(row.table, []).append(row.row_id)
        there = set(some) & set(due(rule.kind, rule.months or 0, by.today, ids))
        for table in sorted({row.table for row in there}):
            _of_table(rule.kind, table, sorted(row.row_id for row in there if row.table == table), by.today)
        for unit in sorted({row.unit_id for row in there}):
            gone = [row.row_id for row in there if row.unit_id == unit]
            _prove(by, unit, rule.kind, gone, months=rule.months, rule=rule.id)
        return len(there)


def _of_table(kind: Kept, table: str, ids: list[int], today: date) -> None:
    if table == "org.person":
        if kind is Kept.PERSON_NAME:
            forgetting.forget_people(ids, today)
        else:
            forgetting.clear_birth_years(ids)
    elif table == "access.user":
        forgetting.forget_accounts(ids)
    elif table == "narrative.document":
        withhold(ids, today)
    elif table == "following.evidence":
        withhold_files(ids, today)
    elif table in CLEARED:
        model, columns = CLEARED[table]
        forgetting.clear_texts(model, columns, ids)
    else:
        for log in (AccessAttempt, AccessFailureLog):
            if log._meta.label_lower == table:
                log.objects.filter(pk__in=ids).delete()


def _prove(by: Viewer, unit_id: int, kind: Kept, ids: list[int], **facts: Any) -> None:
    about = {"kind": kind.value, "count": len(ids), "digest": rules.digest_of(kind, ids), **facts}
    record("privacy.removed", by=by, unit_id=unit_id, **about)


def forget_one(*, by: Viewer, person_id: int, seen_version: int, reason: str, sure: bool) -> Person:
    """Forget one person on their own request, before any rule would. `sure` is the second confirmation."""
    by.require_everywhere(Capability.SYSTEM)
    said = clean(reason).strip()[:200]
    if not said:
        raise Refused("privacy.no_reason", field="reason")
    if not sure:
        raise Refused("privacy.not_sure", field="sure")
    with only_one("people"), only_one("accounts"):
        person = person_in_reach(by, person_id)
        if person.version != seen_version:
            raise Stale("db.stale")
        now = standing(by, person_id)
        problem = rules.why_not_forget(now.last_day, now.hold is not None, person.forgotten_on, now.account_open)
        if problem:
            raise problem
        forgetting.forget_people([person_id], by.today)
        _prove(by, now.unit_id, Kept.PERSON_NAME, [person_id], asked=True, person=person_id)
        Run.objects.create(day=by.today, by_id=by.user_id, single=True, counts={Kept.PERSON_NAME.value: 1})
        return person_in_reach(by, person_id)


def nightly(by: Callable[[], Viewer], between: Callable[[], object]) -> int:
    """The worker's chore: once a day, the rules that are automatic; returns how many rows."""
    viewer = by()
    if ran_on(viewer.today) or not any(rule.automatic for rule in rules_now().values()):
        return 0
    return sum(apply_rules(by=viewer, kinds=tuple(Kept), automatic_only=True, between=between).values())
