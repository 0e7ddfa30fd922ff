"""Reading accounts, for pages that say who did something."""

from __future__ import annotations

from collections.abc import Iterable

from chithi.access.models import User


def account_names(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by account id; unknown ids are left out. One query."""
    wanted = {user_id for user_id in user_ids if user_id}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
