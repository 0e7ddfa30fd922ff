"""From bytes to text: encodings that are known, and files that are refused."""

from __future__ import annotations

import pytest

from chithi.core.errors import Refused
from chithi.text.decode import MAX_BYTES, decode

WORDS = "Đảng bộ huyện có 12 chi bộ"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_and_plain_unicode_is_read(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "text.empty"),
        (b"  \n\t ", "text.empty"),
        ("\ufeff".encode(), "text.empty"),
        (b"\x00\x01\x02\x03" * 50, "text.binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "text.binary"),
        (b"\xff\xfea", "text.unreadable_encoding"),
        (b"a" * (MAX_BYTES + 1), "text.too_large"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.code == code
