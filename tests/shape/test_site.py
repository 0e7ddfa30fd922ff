"""The docs as a site: it builds strictly, nothing in it is out of reach, the manual says the same in both languages and
names only what the interface shows, every picture has its scene, every command exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from tests.browser.manual_scenes import SCENES

from chithi.cli.commands import build
from chithi.cli.speech import Speech

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LANGUAGES = ("vi", "en")
MANUAL = {language: sorted((DOCS / "manual" / language).glob("*.md")) for language in LANGUAGES}
PAGES = [page for language in LANGUAGES for page in MANUAL[language]]
PICTURE = re.compile(r"!\[([^\]]*)\]\(\.\./\.\./pictures/(\w+)/([\w-]+)\.png\)")
FRONT = ("index.html", "en/index.html", "404.html")
MOST_WORDS = 560  # of a page of the manual: what is longer becomes two pages
MOST_BYTES = 3_000_000  # of all pictures of the manual


def name(path: Path) -> str:
    return str(path.relative_to(DOCS))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a broken link or a missing picture ends the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "tools/site/properdocs.yml", "-d", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


class Parts(HTMLParser):
    """Links of the contents, and whatever the content policy or a machine without network would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.rail = 0
        self.reached: list[str] = []
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "nav":
            self.rail += found.get("class") == "rail"
        if tag == "a" and self.rail:
            self.reached.append(found.get("href") or "")
        if tag == "style" or "style" in found or any(key.startswith("on") for key in found):
            self.refused.append(f"{tag} {found}")
        if tag == "script" and not found.get("src"):
            self.refused.append("script within the page")
        if tag in ("script", "img", "link") and "//" in (found.get("src") or found.get("href") or ""):
            self.refused.append(f"{tag} from elsewhere: {found}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self.rail = 0


def parts(page: Path) -> Parts:
    reader = Parts()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def test_every_page_stands_in_the_contents_of_the_site(site: Path) -> None:
    front = parts(site / "index.html")
    reached = {(site / address).resolve() for address in front.reached}
    pages = {page for page in site.rglob("*.html") if name_in(page, site) not in FRONT}
    assert sorted(name_in(page, site) for page in pages - reached) == []
    assert len(pages) > 80


def name_in(page: Path, site: Path) -> str:
    return page.relative_to(site).as_posix()


def test_the_front_pages_lead_every_role_to_its_page(site: Path) -> None:
    for front, language in (("index.html", "vi"), ("en/index.html", "en")):
        text = (site / front).read_text(encoding="utf-8")
        roles = ("secretary", "member", "clerk", "agency", "leader", "administrator")
        assert [role for role in roles if f"manual/{language}/{role}.html" not in text] == []


def test_no_page_of_the_site_needs_what_the_content_policy_refuses(site: Path) -> None:
    wrong = {name_in(page, site): parts(page).refused for page in site.rglob("*.html")}
    assert {page: refused for page, refused in wrong.items() if refused} == {}
    sheets = "".join(path.read_text(encoding="utf-8") for path in (site / "assets").glob("*.css"))
    assert re.findall(r"(?:https?:)?//[\w.]+", re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)) == []


def test_lists_and_commands_inside_a_step_are_drawn_as_such(site: Path) -> None:
    text = (site / "operate" / "install.html").read_text(encoding="utf-8")
    first = text.partition("<ol>")[2].partition("</ol>")[0]
    assert first.count("<li>") == 8
    assert "><code>make -C /opt/chithi setup" in first
    loose = [name_in(page, site) for page in site.rglob("*.html") if "```" in page.read_text(encoding="utf-8")]
    assert loose == []


# --- the manual


def test_the_manual_has_the_same_pages_in_both_languages() -> None:
    assert [page.name for page in MANUAL["vi"]] == [page.name for page in MANUAL["en"]]
    assert len(MANUAL["vi"]) >= 14


@pytest.mark.parametrize("page", MANUAL["vi"], ids=name)
def test_a_page_of_the_manual_has_the_same_parts_steps_and_pictures_in_both_languages(page: Path) -> None:
    told = [path.read_text(encoding="utf-8") for path in (page, DOCS / "manual" / "en" / page.name)]
    for what in (r"^#+ ", r"^\d+\. ", r"^\|", r"<kbd>"):
        counts = [len(re.findall(what, text, flags=re.MULTILINE)) for text in told]
        assert counts[0] == counts[1], what
    shown = [[picture for _words, _language, picture in PICTURE.findall(text)] for text in told]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_of_the_manual_is_short_and_its_pictures_have_words(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.split()) <= MOST_WORDS
    for words, language, picture in PICTURE.findall(text):
        assert language == page.parent.name
        assert len(words.split()) >= 2, picture
    assert len(re.findall(r"!\[", text)) == len(PICTURE.findall(text))


def shown_words(language: str) -> set[str]:
    """Every text of the interface in this language, its variable parts cut off at the end."""
    path = ROOT / "src" / "chithi" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    texts = {text for message in catalogue for text in _forms(message.string) if text}
    return texts | {re.split(r"\s*%\(", text)[0] for text in texts} | {re.split(r"[;.]", text)[0] for text in texts}


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string),)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_the_manual_says_in_bold_stands_in_the_interface(page: Path) -> None:
    words = shown_words(page.parent.name)
    bold = re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"))
    said = {re.sub(r"\s+", " ", text).strip() for text in bold}
    assert sorted(said - words) == []


def test_a_word_that_is_not_in_the_interface_is_found_out() -> None:
    assert "Ghi số" in shown_words("vi")
    assert "Enter figures" in shown_words("en")
    assert "Gõ số vào đây" not in shown_words("vi")


# --- pictures


def pictures_named() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for _words, language, picture in PICTURE.findall(page.read_text(encoding="utf-8")):
            yield language, picture


def test_every_picture_of_the_manual_has_a_scene_and_every_scene_its_place() -> None:
    named = set(pictures_named())
    assert named == {(language, scene) for language in LANGUAGES for scene in SCENES}
    stored = {(path.parent.name, path.stem) for path in (DOCS / "pictures").glob("*/*.png")}
    assert stored == named, "run: make pictures"


def test_the_pictures_of_the_manual_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "pictures").glob("*/*.png")) < MOST_BYTES


# --- commands


def commands_named() -> Iterator[tuple[str, list[str]]]:
    """Every `chithi …` of the operator's pages and how-tos, as words."""
    for page in sorted([*(DOCS / "operate").glob("*.md"), *(DOCS / "how-to").glob("*.md")]):
        text = page.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)).replace("\\\n", " ").splitlines()
        for line in [*blocks, *re.findall(r"`([^`\n]+)`", text)]:
            if found := re.match(r"\s*(?:\w+=\S+ )*(?:\S*/)?chithi ((?:--lang \w+ )?[a-z].*)", line.split(" #")[0]):
                yield name(page), shlex.split(re.sub(r"[<>|;].*", "", found[1]))


@pytest.mark.parametrize(("page", "words"), list(commands_named()), ids=lambda value: " ".join(value)[:60])
def test_a_command_that_the_docs_name_exists_with_its_options(page: str, words: list[str]) -> None:
    assert unknown(words) == [], page


def unknown(words: list[str]) -> list[str]:
    """What of a command line is neither a command nor one of its options; what `manage` takes is Django's."""
    command: click.Command = build(Speech("en"))
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        found = command.get_command(click.Context(command), rest[0])
        if found is None:
            return [] if command.name == "chithi" and rest[0].startswith("--lang") else rest[:1]
        command, rest = found, rest[1:]
    options = {option for parameter in command.params for option in parameter.opts}
    used = [word.partition("=")[0] for word in rest if word.startswith("--")]
    return [] if command.name == "manage" else [option for option in used if option not in options]


def test_a_command_that_does_not_exist_is_found_out() -> None:
    assert unknown(["unit", "open-root", "QN", "--kind", "province"]) == []
    assert unknown(["unit", "open-branch"]) == ["open-branch"]
    assert unknown(["account", "open", "trang", "--post", "x"]) == ["--post"]
