"""The letter that goes with a report, from the same content: a công văn, or a tờ trình where it asks for a decision.

Pure; `word_letter` draws it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from chithi.core.errors import Refused
from chithi.reporting.content import Header, ReportContent, Signatory
from chithi.reporting.formats import LETTER_SYMBOL, Profile, number_line


class Form(StrEnum):
    """Which letter: both bear a symbol; a tờ trình has a title as well."""

    LETTER = "letter"
    SUBMISSION = "submission"


SYMBOLS = {Form.LETTER: LETTER_SYMBOL, Form.SUBMISSION: "TTr"}

GAP = "……………"
_WHAT_FOR = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything it prints. `about` begins with a small letter; `lookup` is the address of the report's figures."""

    form: Form
    header: Header
    about: str
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]
    recipients: tuple[str, ...]
    signatory: Signatory
    lookup: str = ""
    spelling: str = ""

    @property
    def profile(self) -> Profile:
        """The format it is written in."""
        return self.header.profile


def covering(content: ReportContent, *, number: int | None, day: date, form: Form = Form.LETTER) -> Letter:
    """The letter with which a report goes to the level above, else to the first of its recipients.

    `number` and `day` are the letter's own; the report's stand in its content. Where it is not known whom to write to,
    a draft leaves a gap; a letter with a number is refused.
    """
    header = replace(content.header, kind_symbol=SYMBOLS[form], number=number, day=day)
    listed = [_addressee(item) for item in content.recipients if not item.startswith("Lưu")]
    to = content.header.parent or next(iter(listed), "")
    if not to and number is not None:
        raise Refused("reporting.nobody_to_write_to")
    to = to or GAP
    about = f"{content.title.lower()} {_small(content.summary)}"
    sent = f"{_named(content)}, {_small(content.summary)}; kỳ số liệu: {_small(content.period_label)}"
    opens = "Số liệu trong báo cáo được tổng hợp từ các đơn vị và mở được đến nơi ghi số."
    closing = {
        Form.LETTER: f"{content.header.issuer} gửi {to} để tổng hợp theo quy định.",
        Form.SUBMISSION: f"{content.header.issuer} kính trình {to} xem xét, cho ý kiến.",
    }[form]
    archive = tuple(item for item in content.recipients if item.startswith("Lưu"))
    return Letter(
        form=form,
        header=header,
        about=f"{'gửi' if form is Form.LETTER else 'đề nghị xem xét'} {about}",
        to=(to,),
        paragraphs=(f"{content.header.issuer} gửi kèm theo văn bản này {sent}.", opens, closing),
        recipients=("Như trên", *archive),
        signatory=content.signatory,
        lookup=content.lookup,
        spelling=content.spelling,
    )


def _addressee(item: str) -> str:
    """Whom an item of the recipients names, without what for: "Tỉnh ủy (để báo cáo)," is "Tỉnh ủy"."""
    return _WHAT_FOR.sub("", item.strip().rstrip(" .,;")).rstrip()


def _named(content: ReportContent) -> str:
    """ "Báo cáo số 27-BC/HU, ngày 4/2/2026"."""
    header = content.header
    sign = number_line(header.number, header.kind_symbol, header.issuer_symbol, content.profile.words)
    sign = sign.replace("Số:", "số").replace("Số", "số")
    return f"{content.title.capitalize()} {sign}, ngày {header.day.day}/{header.day.month}/{header.day.year}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
