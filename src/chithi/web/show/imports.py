"""An import as it is shown: its state, what it counts, what is wrong with it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from chithi.imports.kinds import ImportKind, ImportState
from chithi.imports.rows import Problem, head_of
from chithi.web.show.moments import day_of
from chithi.web.templatetags.chithi_format import day, language, number

if TYPE_CHECKING:
    from chithi.imports.models import Import


def state_of(batch: Import) -> dict[str, str]:
    """Status and word, for components/status.html."""
    status, word = {
        ImportState.UPLOADED: ("none", _("Chờ kiểm tra")),
        ImportState.CHECKING: ("none", _("Đang kiểm tra")),
        ImportState.CHECKED: ("risk", _("Chờ đồng ý ghi")),
        ImportState.APPLYING: ("none", _("Đang ghi")),
        ImportState.APPLIED: ("done", _("Đã ghi")),
        ImportState.REFUSED: ("late", _("Cần sửa, chưa ghi gì")),
        ImportState.CANCELLED: ("paused", _("Đã bỏ, không ghi gì")),
    }[ImportState(batch.state)]
    return {"status": status, "word": word}


def facts(batch: Import, unit: str, by: str) -> list[dict[str, str]]:
    """What is told of an import: name and value."""
    told = [
        (_("Đơn vị"), unit),
        (_("Tệp"), batch.filename),
        (_("Người nhập"), f"{by or _('Người vận hành')}, {day(day_of(batch.at))}"),
    ]
    done = batch.state == ImportState.APPLIED
    if batch.state in (ImportState.CHECKED, ImportState.APPLIED):
        words = {
            "new": _("Đã thêm mới") if done else _("Sẽ thêm mới"),
            "changed": _("Đã thay đổi") if done else _("Sẽ thay đổi"),
            "unchanged": _("Đã có, giữ nguyên"),
        }
        told += [(word, number(int(batch.counts.get(name, 0)))) for name, word in words.items()]
    return [{"name": name, "text": text} for name, text in told]


def problem_words(problem: Problem, kind: ImportKind) -> str:
    """Where and what: "Dòng 12, cột “Năm sinh”: …"."""
    said = problem.said(kind, language())
    if not problem.row:
        return said
    head = head_of(kind, problem.column, language())
    place = {"row": number(problem.row), "column": head}
    if head:
        return _("Dòng %(row)s, cột “%(column)s”: ") % place + said
    return _("Dòng %(row)s: ") % place + said


def alike_words(found: tuple[int, int, str]) -> str:
    """A row of somebody new beside somebody of the same name."""
    row, other, name = found
    facts: dict[str, Any] = {"row": number(row), "other": number(other), "name": name}
    if other:
        return _("Dòng %(row)s: %(name)s, giống dòng %(other)s") % facts
    return _("Dòng %(row)s: %(name)s, giống một người đã có trong đơn vị này") % facts
