"""Closed lists of words for tasks."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What may be done to a task; `chithi.tasks.rules.why_not` says by whom and when."""

    CHANGE = "change"
    REPORT = "report"
    STEP = "step"
    FINISH = "finish"
    ACCEPT = "accept"
    REOPEN = "reopen"
    CANCEL = "cancel"
    PUT_BACK = "put_back"
    SUSPEND = "suspend"
    RESUME = "resume"
    ASK_DAY = "ask_day"
    DECIDE_DAY = "decide_day"
    SET_DAY = "set_day"
    ASK_WHY = "ask_why"
    ANSWER_WHY = "answer_why"
    JUDGE_WHY = "judge_why"


class Dated(StrEnum):
    """How the day on which a task is said to be finished was dated back (`chithi.tasks.rules.dated`)."""

    BACK = "back"
    INTO_TIME = "into_time"


class Hint(StrEnum):
    """What a writer of a task may want to put right (`chithi.tasks.hints`); none of them stops anybody."""

    NO_OWNER = "no_owner"
    NO_DATE = "no_date"
    NO_VERB = "no_verb"
    VAGUE = "vague"
    SEVERAL = "several"
    NO_PRODUCT = "no_product"
    TOO_SHORT = "too_short"
    FAR_OFF = "far_off"


class Origin(StrEnum):
    """What a task came out of, where that is kept: a thing of a concept above, named by `Task.origin_id`."""

    SHORTCOMING = "shortcoming"


class Taken(StrEnum):
    """What became of a task from above in a unit that is asked to carry its document out (`chithi.tasks.below`)."""

    CARRIED = "carried"
    LEFT_OUT = "left_out"
    SILENT = "silent"
    NO_PLAN = "no_plan"


class Passed(StrEnum):
    """Why a unit below is not given a task that is handed down."""

    HAS_IT = "has_it"
    NO_HEAD = "no_head"
