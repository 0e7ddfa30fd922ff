"""Owns how braces are found in the XML of a Word file and checked: each becomes one element of its own.

Word cuts what was typed into runs wherever it likes; `isolate` puts every pair of braces back together, in the look of
the run in which it begins. `check` reads them in order and refuses what names nothing, stands in the wrong place or is
not closed, by the words as typed and the paragraph. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from chithi.core.errors import Refused
from chithi.reporting.own_templates.fields import Asked, Does, every_name, read, scope_at

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG = "{urn:chithi:template}tag"
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_OTHER = re.compile(r"\{%|%\}|\{#|#\}")
_LONGEST = 160
_QUOTED = 70


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: its number, counted through body, heads, feet and notes; its first words."""

    paragraph: int
    words: str

    def facts(self) -> dict[str, Any]:
        return {"paragraph": self.paragraph, "words": self.words}


@dataclass(slots=True)
class Tag:
    """One pair of braces. `typed` as in the file; `key` what it names, known once checked."""

    typed: str
    asked: Asked
    place: Place
    key: str = ""

    def facts(self) -> dict[str, Any]:
        """What every refusal about it says."""
        return {"field_name": self.typed, **self.place.facts()}


def isolate(root: Any, tags: list[Tag], counted: int) -> int:
    """Put an element `TAG` with the number of its entry in `tags` where each pair of braces was.

    `counted` paragraphs came before; gives how many there are now. Refused: `reporting.template_broken_tag`,
    `.template_other_language`.
    """
    paragraphs = list(root.iter(f"{W}p"))
    for number, paragraph in enumerate(paragraphs, counted + 1):
        texts = list(_texts_of(paragraph))
        whole = "".join(text.text or "" for text in texts)
        if "{" not in whole and "}" not in whole:
            continue
        place = Place(number, _quoted(whole))
        _must_be_whole(whole, place)
        found = list(_BRACES.finditer(whole))
        first = len(tags)
        tags += [Tag(braces[0].strip(), read(braces[1]), place) for braces in found]
        for nth in reversed(range(len(found))):
            _cut(texts, found[nth].start(), found[nth].end(), first + nth)
    return counted + len(paragraphs)


def _texts_of(paragraph: Any) -> Iterator[Any]:
    """The texts of a paragraph itself, without those of paragraphs inside it (text boxes)."""
    for text in paragraph.iter(f"{W}t"):
        above = text.getparent()
        if above.tag == f"{W}r" and next(text.iterancestors(f"{W}p")) is paragraph:
            yield text


def _quoted(whole: str) -> str:
    words = " ".join(whole.split())
    return words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1].rstrip()}…"


def _must_be_whole(whole: str, place: Place) -> None:
    if _OTHER.search(whole):
        raise Refused("reporting.template_other_language", **place.facts())
    rest = _BRACES.sub("", whole)
    inside = [braces[1] for braces in _BRACES.finditer(whole)]
    if "{{" in rest or "}}" in rest or any("{" in words or len(words) > _LONGEST for words in inside):
        raise Refused("reporting.template_broken_tag", **place.facts())


def _cut(texts: list[Any], start: int, end: int, number: int) -> None:
    """Take the letters [start, end) out of the texts and put a run with the element in their place.

    Called from the last pair to the first, so that offsets before `start` still hold.
    """
    at, touched = 0, []
    for text in texts:
        length = len(text.text or "")
        if at < end and at + length > start:
            touched.append((text, at))
        at += length
        if at >= end:
            break
    (first, first_at), (last, last_at) = touched[0], touched[-1]
    rest = (last.text or "")[end - last_at :]
    head = (first.text or "")[: start - first_at]
    for text, _ in touched[1:]:
        _say(text, "")
    run = first.getparent()
    made = etree.Element(f"{W}r")
    look = run.find(f"{W}rPr")
    if look is not None:
        made.append(deepcopy(look))
    etree.SubElement(made, TAG).set("n", str(number))
    _part_after(run, first)
    _say(first, head)
    run.addnext(made)
    if last is first:
        after = etree.Element(f"{W}r")
        if look is not None:
            after.append(deepcopy(look))
        _say(etree.SubElement(after, f"{W}t"), rest)
        if rest:
            made.addnext(after)
    else:
        _say(last, rest)


def _part_after(run: Any, text: Any) -> None:
    """What follows `text` in its run moves to a run of its own behind it, in the same look."""
    following = list(text.itersiblings())
    if not following:
        return
    more = etree.Element(f"{W}r")
    look = run.find(f"{W}rPr")
    if look is not None:
        more.append(deepcopy(look))
    more.extend(following)
    run.addnext(more)


def _say(text: Any, words: str) -> None:
    text.text = words
    text.set(PRESERVE, "preserve")


def check(tags: list[Tag], codes: Collection[str] | None) -> None:
    """Give every tag its key. `codes` are the indicators there are; None lets any pass, which prints as missing.

    Refused: `reporting.template_unknown_field`, `.template_unknown_indicator`, `.template_unknown_part`,
    `.template_misplaced`, `.template_list_written`, `.template_not_a_list`, `.template_not_open`,
    `.template_wrong_end`, `.template_not_closed`.
    """
    opened: list[Tag] = []
    for tag in tags:
        if tag.asked.does is Does.END:
            _close(tag, opened)
            continue
        lists = tuple(one.key for one in opened if one.asked.does is Does.EACH)
        _name(tag, lists, codes)
        if tag.asked.does is not Does.WRITE:
            opened.append(tag)
    if opened:
        raise Refused("reporting.template_not_closed", **opened[-1].facts())


def _close(tag: Tag, opened: list[Tag]) -> None:
    if not opened:
        raise Refused("reporting.template_not_open", **tag.facts())
    last = opened.pop()
    if tag.asked.name and tag.asked.name != last.asked.name and tag.asked.name != _other_name(last):
        raise Refused("reporting.template_wrong_end", **tag.facts(), opened=last.typed)


def _other_name(tag: Tag) -> str:
    """The name of a tag in the other language, where it has one."""
    known = every_name()
    same = [name for name, field in known.items() if field.key == tag.key and name != tag.asked.name]
    return same[0] if same else ""


def _name(tag: Tag, lists: tuple[str, ...], codes: Collection[str] | None) -> None:
    does, name, code, part = tag.asked
    if code:
        _name_indicator(tag, code, part, codes)
        return
    field = scope_at(lists).get(name)
    if field is None:
        elsewhere = every_name().get(name)
        if elsewhere is None:
            raise Refused("reporting.template_unknown_field", **tag.facts())
        raise Refused("reporting.template_misplaced", **tag.facts())
    if does is Does.WRITE and field.inside:
        raise Refused("reporting.template_list_written", **tag.facts())
    if does is Does.EACH and not field.inside:
        raise Refused("reporting.template_not_a_list", **tag.facts())
    tag.key = field.key


def _name_indicator(tag: Tag, code: str, part: str, codes: Collection[str] | None) -> None:
    if tag.asked.does is Does.EACH:
        raise Refused("reporting.template_not_a_list", **tag.facts())
    if part.startswith("?"):
        raise Refused("reporting.template_unknown_part", **tag.facts(), part=part[1:])
    if codes is not None and code not in codes:
        raise Refused("reporting.template_unknown_indicator", **tag.facts(), indicator=code)
    tag.key = f"{code}/{part}"
