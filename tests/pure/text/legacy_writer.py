"""Writes Unicode text in the older encodings, letter by letter, so that tests can read it back."""

from __future__ import annotations

import unicodedata

TCVN3_LETTERS = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ"
TCVN3_BYTES = bytes.fromhex(
    "b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9"
    "fafbfcfdfea8a9aaabacadaea1a2a3a4a5a6a7"
)
TCVN3 = dict(zip(TCVN3_LETTERS, TCVN3_BYTES.decode("cp1252"), strict=True))
_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
_HATS = {None: "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_BOWS = {None: "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_ALONE = dict(zip("đíìỉĩịỵĐÍÌỈĨỊỴ", "ñíìæóòîÑÍÌÆÓÒÎ", strict=True))


def tcvn3(text: str) -> str:
    """As TCVN3 has it; capitals with tones become small letters, for want of places."""
    return "".join(
        TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in unicodedata.normalize("NFC", text)
    )


def vni(text: str) -> str:
    """As VNI has it."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    if letter in _ALONE:
        return _ALONE[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    tone = next((mark for mark in marks if mark in _TONES), None)
    if "\u0302" in marks:
        mark = _HATS[tone]
    elif "\u0306" in marks:
        mark = _BOWS[tone]
    else:
        mark = _TONES[tone] if tone else ""
        if "\u031b" in marks:
            base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
    return base + (mark.upper() if letter.isupper() else mark)
