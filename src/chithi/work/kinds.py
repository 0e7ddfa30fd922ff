"""Closed lists: when something is due, what one is told about, how one wants to be told."""

from __future__ import annotations

from enum import StrEnum


class When(StrEnum):
    """The parts of My work, in their order."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    UNDATED = "undated"


class Topic(StrEnum):
    """What somebody may choose about: the first word of an item's kind leads to it (`TOPIC_OF`)."""

    FIGURES = "figures"
    REPORTS = "reports"
    TEXTS = "texts"
    TASKS = "tasks"
    DIRECTIVES = "directives"
    PEOPLE = "people_and_posts"
    SHEETS = "sheets_and_plans"
    WEEKLY = "weekly_letter"


class How(StrEnum):
    """How somebody wants to be told of a topic. Whoever is told at once finds it in the weekly letter as well."""

    MAIL = "mail"
    APP = "app"
    DIGEST = "digest"
    OFF = "off"


TOPIC_OF: dict[str, Topic] = {
    "indicators": Topic.FIGURES,
    "reporting": Topic.REPORTS,
    "narrative": Topic.TEXTS,
    "tasks": Topic.TASKS,
    "directives": Topic.DIRECTIVES,
    "org": Topic.PEOPLE,
    "calls": Topic.REPORTS,
    "duties": Topic.REPORTS,
    "imports": Topic.SHEETS,
}


def topic_of(kind: str) -> Topic:
    """The topic of an item's kind; what is not named here counts among the tasks."""
    return Topic.SHEETS if kind == "org.trial" else TOPIC_OF.get(kind.split(".")[0], Topic.TASKS)
