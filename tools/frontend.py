"""Copies the front-end files that pages use out of node_modules into build/static/vendor.

Run as `python tools/frontend.py` after `npm ci --ignore-scripts`. Owns the list of what is taken: nothing
else of the packages is served, nothing here is committed. Running it again gives the same files and removes
what is no longer listed. Exit code 0 when everything stands, 1 with one line on stderr when it cannot.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

from figures_font import read_woff, tabular_digits, write_woff

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "build" / "static" / "vendor"
LETTERS = ROOT / "build" / "letters"  # not served: the drawings for Word are lettered with them

# package path -> name in the vendor folder
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
FONT = "be-vietnam-pro"
WEIGHTS = (400, 500, 600, 700)
# Where ranges overlap the last one wins: Vietnamese letters must not fetch the larger latin-ext files.
SUBSETS = ("latin-ext", "latin", "vietnamese")
# Drawings for Word are lettered by a program that reads no web fonts and needs all letters in one file.
DRAWN_WITH = ("400Regular/BeVietnamPro_400Regular.ttf", "600SemiBold/BeVietnamPro_600SemiBold.ttf")
# Lucide icons that templates name in `{% include "components/icon.html" with name="…" %}`.
ICONS = (
    "check", "chevron-down", "chevron-right", "copy", "download", "ellipsis", "file-text", "keyboard",
    "link", "list-checks", "log-out", "menu", "monitor", "moon", "network", "notebook-pen", "pencil",
    "search", "sun", "undo-2", "upload", "user", "x",
)  # fmt: skip
LICENCES = {
    "bootstrap": ("LICENSE",),
    "htmx.org": ("LICENSE",),
    "lucide-static": ("LICENSE",),
    "@fontsource/be-vietnam-pro": ("LICENSE",),
}
SOURCE_MAP = re.compile(r"^\s*(?://|/\*)# sourceMappingURL=.*$", re.MULTILINE)
ICON_BODY = re.compile(r"<svg[^>]*>(.*?)</svg>", re.DOTALL)


class Missing(Exception):  # noqa: N818 -- it reads as what is wrong
    """A file that the packages should hold is not there."""


def taken(path: str) -> Path:
    """The file at `path` inside node_modules; Missing says what to run when it is absent."""
    found = MODULES / path
    if not found.is_file():
        raise Missing(f"{found.relative_to(ROOT)} is not there: run `npm ci --ignore-scripts` first")
    return found


def copy_files(target: Path) -> None:
    """Style sheets and scripts, without the links to source maps that are not served."""
    for path, name in FILES.items():
        text = taken(path).read_text(encoding="utf-8")
        (target / name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")


def font_faces() -> list[tuple[str, str]]:
    """(woff2 file name, @font-face rule) of every weight and subset."""
    package = f"@fontsource/{FONT}"
    ranges: dict[str, str] = json.loads(taken(f"{package}/unicode.json").read_text(encoding="utf-8"))
    return [
        (
            f"{FONT}-{subset}-{weight}-normal.woff2",
            '@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;'
            f'font-weight:{weight};src:url("fonts/{FONT}-{subset}-{weight}-normal.woff2") format("woff2");'
            f"unicode-range:{ranges[subset]}}}",
        )
        for weight in WEIGHTS
        for subset in SUBSETS
    ]


def figure_faces() -> list[tuple[str, str, bytes]]:
    """(woff file name, @font-face rule, file) of the digits on one width, for every weight."""
    return [
        (
            f"figures-{weight}.woff",
            '@font-face{font-family:"Chithi Figures";font-style:normal;font-display:swap;'
            f'font-weight:{weight};src:url("fonts/figures-{weight}.woff") format("woff");'
            "unicode-range:U+0030-0039}",
            write_woff(
                tabular_digits(
                    read_woff(taken(f"@fontsource/{FONT}/files/{FONT}-latin-{weight}-normal.woff").read_bytes())
                )
            ),
        )
        for weight in WEIGHTS
    ]


def copy_fonts(target: Path) -> None:
    """The woff2 files used, the figures made from them and a style sheet of our own that names both."""
    folder = target / "fonts"
    folder.mkdir()
    rules = []
    for name, rule in font_faces():
        shutil.copyfile(taken(f"@fontsource/{FONT}/files/{name}"), folder / name)
        rules.append(rule)
    for name, rule, made in figure_faces():
        (folder / name).write_bytes(made)
        rules.append(rule)
    (target / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def copy_letters() -> None:
    """The whole typeface as TrueType in the two weights of drawings, made anew beside the old ones."""
    fresh = LETTERS.with_name("letters.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in DRAWN_WITH:
        shutil.copyfile(taken(f"@expo-google-fonts/{FONT}/{name}"), fresh / name.rpartition("/")[2])
    shutil.rmtree(LETTERS, ignore_errors=True)
    fresh.rename(LETTERS)


def draw_sprite(target: Path) -> None:
    """One svg with a symbol per icon, id = the icon's name, drawn in the colour of the text around it."""
    symbols = []
    for name in ICONS:
        drawing = ICON_BODY.search(taken(f"lucide-static/icons/{name}.svg").read_text(encoding="utf-8"))
        if drawing is None:
            raise Missing(f"the icon {name} holds no drawing")
        body = " ".join(drawing.group(1).split())
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
        )
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (target / "icons.svg").write_text(sprite, encoding="utf-8")


def copy_licences(target: Path) -> None:
    """Each package's licence text beside its files, named by package."""
    folder = target / "licences"
    folder.mkdir()
    for package, names in LICENCES.items():
        plain = package.rpartition("/")[2]
        for name in names:
            shutil.copyfile(taken(f"{package}/{name}"), folder / f"{plain}.{name}.txt")


def build() -> None:
    """Makes the vendor folder anew beside the old one and puts it in its place when it is whole."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        for step in (copy_files, copy_fonts, draw_sprite, copy_licences):
            step(fresh)
    except Missing:
        shutil.rmtree(fresh)
        raise
    copy_letters()
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def main() -> int:
    """Builds and says how much stands there."""
    try:
        build()
    except Missing as problem:
        print(f"front-end files: {problem}", file=sys.stderr)
        return 1
    sizes = [path.stat().st_size for path in VENDOR.rglob("*") if path.is_file()]
    print(f"front-end files: {len(sizes)} files, {sum(sizes) // 1024} KiB in {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
