"""Replacing names for good: of a person wherever the records name them, of a closed account.

Rows, ids, intervals and links between rows stay, so every count and list keeps its length. Call inside a transaction,
under the locks `people` and `accounts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from chithi.access import second_factor
from chithi.access.models import FORGOTTEN, EmailClaim, Identity, SignIn, User
from chithi.access.sessions import end_all
from chithi.db.models import Guarded
from chithi.dossiers.models import Seat
from chithi.org.agreements import Handover, TransferProposal
from chithi.org.models import Exemption, Person, ReorganisationStep, Unit
from chithi.org.spelling import respell_people
from chithi.privacy.ended import DATED, in_parts
from chithi.privacy.renaming import Renamed, reworded
from chithi.privacy.rules import account_pseudonym, pseudonym, without_name
from chithi.privacy.work_texts import forget_in_work
from chithi.tasks.models import Helper, PlanLine, Task
from chithi.text.vietnamese import fold
from chithi.work.models import Feed, Notice

_WHY = "the name of somebody who is forgotten goes wherever the records hold it"
NAMING: tuple[tuple[type[Guarded], tuple[str, ...], tuple[str, ...]], ...] = (
    (Exemption, ("person_id",), ("reason",)),
    (TransferProposal, ("person_id",), ("note", "answer")),
    (Handover, ("giver_id", "taker_id"), ("lines", "giver_paper", "taker_paper")),
    (Task, ("owner_person_id",), ("title", "product", "cancel_reason")),
    (PlanLine, ("owner_person_id",), ("title", "product", "reason")),
    (Helper, ("person_id",), ()),
    (Seat, ("person_id",), ()),
)
"""Tables with texts about a person: their columns for people, and those for texts in which a name may stand."""


def forget_people(person_ids: Collection[int], today: date) -> int:
    """Put pseudonyms in place of names, clear years of birth, strings found by, links to accounts; returns how many."""
    for some in in_parts(sorted(person_ids)):
        people = list(Person.objects.everywhere(because=_WHY).filter(pk__in=some, forgotten_on__isnull=True))
        gone = [Renamed(p.pk, p.name, p.birth_year, pseudonym(p.key)) for p in people]
        for person, new in zip(people, gone, strict=True):
            person.name, person.folded, person.birth_year = new.instead, fold(new.instead), None
            person.forgotten_on = today
            person.version += 1
        columns = ["name", "folded", "birth_year", "forgotten_on", "version"]
        Person.objects.everywhere(because=_WHY).bulk_update(people, columns)
        respell_people(some)
        _in_texts({one.id: one for one in gone})
        _in_plans(gone)
        forget_in_work(gone, today)
        forget_accounts(User.objects.filter(person_id__in=some).values_list("pk", flat=True))
    return len(person_ids)


def clear_birth_years(person_ids: Collection[int]) -> int:
    """Years of birth go, names stay."""
    for some in in_parts(sorted(person_ids)):
        rows = Person.objects.everywhere(because=_WHY).filter(pk__in=some)
        rows.update(birth_year=None, version=F("version") + 1)
    return len(person_ids)


def forget_accounts(user_ids: Iterable[int]) -> None:
    """Closed accounts lose their names, their person and every way in; what they did keeps their number."""
    for user in User.objects.filter(pk__in=list(user_ids), is_active=False).order_by("pk"):
        person = Person.objects.everywhere(because=_WHY).filter(pk=user.person_id or 0).first()
        user.username = FORGOTTEN + account_pseudonym(user.pk, person.key if person else None)
        if User.objects.filter(username=user.username).exclude(pk=user.pk).exists():
            user.username = FORGOTTEN + account_pseudonym(user.pk, None)
        user.name = pseudonym(person.key) if person else f"Tài khoản {user.pk}"
        user.folded, user.person_id = fold(user.name), None
        user.set_unusable_password()
        user.email, user.unread = "", 0
        user.version += 1
        user.save()
        end_all(user.pk)
        second_factor.put_away(user.pk)
        SignIn.objects.filter(user_id=user.pk).delete()
        Identity.objects.filter(user_id=user.pk).delete()
        EmailClaim.objects.filter(user_id=user.pk).delete()
        Feed.objects.filter(user_id=user.pk).delete()
        Notice.objects.everywhere(because=_WHY).filter(user_id=user.pk).delete()


def clear_texts(table: type[Guarded], columns: Sequence[str], row_ids: Collection[int]) -> int:
    """Empty these columns of these rows."""
    for some in in_parts(sorted(row_ids)):
        rows = table.objects.everywhere(because=_WHY).filter(pk__in=some)
        rows.update(**dict.fromkeys(columns, ""), version=F("version") + 1)
    return len(row_ids)


def _in_texts(gone: dict[int, Renamed]) -> None:
    """Their names in texts about them."""
    for model, owners, columns in NAMING:
        for owner in owners:
            rows = model.objects.everywhere(because=_WHY).filter(**{f"{owner}__in": list(gone)})
            for row in rows:
                reworded(row, columns, [gone[getattr(row, owner)]])


def _in_plans(gone: Sequence[Renamed]) -> None:
    """Their names in rows of reorganisation plans that transferred members of a cell they were in."""
    steps = ReorganisationStep.objects.everywhere(because=_WHY).exclude(people="", cells={})
    named = [step for step in steps if step.people or step.cells]
    if not named:
        return
    codes = _codes_of(gone)
    for step in named:
        for one in gone:
            if codes.get(one.id, set()) & {*step.codes.splitlines(), *_cell_words(step.cells)}:
                _unnamed(step, one)


def _unnamed(step: ReorganisationStep, one: Renamed) -> None:
    plain = {fold(one.name), fold(f"{one.name} ({one.birth_year})")}
    lines = [one.instead if fold(line).strip() in plain else line for line in step.people.splitlines()]
    cells = {key: without_name(str(said), one.name, one.instead) for key, said in step.cells.items()}
    if lines != step.people.splitlines() or cells != step.cells:
        step.people, step.cells = "\n".join(lines), cells
        step.save(update_fields=["people", "cells"])


def _cell_words(cells: dict[str, Any]) -> set[str]:
    return {word.strip() for said in cells.values() for word in str(said).replace(";", " ").split()}


def _codes_of(gone: Sequence[Renamed]) -> dict[int, set[str]]:
    """The codes of all units in which each ever was."""
    ids = [one.id for one in gone]
    units: dict[int, set[int]] = {}
    for model in DATED:
        for person, unit in (
            model.objects.everywhere(because=_WHY).filter(person_id__in=ids).values_list("person_id", "unit_id")
        ):
            units.setdefault(person, set()).add(unit)
    wanted = {unit for held in units.values() for unit in held}
    codes = dict(Unit.objects.everywhere(because=_WHY).filter(pk__in=wanted).values_list("pk", "code"))
    return {person: {codes[unit] for unit in held} for person, held in units.items()}
