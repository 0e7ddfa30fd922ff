"""A letter that reminds exactly those who are late: drafted from the cascade, read over and issued by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from django.db import transaction

from chithi.core.errors import Refused
from chithi.core.numbers import format_date
from chithi.db.viewer import Viewer
from chithi.directives.actions import draft, must_write_for, sent_before
from chithi.directives.cascade import Asked, Cascade
from chithi.directives.kinds import Standing
from chithi.directives.models import Directive
from chithi.directives.queries import card
from chithi.directives.rules import MOST_RECIPIENTS, Force, Written
from chithi.directives.tying import attach
from chithi.files.checks import Brought, brought
from chithi.org.queries import places
from chithi.registry.kinds import NAMES, DocumentKind
from chithi.sheets.writing import Cell, Column, Kind, Table, write_workbook


def remind(*, by: Viewer, directive_id: int, unit_id: int, kind: str = "", key: UUID | None = None) -> Directive:
    """A draft of the unit's to every unit of its branch (of one kind) that is overdue and has issued nothing.

    Its words are Vietnamese, as documents are. The list of exactly these units on this day goes with it as a workbook.
    Where there are more than a letter can name, it goes to the units directly below that have such in their branches.
    The same key is the same letter.
    """
    if (sent := sent_before(by, key)) is not None:
        return sent
    must_write_for(by, unit_id)
    about, shown = card(by, directive_id)
    if shown.force is not Force.HOLDS:
        raise Refused("directives.holds_no_more")
    cascade = Cascade(by, about, unit_id, kind)
    late = cascade.units(Standing.MISSING)
    if not late:
        raise Refused("directives.nobody_late")
    recipients = [asked.unit_id for asked in late]
    if len(late) > MOST_RECIPIENTS:
        recipients = [branch.unit.id for branch in cascade.branches() if branch.counts.missing]
    if len(recipients) > MOST_RECIPIENTS:
        raise Refused("directives.too_many_late", count=len(late), most=MOST_RECIPIENTS)
    assert about.due_on is not None  # noqa: S101 -- for the type checker: without a day nobody is late
    name = f"{NAMES[DocumentKind(about.kind)][0]} số {about.sign}"
    due, today = format_date(about.due_on, "vi"), format_date(by.today, "vi")
    written = Written(
        kind=DocumentKind.LETTER.value,
        summary=f"Về việc đôn đốc triển khai {name}"[:300],
        abstract=(
            f"{name} yêu cầu ban hành văn bản triển khai trước ngày {due}. Đến ngày {today}, {len(late)} đơn vị "
            f"có tên trong danh sách kèm theo chưa ban hành. Đề nghị các đơn vị khẩn trương ban hành và ghi vào "
            f"hệ thống."
        ),
        recipients=tuple(recipients),
    )
    with transaction.atomic():
        made = draft(by=by, unit_id=unit_id, written=written, key=key)
        attach(by=by, directive_id=made.pk, file=_list(cascade, late))
    return made


def _list(cascade: Cascade, late: Sequence[Asked]) -> Brought:
    """The units as a workbook: code, name, the unit above, by how many days each is late."""
    above = places(cascade.viewer, [one.unit_id for one in late], cascade.viewer.today)
    rows: list[list[Cell]] = [
        [unit.code, unit.name, above.get(unit.id, ""), asked.days] for unit, asked in cascade.named(late)
    ]
    columns = [Column("Mã đơn vị", 16), Column("Đơn vị", 44), Column("Đơn vị cấp trên", 30)]
    with BytesIO() as target:
        write_workbook(target, [Table("Chưa ban hành", [*columns, Column("Chậm (ngày)", 12, Kind.NUMBER)], rows)])
        return brought(target.getvalue(), f"chua-ban-hanh-{cascade.viewer.today.isoformat()}.xlsx")
