"""What holds of every page template: nothing the content policy would block, nothing named that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "chithi" / "web"
PAGES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted((WEB / "static").rglob("*.css"))
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)


def markup(page: Path) -> str:
    return COMMENT.sub("", page.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(WEB))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_holds_no_style_and_no_script_of_its_own(page: Path) -> None:
    found = re.findall(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\bsrc=)|hx-on", markup(page))
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_template_includes_exists(page: Path) -> None:
    for wanted in re.findall(r"{% (?:include|extends) \"([^\"]+)\"", markup(page)):
        get_template(wanted)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_own_files_and_marks_a_template_names_exist(page: Path) -> None:
    text = markup(page)
    missing = [at for at in re.findall(r"{% static '(chithi/[^']+)'", text) if not (WEB / "static" / at).is_file()]
    assert missing == []
    symbols = (WEB / "static" / "chithi" / "img" / "marks.svg").read_text(encoding="utf-8")
    named = re.findall(r"marks\.svg' %}#([a-z-]+)\"", text)
    assert [one for one in named if f'id="{one}"' not in symbols] == []


def test_every_icon_a_page_names_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from frontend import ICONS  # type: ignore[import-not-found]

    named = {icon for page in PAGES for icon in re.findall(r"icon\.html\" with name=\"([\w-]+)\"", markup(page))}
    assert named <= set(ICONS)


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name not in ("tokens.css", "report.css", "print.css")], ids=name
)
def test_colours_are_named_once_in_the_tokens(sheet: Path) -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)", sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sample", sorted((WEB / "templates" / "gallery").glob("*.json")), ids=lambda path: path.stem)
def test_each_sample_context_draws_its_page(sample: Path) -> None:
    page = {"frame": "base", "branch": "components/tree_branch"}.get(sample.stem, sample.stem)
    context = json.loads((sample.parent / "frame.json").read_text(encoding="utf-8"))
    context |= json.loads(sample.read_text(encoding="utf-8"))
    drawn = get_template(f"{page}.html").render(context)
    assert "{{" not in drawn
    assert " style=" not in drawn
