"""A process of its own for test_registry_numbers: `build` fills the database, `issue COUNT` issues notices for A1,
`check COUNT` looks at the register."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")

import django


def issue_many(count: int) -> None:
    """Issue `count` notices of A1, one transaction each."""
    from chithi.access.viewers import system_viewer
    from chithi.org.queries import unit_by_code
    from chithi.registry.actions import issue
    from tests.concepts.test_registry_numbers import notice
    from tests.worlds import TODAY

    viewer = system_viewer(TODAY, because="an issuer of the numbering test")
    unit_id = unit_by_code(viewer, "A1")
    for place in range(count):
        issue(by=viewer, unit_id=unit_id, out=notice(f"Thông báo {os.getpid()} {place}"))


def build() -> None:
    """The small world, a term."""
    from datetime import date

    from chithi.registry.actions import set_term
    from tests.worlds import build_world

    world = build_world()
    viewer = world.viewer("minh")
    set_term(by=viewer, unit_id=world.unit("A1"), name="2025–2030", since=date(2025, 6, 1), until=None)


def look(expected: int) -> None:
    """The register holds each number once."""
    from tests.concepts.test_registry_numbers import check

    check(expected)


if __name__ == "__main__":
    django.setup()
    verb, *rest = sys.argv[1:]
    {"issue": lambda: issue_many(int(rest[0])), "build": build, "check": lambda: look(int(rest[0]))}[verb]()
