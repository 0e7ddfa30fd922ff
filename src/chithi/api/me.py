"""Who the caller is and how far they may go."""

from __future__ import annotations

from ninja import Router

from chithi.api.authentication import ApiRequest
from chithi.api.problems import answers
from chithi.api.shapes import Shape
from chithi.db.viewer import Capability

router = Router()


class Held(Shape):
    """A role held today."""

    role: str
    """secretary, clerk, agency, leader or administrator."""
    unit_id: int
    """The unit in which it is held; it reaches that unit's subtree."""


class Caller(Shape):
    """The account behind the token or session."""

    name: str
    """The account's name."""
    home_unit_id: int | None
    """The unit of the first role; null for an account without any."""
    roles: list[Held]
    """Roles that hold today. A role in a closed unit has ended."""
    capabilities: list[str]
    """What the caller may do somewhere: read, records, enter, confirm, report, tree, journal."""


@router.get("/me", response=answers(Caller))
def me(request: ApiRequest) -> Caller:
    """Who am I, and what may I do?"""
    viewer = request.auth
    return Caller(
        name=viewer.name,
        home_unit_id=viewer.home_unit_id,
        roles=[Held(role=role, unit_id=unit_id) for role, unit_id in viewer.roles],
        capabilities=[capability.value for capability in Capability if viewer.may_anywhere(capability)],
    )
