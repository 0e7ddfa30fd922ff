"""Makes docs/reference/commands.md and settings.md from the code: `python -m chithi.cli.reference` (`make reference`).

A test compares the pages with what this makes, so that neither can fall behind.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chithi.cli.commands import build
from chithi.cli.speech import LANGUAGES, Speech
from chithi.environment import SETTINGS

WIDTH = 100
FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"
MADE = "*Made by `make reference` from the code; a test compares them. Edit the code instead.*"


def commands_page() -> str:
    """Every help page in both languages, as `chithi COMMAND --help` shows it."""
    parts = ["# Commands", MADE, ABOUT_COMMANDS]
    trees = {language: build(Speech(language)) for language in LANGUAGES}
    for name in ("", *names_of(trees["en"])):
        parts.append(f"## chithi {name}".rstrip())
        parts += ["```text\n" + help_of(trees[language], name) + "\n```" for language in reversed(LANGUAGES)]
    return "\n\n".join(parts) + "\n"


def help_of(group: click.Group, name: str) -> str:
    """The help of one command ("report", "account open"), or of the group for an empty name, at a fixed width."""
    command: click.Command = group
    own = click.Context(group, info_name="chithi", terminal_width=WIDTH, max_content_width=WIDTH)
    for part in name.split():
        command = command.commands[part] if isinstance(command, click.Group) else command
        own = click.Context(command, info_name=part, parent=own, terminal_width=WIDTH, max_content_width=WIDTH)
    return command.get_help(own)


def names_of(group: click.Group, above: str = "") -> list[str]:
    """Every command below a group, in the order of the help, those within a group by both words."""
    found = []
    for name, command in group.commands.items():
        found.append(f"{above}{name}")
        if isinstance(command, click.Group):
            found += names_of(command, f"{above}{name} ")
    return found


def settings_page() -> str:
    """Every environment variable, what it means, what holds when it is not set."""
    rows = [f"| `{setting.name}` | {setting.meaning} | {setting.default} |" for setting in SETTINGS]
    table = "\n".join(["| variable | meaning | when not set |", "|---|---|---|", *rows])
    return "\n\n".join(["# Settings", MADE, ABOUT_SETTINGS, table]) + "\n"


ABOUT_COMMANDS = """\
Help is in Vietnamese or English: `--lang vi|en`, else `CHITHI_LANGUAGE`, else English where the machine's locale is
English (`LC_ALL`, `LC_MESSAGES`, `LANG` beginning with `en`), else Vietnamese.

Exit codes: 0 done; 1 `verify` found a difference; 2 an error of the user's, told in one line on standard error
(`--debug` shows the traceback); 130 interrupted. `serve` ends with 0 on Ctrl-C and on SIGTERM."""

ABOUT_SETTINGS = """\
All settings come from the environment. A value that cannot be used is refused by name, before anything else happens."""

PAGES = {"commands.md": commands_page, "settings.md": settings_page}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}", file=sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
