"""`chithi retention`, `chithi respell`, and the worker's chore that applies automatic rules."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.access.viewers import system_viewer, today
from chithi.cli.door import run
from chithi.cli.retention import KINDS
from chithi.org.models import Membership, Person
from chithi.org.spelling import amiss
from chithi.org.spellings import UnitSpelling
from chithi.privacy.actions import nightly, set_rule
from chithi.privacy.kinds import Kept
from chithi.privacy.rules import pseudonym
from chithi.text.vietnamese import fold
from tests.worlds import World

pytestmark = pytest.mark.django_db
WHY = "a test"
ENGLISH = {"CHITHI_LANGUAGE": "en"}


@pytest.fixture
def gone(world: World) -> Person:
    someone = Person.objects.create(name="Tạ Quang Khuyết", folded=fold("Tạ Quang Khuyết"), birth_year=1950)
    unit = world.units["B11"]
    Membership.objects.create(person=someone, unit=unit, since=date(2001, 1, 1), until=date(2010, 1, 1))
    return someone


def name_of(person: Person) -> str:
    return Person.objects.everywhere(because=WHY).get(pk=person.pk).name


def test_a_dry_run_counts_and_changes_nothing(gone: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retention", "--dry-run"], ENGLISH) == 0
    said = capsys.readouterr().out
    assert "person_name (120 months): 1 due" in said
    assert "document_text: kept for ever" in said
    assert name_of(gone) == "Tạ Quang Khuyết"


def test_one_kind_is_applied_and_told(gone: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retention", "--kind", "person_name"], ENGLISH) == 0
    assert "person_name (120 months): 1 done" in capsys.readouterr().out
    assert name_of(gone) == pseudonym(gone.key)


def test_an_unknown_kind_is_refused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retention", "--kind", "everything"], ENGLISH) == 2
    assert "person_name" in capsys.readouterr().err


def test_the_command_knows_every_kind() -> None:
    assert tuple(kind.value for kind in Kept) == KINDS


def test_respell_compares_and_mends(gone: Person, capsys: pytest.CaptureFixture[str]) -> None:
    UnitSpelling.objects.everywhere(because=WHY).filter(text="an mot").delete()
    assert run(["respell", "--check"], ENGLISH) == 1
    assert "1 units and 1 people" in capsys.readouterr().out
    assert run(["respell"], ENGLISH) == 0
    assert amiss() == ([], [])
    assert run(["respell", "--check"], ENGLISH) == 0


def test_the_worker_applies_automatic_rules_once_a_day(world: World, gone: Person) -> None:
    looked = []

    def chore() -> int:
        return nightly(lambda: system_viewer(today(), because=WHY), lambda: looked.append(1))

    assert chore() == 0
    by = world.viewer("an")
    set_rule(by=by, kind=Kept.PERSON_NAME, months=120, automatic=True, basis="", seen_rule=0)
    assert chore() == 1
    assert looked == [1]
    assert name_of(gone) == pseudonym(gone.key)
    Person.objects.everywhere(because=WHY).filter(pk=gone.pk).update(forgotten_on=None)
    assert chore() == 0
