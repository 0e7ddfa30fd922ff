"""What a how-to tells one to press or to read stands in the interface, letter by letter."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ABOUT_DATA = {"add-a-text-rule.md", "run-a-second-instance.md"}
"""Pages that quote words of documents and names of units, not of the interface."""
PAGES = sorted(page for page in (ROOT / "docs" / "how-to").glob("*.md") if page.name not in ABOUT_DATA)
QUOTED = re.compile(r"\*\*([^*]+)\*\*|\*([^*]+)\*|“([^”]+)”")
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)


@cache
def interface() -> str:
    """Everything the product may say, in one line."""
    found = [*(ROOT / "src" / "chithi").rglob("*.py"), *(ROOT / "src" / "chithi" / "web").rglob("*.html")]
    return re.sub(r"\s+", " ", " ".join(path.read_text(encoding="utf-8") for path in found))


def quoted(text: str) -> list[str]:
    """Vietnamese words in bold, italics or quotation marks; a way through pages is taken apart."""
    found = [next(filter(None, words)) for words in QUOTED.findall(re.sub(r"\s+", " ", text))]
    steps = [step for words in found if VIETNAMESE.search(words) for step in re.split(r" → |: ", words)]
    return [step.strip(" .,:…") for step in steps]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_what_a_how_to_quotes_is_what_the_interface_says(page: Path) -> None:
    missing = [words for words in quoted(page.read_text(encoding="utf-8")) if words not in interface()]
    assert missing == []


def test_a_button_that_is_not_there_is_found_out() -> None:
    assert quoted("Press **Bấm nút không có…** then *Quản trị → Đơn vị*.") == ["Bấm nút không có", "Quản trị", "Đơn vị"]
    assert "Bấm nút không có" not in interface()
