"""Small pictures as phones make them: with the place, the device and a second picture behind the first."""

from __future__ import annotations

import zlib

SECRET = b"21.0285N 105.8542E, dien thoai cua Lan"
"""What a camera wrote; nobody may find it in what is kept."""


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def exif(turned: int, order: str = "big") -> bytes:
    """The notes of a camera: which way up, and a place."""

    def whole(value: int, size: int) -> bytes:
        return value.to_bytes(size, "big" if order == "big" else "little")

    turn = whole(0x0112, 2) + whole(3, 2) + whole(1, 4) + whole(turned, 2) + b"\x00\x00"
    place = whole(0x8825, 2) + whole(2, 2) + whole(len(SECRET), 4) + whole(38, 4)
    head = (b"MM" if order == "big" else b"II") + whole(42, 2) + whole(8, 4)
    return b"Exif\x00\x00" + head + whole(2, 2) + turn + place + whole(0, 4) + SECRET


def jpg(turned: int = 1, order: str = "big", noted: bool = True) -> bytes:
    """One pixel: header, notes of every kind, tables, points with a filler and a restart in them, a film behind."""
    notes = (
        _segment(0xE1, exif(turned, order)),
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET),
        _segment(0xE2, b"MPF\x00" + SECRET),
        _segment(0xED, b"Photoshop 3.0\x00" + SECRET),
        _segment(0xFE, SECRET),
    )
    drawn = (
        _segment(0xE2, b"ICC_PROFILE\x00\x01\x01mau"),
        _segment(0xDB, b"\x00" + b"\x01" * 64),
        _segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00"),
        _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56",
    )
    film = b"ftypmp42" + SECRET if noted else b""
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + b"".join((*(notes if noted else ()), *drawn, b"\xff\xd9", film))
    )


def png(noted: bool = True) -> bytes:
    """One grey pixel, with words, the notes of a camera and the time in it, and more behind its end."""
    notes = (_chunk(b"tEXt", b"Author\x00" + SECRET), _chunk(b"eXIf", exif(1)[6:]), _chunk(b"iTXt", SECRET))
    parts = (
        _chunk(b"IHDR", (1).to_bytes(4) + (1).to_bytes(4) + b"\x08\x00\x00\x00\x00"),
        *(notes if noted else ()),
        _chunk(b"IDAT", zlib.compress(b"\x00\x7f")),
        _chunk(b"IEND", b""),
        SECRET if noted else b"",
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
