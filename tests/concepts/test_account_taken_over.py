"""An account that holds nothing any more is not a way in for whoever keeps the accounts of a small part."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.access.keeping import Giving, give_role
from chithi.access.models import OwnRole, RoleGrant
from chithi.core.errors import Refused
from tests.worlds import BEGAN, TODAY, World

pytestmark = pytest.mark.django_db


def test_who_was_last_elsewhere_is_not_taken_up_by_a_keeper_of_less(world: World) -> None:
    OwnRole.objects.create(code="keeper", name_vi="Giữ tài khoản", name_en="Keeper", may=["accounts", "read"])
    RoleGrant.objects.create(user=world.users["minh"], unit=world.units["A1"], role="keeper", since=BEGAN)
    chau = world.users["chau"]
    RoleGrant.objects.everywhere(because="a test").filter(user=chau).update(until=TODAY - timedelta(days=3))
    once = date(2012, 1, 1), date(2013, 1, 1)
    RoleGrant.objects.create(user=chau, unit=world.units["A11"], role="secretary", since=once[0], until=once[1])
    giving = Giving("secretary", world.unit("A11"), TODAY)
    with pytest.raises(Refused) as refused:
        give_role(by=world.viewer("minh"), user_id=chau.pk, giving=giving)
    assert refused.value.code == "access.held_elsewhere"
    assert give_role(by=world.viewer("an"), user_id=chau.pk, giving=giving).role == "secretary"
