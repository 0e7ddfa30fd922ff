"""Owns what the control words of RTF mean for a reader of text: letters, line ends, groups nobody sees."""

from __future__ import annotations

LETTERS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}
SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\", "-": "\u00ad"}

_UNSEEN_NAMES = (
    "colortbl stylesheet info pict object objdata header headerl headerr headerf footer footerl footerr "
    "footerf fldinst listtable listoverridetable revtbl rsidtbl themedata colorschememapping datastore "
    "latentstyles generator xmlnstbl pgdsctbl filetbl annotation atnid atnauthor atntime atndate atnicn "
    "atnref xe tc txe rxe template ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend nonshppict "
    "listtext pntext pntxta pntxtb pnseclvl mmathPr wgrffmtfilter"
)
UNSEEN = frozenset(_UNSEEN_NAMES.split())
"""Groups whose content is not text of the document; so is every group that opens with an unknown word after \\*."""

SEEN = frozenset(["shptxt", "shpinst", "shp", "footnote", "shppict"])
"""Groups after \\* in which there is text all the same."""

CODE_PAGES = {
    0: "cp1252",
    1: "cp1252",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""Code page by the character set of a font (`\\fcharset`)."""
