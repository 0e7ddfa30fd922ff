"""What has been kept long enough: for each kind the rows that its rule reaches on a day, with the unit concerned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from axes.models import AccessAttempt, AccessFailureLog
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from chithi.access.keeping import topmost
from chithi.access.models import FORGOTTEN, RoleGrant, User
from chithi.following.models import Evidence
from chithi.narrative.models import Document
from chithi.org.agreements import Handover, TransferProposal
from chithi.org.kinds import HandoverState, ProposalState
from chithi.org.models import Exemption
from chithi.privacy.ended import ended_by, held, last_of
from chithi.privacy.kinds import Kept
from chithi.privacy.rules import months_before

_WHY = "what has been kept long enough is looked for everywhere; pages show counts by unit"


Among = Mapping[str, Collection[int]] | None


class Due(NamedTuple):
    """One row: the unit whose affair it is, the table, its id."""

    unit_id: int
    table: str
    row_id: int


def due(kind: Kept, months: int, today: date, among: Among = None) -> list[Due]:
    """Everything of a kind that has been kept for so many months on this day. A few queries.

    `among`: only these rows (ids by table), for looking again at a part without going through all the others.
    """
    return list(_LOOKING[kind](months_before(today, months), today, among))


def _of(rows: Any, among: Among) -> Any:
    return rows if among is None else rows.filter(pk__in=among.get(rows.model._meta.label_lower, ()))


def _people(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    return _placed(_of(ended_by(cutoff), among).values_list("pk", flat=True))


def _birth_years(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    return _placed(_of(ended_by(cutoff).filter(birth_year__isnull=False), among).values_list("pk", flat=True))


def _placed(person_ids: Iterable[int]) -> list[Due]:
    last = last_of(list(person_ids))
    return [Due(unit, "org.person", person) for person, (_, unit) in sorted(last.items())]


def _reasons(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    rows = Exemption.objects.everywhere(because=_WHY).filter(until__lte=cutoff).exclude(reason="")
    return _rows(_of(rows.filter(~Exists(held("person_id"))), among))


def _notes(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    proposals = TransferProposal.objects.everywhere(because=_WHY).filter(~Exists(held("person_id")), on__lte=cutoff)
    yield from _rows(_of(proposals.exclude(state=ProposalState.PROPOSED).exclude(note="", answer=""), among))
    forms = Handover.objects.everywhere(because=_WHY).filter(~Exists(held("giver_id")), ~Exists(held("taker_id")))
    written = Q(lines="", giver_paper="", taker_paper="")
    yield from _rows(_of(forms.filter(on__lte=cutoff).exclude(state=HandoverState.OPEN).exclude(written), among))


def _accounts(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    """Closed accounts whose roles, last log-in and opening all lie before."""
    end = _midnight(cutoff)
    later = RoleGrant.objects.everywhere(because=_WHY).filter(Q(until__isnull=True) | Q(until__gt=cutoff))
    users = _of(User.objects.all(), among).filter(
        ~Exists(later.filter(user_id=OuterRef("pk"))), ~Exists(held("person_id"))
    )
    users = users.filter(Q(last_login__isnull=True) | Q(last_login__lt=end), is_active=False, opened_at__lt=end)
    ids = list(users.exclude(username__startswith=FORGOTTEN).order_by("pk").values_list("pk", flat=True))
    grants = RoleGrant.objects.everywhere(because=_WHY).filter(user_id__in=ids).order_by("since", "pk")
    units = dict(grants.values_list("user_id", "unit_id"))
    return [Due(units.get(pk, topmost(today)), "access.user", pk) for pk in ids]


def _failed(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    top = topmost(today)
    for model in (AccessAttempt, AccessFailureLog):
        old = _of(model.objects.filter(attempt_time__lt=_midnight(cutoff)), among).order_by("pk")
        yield from (Due(top, model._meta.label_lower, pk) for pk in old.values_list("pk", flat=True))


def _texts(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    rows = Document.objects.everywhere(because=_WHY).filter(withheld_on__isnull=True, at__lt=_midnight(cutoff))
    return _rows(_of(rows, among))


def _files(cutoff: date, today: date, among: Among) -> Iterable[Due]:
    rows = Evidence.objects.everywhere(because=_WHY).filter(content_id__isnull=False, at__lt=_midnight(cutoff))
    return _rows(_of(rows, among))


def _rows(rows: Any) -> list[Due]:
    label = rows.model._meta.label_lower
    return [Due(unit, label, pk) for unit, pk in rows.order_by("pk").values_list("unit_id", "pk")]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(max(day, date(1900, 1, 1)), time()))


_LOOKING: dict[Kept, Callable[[date, date, Among], Iterable[Due]]] = {
    Kept.PERSON_NAME: _people,
    Kept.BIRTH_YEAR: _birth_years,
    Kept.ACCOUNT: _accounts,
    Kept.EXEMPTION_REASON: _reasons,
    Kept.NOTES: _notes,
    Kept.FAILED_SIGN_INS: _failed,
    Kept.DOCUMENT_TEXT: _texts,
    Kept.EVIDENCE_FILE: _files,
}
