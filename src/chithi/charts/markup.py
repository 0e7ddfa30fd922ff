"""Writing SVG: elements with escaped attributes, texts, doors. The only place where a word becomes markup."""

from __future__ import annotations

import re
from html import escape

SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML does not allow, and line breaks


def percent(hundredths: int) -> str:
    """Hundredths of a percent as an SVG length: 1234 is "12.34%"."""
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def tag(name: str, body: str = "", **attributes: str | int) -> str:
    """One element; `_` in a name stands for `-`, a trailing `_` is dropped (`class_`)."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_printable(str(value)))}"' for key, value in attributes.items()
    )
    return f"<{name}{said}>{body}</{name}>" if body else f"<{name}{said}/>"


def words(text: str, **attributes: str | int) -> str:
    """A text element; what an XML document may not hold is left out."""
    return tag("text", escape(_printable(text), quote=False), **attributes)


def door(body: str, href: str, why: str) -> str:
    """What is drawn, leading to its trace, with its line of explanation; without an address only the line."""
    told = tag("title", escape(_printable(why), quote=False)) if why else ""
    if not href:
        return tag("g", told + body)
    return tag("a", told + body, href=href, class_="pic-door", data_door="")


def _printable(text: str) -> str:
    return _FORBIDDEN.sub("", text)
