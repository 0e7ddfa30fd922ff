"""A process of its own for test_definitions_everywhere: `build`, `define`, or `watch`, which answers each line sent.

`watch` stands for a process that serves pages and has read the definitions before: it prints what it now knows of the
newest indicator (code, units expected to speak) and how many indicators have phrases of their own.
"""

from __future__ import annotations

import os
import sys

import django


def build() -> None:
    """An empty database, filled with the small world."""
    from tests.worlds import build_world

    build_world()


def define() -> None:
    """A new indicator, and its totals."""
    from chithi.access.viewers import system_viewer
    from chithi.indicators.defining import define as define_indicator
    from chithi.indicators.defining_rules import Draft, NewMeasure
    from chithi.indicators.drain import drain_all
    from tests.worlds import TODAY

    draft = Draft(name_vi="Buổi phát thanh", measure=NewMeasure(noun_vi="buổi"), words=("phát thanh",))
    define_indicator(by=system_viewer(TODAY, because="a process of the test"), draft=draft)
    drain_all()


def watch() -> None:
    """One answer for each line of the input."""
    from chithi.access.viewers import system_viewer
    from chithi.core.periods import parse
    from chithi.indicators.queries import lines
    from chithi.indicators.vocabulary import own_words
    from chithi.org.queries import unit_by_code
    from tests.worlds import TODAY

    for _asked in sys.stdin:
        viewer = system_viewer(TODAY, because="a process of the test")
        line = lines(viewer, unit_by_code(viewer, "T"), parse("2025"), trend=0).lines[-1]
        print(line.meaning.code, line.chosen.expected, len(own_words()), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    django.setup()
    {"build": build, "define": define, "watch": watch}[sys.argv[1]]()
