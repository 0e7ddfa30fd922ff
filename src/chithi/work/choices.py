"""How each person wants to be told of what they have to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from chithi.core.errors import Refused
from chithi.db.viewer import Viewer
from chithi.work.kinds import How, Topic
from chithi.work.models import Choice

USUAL = How.MAIL
"""As long as somebody has not chosen: by letter, once they have given an address, and in any case on the page."""
WAYS: dict[Topic, tuple[How, ...]] = {
    topic: (How.MAIL, How.OFF) if topic is Topic.WEEKLY else tuple(How) for topic in Topic
}


def choices(user_id: int) -> dict[Topic, How]:
    """How this account wants each topic. One query."""
    rows = Choice.objects.filter(user_id=user_id).values_list("topic", "how")
    chosen = {Topic(topic): How(how) for topic, how in rows if topic in set(Topic)}
    return {topic: chosen.get(topic, USUAL) for topic in Topic}


@transaction.atomic
def choose(*, by: Viewer, wanted: Mapping[str, str]) -> list[Choice]:
    """Set what is named; repeating it changes nothing. All of it or nothing."""
    rows = []
    for topic, how in wanted.items():
        if topic not in set(Topic) or how not in WAYS[Topic(topic)]:
            raise Refused("work.no_choice", field=topic)
        rows.append(Choice(user_id=by.user_id or 0, topic=topic, how=how))
    return Choice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "topic"], update_fields=["how"]
    )
