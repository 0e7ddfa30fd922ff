"""What the docs need beyond their generator: pages not named in the order of reading, ids of headings without marks,
sizes of pictures, the product's own letters and colours, and an index to search in.

Called by ProperDocs while it builds (`make docs`); every public name is one of its events.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import struct
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from properdocs.exceptions import PluginError

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "build" / "static" / "vendor"
OWN = ROOT / "src" / "chithi" / "web" / "static" / "chithi"
PARTS = {"How to": "how-to", "Reference": "reference", "Decisions": "decisions"}
WEIGHTS = ("400", "600")
HEADS = {"h1", "h2", "h3"}
INLINE = {"a", "b", "code", "em", "kbd", "span", "strong"}


# --- the order of reading


def on_files(files: Any, config: Any) -> Any:
    """Pages of a part that the order does not name come at its end, by name of file."""
    named = set(_named(config.nav))
    for part in config.nav:
        for title, listed in part.items():
            folder = PARTS.get(title)
            if folder:
                found = sorted(f.src_uri for f in files.documentation_pages() if f.src_uri.startswith(f"{folder}/"))
                listed += [uri for uri in found if uri not in named]
    return files


def _named(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        return [uri for value in nav.values() for uri in _named(value)]
    return [uri for item in nav for uri in _named(item)]


# --- the Markdown that the rest of the world writes

ITEM = re.compile(r"( *)(\d+\.|[-*]) +")
FENCE = re.compile(r" *```")


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Blocks inside a list item, as GitHub reads them: the generator wants four spaces a level, and no fence there."""
    out: list[str] = []
    levels: list[tuple[int, int]] = []  # of the items one is in: where the mark stands, where its words begin
    fence = ""  # the prefix of a fenced block inside an item, which becomes an indented one
    open_fence = loose = False  # loose: an empty line has come since the item began
    for line in markdown.splitlines():
        if open_fence and not fence:
            out.append(line)
            open_fence = not FENCE.match(line)
            continue
        if open_fence:
            open_fence = not FENCE.match(line)
            out.append(f"{fence}{line[levels[-1][1] :]}" if open_fence else "")
            fence = fence if open_fence else ""
            continue
        indent = len(line) - len(line.lstrip(" "))
        if line.strip():
            while levels and indent < levels[-1][1]:
                levels.pop()
        if FENCE.match(line):
            open_fence = True
            fence = " " * 4 * (len(levels) + 1) if levels else ""
            out.append("" if levels else line)
            continue
        item = ITEM.match(line)
        if (
            item
            and out
            and out[-1].strip()
            and (loose or (not levels and not ITEM.match(out[-1]) and out[-1][0] != " "))
        ):
            out.append("")
        deep = " " * 4 * len(levels)
        out.append(f"{deep}{line.strip()}" if levels and line.strip() else line)
        loose = not item and (loose or not line.strip())
        if item:
            levels.append((indent, item.end()))
    return "\n".join(out) + "\n"


# --- headings, language, pictures


def fold(text: str) -> str:
    """Lower case without tone and vowel marks, đ as d; what `theme/assets/site.js` does to what is typed."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def slug(text: str, separator: str) -> str:
    """The id of a heading: plain letters, so that an address can be read out and typed."""
    return re.sub(r"[^a-z0-9]+", separator, fold(html.unescape(text))).strip(separator)


def on_config(config: Any) -> Any:
    config.mdx_configs["toc"] = {"slugify": slug, "permalink": False, "toc_depth": "2-3"}
    return config


FRONTS = {"index.md": "en/index.md", "operate/vi.md": "operate/index.md"}
TWINS = FRONTS | {english: vietnamese for vietnamese, english in FRONTS.items()}


def language(uri: str) -> str:
    """The language a page is written in."""
    return "vi" if uri in ("index.md", "operate/vi.md") or uri.startswith("manual/vi/") else "en"


def twin(uri: str) -> str | None:
    """The same page in the other language, where there is one."""
    if uri in TWINS:
        return TWINS[uri]
    if uri.startswith("manual/vi/"):
        return uri.replace("/vi/", "/en/", 1)
    if uri.startswith("manual/en/"):
        return uri.replace("/en/", "/vi/", 1)
    return None


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """What the template needs of language: `lang`, `twin` (a file or None), `starts` (the two front pages)."""
    uri = page.file.src_uri
    other = twin(uri)
    files = _Site.files
    context["lang"] = language(uri)
    context["twin"] = files.get(other) if other else None
    context["home"] = files.get("index.md" if context["lang"] == "vi" else "en/index.md")
    return context


class _Site:
    """What is kept between events of one build."""

    files: dict[str, Any] = {}
    entries: list[dict[str, str]] = []


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    _Site.files = {file.src_uri: file for file in files}
    _Site.entries = []
    return nav


SCROLLED = (  # what may be wider than a phone is moved by finger and by keyboard
    ("<table>", '<div class="table" tabindex="0"><table>'),
    ("</table>", "</table></div>"),
    ("<pre>", '<pre tabindex="0">'),
)
IMAGE = re.compile(r'<p>\s*<img alt="([^"]*)" src="([^"]+)"\s*/?>\s*</p>')


def on_page_content(content: str, page: Any, config: Any, files: Any) -> str:
    """Pictures become figures that open in full size and hold their place before they are there; tables may scroll."""

    def figure(found: re.Match[str]) -> str:
        words, source = found[1], found[2]
        path = (Path(config.docs_dir) / page.file.src_uri).parent / source
        if not path.is_file() or path.suffix != ".png":
            return found[0]
        wide, high = size_of(path)
        kind = "phone" if wide < 500 else "wide"
        return (
            f'<figure class="{kind}"><a href="{source}"><img alt="{words}" src="{source}" width="{wide}" '
            f'height="{high}" loading="lazy"></a><figcaption>{words}</figcaption></figure>'
        )

    content = IMAGE.sub(figure, content)
    for plain, drawn in SCROLLED:
        content = content.replace(plain, drawn)
    _Site.entries += sections(content, page)
    return content


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    wide, high = struct.unpack(">II", path.read_bytes()[16:24])
    return wide, high


# --- the index to search in


class _Words(HTMLParser):
    """The words of a page under each of its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = [["", "", ""]]  # id, heading, words
        self.head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADS:
            self.head = True
            self.found.append([dict(attrs).get("id") or "", "", ""])
        elif tag not in INLINE and not self.head:
            self.found[-1][2] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADS:
            self.head = False

    def handle_data(self, data: str) -> None:
        self.found[-1][1 if self.head else 2] += data


def sections(content: str, page: Any) -> list[dict[str, str]]:
    """Entries of the index: `u` address, `l` language, `p` page, `h` heading, `x` words."""
    reader = _Words()
    reader.feed(content)
    entries = []
    for at, heading, words in reader.found:
        text = re.sub(r"\s+", " ", words).strip()
        if not heading and not text:
            continue
        entries.append(
            {
                "u": page.file.url + (f"#{at}" if at and heading != page.title else ""),
                "l": language(page.file.src_uri),
                "p": page.title,
                "h": "" if heading == page.title else heading,
                "x": text,
            }
        )
    return entries


# --- letters, colours, the index itself


def on_post_build(config: Any) -> None:
    """The index as a script that sets one name: a page opened from a folder may not fetch, but may load a script."""
    assets = Path(config.site_dir) / "assets"
    index = json.dumps(_Site.entries, ensure_ascii=False, separators=(",", ":"))
    (assets / "index.js").write_text(f"window.chithiIndex={index};\n", encoding="utf-8")
    fonts = assets / "fonts"
    fonts.mkdir(exist_ok=True)
    if not (FONTS / "fonts.css").is_file():
        raise PluginError("the letters are missing: run make setup")
    faces = (FONTS / "fonts.css").read_text(encoding="utf-8").splitlines()
    kept = [face for face in faces if any(f"font-weight:{weight};" in face for weight in WEIGHTS)]
    (assets / "fonts.css").write_text("\n".join(kept) + "\n", encoding="utf-8")
    for name in re.findall(r'url\("fonts/([^"]+)"\)', "\n".join(kept)):
        shutil.copyfile(FONTS / "fonts" / name, fonts / name)
    shutil.copyfile(FONTS / "licences" / "be-vietnam-pro.LICENSE.txt", fonts / "LICENSE.txt")
    shutil.copyfile(OWN / "tokens.css", assets / "tokens.css")
    shutil.copyfile(OWN / "js" / "theme.js", assets / "theme.js")
    shutil.copyfile(OWN / "img" / "icon.svg", assets / "icon.svg")
    print(f"{len(_Site.entries)} places to find", file=sys.stderr)
