"""Writing very many rows at once leaves what saving them one by one would; a request asks for its tree once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chithi.db.pouring import pour
from chithi.db.viewer import Capability
from chithi.journal.models import Entry
from chithi.org.kinds import UnitKind
from chithi.org.models import Edition, Membership, Person
from chithi.org.places import forget_since, remembering, tree_on
from chithi.org.queries import names
from tests.worlds import BEGAN, TODAY, World, add_unit

BECAUSE = "a test compares rows"
pytestmark = pytest.mark.django_db


def values(model: type[Person] | type[Membership], pk: int) -> dict[str, object]:
    row = model.objects.everywhere(because=BECAUSE).values().get(pk=pk)
    return {name: value for name, value in row.items() if name not in ("id", "key")}


def test_a_poured_row_is_like_a_saved_one(world: World) -> None:
    person, cell = Person(name="Lò Văn Poong", folded="lo van poong", birth_year=1980), world.unit("A11")
    person.save()
    key = uuid4()
    poured = pour(Person, ("name", "folded", "birth_year", "key"), [("Lò Văn Poong", "lo van poong", 1980, key)])
    assert values(Person, poured[0]) == values(Person, person.pk)
    assert Person.objects.everywhere(because=BECAUSE).get(key=key).pk == poured[0]
    saved = Membership(person=person, unit_id=cell, since=date(2020, 2, 1), until=None)
    saved.save()
    columns = ("person_id", "unit_id", "since", "until", "key")
    rows = pour(Membership, columns, [(person.pk, cell, date(2020, 2, 1), None, uuid4())])
    assert values(Membership, rows[0]) == values(Membership, saved.pk)


def test_ids_go_on_and_a_row_saved_later_gets_the_next(world: World) -> None:
    first = Person(name="Trước", folded="truoc")
    first.save()
    newest = first.pk
    ids = pour(Person, ("name", "folded", "key"), ((f"N{n}", f"n{n}", uuid4()) for n in range(4500)))
    assert ids == range(newest + 1, newest + 4501)
    later = Person(name="Sau", folded="sau")
    later.save()
    assert later.pk not in ids
    named = dict(Person.objects.everywhere(because=BECAUSE).filter(pk__in=(ids[0], ids[-1])).values_list("pk", "name"))
    assert named == {ids[0]: "N0", ids[-1]: "N4499"}


def test_rows_may_come_from_queries_of_their_own(world: World) -> None:
    def rows() -> Iterator[tuple[str, str, UUID]]:
        for number in range(3):
            seen = Person.objects.everywhere(because=BECAUSE).count()
            yield f"{seen}", f"{number}", uuid4()

    assert len(pour(Person, ("name", "folded", "key"), rows())) == 3


def test_the_hour_of_writing_is_the_one_given(world: World) -> None:
    at = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    ids = pour(Entry, ("unit_id", "verb", "key"), [(world.unit("A"), "demo.poured", uuid4())], at=at)
    entry = Entry.objects.everywhere(because=BECAUSE).get(pk=ids[0])
    assert (entry.at, entry.facts) == (at, {})


def test_nothing_to_pour_changes_nothing(world: World) -> None:
    before = Person.objects.everywhere(because=BECAUSE).count()
    assert len(pour(Person, ("name", "folded", "key"), [])) == 0
    assert Person.objects.everywhere(because=BECAUSE).count() == before


def test_a_row_that_breaks_a_rule_of_the_table_stops_all(world: World) -> None:
    key, before = uuid4(), Person.objects.everywhere(because=BECAUSE).count()
    with pytest.raises(IntegrityError), transaction.atomic():
        pour(Person, ("name", "folded", "key"), [("A", "a", uuid4()), ("B", "b", key), ("C", "c", key)])
    assert Person.objects.everywhere(because=BECAUSE).count() == before


def test_a_request_asks_for_the_tree_of_a_day_once_and_sees_its_own_changes(world: World) -> None:
    tree_on(TODAY)
    with remembering(), CaptureQueriesContext(connection) as counted:
        assert tree_on(TODAY).id == tree_on(TODAY).id
        assert len(counted) == 1
        added = add_unit("A19", world.units["A1"], UnitKind.CELL, "Chi bộ mới")
        assert tree_on(TODAY).find(added.pk) is None
        forget_since(BEGAN)
        assert tree_on(TODAY).find(added.pk) is not None


def test_outside_a_request_every_look_is_a_new_one(world: World) -> None:
    tree_on(TODAY)
    with remembering():
        pass
    with CaptureQueriesContext(connection) as counted:
        tree_on(TODAY)
        tree_on(TODAY)
    assert len([query for query in counted if Edition._meta.db_table in query["sql"]]) == 2


def test_names_are_told_of_people_in_reach_only(world: World) -> None:
    people = {}
    for cell in ("A11", "A12", "B11"):
        people[cell] = Person(name=f"Người {cell}", folded=f"nguoi {cell.lower()}")
        people[cell].save()
        Membership(person=people[cell], unit_id=world.unit(cell), since=BEGAN).save()
    everybody = [person.pk for person in people.values()]
    told = {name: names(world.viewer(name), everybody, Capability.READ) for name in ("lan", "hoa", "minh", "chau")}
    assert told["lan"] == {people["A11"].pk: "Người A11"}
    assert told["hoa"] == {people["A12"].pk: "Người A12"}
    assert set(told["minh"].values()) == {"Người A11", "Người A12"}
    assert len(told["chau"]) == 3
    assert names(world.viewer("lan"), [people["B11"].pk], Capability.READ) == {}
