"""Applying a rule part by part: a part is looked at again by itself, never with all that is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chithi.org.models import Membership
from chithi.privacy import actions, ended
from chithi.privacy.due import Due
from chithi.privacy.kinds import Kept
from tests.worlds import TODAY, World, add_members

pytestmark = pytest.mark.django_db


def test_each_part_is_looked_at_again_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = add_members(world.units["A11"], 5)
    gone = Membership.objects.everywhere(because="a test")
    gone.filter(person_id__in=[one.pk for one in people]).update(until=TODAY - timedelta(days=3650))
    monkeypatch.setattr(ended, "AT_ONCE", 2)
    told: list[int] = []
    due = actions.due

    def counted(*asked: object) -> list[Due]:
        found = due(*asked)  # type: ignore[arg-type]
        told.append(len(found))
        return found

    monkeypatch.setattr(actions, "due", counted)
    actions.set_rule(by=world.viewer("an"), kind=Kept.PERSON_NAME, months=60, automatic=False, basis="", seen_rule=0)
    assert actions.apply_rules(by=world.viewer("an"), kinds=(Kept.PERSON_NAME,)) == {Kept.PERSON_NAME: 5}
    assert told == [5, 2, 2, 1]
