"""A demo built as reorganised: the same from the same seed, and its log-ins lead somewhere."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chithi.access.models import User
from chithi.access.viewers import viewer_for
from chithi.demo import build_demo, one_time_logins
from chithi.org.models import Unit
from tests.concepts.test_demo_repeats import dumps

TODAY = date(2026, 11, 21)


def test_a_reorganised_demo_repeats_and_its_log_ins_hold_roles_in_open_units(db: None) -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            built = build_demo("tiny", 2016, lambda _line: None, reorganised=True)
            assert built.units == Unit.objects.everywhere(because="a test").count()
            for name in ("bithu", "vanphong", "tuyengiao", "lanhdao", "quantri"):
                assert viewer_for(User.objects.get(username=name), TODAY).roles
            found.append(dumps())
            ended = {unit for _, _, unit, _ in one_time_logins() if "huyện" in unit}
            assert not ended, "a log-in names a district that is no more"
            transaction.set_rollback(True)
    assert found[0].keys() == found[1].keys()
    assert {table for table in found[0] if found[0][table] != found[1][table]} == set()
