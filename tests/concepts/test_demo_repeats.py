"""The same seed builds the same demo, row by row; another seed another one; never into a database in use."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction

from chithi.core.errors import Refused
from chithi.db.models import Guarded
from chithi.demo import build, build_demo
from chithi.org.demo.streams import Stream, dealt, key, spread
from chithi.org.models import Unit
from tests.worlds import World

BECAUSE = "a test compares whole tables"
CACHES = {"org.edition", "org.place"}  # made when needed, from row ids
ABOUT = {"task": "tasks.task"}  # what a line of progress is about, by its kind
ORIGINS = {"shortcoming": "duties.shortcoming"}  # what a task came out of, by its kind
SECRETS = {"access.onetimecode", "access.apitoken"}  # never from a seed
NOT_FROM_THE_SEED = {
    ("access.user", "password"),  # unusable, and random all the same
    ("directives.soughtwords", "newest"),  # holds the row id of its document
    ("indicators.measure", "code"),  # one about a document ends in its row id
    ("indicators.indicator", "code"),  # likewise
    ("indicators.totals", "at"),  # when they were computed
    ("indicators.indicatordefinition", "at"),  # when the catalogue was synchronised
}


def dumps() -> dict[str, list[str]]:
    """Every table's rows in words; a reference is the rank of its row, so that ids need not begin at one."""
    tables = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("chithi.") and model._meta.label_lower not in CACHES | SECRETS
    ]
    found = {model: _rows(model) for model in tables}
    ranks = {model: {row["id"]: rank for rank, row in enumerate(rows)} for model, rows in found.items()}
    return {model._meta.label_lower: [_row(model, row, ranks) for row in rows] for model, rows in found.items() if rows}


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    manager: Any = model._default_manager
    rows = manager.everywhere(because=BECAUSE) if issubclass(model, Guarded) else manager.all()
    return list(rows.order_by("pk").values())


def _row(model: type[models.Model], row: dict[str, Any], ranks: dict[Any, dict[int, int]]) -> str:
    words = []
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        if field.primary_key or (model._meta.label_lower, field.name) in NOT_FROM_THE_SEED:
            continue
        if field.name in ("by_id", "ended_by_id"):
            value = ranks[apps.get_model("access.User")].get(value)
        elif field.name == "facts" and "heir" in value:
            value = value | {"heir": ranks[apps.get_model("org.Unit")].get(value["heir"])}
        elif field.name == "about_id":
            value = ranks[apps.get_model(row.get("about_kind") or ABOUT[row["kind"]])].get(value)
        elif field.name == "origin_id" and value is not None:
            value = ranks[apps.get_model(ORIGINS[row["origin_kind"]])].get(value)
        elif field.is_relation:
            value = ranks.get(field.related_model, {}).get(value)
        words.append(f"{field.name}={bytes(value) if isinstance(value, memoryview) else value!r}")
    return " ".join(words)


def digests() -> dict[str, str]:
    return {table: hashlib.sha256("\n".join(rows).encode()).hexdigest() for table, rows in dumps().items()}


def built(seed: int) -> dict[str, str]:
    """What a tiny demo of this seed leaves in the tables; taken back at once."""
    with transaction.atomic():
        build_demo("tiny", seed, lambda _line: None)
        found = digests()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_rows_in_every_table(db: None) -> None:
    first = built(7)
    assert first == built(7)
    assert {"org.unit", "org.person", "org.post", "access.rolegrant", "journal.entry"} <= set(first)
    assert {"indicators.figure", "indicators.confirmation", "indicators.adoption", "indicators.totals"} <= set(first)


def test_another_seed_gives_other_people_and_figures(db: None) -> None:
    first, second = built(7), built(8)
    assert {"org.unitstate", "org.person", "org.membership", "indicators.figure"} <= {
        table for table in first if first[table] != second[table]
    }
    assert first["indicators.member"] == second["indicators.member"]


def test_a_database_with_units_is_left_alone(world: World) -> None:
    units = Unit.objects.everywhere(because=BECAUSE).count()
    with pytest.raises(Refused) as refused:
        build_demo("tiny", 7, lambda _line: None)
    assert refused.value.code == "demo.not_empty"
    assert Unit.objects.everywhere(because=BECAUSE).count() == units


def test_a_size_that_is_not_known_is_refused_with_those_that_are(db: None) -> None:
    with pytest.raises(Refused) as refused:
        build_demo("galaxy", 7, lambda _line: None)
    assert refused.value.code == "demo.unknown_size"
    assert "district" in refused.value.facts["known"]


def test_every_step_is_announced_before_it_begins(db: None) -> None:
    heard: list[str] = []
    build_demo("tiny", 7, heard.append)
    assert heard == [str(said) for said, _ in build.STEPS]


def test_a_demo_that_breaks_off_leaves_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_work: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "STEPS", (*build.STEPS[:3], ("", breaks)))
    with pytest.raises(KeyboardInterrupt):
        build_demo("tiny", 7, lambda _line: None)
    assert not Unit.objects.everywhere(because=BECAUSE).exists()


def test_a_stream_depends_on_its_own_three_names_only() -> None:
    def drawn(*names: Any) -> list[int]:
        stream = Stream(*names)
        return [stream.below(1000) for _ in range(20)]

    assert drawn(7, "org.people", "HL-KS-01") == drawn(7, "org.people", "HL-KS-01")
    others = [drawn(8, "org.people", "HL-KS-01"), drawn(7, "org.posts", "HL-KS-01"), drawn(7, "org.people", "HL-KS-02")]
    assert drawn(7, "org.people", "HL-KS-01") not in others


def test_what_is_drawn_does_not_change_between_releases() -> None:
    stream = Stream(2016, "org.tree", "HL")
    assert [stream.below(100) for _ in range(10)] == [95, 29, 11, 18, 7, 92, 74, 65, 67, 11]
    assert key(2016, "unit", "HL") == UUID("5c4b7553-8a45-4c3b-a907-68f04744f069")


def test_shares_dealt_and_spread_add_up_exactly() -> None:
    assert dealt(7, 3, 2) == [2, 2, 3]
    assert spread(10, [1, 1, 1]) == [4, 3, 3]
    assert spread(5, [0, 0]) == [0, 0]
    assert sum(spread(391, [18] * 16 + [7] * 13 + [3] * 14)) == 391
