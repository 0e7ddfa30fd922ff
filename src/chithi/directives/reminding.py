"""A letter that reminds exactly those who are late: drafted from the cascade, read over and issued by somebody."""

from __future__ import annotations

from chithi.core.errors import Refused
from chithi.core.numbers import format_date
from chithi.db.viewer import Viewer
from chithi.directives.actions import draft, must_write_for
from chithi.directives.cascade import Cascade
from chithi.directives.kinds import Standing
from chithi.directives.models import Directive
from chithi.directives.queries import card
from chithi.directives.rules import MOST_RECIPIENTS, Force, Written
from chithi.registry.kinds import NAMES, DocumentKind


def remind(*, by: Viewer, directive_id: int, unit_id: int, kind: str = "") -> Directive:
    """A draft of the unit's to every unit of its branch (of one kind) that is overdue and has issued nothing.

    Its words are Vietnamese, as documents are. Refused where nobody is late, or more than a letter can name.
    """
    must_write_for(by, unit_id)
    about, shown = card(by, directive_id)
    if shown.force is not Force.HOLDS:
        raise Refused("directives.holds_no_more")
    late = [asked.unit_id for asked in Cascade(by, about, unit_id, kind).units(Standing.MISSING)]
    if not late:
        raise Refused("directives.nobody_late")
    if len(late) > MOST_RECIPIENTS:
        raise Refused("directives.too_many_late", count=len(late), most=MOST_RECIPIENTS)
    assert about.due_on is not None  # noqa: S101 -- for the type checker: without a day nobody is late
    name = f"{NAMES[DocumentKind(about.kind)][0]} số {about.sign}"
    due, today = format_date(about.due_on, "vi"), format_date(by.today, "vi")
    written = Written(
        kind=DocumentKind.LETTER.value,
        summary=f"Về việc đôn đốc triển khai {name}"[:300],
        abstract=(
            f"{name} yêu cầu ban hành văn bản triển khai trước ngày {due}. Đến ngày {today}, các đơn vị có tên trong "
            f"phần nơi nhận chưa ban hành. Đề nghị các đơn vị khẩn trương ban hành và ghi vào hệ thống."
        ),
        recipients=tuple(late),
    )
    return draft(by=by, unit_id=unit_id, written=written)
