"""The gallery of components: whole, for builders alone, and made of the templates themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from chithi.web.show import gallery
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db

COMPONENTS = {path.stem for path in (gallery.TEMPLATES / "components").glob("*.html")}


def test_every_component_stands_in_the_gallery_drawn_by_its_own_template(world: World) -> None:
    answer = signed_in(world, "an").get("/mau/")
    drawn = {template.name for template in answer.templates}
    page = answer.content.decode()
    assert [name for name in sorted(COMPONENTS) if f"components/{name}.html" not in drawn] == []
    assert [name for name in sorted(COMPONENTS) if f'id="{name}"' not in page] == []


def test_every_component_says_what_it_takes_and_has_a_state_or_stands_around_the_page(world: World) -> None:
    shown = gallery.groups(world.viewer("an"))
    parts = [part for group in shown for part in group["parts"]]
    assert [part["id"] for part in parts if not part["takes"]] == []
    assert [part["id"] for part in parts if not part["cases"] and not part["around"]] == []
    assert "khac" not in {group["id"] for group in shown}
    assert sorted(part["id"] for part in parts) == sorted(COMPONENTS)


def test_no_sample_is_left_over() -> None:
    stored = {path.stem for path in (gallery.TEMPLATES / "gallery" / "parts").glob("*.json")}
    assert stored <= COMPONENTS


def test_only_those_who_build_see_it(world: World) -> None:
    assert signed_in(world, "minh").get("/mau/").status_code == 403
    assert signed_in(world, "minh").get("/mau/unit/").status_code == 403
    assert signed_in(world, "an").get("/mau/unit/").status_code == 200
    assert signed_in(world, "an").get("/mau/frame/").status_code == 404
    assert signed_in(world, "an").get("/mau/number/").status_code == 404


def test_a_component_without_a_place_is_shown_last(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "components").mkdir()
    for name in (*COMPONENTS, "strange"):
        (tmp_path / "components" / f"{name}.html").write_text("{% comment %} takes {% endcomment %}", encoding="utf-8")
    monkeypatch.setattr(gallery, "TEMPLATES", tmp_path)
    last = gallery.groups(world.viewer("an"))[-1]
    assert [part["id"] for part in last["parts"]] == ["strange"]
