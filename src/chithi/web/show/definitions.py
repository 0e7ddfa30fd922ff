"""Definitions in words: what an indicator is made of, what a version changed, what a trial says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from chithi.core.numbers import format_number, from_fixed
from chithi.core.wording import sentence
from chithi.indicators.choice import Count
from chithi.indicators.meanings import Meaning
from chithi.indicators.trying import Trial
from chithi.web.show import numbers
from chithi.web.show.kinds import group_word
from chithi.web.templatetags.chithi_format import day, language

if TYPE_CHECKING:
    from chithi.indicators.models import IndicatorDefinition, Measure


def measure_name(measure: Measure) -> str:
    return measure.name_en if language() == "en" else measure.name_vi


def formula_words(meaning: Meaning) -> str:
    """ "Đảng viên học tập chuyên đề / Đảng viên đang công tác, sinh hoạt"."""
    above = measure_name(meaning.numerator)
    return f"{above} / {measure_name(meaning.denominator)}" if meaning.denominator else above


def state_word(state: str) -> str:
    return {
        "in_use": pgettext("chỉ tiêu", "Đang dùng"),
        "ahead": _("Chưa đến ngày dùng"),
        "retired": _("Đã ngừng dùng"),
    }[state]


def origin_word(origin: str) -> str:
    return {"shipped": "", "changed": _("đã sửa tại đây"), "own": _("tự đặt")}[origin]


def counting_words() -> dict[str, str]:
    """How a measure counts, said as what happens to it over time."""
    return {
        "flow": _("Việc làm trong kỳ: mỗi kỳ đếm riêng, cả năm là các kỳ cộng lại"),
        "stock": _("Có đến cuối kỳ: số đang có vào ngày cuối kỳ"),
        "distinct": _("Người hoặc đơn vị, mỗi đối tượng đếm một lần trong kỳ"),
    }


def expected_words() -> dict[str, str]:
    return {
        "cells": _("Mọi chi bộ"),
        "grassroots": _("Mọi tổ chức cơ sở đảng"),
        "districts": _("Mọi đảng bộ huyện"),
        "mass_organisations": _("Mọi tổ chức Mặt trận, đoàn thể"),
        "nobody": _("Không đơn vị nào phải ghi"),
    }


def period_kind_words() -> dict[str, str]:
    return {"month": _("Tháng"), "quarter": _("Quý"), "half": _("6 tháng"), "year": _("Năm")}


def direction_words() -> dict[str, str]:
    return {"up": _("Càng nhiều càng tốt"), "down": _("Càng ít càng tốt"), "none": _("Không xét tốt hay xấu")}


def basis_words() -> dict[str, str]:
    return {
        "LEGAL_MANDATORY": _("Quy định bắt buộc"),
        "OFFICIAL_GUIDANCE": _("Hướng dẫn của cấp trên"),
        "LOCAL_INTERNAL_BASIS": _("Quy định nội bộ"),
        "LOCAL_POLICY_PROPOSAL": _("Đề xuất, chưa dùng để xếp loại"),
    }


def amount_words() -> dict[str, str]:
    return {
        "count": _("Số đếm"),
        "money": _("Tiền (đồng)"),
        "area": _("Diện tích"),
        "length": _("Chiều dài"),
        "workdays": _("Ngày công"),
    }


def target_text(definition: IndicatorDefinition, scale: int) -> str:
    """A target as it is read: 95% or 12.000."""
    if definition.target is None:
        return ""
    if definition.denominator_id:
        return numbers.percent_text(from_fixed(definition.target, 2).normalize() + 0)
    return format_number(from_fixed(definition.target, scale), language(), trim=True)


def field_words() -> dict[str, str]:
    """What each field of a definition is called where a version tells what it changed."""
    return {
        "name_vi": _("Tên"),
        "name_en": _("Tên tiếng Anh"),
        "decimals": _("Số chữ số sau dấu phẩy của tỷ lệ"),
        "numerator_id": _("Đếm gì"),
        "denominator_id": _("Trên tổng số"),
        "kind": _("Cách viết số"),
        "direction": _("Chiều tốt"),
        "target": _("Mục tiêu"),
        "legal_basis": _("Căn cứ"),
        "group": _("Nhóm"),
        "order": _("Thứ tự"),
        "words": _("Cách gọi trong báo cáo"),
        "noun_vi": _("Đơn vị tính"),
        "noun_en": _("Đơn vị tính tiếng Anh"),
        "noun_en_one": _("Đơn vị tính tiếng Anh, số ít"),
        "period_kinds": _("Ghi cho kỳ"),
        "breakdown_id": _("Cách chia"),
    }


def change_words(changed: list[list[str]], measures: dict[int, Measure], parts: dict[int, str]) -> list[str]:
    """Each difference of a version as "Tên: A → B"; a value that is empty is a dash."""
    told = []
    for field, *sides in changed:
        old, new = (_value(field, said, measures, parts) for said in sides)
        told.append(f"{field_words().get(field, field)}: {old} → {new}")
    return told


def _value(field: str, said: str, measures: dict[int, Measure], parts: dict[int, str]) -> str:
    if not said or said == "None":
        return "–"
    if field in ("numerator_id", "denominator_id") and said.isdigit() and int(said) in measures:
        return measure_name(measures[int(said)])
    if field == "breakdown_id" and said.isdigit():
        return parts.get(int(said), said)
    if field == "target":
        return format_number(Decimal(said), language(), trim=True)
    if field == "group":
        return group_word(said)
    if field == "period_kinds":
        return ", ".join(period_kind_words().get(kind, kind) for kind in said.split(","))
    worded = {"direction": direction_words(), "legal_basis": basis_words(), "kind": {**amount_words(), "share": "%"}}
    return worded.get(field, {}).get(said, said.replace("\n", "; "))


def since_words(since: date | None) -> str:
    return _("từ ngày %(day)s") % {"day": day(since)} if since else _("từ đầu")


def trial_shown(trial: Trial, unit_name: str, period_text: str) -> dict[str, Any]:
    """For manage/trial.html."""
    meaning = trial.meaning
    problems = [sentence(problem.code, problem.facts, language()) for problem in trial.problems]
    if meaning is None:
        return {"where": f"{unit_name} · {period_text}", "number": "", "problems": problems}
    share = trial.chosen.percent is not None
    rows = [(_("Đếm được"), _count(trial.numerator, meaning.numerator))]
    if meaning.denominator is not None and trial.denominator is not None:
        rows.append((_("Trên tổng số"), _count(trial.denominator, meaning.denominator)))
    if trial.numerator.expected:
        spoke = format_number(trial.numerator.spoke, language())
        rows.append((_("Đã có số"), f"{spoke}/{format_number(trial.numerator.expected, language())}"))
    return {
        "where": f"{unit_name} · {period_text}",
        "number": numbers.main_text(trial.chosen, meaning),
        "noun": "" if share else meaning.noun(language(), trial.chosen.value),
        "rows": [{"name": name, "text": text} for name, text in rows],
        "problems": problems,
        "warnings": [warning_words()[code] for code in trial.warnings],
        "below": [
            {
                "name": card.short_name if card else _("Đơn vị nay ngoài phạm vi"),
                "href": reverse("unit", args=[card.id]) if card else "",
                "text": numbers.main_text(given.chosen, meaning) or "–",
                "count": numbers.value_text(given.chosen, meaning) if share else "",
            }
            for given, card in trial.below
        ],
        "more": _more(trial.below_count - len(trial.below)),
    }


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("và %(count)s đơn vị nữa", "và %(count)s đơn vị nữa", count) % {"count": count}


def _count(count: Count, measure: Measure) -> str:
    return "–" if count.missing else format_number(from_fixed(count.value, measure.scale), language(), trim=True)


def warning_words() -> dict[str, str]:
    return {
        "no_totals": _("Kỳ này chưa có số nào để thử. Hãy chọn kỳ khác."),
        "no_base": _("Tổng số chưa có nên chưa tính được tỷ lệ."),
        "zero_base": _("Tổng số bằng 0: sẽ ghi “chưa đủ số liệu”, không phải 100%."),
        "over_whole": _("Tỷ lệ vượt 100%: số đếm lớn hơn tổng số. Có thể hai số đếm hai nhóm khác nhau."),
        "nobody_expected": _("Không đơn vị nào phải ghi số này nên không biết đã đủ chưa."),
        "nobody_spoke": _("Chưa đơn vị nào có số trong kỳ này."),
        "mixed_periods": _("Số đếm và tổng số được ghi cho những loại kỳ khác nhau."),
        "mixed_expected": _("Số đếm và tổng số do những đơn vị khác nhau ghi; đơn vị chưa ghi có thể làm lệch tỷ lệ."),
    }


def shipped_words(differs: tuple[tuple[str, str], ...], measures: dict[int, Measure]) -> list[str]:
    """Each field the shipped catalogue says otherwise, with what it says."""
    return [f"{field_words().get(field, field)}: {_value(field, said, measures, {})}" for field, said in differs]
