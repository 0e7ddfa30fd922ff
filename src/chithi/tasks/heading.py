"""Who heads a unit gives tasks to it and to those below, and decides about what the unit gave: by post, not by role.

A leader's role reads and reports; it types no figures and confirms none. That somebody leads is said by the post
(`Post.is_head`) that the person behind the account holds today in a unit they may read, so nothing else is widened.
"""

from __future__ import annotations

from chithi.core.errors import Refused
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Post, Unit
from chithi.org.places import reach_tree
from chithi.tasks.helping import person_and_posts

_WHY = "which units somebody heads themselves"


def headed(viewer: Viewer) -> list[int]:
    """The units that the viewer heads today and may read. One query where there is no person behind them, else four."""
    person, posts = person_and_posts(viewer)
    if person is None or not posts:
        return []
    heads = Post.objects.everywhere(because=_WHY).filter(pk__in=posts, is_head=True)
    units = set(heads.values_list("unit_id", flat=True))
    if not units:
        return []
    return sorted(
        Unit.objects.visible_to(viewer.reach(Capability.READ)).filter(pk__in=units).values_list("pk", flat=True)
    )


def directing(viewer: Viewer, capability: Capability) -> Reach:
    """Where somebody gives tasks (ENTER) or decides about them (CONFIRM): by that capability, or as the head."""
    own = viewer.reach(capability)
    if own.is_everything:
        return own
    units = headed(viewer)
    if not units:
        return own
    below = reach_tree(viewer.today).reach_of(units)
    return Reach.of(below.edition_id, below.size, [*own.intervals, *below.intervals])


def directs(viewer: Viewer, unit_id: int, capability: Capability = Capability.ENTER) -> bool:
    """Whether one unit lies there."""
    return bool(directed(viewer, {unit_id}, capability))


def directed(viewer: Viewer, unit_ids: set[int], capability: Capability) -> set[int]:
    """Those of these units that lie there."""
    units = Unit.objects.visible_to(directing(viewer, capability)).filter(pk__in=unit_ids)
    return set(units.values_list("pk", flat=True))


def require_directing(viewer: Viewer) -> None:
    """Raise `Refused("access.not_allowed")` where somebody gives tasks to no unit at all."""
    if directing(viewer, Capability.ENTER).is_empty:
        raise Refused("access.not_allowed", capability=Capability.ENTER.value)
