"""A post passes from one person to another by a form that both sign; the second signature makes it so.

Then, in one transaction: the old post ends and the new one begins, what hangs on the post follows (`FOLLOWS`), the
journal tells it. Whoever has an account signs with it; for somebody without one, whoever keeps the register of people
says where the signed paper lies, and the journal keeps the person's id as `on_behalf_of`. Where the unit has closed
meanwhile, its heir reads the form and the post begins there.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org import handover_rules as rules
from chithi.org.handover_rules import Form, Side
from chithi.org.kinds import HandoverState, RolesMove
from chithi.org.models import Handover, Post, Unit
from chithi.org.pending import in_unit
from chithi.org.people_ground import NewPerson, act, end, may_begin, note, person_within, seen, unit_open, within
from chithi.org.people_rules import Stay
from chithi.text.vietnamese import clean

FOLLOWS: tuple[str, ...] = (
    "chithi.access.handed.roles_follow",
    "chithi.tasks.handed.tasks_follow",
    "chithi.dossiers.handed.seats_follow",
    "chithi.routine.handed.lines_follow",
)
"""`f(handover, taken, by)`: what else passes once both have signed, to the new holder's post `taken`, in the same
transaction. It may set `handover.roles`. Named by dotted names because it lies above units and people."""

LONGEST = 4000
_WHY = "the rows of a hand-over that its reader or signer has been found entitled to"


@dataclass(frozen=True)
class NewHandover:
    """What the form says: to whom, from what day, the accounts with which the sides sign, lines of one's own."""

    taker: int | NewPerson
    on: date
    giver_user_id: int | None = None
    taker_user_id: int | None = None
    lines: str = ""


def prepare(*, by: Viewer, post_id: int, seen_version: int, form: NewHandover) -> Handover:
    """Make the form for a post that somebody holds, with what is open in the unit at the moment."""
    with act():
        post = seen(Post, by, post_id, seen_version)
        accounts = (form.giver_user_id, form.taker_user_id)
        taker = form.taker if isinstance(form.taker, int) else 0
        stay = Stay(post.since, post.until)
        if problem := rules.why_not_prepare(stay, form.on, by.today, (post.person_id, taker), accounts):
            raise problem
        taker = person_within(by, form.taker)
        try:
            with transaction.atomic():
                made = Handover.objects.create(
                    unit_id=post.unit_id,
                    post=post,
                    giver_id=post.person_id,
                    taker_id=taker,
                    giver_user_id=form.giver_user_id,
                    taker_user_id=form.taker_user_id,
                    on=form.on,
                    pending=[asdict(one) for one in in_unit(post.unit_id, by.today)],
                    lines=clean(form.lines).strip()[:LONGEST],
                    by_id=by.user_id,
                )
        except IntegrityError as twice:
            raise Refused("org.handed_already") from twice
        made.must_lie_inside(by.reach(Capability.PEOPLE))
        record("org.handover_made", by=by, unit_id=made.unit_id, about=made, post=post.pk, on=form.on.isoformat())
        return made


def sign(*, by: Viewer, handover_id: int, seen_version: int, side: Side, paper: str = "") -> Handover:
    """One side's signature; the second one carries the hand-over out.

    A door lets somebody sign with their own account only after asking for their password again.
    """
    with act():
        handover = _seen(by, handover_id, seen_version)
        keeps = within(Unit, by).filter(pk=handover.unit_id).exists()
        where = clean(paper).strip()[:200]
        if problem := rules.why_not_sign(form_of(handover), side, by.user_id, where, keeps_register=keeps):
            raise problem
        _sign(by, handover, side, where)
        if len(form_of(handover).signed) == 2:
            _carry_out(by, handover)
        return handover


def withdraw(*, by: Viewer, handover_id: int, seen_version: int) -> None:
    """Take the form back before it takes effect; whoever keeps the register of people there."""
    with act():
        handover = _seen(by, handover_id, seen_version)
        if not within(Handover, by).filter(pk=handover.pk).exists():
            raise Absent("org.no_such_row", row=handover_id)
        if problem := rules.why_not_withdraw(form_of(handover)):
            raise problem
        _close(by, handover, HandoverState.WITHDRAWN)
        record("org.handover_withdrawn", by=by, unit_id=handover.unit_id, about=handover)


def form_of(handover: Handover) -> Form:
    """What the rules look at."""
    signed = {Side.GIVER: handover.giver_at, Side.TAKER: handover.taker_at}
    return Form(
        handover.state,
        {Side.GIVER: handover.giver_user_id, Side.TAKER: handover.taker_user_id},
        frozenset(side for side, at in signed.items() if at is not None),
    )


def readable(by: Viewer) -> Q:
    """Beside those in the reach of the register: the forms that this account is to sign or has signed."""
    return Q(giver_user_id=by.user_id) | Q(taker_user_id=by.user_id) if by.user_id else Q(pk__in=[])


def _seen(by: Viewer, handover_id: int, seen_version: int) -> Handover:
    """The form as the doer saw it, in their reach or theirs to sign."""
    found = within(Handover, by).filter(pk=handover_id).first()
    if found is None:
        found = Handover.objects.everywhere(because=_WHY).filter(readable(by), pk=handover_id).first()
    if found is None:
        raise Absent("org.no_such_row", row=handover_id)
    if found.version != seen_version:
        raise Stale("db.stale")
    return found


def _sign(by: Viewer, handover: Handover, side: Side, paper: str) -> None:
    own = form_of(handover).accounts[side] is not None
    person = handover.giver_id if side is Side.GIVER else handover.taker_id
    setattr(handover, f"{side}_at", timezone.now())
    setattr(handover, f"{side}_by_id", by.user_id)
    setattr(handover, f"{side}_paper", "" if own else paper)
    handover.save(update_fields=[f"{side}_at", f"{side}_by_id", f"{side}_paper"])
    behalf = {} if own else {"on_behalf_of": person}
    record("org.handover_signed", by=by, unit_id=handover.unit_id, about=handover, side=side.value, **behalf)


def _carry_out(by: Viewer, handover: Handover) -> None:
    """Both have signed: the old post ends, the new one begins where the unit lives on, and what hangs on it follows."""
    post = Post.objects.everywhere(because=_WHY).get(pk=handover.post_id)
    if post.until is None:
        end(post, "org.post_left", by, handover.on)
    unit_id = _lives_on(handover)
    unit_open(unit_id, handover.on)
    may_begin(Post, by, handover.on, None, person_id=handover.taker_id, unit_id=unit_id, title=post.title)
    taken = Post.objects.create(
        person_id=handover.taker_id,
        unit_id=unit_id,
        title=post.title,
        is_key_leader=post.is_key_leader,
        is_head=post.is_head,
        since=handover.on,
    )
    note("org.post_taken", by, taken, handover.on)
    _close(by, handover, HandoverState.DONE)
    for name in FOLLOWS:
        import_string(name)(handover, taken, by)
    handover.save(update_fields=["roles", "unit_id", "came_from_id"])
    record("org.handed_over", by=by, unit_id=unit_id, about=handover, post=taken.pk, roles=handover.roles)


def _lives_on(handover: Handover) -> int:
    """The unit of the post or, where that has closed, the heir of its heir …; the form goes with it."""
    unit = Unit.objects.everywhere(because=_WHY).get(pk=handover.unit_id)
    while unit.closed_on is not None and unit.closed_on <= handover.on and unit.heir_id is not None:
        unit = Unit.objects.everywhere(because=_WHY).get(pk=unit.heir_id)
    if unit.pk != handover.unit_id:
        handover.came_from_id, handover.unit_id = handover.unit_id, unit.pk
    return unit.pk


def _close(by: Viewer, handover: Handover, state: HandoverState) -> None:
    handover.state, handover.roles = state.value, RolesMove.NONE.value
    handover.ended_by_id, handover.ended_at = by.user_id, timezone.now()
    handover.save(update_fields=["state", "roles", "ended_by_id", "ended_at"])
