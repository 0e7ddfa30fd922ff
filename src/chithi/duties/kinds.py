"""Closed lists of words for duties and shortcomings."""

from __future__ import annotations

from enum import StrEnum


class Concerns(StrEnum):
    """Whom a duty concerns; a report answers for the unit, never for one named person."""

    COLLECTIVE = "collective"
    HEAD = "head"
    OFFICIAL = "official"


class Rhythm(StrEnum):
    """How often a list is reported on; the codes of `chithi.core.periods.Kind`."""

    YEAR = "year"
    HALF = "half"


class Answer(StrEnum):
    """What a unit says about a duty in a period."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    NOT_APPLICABLE = "not_applicable"


SHORT = (Answer.PARTLY, Answer.NOT_DONE)
"""Answers out of which a shortcoming may be registered."""


class ListState(StrEnum):
    """How a list of duties stands on a day; reckoned (`chithi.duties.rules.list_state`)."""

    DRAFT = "draft"
    AHEAD = "ahead"
    IN_FORCE = "in_force"
    ENDED = "ended"


class ReportState(StrEnum):
    """How far a unit's report on a list has come; reckoned (`chithi.duties.rules.report_state`)."""

    MISSING = "missing"
    BEGUN = "begun"
    RETURNED = "returned"
    SUBMITTED = "submitted"


class Found(StrEnum):
    """Where a shortcoming was found."""

    SELF_CRITICISM = "self_criticism"
    INSPECTION = "inspection"
    DUTY = "duty"
    OTHER = "other"


class Remedy(StrEnum):
    """How a shortcoming stands on a day; follows from its tasks (`chithi.duties.rules.remedy`), never typed."""

    OPEN = "open"
    BEING_REMEDIED = "being_remedied"
    REMEDIED = "remedied"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
