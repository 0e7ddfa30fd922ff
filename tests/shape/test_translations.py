"""Both languages are complete: every text of the interface has English, every refusal is worded twice."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chithi.access.roles import Role
from chithi.api.wording import HERE
from chithi.core.wording import WORDING, sentence
from chithi.db.viewer import Capability
from chithi.narrative.actions import LONGEST_TEXT
from chithi.reporting.content import SECTIONS
from chithi.text.decode import MAX_CHARACTERS
from chithi.text.extract import MAX_FILE_BYTES
from chithi.web.show.kinds import group_word
from chithi.web.show.roles import MAY_WORDS, ROLE_WORDS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "chithi"
WEB = PACKAGE / "web"
sys.path.insert(0, str(ROOT / "tools"))
import messages  # type: ignore[import-not-found]  # noqa: E402

LETTERS = re.compile(r"[àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|{\w+}")
TEXTS = messages.found()
ENGLISH = messages.translated("en")
MARKED = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
}  # fmt: skip
STAYS_VIETNAMESE = {  # what is printed, sample data, and a language's own name
    "show/report.py",
    "show/picture_samples.py",
    "show/gallery.py",
    "templates/report.html",
    "templates/components/document_foot.html",
    "templates/gallery.html",
    "templates/components/settings_list.html",
}
REFUSED = {**WORDING, **HERE}
CODE = re.compile(r"[a-z]+\.[a-z_]+")
REFUSALS = {"Refused", "Absent", "Stale", "Notice"}
"""What is made with a code that a person reads; `Notice` is what an intake says beside a text."""


def test_the_catalogues_hold_exactly_the_texts_of_templates_and_code() -> None:
    assert messages.differences() == []


def test_enough_texts_are_found_for_these_tests_to_mean_something() -> None:
    assert len(TEXTS) > 250
    assert any(text.many for text in TEXTS)
    assert any(place.endswith(".html") for places in TEXTS.values() for place in places)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.one[:40])
def test_the_english_of_a_text_has_its_placeholders_and_is_english(text: messages.Text) -> None:
    forms = ENGLISH[text]
    assert len(forms) == (2 if text.many else 1)
    for form in forms:
        assert form
        assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(text.one))
        assert not LETTERS.search(form)
        assert form.strip() == form or text.one.strip() != text.one


def test_a_counted_text_differs_between_one_and_many_in_english() -> None:
    counted = {text: ENGLISH[text] for text in TEXTS if text.many}
    assert [text for text, forms in counted.items() if forms[0] == forms[1]] == []


@pytest.mark.parametrize("page", sorted((WEB / "templates").rglob("*.html")), ids=lambda page: page.name)
def test_a_template_shows_no_vietnamese_past_the_translation(page: Path) -> None:
    if str(page.relative_to(WEB)) in STAYS_VIETNAMESE:
        pytest.skip("prints a document or sample data")
    text = page.read_text(encoding="utf-8")
    for pattern in (
        r"{% comment %}.*?{% endcomment %}",
        r"{% blocktranslate.*?{% endblocktranslate %}",
        r"{% translate .*?%}",
    ):
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    assert [line.strip() for line in text.splitlines() if LETTERS.search(line)] == []


@pytest.mark.parametrize("module", sorted(WEB.rglob("*.py")), ids=lambda module: str(module.relative_to(WEB)))
def test_a_view_shows_no_vietnamese_past_the_translation(module: Path) -> None:
    if str(module.relative_to(WEB)) in STAYS_VIETNAMESE:
        pytest.skip("writes a document, which is Vietnamese")
    assert list(_unmarked(ast.parse(module.read_text(encoding="utf-8")))) == []


def _unmarked(tree: ast.AST) -> Iterator[str]:
    """String literals with Vietnamese letters that are neither docstrings nor marked for translation."""
    kept: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring
            kept.add(id(node.value))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKED:
            kept.update(id(argument) for argument in node.args)
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in kept
        if literal and LETTERS.search(node.value):
            yield f"line {node.lineno}: {node.value}"


def test_every_section_of_the_report_has_a_word_of_its_own_in_the_grid() -> None:
    other = group_word("nobody has worded this")
    assert [code for code, _heading in SECTIONS if code not in ("other", "unit") and group_word(code) == other] == []


def test_every_role_has_a_word_on_pages() -> None:
    assert set(ROLE_WORDS) == {role.value for role in Role}


def test_everything_a_role_may_has_a_word_on_pages() -> None:
    assert set(MAY_WORDS) == set(Capability)


def raised_codes() -> dict[str, str]:
    """Every code that a refusal, or what is wrong in a row of a sheet, is made with anywhere, and where."""
    codes: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for given in _said_by(node, path.relative_to(PACKAGE)):
                    for code in _codes_of(given, tree):
                        codes[code] = f"{path.relative_to(PACKAGE)}:{node.lineno}"
    return codes


def _said_by(call: ast.Call, path: Path) -> list[ast.expr]:
    """Where in a call its code stands; plans of reorganisation word their own (`chithi.org.plan_words`)."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if isinstance(call.func, ast.Name) and name in REFUSALS:
        return call.args[:1]
    return call.args[2:3] if path.parts[0] == "imports" and name in ("Problem", "wrong") else []


def _codes_of(given: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The codes an expression may stand for: those written in it, and in what is assigned to the names in it."""
    read, names, left = [given], set[str](), [given]
    while left:
        new = {node.id for node in ast.walk(left.pop()) if isinstance(node, ast.Name)} - names
        names |= new
        assigned = [value for target, value in _assignments(tree) if target in new]
        read, left = read + assigned, left + assigned
    for node in (inner for expression in read for inner in ast.walk(expression)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))


def test_every_refusal_is_worded_and_every_wording_is_used() -> None:
    raised = raised_codes()
    assert len(raised) > 80
    assert {code: place for code, place in raised.items() if code not in REFUSED} == {}
    assert sorted(set(REFUSED) - set(raised)) == []


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_a_refusal_says_the_same_facts_in_both_languages_and_ends_as_a_sentence(code: str) -> None:
    vietnamese, english = REFUSED[code]
    assert set(PLACEHOLDER.findall(vietnamese)) == set(PLACEHOLDER.findall(english))
    assert not LETTERS.search(english)
    for said in (vietnamese, english):
        assert said.endswith(".")


def test_the_limits_a_reader_is_told_are_those_of_the_intake() -> None:
    assert (MAX_FILE_BYTES, MAX_CHARACTERS) == (20_000_000, 5_000_000)
    assert "20 MB" in REFUSED["text.too_large"][1]
    assert "5 million" in REFUSED["text.too_large"][1]
    assert LONGEST_TEXT == 1_000_000
    assert "1 million" in REFUSED["text.too_large"][1]


def test_a_refusal_without_its_facts_still_reads() -> None:
    assert sentence("org.bad_day", {}, "en") == "The day … cannot be used: only from … to …."
