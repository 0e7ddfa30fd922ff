"""Issuing a made report: it gets its number, is written again with it, and stands in the register; a letter with it.

Writing may be slow (an office's own template is filled in a process of its own), so the file is written with the number
that is expected before the register is locked, and again only where somebody else was quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import transaction

from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability, Viewer
from chithi.registry.actions import Outgoing, issue
from chithi.registry.kinds import DocumentKind
from chithi.registry.models import Issued
from chithi.registry.queries import expected_number, issued_of
from chithi.reporting.actions import written
from chithi.reporting.content import ReportContent, Signatory
from chithi.reporting.formats import number_line
from chithi.reporting.freeze import addressed
from chithi.reporting.kept import from_data
from chithi.reporting.letter import Form, Letter, covering
from chithi.reporting.models import OwnTemplateVersion, Report

LETTER_KINDS = {Form.LETTER: DocumentKind.LETTER, Form.SUBMISSION: DocumentKind.SUBMISSION}


def issue_report(*, by: Viewer, code: str, on: date, letter: Form | None = None) -> tuple[Issued, Issued | None]:
    """Give a made report of the REPORT reach its number on a day, and a letter that goes with it; both or neither."""
    made, content = _made(by, code)
    template = _template(made)
    dated = replace(content, header=replace(content.header, day=on))
    expected = expected_number(by, made.unit_id, DocumentKind.REPORT, dated.header.side, on)
    ahead = {expected: _report_file(dated, made.code, template, expected)}

    def write(number: int) -> tuple[str, bytes]:
        file = ahead.get(number) or _report_file(dated, made.code, template, number)
        return _sign(dated, number), file

    with transaction.atomic():
        out = _outgoing(dated, made.code, DocumentKind.REPORT, f"{dated.title.capitalize()}: {dated.summary}", write)
        issued = issue(by=by, unit_id=made.unit_id, out=out)
        sent = None if letter is None else _send(by, made, _with_number(dated, made.code, issued.number), letter)
    return issued, sent


def next_sign(viewer: Viewer, code: str, on: date) -> str:
    """Number and symbol that a made report would get on a day, if nobody is quicker."""
    made, content = _made(viewer, code)
    dated = replace(content, header=replace(content.header, day=on))
    return _sign(dated, expected_number(viewer, made.unit_id, DocumentKind.REPORT, dated.header.side, on))


def letter_of(viewer: Viewer, code: str, form: Form) -> Letter:
    """The letter that goes with a made report, still without a number; the report bears its own where it has one."""
    made, content = _made(viewer, code)
    known = [row for row in issued_of(viewer, [made.code]) if row.kind == DocumentKind.REPORT]
    day = known[0].dated if known else viewer.today
    content = replace(content, header=replace(content.header, day=day))
    return covering(
        _with_number(content, made.code, known[0].number if known else None), number=None, day=day, form=form
    )


def issue_letter(*, by: Viewer, code: str, on: date, form: Form) -> Issued:
    """Number the letter that goes with a report which has been issued already."""
    made, content = _made(by, code)
    known = [row for row in issued_of(by, [made.code]) if row.kind == DocumentKind.REPORT]
    if not known:
        raise Absent("registry.no_document")
    content = replace(content, header=replace(content.header, day=known[0].dated))
    with transaction.atomic():
        return _send(by, made, _with_number(content, made.code, known[0].number), form, on)


def _send(by: Viewer, made: Report, content: ReportContent, form: Form, on: date | None = None) -> Issued:
    from chithi.reporting.word_letter import letter_bytes  # loading Word takes 0,2 s

    day, kind = on or content.header.day, LETTER_KINDS[form]

    def write(number: int) -> tuple[str, bytes]:
        letter = covering(content, number=number, day=day, form=form)
        header = letter.header
        sign = number_line(number, header.kind_symbol, header.issuer_symbol, letter.profile.words)
        return sign, letter_bytes(letter)

    about = covering(content, number=None, day=day, form=form)
    dated = replace(content, header=replace(content.header, day=day))
    summary = about.about[:1].upper() + about.about[1:]
    out = replace(_outgoing(dated, made.code, kind, summary, write), recipients="\n".join(about.to))
    return issue(by=by, unit_id=made.unit_id, out=out)


def _outgoing(
    content: ReportContent, code: str, kind: DocumentKind, summary: str, write: Callable[[int], tuple[str, bytes]]
) -> Outgoing:
    return Outgoing(
        kind=kind,
        on=content.header.day,
        side=content.header.side,
        summary=summary,
        write=write,
        body=content.signatory.body,
        signed_as=_capacity(content.signatory, content),
        recipients="\n".join(item for item in content.recipients if not item.startswith("Lưu")),
        source=code,
    )


def _capacity(signatory: Signatory, content: ReportContent) -> str:
    return ", ".join(line for line in (*signatory.authority(content.profile.words), signatory.post.upper()) if line)


def _made(by: Viewer, code: str) -> tuple[Report, ReportContent]:
    made = Report.objects.visible_to(by.reach(Capability.REPORT)).filter(code=code).defer("file", "lines").first()
    if made is None:
        raise Absent("reporting.no_report", code=code[:40])
    if made.content is None:
        raise Refused("registry.made_before")
    return made, from_data(made.content)


def _template(made: Report) -> OwnTemplateVersion | None:
    if made.written_with_id is None:
        return None
    because = "the template that a report found in reach was written with"
    return OwnTemplateVersion.objects.everywhere(because=because).get(pk=made.written_with_id)


def _with_number(content: ReportContent, code: str, number: int | None) -> ReportContent:
    """The content with its number, and with the addresses of this installation under the report's code."""
    return addressed(replace(content, header=replace(content.header, number=number)), str(settings.PUBLIC_URL), code)


def _report_file(content: ReportContent, code: str, template: OwnTemplateVersion | None, number: int) -> bytes:
    return written(_with_number(content, code, number), template)


def _sign(content: ReportContent, number: int) -> str:
    header = content.header
    return number_line(number, header.kind_symbol, header.issuer_symbol, content.profile.words)
