"""Owns a template as a packed file: what it may hold, which parts are filled, how it is packed again. Pure.

A template is written by somebody and opened by many: nothing in it may run, fetch or open anything by itself. What does
is refused by name; the tie to a template on somebody's disk, which most files carry unknowingly, is taken out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from chithi.core.archive import Size, Suspicious, check_archive
from chithi.core.errors import Refused
from chithi.reporting.own_templates.tags import W

MOST_BYTES = 5_000_000
_SIZE = Size(whole=60_000_000, part=15_000_000)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORD}.document.main+xml"
_FILLED = (_MAIN, *(f"{_WORD}.{part}+xml" for part in ("header", "footer", "footnotes", "endnotes")))
_TYPES = "[Content_Types].xml"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_RUNS = re.compile(
    r"vbaproject|vbadata|activex|embeddings/|ctrlprops|customui|afchunk|\.(bin|exe|dll|js|vbs|hta|html?|mht|rtf)$",
    re.IGNORECASE,
)
_FETCHES = ("oleobject", "package", "afchunk", "subdocument", "frame", "control", "attachedtoolbars", "vbaproject")
_FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF", "HYPERLINK")
) | frozenset(("SYMBOL", "EQ", "TC", "XE", "INDEX", "TITLE", "FORMTEXT", "FORMCHECKBOX", "=", "IF"))
"""The fields of Word that count pages, refer, or open an address when clicked."""
_OPENS = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
_SUSPICIOUS = {
    "zip_bomb": "reporting.template_zip_bomb",
    "too_large": "reporting.template_zip_bomb",
    "encrypted": "reporting.template_locked",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass
class Package:
    """The parts of a file by name, and those that are filled as parsed XML, body first."""

    parts: dict[str, bytes]
    filled: dict[str, Any]
    links: dict[str, list[str]] = field(default_factory=dict)

    def link(self, part: str, address: str) -> str:
        """The id of a link from a part to an address; the same address has one id."""
        known = self.links.setdefault(part, [])
        if address not in known:
            known.append(address)
        return f"rIdSo{known.index(address) + 1}"

    def packed(self, properties: bytes) -> bytes:
        """The file, with `properties` as who made it and when; the same parts give the same bytes."""
        for name, root in self.filled.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            if self.links.get(name):
                self._add_links(name)
        if "docProps/core.xml" in self.parts:
            self.parts["docProps/core.xml"] = properties
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, data in self.parts.items():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                archive.writestr(entry, data, compresslevel=6)
        return made.getvalue()

    def _add_links(self, name: str) -> None:
        at = _rels_of(name)
        empty = f'<Relationships xmlns="{_RELS[1:-1]}"/>'.encode()
        root = _parsed(self.parts.get(at, empty))
        for number, address in enumerate(self.links[name], 1):
            values = {"Id": f"rIdSo{number}", "Type": _LINK, "Target": address, "TargetMode": "External"}
            etree.SubElement(root, f"{_RELS}Relationship", values)
        self.parts[at] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def opened(data: bytes) -> Package:
    """The template unpacked. Refused: `reporting.template_too_large`, `.template_not_word`, `.template_zip_bomb`,
    `.template_locked`, `.template_with_macros`, `.template_embeds`, `.template_fetches`, `.template_field_code`.
    """
    if len(data) > MOST_BYTES:
        raise Refused("reporting.template_too_large", most=MOST_BYTES // 1_000_000)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":  # an old .doc, or one locked by a password
        raise Refused("reporting.template_locked")
    try:
        names = check_archive(data, _SIZE)
    except Suspicious as problem:
        raise Refused(_SUSPICIOUS.get(problem.why, "reporting.template_not_word")) from problem
    if _TYPES not in names:
        raise Refused("reporting.template_not_word")
    parts = _unpacked(data)
    types = _types(parts)
    _must_not_run(types)
    for name in parts:
        if name.endswith(".rels"):
            parts[name] = _links_checked(parts[name])
    if "word/settings.xml" in parts:
        parts["word/settings.xml"] = _untied(parts["word/settings.xml"])
    chosen = [name for kind in _FILLED for name in sorted(types) if types[name] == kind and name in parts]
    if not chosen or types[chosen[0]] != _MAIN:
        raise Refused("reporting.template_not_word")
    filled = {name: _parsed(parts[name]) for name in chosen}
    for root in filled.values():
        _must_not_fetch(root)
    return Package(parts, filled)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Every part, read no further than its directory says: what is longer was lied about."""
    parts, left = {}, _SIZE.whole
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.is_dir():
                    continue
                with archive.open(member) as stream:
                    parts[member.filename] = stream.read(left + 1)
                left -= len(parts[member.filename])
                if left < 0:
                    raise Refused("reporting.template_zip_bomb")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as problem:
        raise Refused("reporting.template_not_word") from problem
    return parts


def _parsed(data: bytes) -> Any:
    """Without entities, a grammar or the network; what is no XML, or brings a grammar, is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Refused("reporting.template_not_word") from problem
    if root.getroottree().docinfo.doctype:
        raise Refused("reporting.template_not_word")
    return root


def _types(parts: dict[str, bytes]) -> dict[str, str]:
    """The kind of each part by name, as the file itself says."""
    said = {str(one.get("PartName", "")).lstrip("/"): str(one.get("ContentType")) for one in _parsed(parts[_TYPES])}
    return {name: kind for name, kind in said.items() if name}


def _must_not_run(types: dict[str, str]) -> None:
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in types.values()):
        raise Refused("reporting.template_with_macros")


def _rels_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


def _links_checked(data: bytes) -> bytes:
    """The same links without the tie to a template elsewhere; those that fetch or run are refused."""
    root = _parsed(data)
    for link in list(root):
        kind = str(link.get("Type", "")).rpartition("/")[2].lower()
        target, outside = str(link.get("Target", "")), str(link.get("TargetMode", "")).lower() == "external"
        if kind == "attachedtemplate":
            root.remove(link)
        elif kind == "vbaproject" or (_RUNS.search(target) and not outside):
            raise Refused("reporting.template_with_macros" if "vba" in f"{kind}{target}".lower() else _EMBEDS)
        elif kind in _FETCHES:
            raise Refused(_EMBEDS)
        elif outside and not (kind == "hyperlink" and _OPENS.match(target)):
            raise Refused("reporting.template_fetches", address=target[:120])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


_EMBEDS = "reporting.template_embeds"


def _untied(settings: bytes) -> bytes:
    root = _parsed(settings)
    for name in ("attachedTemplate", "mailMerge", "linkStyles"):
        for found in list(root.iter(f"{W}{name}")):
            found.getparent().remove(found)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _must_not_fetch(root: Any) -> None:
    """Only the fields of Word that are known to do no more than count pages, refer and open."""
    for embedded in (f"{W}object", f"{W}altChunk", f"{W}subDoc", f"{W}control"):
        if root.find(f".//{embedded}") is not None:
            raise Refused(_EMBEDS)
    for drawn in root.iter("{urn:schemas-microsoft-com:vml}*"):
        if drawn.get("src") or _OPENS.match(drawn.get("href", "")):
            raise Refused("reporting.template_fetches", address=str(drawn.get("src") or drawn.get("href"))[:120])
    for code in _field_codes(root):
        words = code.split()
        name = words[0].upper() if words else ""
        target = words[1].strip('"') if len(words) > 1 else ""
        opens = name == "HYPERLINK" and not (_OPENS.match(target) or target.startswith("\\"))
        if name and (name not in _FIELDS or opens):
            raise Refused("reporting.template_field_code", word=name[:40])


def _field_codes(root: Any) -> Iterator[str]:
    """What each field of Word says, put together from the runs it was cut into; nested ones one by one."""
    for simple in root.iter(f"{W}fldSimple"):
        yield str(simple.get(f"{W}instr", ""))
    open_codes: list[str] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            if not open_codes:
                open_codes.append("")
            open_codes[-1] += node.text or ""
            continue
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            open_codes.append("")
        elif kind == "end" and open_codes:
            yield open_codes.pop()
    yield from open_codes
