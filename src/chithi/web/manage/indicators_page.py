"""What the page of one indicator and the form of its definition show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.indicators.definitions import Opened, Version, all_measures, breakdowns
from chithi.reporting.queries import reports_naming
from chithi.web.manage.desk import listing
from chithi.web.manage.indicators_forms import IndicatorForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show import definitions as show
from chithi.web.show.kinds import group_word
from chithi.web.templatetags.chithi_format import day, language, number

PARTS = (
    ("name_vi", "name_en", "noun_vi", "noun_en", "noun_en_one", "group", "order", "decimals", "words"),
    ("numerator", "denominator", "kind", "direction", "target", "legal_basis"),
    ("counting", "expected", "period_kinds", "scale", "roll_up", "breakdown"),
    ("since", "why"),
)


def parts(form: IndicatorForm, *, changing: bool) -> list[dict[str, Any]]:
    """The fields of the form in four parts, each with when a change of it holds."""
    notes = ("", "", _("Chỉ khi đếm một số mới."), "")
    if changing:
        notes = (
            _("Đổi là có hiệu lực ngay với mọi kỳ. Báo cáo đã lập giữ tên đã in."),
            _("Thay đổi tính từ ngày ghi ở cuối; kỳ kết thúc trước ngày ấy giữ cách cũ."),
            _("Chỉ khi đếm một số mới. Với số đang có chỉ đổi được kỳ ghi và thêm cách chia, có hiệu lực ngay."),
            "",
        )
    titles = (_("Tên gọi"), _("Cách tính"), _("Số mới do đơn vị ghi"), _("Từ ngày nào"))
    return [
        {"title": title, "note": note, "fields": [form[name] for name in names]}
        for title, note, names in zip(titles, notes, PARTS, strict=True)
    ]


def shown(request: ViewerRequest, found: Opened) -> dict[str, Any]:
    """For manage/indicator.html."""
    meaning, number_of = found.meaning, found.meaning.indicator.pk
    return {
        "title": meaning.name(language()),
        "lead": " · ".join(word for word in (show.state_word(found.state), show.origin_word(found.origin)) if word),
        "up": {"text": _("Chỉ tiêu và cách tính"), "href": reverse("indicators")},
        "actions": [
            {"text": _("Sửa"), "href": reverse("indicator_change", args=[number_of]), "main": True},
            {
                "text": _("Đổi ngày ngừng") if meaning.indicator.retired_on else _("Ngừng dùng"),
                "href": reverse("indicator_retire", args=[number_of]),
                "main": False,
            },
        ],
        "facts": [fact for fact in _facts(found) if fact["text"]],
        "used": _used(request, found),
        "differs": _differs(found),
        "listing": listing(
            _("Các bản"), [_("Bản"), _("Dùng"), _("Đổi gì"), _("Ai, khi nào")], _versions(found), none=""
        ),
    }


def _facts(found: Opened) -> list[dict[str, str]]:
    meaning = found.meaning
    definition, measure = meaning.definition, meaning.numerator
    kinds = [show.period_kind_words()[kind] for kind in measure.period_kinds.split(",") if kind]
    noun = measure.noun_vi if language() == "vi" else f"{measure.noun_en_one or measure.noun_en}, {measure.noun_en}"
    source = _("Đếm từ ghi chép") if measure.recorded else show.counting_words()[measure.counting]
    english = language() == "en"
    parted = [member.name_en if english else member.name_vi for member in found.members]
    rows = [
        (_("Cách tính"), show.formula_words(meaning)),
        (_("Đếm theo cách nào"), source),
        (_("Đơn vị tính"), noun),
        (_("Ai phải ghi"), show.expected_words().get(measure.expected, measure.expected)),
        (_("Ghi cho kỳ"), ", ".join(kinds)),
        (_("Chia theo"), ", ".join(parted)),
        (_("Mục tiêu"), show.target_text(definition, measure.scale)),
        (_("Chiều tốt"), show.direction_words().get(definition.direction, "")),
        (_("Căn cứ"), show.basis_words().get(definition.legal_basis, definition.legal_basis)),
        (_("Nhóm"), group_word(meaning.indicator.group)),
        (_("Cách gọi trong báo cáo"), "; ".join(meaning.indicator.words.split("\n"))),
        (_("Ngừng từ ngày"), day(meaning.indicator.retired_on) if meaning.indicator.retired_on else ""),
    ]
    return [{"name": name, "text": text} for name, text in rows]


def _versions(found: Opened) -> list[dict[str, Any]]:
    measures = {measure.pk: measure for measure in all_measures()}
    parts = {one.breakdown.pk: one.breakdown.name_vi for one in breakdowns()}
    return [
        {
            "text": _("Bản %(number)s") % {"number": number(version.definition.number)},
            "href": "",
            "note": _("đang dùng") if version.holds else "",
            "cells": [
                {"text": show.since_words(version.definition.since)},
                {"text": _changed(version, show.change_words(version.definition.changed, measures, parts))},
                {"text": _who(version)},
            ],
        }
        for version in found.versions
    ]


def _changed(version: Version, told: list[str]) -> str:
    said = "; ".join(told) or _("Bản đầu")
    return f"{said}. {version.definition.why}" if version.definition.why else said


def _who(version: Version) -> str:
    who = _("có sẵn theo phần mềm") if version.shipped else version.by
    return f"{who}, {day(version.definition.at)}"


def _used(request: ViewerRequest, found: Opened) -> list[str]:
    """Where it is used, in sentences."""
    used = found.used
    said = []
    if used.figures and used.first and used.last:
        words = ngettext(
            "%(figures)s số do %(units)s đơn vị ghi, từ %(first)s đến %(last)s.",
            "%(figures)s số do %(units)s đơn vị ghi, từ %(first)s đến %(last)s.",
            used.figures,
        )
        days = {"first": day(used.first), "last": day(used.last)}
        said.append(words % {"figures": number(used.figures), "units": number(used.units), **days})
    elif not found.meaning.numerator.recorded:
        said.append(_("Chưa đơn vị nào ghi số."))
    reports = reports_naming(request.viewer, found.meaning.code)
    if reports:
        words = ngettext("%(count)s báo cáo đã in chỉ tiêu này.", "%(count)s báo cáo đã in chỉ tiêu này.", reports)
        said.append(words % {"count": number(reports)})
    if used.others:
        names = "; ".join(other.name(language()) for other in used.others)
        said.append(_("Số này còn dùng trong: %(names)s.") % {"names": names})
    return said


def _differs(found: Opened) -> list[str]:
    """What the catalogue that ships says where this installation says otherwise."""
    measures = {measure.pk: measure for measure in all_measures()} if found.differs else {}
    return show.shipped_words(found.differs, measures)
