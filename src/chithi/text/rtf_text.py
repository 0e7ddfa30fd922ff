r"""Owns the text of an RTF document: a paragraph a line, a row of a table a line with tabs between its cells.

A reader of our own rather than a library's, because letters of the older encodings can only be told by the font of
their run, and cells only by their marks. It keeps no tree: a stack of states, one per open group. Notes stand after
the paragraph that refers to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from chithi.core.errors import Refused
from chithi.text.legacy import encoding_of_font, from_runs
from chithi.text.line_builder import Lines
from chithi.text.rtf_words import CODE_PAGES, LETTERS, SEEN, SYMBOLS, UNSEEN

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
MAX_GROUPS = 1_000
_FONT_NAMES = "fonttbl"


@dataclass(slots=True)
class _State:
    """What holds inside one group: the font, the letters that stand for a \\u, and what becomes of its text."""

    font: int = 0
    skips: int = 1
    unseen: bool = False
    place: str = ""  # "fonttbl", "note" or the text itself
    star: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Font:
    name: str = ""
    page: str = ""


@dataclass(slots=True)
class _Reader:
    lines: Lines = field(default_factory=Lines)
    fonts: dict[int, _Font] = field(default_factory=dict)
    page: str = "cp1252"
    states: list[_State] = field(default_factory=lambda: [_State()])
    in_row: bool = False
    cell: list[tuple[str, str]] = field(default_factory=list)
    note: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bytes_: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    default_font: int = 0
    high: int = 0


def text_of(data: bytes) -> str:
    """Text of the .rtf `data`. Refused: `text.too_deep`, `.too_large`, `.not_a_document`."""
    reader = _Reader()
    for found in _TOKEN.finditer(data):
        code, word, number, symbol, brace, plain = found.groups()
        if code is not None:
            _byte(reader, bytes([int(code, 16)]))
        elif plain is not None:
            _byte(reader, plain)
        else:
            _flush(reader)
            if brace is not None:
                _group(reader, brace == b"{")
            elif word is not None:
                _word(reader, word.decode("ascii"), None if number is None else int(number))
            elif symbol is not None:
                _symbol(reader, symbol.decode("latin-1"))
    _flush(reader)
    if reader.in_row:
        reader.lines.close_row()
    reader.lines.end_line()
    _put_notes(reader)
    return reader.lines.whole()


def _byte(reader: _Reader, letters: bytes) -> None:
    """Letters in the code page of the font; those that merely stand for a \\u before them are passed over."""
    if reader.to_skip:
        passed = min(reader.to_skip, len(letters))
        reader.to_skip -= passed
        letters = letters[passed:]
    reader.bytes_ += letters


def _flush(reader: _Reader) -> None:
    if reader.bytes_:
        state = reader.states[-1]
        font = reader.fonts.get(state.font)
        page = "cp1252" if font and encoding_of_font(font.name) else (font.page if font else "") or reader.page
        letters = bytes(reader.bytes_)
        reader.bytes_.clear()
        _write(reader, letters.decode(page, "replace"))


def _write(reader: _Reader, letters: str) -> None:
    state = reader.states[-1]
    if state.place == _FONT_NAMES:
        font = reader.fonts.setdefault(state.font, _Font())
        if len(font.name) < 100 and not state.unseen:
            font.name += letters.split(";", 1)[0]
        return
    if state.unseen or state.hidden:
        return
    known = reader.fonts.get(state.font)
    run = (letters, known.name if known and encoding_of_font(known.name) else "")
    if state.place == "note":
        reader.note.append(run)
    else:
        reader.lines.text(*run)


def _group(reader: _Reader, opens: bool) -> None:
    reader.to_skip = 0
    if opens:
        if len(reader.states) > MAX_GROUPS:
            raise Refused("text.too_deep", limit=MAX_GROUPS)
        reader.states.append(replace(reader.states[-1], star=False))
    elif len(reader.states) > 1:
        closed = reader.states.pop()
        if closed.place == "note" and reader.states[-1].place != "note":
            reader.notes.append(" ".join(from_runs(reader.note).split()))
            reader.note.clear()


def _symbol(reader: _Reader, symbol: str) -> None:
    if symbol == "*":
        reader.states[-1].star = True
    elif symbol in "\r\n":
        _word(reader, "par", None)
    elif reader.to_skip:
        reader.to_skip -= 1
    elif symbol in SYMBOLS:
        font = reader.fonts.get(reader.states[-1].font)
        soft = symbol == "-" and not (font and encoding_of_font(font.name) == "tcvn3")
        if not soft:
            _write(reader, SYMBOLS[symbol])


def _word(reader: _Reader, word: str, number: int | None) -> None:
    state = reader.states[-1]
    if word == "bin":
        raise Refused("text.not_a_document")  # raw bytes follow; no writer of text uses it
    if state.star:
        state.star = False
        if word not in SEEN:
            state.unseen = True
            return
    if word in UNSEEN:
        state.unseen = True
    elif word == _FONT_NAMES:
        state.place = _FONT_NAMES
    elif word == "footnote" and not state.unseen:
        state.place = "note"
    elif not _set(reader, state, word, number) and not state.unseen and state.place != _FONT_NAMES:
        _show(reader, state, word)


def _set(reader: _Reader, state: _State, word: str, number: int | None) -> bool:
    """Words that change how letters are read; whether `word` is one."""
    if word == "u" and number is not None:
        _unicode(reader, state, number)
    elif word == "uc":
        state.skips = min(max(number or 0, 0), 10)
    elif word == "f" and number is not None:
        state.font = number
    elif word == "fcharset" and state.place == _FONT_NAMES:
        reader.fonts.setdefault(state.font, _Font()).page = CODE_PAGES.get(number or 0, "")
    elif word == "ansicpg" and number is not None:
        reader.page = _known_page(number)
    elif word == "deff":
        state.font = reader.default_font = number or 0
    elif word == "plain":
        state.font, state.hidden = reader.default_font, False
    elif word in ("v", "deleted"):
        state.hidden = number != 0
    else:
        return False
    return True


def _unicode(reader: _Reader, state: _State, number: int) -> None:
    """A letter by its number; numbers over 32767 are written negative, those over 65535 as two halves."""
    reader.to_skip = state.skips
    unit = number & 0xFFFF
    if 0xD800 <= unit < 0xDC00:
        reader.high = unit
    elif 0xDC00 <= unit < 0xE000:
        if reader.high:
            _write(reader, chr(0x10000 + ((reader.high - 0xD800) << 10) + unit - 0xDC00))
        reader.high = 0
    else:
        _write(reader, chr(unit))


def _known_page(number: int) -> str:
    page = f"cp{number}"
    try:
        "".encode(page)
    except LookupError:
        return "utf-8" if number == 65001 else "cp1252"
    return page


def _show(reader: _Reader, state: _State, word: str) -> None:
    """Words that are seen: line ends, cells, rows, letters by name."""
    if word in LETTERS:
        _write(reader, LETTERS[word])
    elif state.place == "note":
        if word == "par":
            reader.note.append((" ", ""))
    elif word in ("par", "sect", "page"):
        reader.lines.end_line(blank=not reader.in_row)
        if not reader.in_row:
            _put_notes(reader)
    elif word == "intbl" and not reader.in_row:
        reader.in_row = True
        reader.lines.open_row()
        reader.lines.open_cell()
    elif word in ("cell", "nestcell"):
        reader.lines.end_line()
        if word == "cell":
            reader.lines.open_cell()
    elif word == "row":
        _end_row(reader)


def _end_row(reader: _Reader) -> None:
    """The cell opened after the last mark holds nothing and is dropped."""
    if reader.in_row:
        reader.lines.drop_empty_cell()
        reader.lines.close_row()
        reader.in_row = False
        _put_notes(reader)


def _put_notes(reader: _Reader) -> None:
    for note in reader.notes:
        if note:
            reader.lines.text(note)
            reader.lines.end_line()
    reader.notes.clear()
