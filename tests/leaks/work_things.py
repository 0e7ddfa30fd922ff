"""What My work holds in the planted world: notices to everybody about every unit, and a piece of work that failed.

The notices about a unit beside hold its canary: whoever lost, or never had, the unit must not find them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.work.models import Notice
from chithi.work.notices import recount
from tests.worlds import World


def told_about(world: World, words: dict[str, str]) -> None:
    """A notice to each person about each unit; `words` names the canary of those that hold one."""
    Notice.objects.bulk_create(
        Notice(
            unit_id=unit.pk,
            user_id=user.pk,
            item=f"tasks.finish:{unit.pk}",
            stage="d1",
            what_vi=f"Làm: việc của {words.get(code, code)}",
            what_en=f"Do: work of {words.get(code, code)}",
            due_on=date(2026, 11, 22),
            address=f"/don-vi/{unit.pk}/",
        )
        for code, unit in world.units.items()
        for user in world.users.values()
    )
    recount(user.pk for user in world.users.values())


def failed_work(codes: Collection[str]) -> dict[str, int]:
    """One failed piece of work a unit."""
    return {
        code: Job.objects.create(
            deed="work.letter", key=f"thử {code}", state=JobState.FAILED.value, tries=5, due_at=timezone.now()
        ).pk
        for code in codes
    }
