"""Owns which font a run of a Word document is set in: its own, that of its styles, or that of the document.

Only fonts of the older encodings matter (`chithi.text.legacy`); every other answer is the empty name.
"""

from __future__ import annotations

from typing import Any

from chithi.text.legacy import encoding_of_font

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_CHAIN = 20


class Fonts:
    """The fonts of one document, by `word/styles.xml` (None where it has none)."""

    def __init__(self, styles: Any | None) -> None:
        self._own: dict[str, str | None] = {}
        self._parent: dict[str, str] = {}
        self._default_style = ""
        self._default = ""
        if styles is None:
            return
        self._default = _font(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")) or ""
        for style in styles.findall(f"{_W}style"):
            name = style.get(f"{_W}styleId") or ""
            self._own[name] = _font(style.find(f"{_W}rPr"))
            based = style.find(f"{_W}basedOn")
            if based is not None:
                self._parent[name] = based.get(f"{_W}val") or ""
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self._default_style = name

    def style_of(self, paragraph: Any) -> str:
        """The name of its style."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._default_style if style is None else style.get(f"{_W}val") or ""

    def of_paragraph(self, style: str) -> str:
        """The font of a run that says nothing itself."""
        found = self._of_style(style)
        return self._default if found is None else found

    def of_run(self, run: Any, style: str) -> str:
        """The font of `run` in a paragraph of that style."""
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return self.of_paragraph(style)
        own = _font(properties)
        if own is None:
            named = properties.find(f"{_W}rStyle")
            own = None if named is None else self._of_style(named.get(f"{_W}val") or "")
        return self.of_paragraph(style) if own is None else own

    def _of_style(self, style: str) -> str | None:
        for _ in range(_LONGEST_CHAIN):
            own = self._own.get(style)
            if own is not None or style not in self._parent:
                return own
            style = self._parent[style]
        return None


def _font(properties: Any | None) -> str | None:
    """The font that run properties name: empty where it is a modern one, None where they name none."""
    fonts = None if properties is None else properties.find(f"{_W}rFonts")
    if fonts is None:
        return None
    name = fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
    if name is None:
        return "" if any(key.endswith("Theme") for key in fonts.attrib) else None
    return name if encoding_of_font(name) else ""
