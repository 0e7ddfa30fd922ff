"""Owns the text of a web page: blocks as lines, tables as rows with tabs, nothing of scripts, styles and heads."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from chithi.core.errors import Refused
from chithi.text.decode import decode
from chithi.text.line_builder import MAX_DEPTH, Lines

_BLOCKS_NAMES = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody "
    "tfoot thead ul caption"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_SKIPPED_NAMES = "script style head template noscript object svg math select textarea button del iframe"
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_CELLS = frozenset(("td", "th"))
_AROUND_BREAK = re.compile(r"[ ]*\n[ ]*")
_BLANK = re.compile(r"[ \t\r\n\f]+")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_LOOK = 4_096
_WESTERN = frozenset(("iso-8859-1", "windows-1252", "us-ascii", "iso8859-1", "latin1", "latin-1", "cp1252"))


def looks_like_html(data: bytes) -> bool:
    """Whether the file opens as a web page does."""
    return (
        _OPENING.match(data[:_LOOK].replace(b"\x00", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")) is not None
    )


def text_of(data: bytes) -> str:
    """Text of the page `data`. Refused: `text.too_deep`, `.too_large`, and those of `decode`."""
    target = _Target()
    parser = etree.HTMLParser(target=target, recover=True, no_network=True, huge_tree=False)
    parser.feed(_letters(data))
    parser.close()
    return target.text


def _letters(data: bytes) -> str:
    """By byte order mark, then by what the page says of itself where that holds, then by content."""
    said = _META.search(data[:_LOOK])
    name = said.group(1).decode("ascii").lower() if said else ""
    if name in _WESTERN:
        name = "windows-1252"
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if name and not marked:
        try:
            return data.decode(name)
        except (LookupError, UnicodeError):
            pass  # the page is wrong about itself
    return decode(data)


class _Target:
    """Hears of tags and letters as the parser meets them; no tree is built."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._depth = 0
        self._skipping = 0
        self._verbatim = 0
        self.text = ""

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused("text.too_deep", limit=MAX_DEPTH)
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
        elif tag == "tr":
            self._lines.open_row()
        elif tag in _CELLS:
            self._lines.open_cell()
        elif tag == "br":
            self._lines.text("\n")
        elif tag in _BLOCKS:
            self._lines.end_line()
            self._verbatim += tag == "pre"

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif tag == "tr":
            self._lines.close_row()
        elif tag in _BLOCKS or tag in _CELLS:
            self._lines.end_line()
            self._verbatim -= tag == "pre"

    def data(self, data: str | bytes) -> None:
        if self._skipping or isinstance(data, bytes):
            return
        if self._verbatim:
            self._lines.text(data)
            return
        letters = _BLANK.sub(" ", data)
        self._lines.text(letters if self._lines.held() else letters.lstrip(" "))

    def comment(self, text: str | bytes) -> None:
        """Comments are not read."""

    def close(self) -> None:
        self.text = _AROUND_BREAK.sub("\n", self._lines.whole())
