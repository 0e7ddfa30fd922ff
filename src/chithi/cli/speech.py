"""In which language the command line speaks, and saying something in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chithi.cli.words import WORDS
from chithi.core.numbers import format_number
from chithi.core.wording import sentence

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Speech:
    """Says things in one language."""

    language: str

    def __call__(self, key: str, **facts: Any) -> str:
        """The words under a key; whole numbers are written the way the language writes them."""
        vi, en = WORDS[key]
        shown = {name: self._shown(fact) for name, fact in facts.items()}
        return (en if self.language == "en" else vi).format(**shown)

    def _shown(self, fact: Any) -> Any:
        return format_number(fact, self.language) if type(fact) is int else fact

    def refusal(self, code: str, facts: Mapping[str, Any]) -> str:
        """The sentence of a refusal of the product."""
        return sentence(code, facts, self.language)


def language_of(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """`--lang`, else CHITHI_LANGUAGE, else the machine's locale where it is English, else Vietnamese.

    What `--lang` wrongly says is reported later by the option itself. What follows `manage` is Django's.
    """
    own = arguments[: arguments.index("manage")] if "manage" in arguments else arguments
    for at, argument in enumerate(own):
        if argument == "--lang" and at + 1 < len(own):
            return _known(own[at + 1])
        if argument.startswith("--lang="):
            return _known(argument.partition("=")[2])
    if set_in_environment := environ.get("CHITHI_LANGUAGE", "").strip():
        return _known(set_in_environment)
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    return "en" if locale.lower().startswith("en") else "vi"


def _known(language: str) -> str:
    return language if language in LANGUAGES else "vi"
