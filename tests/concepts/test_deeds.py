"""What the worker can do: each deed has a name of its own, and words for the keeper of the queue in both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from chithi.web.show.work_later import deed_word
from chithi.work.deeds import DEEDS


def test_each_deed_has_a_name_of_its_own() -> None:
    assert len({deed.name for deed in DEEDS}) == len(DEEDS)


@pytest.mark.parametrize("name", [deed.name for deed in DEEDS])
def test_each_deed_is_named_in_words(name: str) -> None:
    with override("vi"):
        vietnamese = deed_word(name)
    with override("en"):
        english = deed_word(name)
    assert name not in (vietnamese, english), "a word for it in chithi.web.show.work_later"
    assert vietnamese != english
