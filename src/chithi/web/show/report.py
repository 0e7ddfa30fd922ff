"""A report's content for the page: the same words and numbers as in Word, each number a door in this installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from chithi.reporting import annex
from chithi.reporting.content import Passage, PassageClass, ReportContent
from chithi.reporting.formats import number_line, place_and_date
from chithi.reporting.frame import printed_basis, printed_recipients
from chithi.reporting.phrases import EMPTY_PART, LAST_PARTS
from chithi.reporting.quantity import Number
from chithi.reporting.wording import Sentence, completeness_sentence, section_texts
from chithi.text.tone_places import spelled

HEADS = ["TT", "Tiêu chí", "Đvt", "Kỳ này", "Cùng kỳ", "%"]
FORMULAS = ["", "(1)", "", "(2)", "(3)", "=(2)/(3)"]

Paragraph = list[Any]


class Plain(str):
    """Text that is no door: what templates ask of a run is there, for asking a text for what it has not is slow."""

    __slots__ = ()
    address = why = ""

    @property
    def text(self) -> str:
        return str(self)


def shown(content: ReportContent) -> dict[str, Any]:
    """The context of report.html, without what only the view knows."""
    profile = content.profile
    header, signatory = content.header, content.signatory
    listed = annex.rows(content)
    page = {
        "title": f"{content.title.capitalize()} · {content.header.issuer} · {content.period_label}",
        "problems": [],
        "upper": header.parent.upper(),
        "issuer": header.issuer.upper(),
        "banner": profile.banner,
        "motto": profile.motto,
        "stars": profile.looks.stars,
        "sign": number_line(header.number, header.kind_symbol, header.issuer_symbol, profile.words).replace(
            "  ", "\u00a0\u00a0"
        ),
        "place_date": place_and_date(header.place, header.day),
        "kind": content.title.upper(),
        "summary": content.summary,
        "basis": printed_basis(content.basis, profile.words),
        "parts": _parts(content),
        "annex": {
            "caption": f"Phụ lục số liệu {content.period_label.lower()}",
            "heads": [*HEADS, *(column.name for column in content.columns)],
            "formulas": [*FORMULAS, *(f"({4 + place})" for place in range(len(content.columns)))],
            "notes": annex.notes(content),
            "rows": [_row(row, len(content.columns)) for row in listed],
        }
        if listed
        else None,
        "recipients": printed_recipients(content.recipients, profile.words),
        "authority": signatory.authority(profile.words),
        "post": signatory.post.upper(),
    }
    return {**_spelled(page, content.spelling), "signatory": signatory.name or ""}


def _spelled(told: Any, spelling: str) -> Any:
    """Every text in the office's spelling; addresses and the names of anchors stay."""
    if isinstance(told, str):
        return Plain(spelled(told, spelling))
    if isinstance(told, dict):
        return {
            name: value if name in ("address", "href", "id") else _spelled(value, spelling)
            for name, value in told.items()
        }
    return [_spelled(one, spelling) for one in told] if isinstance(told, list | tuple) else told


def _parts(content: ReportContent) -> list[dict[str, Any]]:
    """The customary five parts."""
    resting = completeness_sentence(content)
    sections = section_texts(content)
    sign = content.profile.words.part_sign
    parts = [_part("ket-qua", f"I{sign} KẾT QUẢ THỰC HIỆN", 1, [_sentences([resting])] if resting else [])]
    for position, section in enumerate(sections, 1):
        told = [sentence for sentence in section.sentences if not sentence.remark]
        remarks = [sentence for sentence in section.sentences if sentence.remark]
        paragraphs = [_sentences(group) for group in (told, remarks) if group]
        parts.append(_part(f"muc-{section.section}", f"{position}. {section.heading}", 2, paragraphs))
    models = content.passages_of(PassageClass.MODELS)
    if models:
        heading = f"{len(sections) + 1}. Điển hình nêu trong báo cáo của đơn vị"
        parts.append(_part("dien-hinh", heading, 2, _passages(models)))
    for key, heading, level, kinds in (
        ("danh-gia", f"II{sign} ĐÁNH GIÁ", 1, ()),
        ("uu-diem", "1. Ưu điểm", 2, (PassageClass.RESULTS,)),
        ("nguyen-nhan-uu-diem", "Nguyên nhân của ưu điểm", 2, (PassageClass.CAUSES_OF_MERITS,)),
        ("han-che", "2. Hạn chế", 2, (PassageClass.LIMITATIONS,)),
        ("nguyen-nhan-han-che", "Nguyên nhân của hạn chế", 2, (PassageClass.CAUSES_OF_LIMITATIONS,)),
        *((anchor, f"{numeral}{sign} {heading}", 1, (kind,)) for numeral, heading, kind, anchor in LAST_PARTS),
    ):
        paragraphs = (_passages(content.passages_of(*kinds)) or [[EMPTY_PART]]) if kinds else []
        parts.append(_part(key, heading, level, paragraphs))
    return parts


def _part(key: str, heading: str, level: int, paragraphs: list[Paragraph]) -> dict[str, Any]:
    return {"id": key, "heading": heading, "level": level, "paragraphs": paragraphs}


def _sentences(sentences: list[Sentence]) -> Paragraph:
    runs: Paragraph = []
    for place, sentence in enumerate(sentences):
        runs += [" "] if place else []
        runs += [piece if isinstance(piece, str) else _number(piece) for piece in sentence.parts]
    return runs


def _passages(passages: tuple[Passage, ...]) -> list[Paragraph]:
    return [
        [
            f"- {passage.text} (",
            {"text": passage.document or "nguồn", "address": _local(passage.address), "why": ""},
            ")",
        ]
        for passage in passages
    ]


def _number(piece: Number) -> dict[str, str]:
    return _door(piece.text, piece.address)


def _door(text: str, address: str) -> dict[str, str]:
    return {"text": text, "address": _local(address), "why": ""}


def _local(address: str) -> str:
    """The same address within this installation, so that the panel can fetch it."""
    return address.removeprefix(str(settings.PUBLIC_URL))


def _row(row: annex.Row, groups: int) -> dict[str, Any]:
    cells: list[Any] = [] if row.level == 0 else [_number(cell) if cell.text else "" for cell in row.cells]
    return {
        "level": row.level,
        "position": row.position,
        "name": row.name,
        "unit": row.unit,
        "cells": cells or [""] * (3 + groups),
    }
