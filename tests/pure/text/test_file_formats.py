"""Every format gives the figures of the sample it was made of, and hostile files are refused in bounded time."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from tests.pure.text import labelled

from chithi.core.errors import Refused
from chithi.text import office
from chithi.text.extract import extract
from chithi.text.formats import ENDINGS
from chithi.text.intake import as_json, read

SAMPLES = sorted(labelled.SAMPLES.glob("*.txt")) + sorted((labelled.SAMPLES / "word").glob("*.txt"))
FORMATS = ("docx", "odt", "rtf", "html", "pdf", "doc")
OLD_WORD = ("bao-cao-xa-nam", "bao-cao-huyen-hai-nam")
ODT_OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
)
ODT_CLOSE = "</office:text></office:body></office:document-content>"


def built(source: str) -> bytes:
    document = docx.Document()
    lines = source.rstrip("\n").split("\n")
    for line in lines:
        if "\t" not in line:
            document.add_paragraph(line)
            continue
        cells = line.split("\t")
        table = document.add_table(1, len(cells), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


@cache
def made(folder: Path) -> dict[tuple[str, str], bytes]:
    """Every sample in every format, by one run of LibreOffice a format."""
    program = office.program()
    if program is None:
        pytest.skip("NOT CHECKED: LibreOffice is not installed, so no files of other formats can be made")
    for path in SAMPLES:
        (folder / f"{path.stem}.docx").write_bytes(built(path.read_text(encoding="utf-8")))
    for ending in FORMATS[1:]:
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(folder), *map(str, folder.glob("*.docx"))]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {(path.stem, end): (folder / f"{path.stem}.{end}").read_bytes() for path in SAMPLES for end in FORMATS}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    return made(tmp_path_factory.mktemp("formats"))


def refusal(data: bytes, filename: str) -> str:
    with pytest.raises(Refused) as refused:
        extract(data, filename)
    return refused.value.code


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_the_same_figures_in_every_format(
    path: Path, ending: str, files: dict[tuple[str, str], bytes]
) -> None:
    if ending == "doc" and path.stem not in OLD_WORD:
        return  # seconds each; two samples hold everything the others do
    source = path.read_text(encoding="utf-8")
    found = extract(files[path.stem, ending], f"x.{ending}")
    assert (found.extractor, found.notices) == (ending, ())
    assert " ".join(found.text.split()) == " ".join(source.split())
    kept = ("quote", "kind", "value", "total", "percent", "indicator", "section", "period", "covers")
    expected = [{name: as_json(fact, "x").get(name) for name in kept} for fact in read(source).facts]
    reading = read(found.text)
    assert [{name: as_json(fact, "x").get(name) for name in kept} for fact in reading.facts] == expected
    for fact in reading.facts:
        assert found.text[fact.start : fact.end] == fact.quote


def test_a_wrong_ending_is_said_and_the_content_read(files: dict[tuple[str, str], bytes]) -> None:
    found = extract(files["tin-khao-sat", "rtf"], "x.docx")
    assert found.extractor == "rtf"
    assert [(notice.code, notice.facts) for notice in found.notices] == [
        ("text.wrong_ending", {"suffix": ".docx", "right": ".rtf"})
    ]


def test_old_word_is_refused_clearly_where_there_is_no_office(
    files: dict[tuple[str, str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert refusal(files["tin-khao-sat", "doc"], "x.doc") == "text.no_office"


def test_an_encrypted_old_word_file_is_told_by_its_head(files: dict[tuple[str, str], bytes]) -> None:
    data = bytearray(files["tin-khao-sat", "doc"])
    head = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[head + 11] |= 1
    assert refusal(bytes(data), "x.doc") == "text.encrypted"


def test_a_web_page_is_read_without_scripts_and_with_its_tables() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body><p>Có 12&nbsp;h&#7897;<script>"
        "var x='<p>9 hộ'</script>.<br>Dòng hai<table><tr><th>Lớp</th><td><p>2</p><p>3</p></td></tr></table>"
        "<ul><li>một<li>hai</ul>cuối <b>đậm</b></body></html>"
    )
    expected = "Có 12\u00a0hộ.\nDòng hai\nLớp\t2 3\nmột\nhai\ncuối đậm\n"
    assert extract(page.encode(), "x.html").text == expected
    assert extract(page.encode("utf-16"), "x.htm").text == expected
    marked = page.replace("<head>", '<head><meta charset="windows-1258">')
    assert extract(marked.replace("ộ", "&#7897;").encode("cp1258", "xmlcharrefreplace"), "x.html").text == expected


def test_nothing_is_read_of_what_rtf_hides() -> None:
    body = (
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\title x}}{\*\unknown y}a\u7897?b{\v z}\par{\pict 00ff}c\emdash d}"
    )
    assert extract(body, "x.rtf").text == "aộb\nc—d\n"


def odt(body: str, **more: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", ODT_OPEN + body + ODT_CLOSE)
        for name, text in more.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return packed.getvalue()


def test_repeated_cells_spaces_and_notes_of_opendocument() -> None:
    body = (
        "<text:p>a<text:s text:c='2'/>b<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>chú</text:p></text:note-body></text:note>c</text:p><table:table><table:table-row><table:table-cell>"
        "<text:p>1</text:p></table:table-cell><table:table-cell table:number-columns-repeated='2'/>"
        "</table:table-row></table:table>"
    )
    assert extract(odt(body), "x.odt").text == "a  bc\nchú\n1\t\t\n".replace("\t\t\n", "\n")


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (odt("<text:span>" * 400 + "</text:span>" * 400), "x.odt", "text.too_deep"),
        (odt("", **{"META-INF__manifest": "<m><encryption-data/></m>"}), "x.odt", "text.encrypted"),
        (odt("<text:p>" + "a" * 60_000_000 + "</text:p>"), "x.odt", "text.zip_bomb"),
        (b"{\\rtf1" + b"{" * 100_000, "x.rtf", "text.too_deep"),
        (b"{\\rtf1 \\bin99999999 abc}", "x.rtf", "text.not_a_document"),
        (b"{\\rtf1 }", "x.rtf", "text.empty"),
        (b"<html><body>" + b"<div>" * 100_000 + b"12", "x.html", "text.too_deep"),
        (b"<html><body><script>12</script>", "x.html", "text.empty"),
        (b"%PDF-1.7 abc", "x.pdf", "text.not_a_document"),
        (b"hello", "x.pdf", "text.not_a_document"),
        (b"hello", "x.exe", "text.unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc", "text.legacy_or_encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "x.docx", "text.encrypted"),
    ],
)
def test_hostile_and_broken_files_are_refused(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename) == code


def test_every_kind_has_an_ending_to_name() -> None:
    assert all(endings[0] for endings in ENDINGS.values())
