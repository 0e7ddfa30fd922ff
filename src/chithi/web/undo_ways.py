"""What can be taken back, each by the opposite act of its concept: one row a deed.

Facts are words and numbers, for they wait in a session; days are written as in ISO 8601. A deed without a row here is
not offered to be undone (docs/decisions/undo.md says which are not, and why).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chithi.access import defining, keeping, taking_back
from chithi.access.keeping import Ended
from chithi.db.viewer import Viewer
from chithi.duties import actions as duties
from chithi.duties import reports, shortcomings
from chithi.org import groups, links, other_names, people, plan_drafts
from chithi.org.people_again import go_on
from chithi.privacy import actions as privacy
from chithi.reporting.own_templates import actions as templates
from chithi.routine.actions import put_line_back
from chithi.routine.making import reopen_reminder
from chithi.tasks import decisions, handing
from chithi.web.show.handing import taken_back_words

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """How one kind of deed is taken back: its code, the opposite act, what is said when it is done.

    `told`, where what is said depends on what the act answered.
    """

    code: str
    do: Callable[[Viewer, Facts], Any]
    said: object
    told: Callable[[Any], str] | None = None


def ended_fact(one: Ended) -> Facts:
    """An ended role as a session keeps it."""
    return {"id": one.grant_id, "version": one.version, "until": day_fact(one.until)}


def day_fact(day: date | None) -> str | None:
    """A day as a session keeps it."""
    return day.isoformat() if day else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _ended(fact: Facts) -> Ended:
    return Ended(fact["id"], fact["version"], _day(fact["until"]))


def _open_as_it_was(by: Viewer, facts: Facts) -> object:
    ended = [_ended(one) for one in facts["ended"]]
    return taking_back.open_as_it_was(by=by, user_id=facts["id"], seen_version=facts["version"], ended=ended)


def _close(by: Viewer, facts: Facts) -> object:
    return keeping.close(by=by, user_id=facts["id"], seen_version=facts["version"])


def _end_role(by: Viewer, facts: Facts) -> object:
    since = date.fromisoformat(facts["since"])
    return keeping.end_role(by=by, grant_id=facts["id"], until=since, seen_version=facts["version"])


def _hold_role(by: Viewer, facts: Facts) -> object:
    return taking_back.hold_on(by=by, ended=_ended(facts))


def _link_person(by: Viewer, facts: Facts) -> object:
    whose = {"user_id": facts["id"], "person_id": facts["person"], "seen_version": facts["version"]}
    return keeping.link_person(by=by, **whose)


def _retire_role(by: Viewer, facts: Facts) -> object:
    return defining.retire_role(by=by, code=facts["code"], on=_day(facts["on"]), seen_version=facts["version"])


def _add_name(by: Viewer, facts: Facts) -> object:
    return other_names.add_other_name(by=by, unit_id=facts["unit"], text=facts["text"])


def _drop_name(by: Viewer, facts: Facts) -> object:
    return other_names.drop_other_name(by=by, other_name_id=facts["id"], seen_version=facts["version"])


def _put_back(by: Viewer, facts: Facts) -> object:
    return groups.put_back(by=by, member_id=facts["id"], seen_version=facts["version"])


def _take_out(by: Viewer, facts: Facts) -> object:
    on = date.fromisoformat(facts["since"])
    with transaction.atomic():
        return [groups.take_out(by=by, member_id=row, seen_version=seen, on=on) for row, seen in facts["members"]]


def _tie_again(by: Viewer, facts: Facts) -> object:
    return links.tie_again(by=by, link_id=facts["id"], seen_version=facts["version"])


def _untie(by: Viewer, facts: Facts) -> object:
    on = date.fromisoformat(facts["since"])
    return links.untie(by=by, link_id=facts["id"], seen_version=facts["version"], on=on)


def _go_on(by: Viewer, facts: Facts) -> object:
    go_on(by=by, what=facts["what"], row_id=facts["id"], seen_version=facts["version"])
    return None


def _end_exemption(by: Viewer, facts: Facts) -> object:
    on = date.fromisoformat(facts["since"])
    return people.end_exemption(by=by, exemption_id=facts["id"], seen_version=facts["version"], on=on)


def _offer_template(by: Viewer, facts: Facts) -> object:
    what = {"template_id": facts["id"], "seen_version": facts["version"], "offered": True}
    return templates.offer_template(by=by, **what)


def _hold_person(by: Viewer, facts: Facts) -> object:
    return privacy.hold_on(by=by, hold_id=facts["id"], seen_version=facts["version"])


def _release(by: Viewer, facts: Facts) -> object:
    return privacy.release(by=by, person_id=facts["person"], seen_version=facts["version"])


def _take_up(by: Viewer, facts: Facts) -> object:
    return plan_drafts.take_up(by=by, plan_id=facts["id"], seen_version=facts["version"])


def _put_row_back(by: Viewer, facts: Facts) -> object:
    what = {"plan_id": facts["id"], "seen_version": facts["version"], "row": facts["row"], "cells": facts["cells"]}
    return plan_drafts.put_row_back(by=by, **what)


def _put_line_back(by: Viewer, facts: Facts) -> object:
    return put_line_back(by=by, line_id=facts["id"], seen_version=facts["version"])


def _reopen_reminder(by: Viewer, facts: Facts) -> object:
    return reopen_reminder(by=by, turn_id=facts["id"], seen_version=facts["version"])


def _take_back(by: Viewer, facts: Facts) -> object:
    return handing.take_back(by=by, task_id=facts["task"], key=UUID(facts["key"]))


def _take_day_back(by: Viewer, facts: Facts) -> object:
    return decisions.take_day_back(by=by, task_id=facts["task"], seen_version=facts["version"])


def _list_goes_on(by: Viewer, facts: Facts) -> object:
    return duties.go_on(by=by, list_id=facts["id"], seen_version=facts["version"])


def _take_report_back(by: Viewer, facts: Facts) -> object:
    return reports.take_back(by=by, report_id=facts["id"], seen_version=facts["version"])


def _put_shortcoming_back(by: Viewer, facts: Facts) -> object:
    return shortcomings.put_back(by=by, shortcoming_id=facts["id"], seen_version=facts["version"])


_ALL = (
    Way("account_closed", _open_as_it_was, _("Tài khoản lại mở như trước; người ấy phải đăng nhập lại.")),
    Way("account_reopened", _close, _("Tài khoản lại đóng như trước.")),
    Way("role_given", _end_role, _("Đã rút vai trò vừa giao.")),
    Way("role_ended", _hold_role, _("Vai trò lại có hiệu lực như trước.")),
    Way("role_retired", _retire_role, _("Vai trò lại như trước.")),
    Way("person_linked", _link_person, _("Tài khoản lại gắn với người như trước.")),
    Way("name_dropped", _add_name, _("Tên gọi khác lại dùng được như trước.")),
    Way("name_added", _drop_name, _("Đã bỏ tên gọi khác vừa thêm.")),
    Way("member_out", _put_back, _("Đơn vị lại ở trong nhóm như trước.")),
    Way("members_in", _take_out, _("Đã đưa các đơn vị vừa thêm ra khỏi nhóm.")),
    Way("link_ended", _tie_again, _("Hai đơn vị lại gắn với nhau như trước.")),
    Way("link_made", _untie, _("Đã bỏ mối gắn vừa ghi.")),
    Way("stay_ended", _go_on, _("Đã bỏ ngày kết thúc vừa ghi; mọi thứ như trước.")),
    Way("exempted", _end_exemption, _("Đã bỏ việc miễn vừa ghi.")),
    Way("template_retired", _offer_template, _("Mẫu lại được chọn khi lập báo cáo.")),
    Way("plan_cancelled", _take_up, _("Phương án lại được soạn tiếp.")),
    Way("row_dropped", _put_row_back, _("Dòng vừa bỏ lại ở chỗ cũ.")),
    Way("calendar_line_dropped", _put_line_back, _("Dòng lịch lại ở chỗ cũ.")),
    Way("reminder_done", _reopen_reminder, _("Việc nhắc lại chờ làm như trước.")),
    Way("handed_down", _take_back, _("Đã thu lại các nhiệm vụ vừa giao."), taken_back_words),
    Way("task_day_set", _take_day_back, _("Hạn lại như trước.")),
    Way("duty_list_ended", _list_goes_on, _("Danh mục nghĩa vụ lại có hiệu lực như trước.")),
    Way("duties_submitted", _take_report_back, _("Đã lấy lại báo cáo để viết tiếp.")),
    Way("shortcoming_withdrawn", _put_shortcoming_back, _("Hạn chế, khuyết điểm lại đứng trong sổ như trước.")),
    Way("hold_released", _hold_person, _("Dữ liệu của người này lại được giữ nguyên.")),
    Way("person_held", _release, _("Đã thôi giữ nguyên.")),
)
WAYS: Mapping[str, Way] = {way.code: way for way in _ALL}
