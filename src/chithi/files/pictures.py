"""Pictures without what a camera wrote into them: place, device, time, whose it is. Pure; the picture stays as it was.

A JPEG is a row of segments, a PNG a row of chunks, each with its length. Those that a viewer needs to draw the picture
are kept as they are, all others dropped; nothing is decoded. Of a JPEG's own notes only which way up it is is told
again, since phones turn their pictures by it. What follows the end of the picture (a film, a second picture) goes too.
Sources: ITU-T T.81 annex B, Exif 2.32 section 4.6, W3C PNG (third edition) sections 5 and 11.
"""

from __future__ import annotations

from chithi.core.errors import Refused

PNG, JPG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_EXIF = b"Exif\x00\x00"
_DRAWN_PNG = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs")
)
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_SCAN, _END, _JFIF, _NOTES, _PROFILE, _ADOBE, _COMMENT = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_ORIENTATION = 0x0112
_OWN = {_JFIF: b"JFIF\x00", _PROFILE: b"ICC_PROFILE\x00"}
"""Segments that others write into too: an extension of JFIF may hold the picture as it was before it was cut."""


def bare(data: bytes) -> bytes:
    """A PNG or JPEG without what is not needed to draw it. Refused: `files.broken_picture` where it ends too early."""
    try:
        return _bare_png(data) if data.startswith(PNG) else _bare_jpg(data)
    except (IndexError, ValueError) as problem:
        raise Refused("files.broken_picture", field="file") from problem


def is_heic(data: bytes) -> bool:
    """Whether it is a picture in the form that some phones keep and few programs open."""
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


def _bare_png(data: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while True:
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            raise ValueError("a chunk ends behind the file")
        if kind in _DRAWN_PNG:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(kept)


def _bare_jpg(data: bytes) -> bytes:
    """Segment by segment; a progressive picture has several scans, each followed by its compressed points."""
    kept, at, turned = [data[:2]], 2, 1
    while True:
        if data[at] != 0xFF:
            raise ValueError("no segment begins here")
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == _END:
            return b"".join((kept[0], _turn(turned), *kept[1:], data[at : at + 2]))
        if marker in _STANDALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data) or end < at + 4:
            raise ValueError("a segment ends behind the file")
        body = data[at + 4 : end]
        if marker == _NOTES and body.startswith(_EXIF):
            turned = _orientation(body[len(_EXIF) :])
        if marker == _SCAN:
            end = _after_points(data, end)
        if _draws(marker, body):
            kept.append(data[at:end])
        at = end


def _draws(marker: int, body: bytes) -> bool:
    """Whether a viewer needs the segment: everything but notes of programs, except colours and their profile."""
    if marker in _OWN:
        return body.startswith(_OWN[marker])
    return marker == _ADOBE or not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def _after_points(data: bytes, at: int) -> int:
    """Where the compressed points end that begin here: at the next marker that is neither a restart nor a filler."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0x00 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """Which way up (1 to 8) the first directory says; 1, upright, where it says nothing that can be read."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return 1

    def whole(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = whole(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(whole(first, 2), 200), 12):
        if whole(entry, 2) == _ORIENTATION:
            return said if 1 <= (said := whole(entry + 8, 2)) <= 8 else 1
    return 1


def _turn(turned: int) -> bytes:
    """A segment that says which way up and nothing else; none for an upright picture."""
    if turned == 1:
        return b""
    entry = _ORIENTATION.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + turned.to_bytes(2) + b"\x00\x00"
    body = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + b"\x00" * 4
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
