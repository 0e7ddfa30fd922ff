"""Every stored row is guarded, or stands on a list with the reason why not; no way leads around the guard."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from chithi.access.models import User
from chithi.db.guard import NoGuardedJoins, OpenManager, ScopedManager, UnscopedQuery
from chithi.db.models import Guarded, Open

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "chithi"
AUDIT = Path(__file__).with_name("because.txt")

OPEN = {
    "access.User": "accounts: a name and a language; rights stand in grants, which are guarded",
    "access.EmailClaim": "an address that its account is still to confirm; read by that account only",
    "access.Identity": "who the organisation's own log-in says an account is; read by the log-in only",
    "access.OwnRole": "roles of the installation's own are the same for everybody",
    "access.RecoveryCode": "digests that let an account in; read by the log-in only",
    "access.SignIn": "sessions, read by their own account and by whoever may look after it (access.keeping)",
    "access.OneTimeCode": "digests that let an account in; read by the log-in only",
    "access.ApiToken": "digests that let a program in; read by the log-in only",
    "files.Content": "bytes under their hash; given only through what has them: a document, a task that may be read",
    "freshness.Beat": "when each process of the installation was last at work",
    "freshness.Turn": "how often totals were stored, compared by whoever stores",
    "indicators.Breakdown": "definitions are the same for everybody",
    "indicators.Indicator": "definitions are the same for everybody",
    "indicators.IndicatorDefinition": "definitions are the same for everybody",
    "indicators.Measure": "definitions are the same for everybody",
    "indicators.Member": "definitions are the same for everybody",
    "indicators.MemberVersion": "definitions are the same for everybody",
    "indicators.PeriodRow": "a range of days is nobody's affair",
    "jobs.Job": "what the worker is to do, as ids and days; seen by the whole installation's keeper",
    "org.Edition": "a packed picture of the tree, without a name in it; reach itself is computed on it",
    "org.Place": "positions in an edition, without a name; the guard's own subquery reads them",
    "privacy.Rule": "how long a kind of data is kept, for the whole installation; no name in it",
    "work.Choice": "how an account wants to be told of what it has to do; read by that account and the worker",
    "work.Feed": "the digest of a calendar's secret; read by the calendar's own address only",
    "privacy.Run": "when rules were applied and how many rows of each kind; read by the whole installation's keeper",
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("chithi.")]
GUARDED = [model for model in OURS if issubclass(model, Guarded)]
NAMES = [model._meta.label for model in GUARDED]


def test_every_model_is_guarded_or_open_for_a_reason() -> None:
    open_ones = {model._meta.label for model in OURS if not issubclass(model, Guarded)}
    assert open_ones - set(OPEN) == set(), "guard these models, or say in this list why they need not be"
    assert set(OPEN) - open_ones == set(), "these stand on the list of open models and are not open models"


@pytest.mark.parametrize("model", GUARDED, ids=NAMES)
@pytest.mark.parametrize("manager", ["objects", "_base_manager", "_default_manager"])
def test_no_manager_reads_a_guarded_model_without_saying_for_whom(model: type[Guarded], manager: str) -> None:
    rows = getattr(model, manager)
    assert isinstance(rows, ScopedManager)
    for ask in (lambda: list(rows.all()), rows.count, rows.first, rows.exists, lambda: rows.get(pk=1)):
        with pytest.raises(UnscopedQuery):
            ask()
    for change in (lambda: rows.all().delete(), lambda: rows.update(version=1)):
        with pytest.raises(UnscopedQuery):
            change()
    with pytest.raises(UnscopedQuery):
        rows.all().raw("SELECT 1")


@pytest.mark.parametrize("model", [m for m in OURS if issubclass(m, Open)], ids=lambda m: str(m._meta.label))
def test_open_models_may_not_join_into_guarded_ones(model: type[Open]) -> None:
    assert isinstance(model._base_manager, OpenManager)
    assert isinstance(model._default_manager, OpenManager)


def test_accounts_may_not_join_into_guarded_models_either() -> None:
    assert isinstance(User.objects.all().query, NoGuardedJoins)


def _keys() -> Iterator[tuple[str, models.ForeignObject]]:
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignObject | models.ManyToManyField) and field.model is model:
                yield f"{model._meta.label}.{field.name}", field  # type: ignore[misc]


@pytest.mark.parametrize(("name", "field"), list(_keys()), ids=[name for name, _ in _keys()])
def test_no_way_leads_back_along_a_foreign_key(name: str, field: models.ForeignObject) -> None:
    assert field.remote_field.hidden, f'{name} needs related_name="+"'
    assert not field.many_to_many, f"{name}: a many-to-many table would be an unguarded child"


@pytest.mark.parametrize("model", GUARDED, ids=NAMES)
def test_every_guarded_model_says_whose_row_it_is(model: type[Guarded]) -> None:
    if "reach_condition" in vars(model):
        return
    assert model._meta.get_field(model.unit_column.removesuffix("_id") or "unit")


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(ROOT), node


SQL_BY_HAND = {"raw", "extra", "RawSQL", "execute", "executemany", "_raw_delete"}
KNOWN_SQL = {
    "src/chithi/db/health.py": "asks the database its version and size; names no table of ours",
    "src/chithi/db/pouring.py": "writes many rows of one table at once; reads none",
    "src/chithi/db/columns.py": "runs the statement of a scoped query as the guard compiled it; writes none itself",
    "src/chithi/db/counted.py": "joins statements of scoped queries as the guard compiled them; writes none itself",
    "src/chithi/db/kept.py": "runs the statement of a scoped query as the guard compiled it; writes none itself",
    "src/chithi/db/kept_writes.py": "stores one row of a model by its id and version, as its `save` would; reads none",
    "src/chithi/db/locks.py": "the advisory lock of PostgreSQL; names no table",
    "src/chithi/db/among.py": "a list of numbers as one parameter; names no table",
    "src/chithi/directives/searching.py": "which rows of the index of words match; the rows are asked under guard",
    "src/chithi/directives/actions.py": "takes one draft away by its id, once all that may point to it was asked",
    "src/chithi/directives/migrations/0002_search.py": "makes the index of words and its triggers; reads nothing",
    "src/chithi/org/places.py": "the subquery that is the reach itself; its positions go in as parameters",
    "src/chithi/org/migrations/0007_spellings.py": "in which order PostgreSQL compares two columns; reads nothing",
    "src/chithi/org/migrations/0008_longer_spellings.py": "likewise",
    "src/chithi/web/views/session.py": "SELECT 1: whether the database answers",
}


def test_no_query_is_written_by_hand() -> None:
    found = set()
    for path, call in _calls():
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in SQL_BY_HAND:
            found.add(path.as_posix())
    unknown = found - set(KNOWN_SQL) - {p for p in found if p.startswith(("src/chithi/bench/", "src/chithi/cli/"))}
    assert not unknown, "SQL by hand goes around the guard"


def audit() -> list[str]:
    """Every place that reads everywhere, with its reason: the list a reviewer reads."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {
            target.id: ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for place, call in _inside(tree, ""):
            for keyword in call.keywords:
                if keyword.arg == "because":
                    why = keyword.value
                    reason = said.get(why.id, why.id) if isinstance(why, ast.Name) else ast.unparse(why).strip("'\"")
                    found.append(f"{path.relative_to(SOURCE).as_posix()} {place} {_of(call)}: {reason}")
    return sorted(found)


def _inside(node: ast.AST, place: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the function that it stands in."""
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.ClassDef)
        here = f"{place}.{child.name}".strip(".") if named else place  # type: ignore[attr-defined]
        if isinstance(child, ast.Call):
            yield here, child
        yield from _inside(child, here)


def _of(call: ast.Call) -> str:
    """Whose rows: `Unit` of `Unit.objects.everywhere(…)`."""
    text = ast.unparse(call.func)
    return text.removesuffix(".everywhere").removesuffix(".objects") if text.endswith(".everywhere") else text


def test_whoever_reads_everywhere_is_on_the_reviewed_list() -> None:
    """Re-record with CHITHI_RECORD=1 and read the difference: each line reads beyond every reach."""
    found = "\n".join(audit()) + "\n"
    if os.environ.get("CHITHI_RECORD"):
        AUDIT.write_text(found, encoding="utf-8")
    assert found == AUDIT.read_text(encoding="utf-8"), "review the new reads, then CHITHI_RECORD=1 pytest tests/shape"
