"""Owns how a checked part of a template is filled: lists repeat, conditions leave out, numbers are links. Pure.

A pair repeats what lies between it. In one paragraph: the words between. In paragraphs of one place: whole paragraphs,
where the first begins with the opening and the last ends with the closing. In cells of a row: the row; in rows of a
table: the rows. A paragraph or row that holds nothing but the braces goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from chithi.core.errors import Refused
from chithi.core.numbers import MISSING
from chithi.reporting.own_templates.fields import PARTS, Does
from chithi.reporting.own_templates.tags import PRESERVE, TAG, Tag, W

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_NODES = 600_000
_VISIBLE = (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}fldChar", f"{W}fldSimple", f"{W}footnoteReference")
_ONCE = (f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd")
_NUMBERED = ("paraId", "textId")

Scope = dict[str, Any]


@dataclass
class Filling:
    """One part being filled. `link` gives the id of a link to an address; `left` is what may still be written."""

    tags: Sequence[Tag]
    values: Scope
    link: Callable[[str], str]
    left: int = MOST_NODES
    scopes: list[Scope] = field(default_factory=list)

    def fill(self, root: Any) -> None:
        """Fill everything under `root`. Refused: `reporting.template_crossing`, `.template_too_long`."""
        self.scopes = [self.values]
        self._fill([root])

    def _fill(self, roots: Sequence[Any]) -> None:
        marks = [mark for root in roots for mark in root.iter(TAG)]
        at = 0
        while at < len(marks):
            tag = self._tag(marks[at])
            if tag.asked.does is Does.WRITE:
                self._write(marks[at], tag)
            else:
                closing = self._closing(marks, at)
                self._repeat(marks[at], marks[closing], self._items(tag))
                at = closing
            at += 1

    def _tag(self, mark: Any) -> Tag:
        return self.tags[int(mark.get("n"))]

    def _writes(self, mark: Any) -> bool:
        return self._tag(mark).asked.does is Does.WRITE

    def _closing(self, marks: list[Any], at: int) -> int:
        depth = 0
        for place in range(at, len(marks)):
            does = self._tag(marks[place]).asked.does
            depth += {Does.WRITE: 0, Does.END: -1}.get(does, 1)
            if depth == 0:
                return place
        raise AssertionError("checked before: every pair is closed")

    def _value(self, tag: Tag) -> Any:
        if tag.asked.code:
            code, _, part = tag.key.rpartition("/")
            told = self.values["indicators"].get(code) or self.values.get("any_indicator") or {}
            return told.get(part, [MISSING] if part == PARTS[0].key else [])
        return next((scope[tag.key] for scope in reversed(self.scopes) if tag.key in scope), [])

    def _items(self, tag: Tag) -> list[Scope]:
        value = self._value(tag)
        if tag.asked.does is Does.EACH:
            return list(value)
        there = value != [MISSING] and any(isinstance(one, dict) or _words(one).strip() for one in value)
        return [{}] if there is (tag.asked.does is Does.IF) else []

    def _repeat(self, opening: Any, closing: Any, items: list[Scope]) -> None:
        tag = self._tag(opening)
        found = between(opening, closing, self._writes)
        if found is None:
            raise Refused("reporting.template_crossing", **tag.facts(), end=self._tag(closing).typed)
        bodies, markers = found
        for mark in (opening, closing):
            _drop(mark.getparent())
        size = sum(1 for body in bodies for _ in body.iter())
        for number, item in enumerate(items):
            self.left -= size
            if self.left < 0:
                raise Refused("reporting.template_too_long", **tag.facts())
            copies = [deepcopy(body) for body in bodies]
            if number:
                _lose_names(copies)
            for copy in copies:
                copy.tail = None
                bodies[0].addprevious(copy)
            self.scopes.append(item)
            self._fill(copies)
            self.scopes.pop()
        holder = bodies[0].getparent() if bodies else markers[0].getparent() if markers else None
        for node in (*bodies, *markers):
            _drop(node)
        _leave_whole(holder)

    def _write(self, mark: Any, tag: Tag) -> None:
        run = mark.getparent()
        look = run.find(f"{W}rPr")
        linked = next(run.iterancestors(f"{W}hyperlink"), None) is not None
        for piece in self._value(tag):
            words = _words(piece)
            if not words:
                continue
            self.left -= 3
            made = _run(words, look)
            address = "" if isinstance(piece, str) or linked else piece[1]
            if address.startswith(("http://", "https://")):
                _dot(made)
                link = etree.Element(f"{W}hyperlink")
                link.set(R_ID, self.link(address))
                link.set(f"{W}history", "1")
                link.append(made)
                made = link
            run.addprevious(made)
        if self.left < 0:
            raise Refused("reporting.template_too_long", **tag.facts())
        _drop(run)


def _words(piece: Any) -> str:
    return piece if isinstance(piece, str) else str(piece[0])


def _run(words: str, look: Any) -> Any:
    run = etree.Element(f"{W}r")
    if look is not None:
        run.append(deepcopy(look))
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set(PRESERVE, "preserve")
    return run


_AFTER_UNDERLINE = ("effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout")


def _dot(run: Any) -> None:
    """A number that opens its trace: underlined with grey dots, unless the template underlines it itself."""
    look = run.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        run.insert(0, look)
    if look.find(f"{W}u") is not None:
        return
    line = etree.Element(f"{W}u")
    line.set(f"{W}val", "dotted")
    line.set(f"{W}color", "808080")
    after = next((one for one in look if etree.QName(one).localname in _AFTER_UNDERLINE), None)
    if after is None:
        look.append(line)
    else:
        after.addprevious(line)


def between(opening: Any, closing: Any, writes: Callable[[Any], bool]) -> tuple[list[Any], list[Any]] | None:
    """(the siblings that a pair repeats, the paragraphs or rows that hold a brace alone); None where it crosses.

    `writes` says of a mark that it writes a field.
    """
    first, last = opening.getparent(), closing.getparent()
    if next(first.iterancestors(f"{W}p")) is next(last.iterancestors(f"{W}p")):
        if first.getparent() is not last.getparent():
            return None
        bodies = _from_to(first, last)
        return (bodies[1:-1], [])
    above = list(last.iterancestors())
    common = next(node for node in first.iterancestors() if node in above)
    from_, to = _child_of(common, first), _child_of(common, last)
    if common.tag == f"{W}tr":
        return [common], []
    bodies = _from_to(from_, to)
    if from_.tag == to.tag == f"{W}tr":
        markers = [row for row, mark in ((from_, opening), (to, closing)) if _alone(row, mark)]
    elif from_.tag == to.tag == f"{W}p":
        before, after = _beside(from_, opening)[0], _beside(to, closing)[1]
        if any(one.tag != TAG or writes(one) for one in (*before, *after)):
            return None
        markers = [line for line, mark in ((from_, opening), (to, closing)) if _alone(line, mark)]
        if any(line.find(f"{W}pPr/{W}sectPr") is not None for line in markers):
            return None
    else:
        return None
    return [body for body in bodies if body not in markers], markers


def _from_to(first: Any, last: Any) -> list[Any]:
    found = [first]
    for node in first.itersiblings():
        if node is last:
            return [*found, node]
        found.append(node)
    return found


def _child_of(common: Any, node: Any) -> Any:
    while node.getparent() is not common:
        node = node.getparent()
    return node


def _seen(node: Any) -> list[Any]:
    """What a reader would see in a paragraph or row, in order: words, braces, pictures."""
    return [
        one
        for one in node.iter(f"{W}t", TAG, *_VISIBLE)
        if one.tag != f"{W}t" or (one.text or "").strip()
    ]  # fmt: skip


def _alone(node: Any, mark: Any) -> bool:
    return _seen(node) == [mark]


def _beside(paragraph: Any, mark: Any) -> tuple[list[Any], list[Any]]:
    """What is seen in the paragraph before and after the mark."""
    seen = _seen(paragraph)
    at = seen.index(mark)
    return seen[:at], seen[at + 1 :]


def _drop(node: Any) -> None:
    above = node.getparent()
    if above is not None:
        above.remove(node)


def _lose_names(copies: list[Any]) -> None:
    """Bookmarks and numbers that may stand once in a file stay with the first copy."""
    for copy in copies:
        for once in list(copy.iter(*_ONCE)):
            _drop(once)
        for node in copy.iter():
            for name in [name for name in node.attrib if etree.QName(name).localname in _NUMBERED]:
                del node.attrib[name]


def _leave_whole(holder: Any) -> None:
    """Word asks that a table has a row and that a cell ends with a paragraph."""
    if holder is not None and holder.tag == f"{W}tbl" and holder.find(f".//{W}tr") is None:
        table, holder = holder, holder.getparent()
        _drop(table)
    if holder is not None and holder.tag == f"{W}tc" and (len(holder) == 0 or holder[-1].tag != f"{W}p"):
        etree.SubElement(holder, f"{W}p")
