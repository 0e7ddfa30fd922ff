"""Makes the tabular figures that Be Vietnam Pro lacks: its own ten digits, each set on the same width.

The typeface has proportional digits only ("1" is little more than half as wide as "4") and no `tnum` feature, so
columns of numbers would not line up. Owns reading one WOFF file (version 1: tables compressed one by one) and
writing a small one with nothing but the digits. The licence (SIL OFL 1.1, no reserved name) allows it; the new
face has a name of its own and the licence text is served beside it. Only the standard library is used.
"""

from __future__ import annotations

import struct
import zlib

DIGITS = range(0x30, 0x3A)
KEPT = (b"OS/2", b"cvt ", b"fpgm", b"gasp", b"head", b"hhea", b"maxp", b"name", b"post", b"prep")
_HEADER = struct.Struct(">4sIIHHIHHIIIII")
_ENTRY = struct.Struct(">4sIIII")

Tables = dict[bytes, bytes]


def read_woff(data: bytes) -> Tables:
    """Tables of a WOFF file by tag, uncompressed. ValueError when the bytes are none."""
    if data[:4] != b"wOFF":
        raise ValueError("not a WOFF file")
    tables: Tables = {}
    for number in range(_HEADER.unpack_from(data)[3]):
        tag, start, packed, length, _ = _ENTRY.unpack_from(data, _HEADER.size + number * _ENTRY.size)
        body = data[start : start + packed]
        tables[tag] = zlib.decompress(body) if packed < length else body
    return tables


def _glyphs_of_digits(cmap: bytes) -> list[int]:
    """Glyph numbers of "0" to "9", from the table's format 4 part."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    starts = [struct.unpack_from(">HHI", cmap, 4 + 8 * number)[2] for number in range(count)]
    start = next(place for place in starts if struct.unpack_from(">H", cmap, place)[0] == 4)
    return [_glyph(cmap, start, code) for code in DIGITS]


def _glyph(cmap: bytes, start: int, code: int) -> int:
    """Glyph number of one character in a format 4 part that begins at `start`."""
    double = struct.unpack_from(">H", cmap, start + 6)[0]
    for at in range(0, double, 2):
        end = struct.unpack_from(">H", cmap, start + 14 + at)[0]
        if code > end:
            continue
        first = struct.unpack_from(">H", cmap, start + 16 + double + at)[0]
        delta = struct.unpack_from(">H", cmap, start + 16 + 2 * double + at)[0]
        place = start + 16 + 3 * double + at
        offset = struct.unpack_from(">H", cmap, place)[0]
        if offset == 0:
            return int(code + delta) & 0xFFFF
        return int(struct.unpack_from(">H", cmap, place + offset + 2 * (code - first))[0] + delta) & 0xFFFF
    raise ValueError(f"the font has no glyph for {chr(code)}")


def _outline(tables: Tables, glyph: int) -> bytes:
    """The drawing of one glyph."""
    wide = struct.unpack_from(">h", tables[b"head"], 50)[0]
    if wide:
        begin, end = struct.unpack_from(">II", tables[b"loca"], 4 * glyph)
    else:
        begin, end = (2 * half for half in struct.unpack_from(">HH", tables[b"loca"], 2 * glyph))
    return tables[b"glyf"][begin:end]


def _advance(tables: Tables, glyph: int) -> int:
    """Width that one glyph takes, in units of the font."""
    measured = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    return int(struct.unpack_from(">H", tables[b"hmtx"], 4 * min(glyph, measured - 1))[0])


def _cmap() -> bytes:
    """The characters "0" to "9" at glyphs 1 to 10, as format 4."""
    ends, starts, deltas = (0x39, 0xFFFF), (0x30, 0xFFFF), (1 - 0x30 & 0xFFFF, 1)
    part = struct.pack(">HHHHHHH", 4, 32, 0, 4, 4, 1, 0)
    part += struct.pack(">HHH", *ends, 0) + struct.pack(">HHHHHH", *starts, *deltas, 0, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + part


def _replaced(table: bytes, place: int, form: str, *values: int) -> bytes:
    """`table` with packed values put at a place."""
    fresh = bytearray(table)
    struct.pack_into(form, fresh, place, *values)
    return bytes(fresh)


def tabular_digits(tables: Tables) -> Tables:
    """A font of .notdef and the ten digits, all on the mean width of "0" and "2" to "9", each drawing centred."""
    glyphs = _glyphs_of_digits(tables[b"cmap"])
    widths = [_advance(tables, glyph) for glyph in glyphs]
    width = round((sum(widths) - widths[1]) / 9)
    outlines = [_outline(tables, glyph) for glyph in (0, *glyphs)]
    places, metrics, drawn = [0], b"", b""
    for outline in outlines:
        left, right = struct.unpack_from(">h2xh", outline, 2) if outline else (0, 0)
        metrics += struct.pack(">Hh", width, (width - (right - left)) // 2)
        drawn += outline + b"\0" * (-len(outline) % 4)
        places.append(len(drawn))
    fresh = {tag: tables[tag] for tag in KEPT if tag in tables}
    fresh[b"cmap"] = _cmap()
    fresh[b"glyf"] = drawn
    fresh[b"loca"] = struct.pack(f">{len(places)}I", *places)
    fresh[b"hmtx"] = metrics
    fresh[b"head"] = _replaced(tables[b"head"], 50, ">h", 1)
    fresh[b"hhea"] = _replaced(tables[b"hhea"], 34, ">H", len(outlines))
    fresh[b"maxp"] = _replaced(tables[b"maxp"], 4, ">H", len(outlines))
    fresh[b"post"] = struct.pack(">I", 0x00030000) + tables[b"post"][4:32]
    return fresh


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def write_woff(tables: Tables) -> bytes:
    """The tables as one WOFF file."""
    tags = sorted(tables)
    start = _HEADER.size + len(tags) * _ENTRY.size
    entries, body, plain = b"", b"", 12 + 16 * len(tags)
    for tag in tags:
        table = tables[tag]
        packed = zlib.compress(table, 9)
        packed = packed if len(packed) < len(table) else table
        entries += _ENTRY.pack(tag, start + len(body), len(packed), len(table), _checksum(table))
        body += packed + b"\0" * (-len(packed) % 4)
        plain += len(table) + -len(table) % 4
    head = _HEADER.pack(b"wOFF", 0x00010000, start + len(body), len(tags), 0, plain, 1, 0, 0, 0, 0, 0, 0)
    return head + entries + body
