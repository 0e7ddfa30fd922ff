"""Acts on documents of a directive: written, changed, let go out, withdrawn, thrown away; files and links."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chithi.core.errors import Refused
from chithi.db.viewer import Capability
from chithi.directives import actions, queries, tying
from chithi.directives.kinds import LinkKind
from chithi.directives.queries import Card
from chithi.directives.reading import one_to_write
from chithi.directives.reminding import remind
from chithi.files.checks import brought
from chithi.indicators.of_directives import count_directive
from chithi.org.queries import cards
from chithi.registry.kinds import DocumentKind
from chithi.reporting.sealing import next_sign, seal_of
from chithi.tasks.from_above import asked_of
from chithi.web.chosen import unit_of
from chithi.web.manage.desk import sent, sent_key, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as show
from chithi.web.views.directive_forms import (
    DirectiveForm,
    FileForm,
    LinkForm,
    NewDirectiveForm,
    OutForm,
    WithdrawForm,
    begun_with,
)
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]


@require_http_methods(READS)
def directive_new(request: ViewerRequest) -> HttpResponse:
    """A new document; `theo` is the one that it carries out."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ENTER)
    above = whole(request.GET.get("theo"))
    followed = queries.card(viewer, above)[1] if above else None
    form = NewDirectiveForm(sent(request), viewer=viewer, initial=_begun(request, above, followed))
    if request.method == "POST":
        made = tried(form, lambda: _made(request, form))
        if made is not None:
            said = _("Đã ghi dự thảo.") if made.is_draft else _("Đã ghi văn bản.")
            messages.success(request, said, extra_tags="good")
            return redirect("plan_lines" if asked_of(viewer, made) else "directive", made.pk)
    lead = _("Chưa có số thì văn bản là dự thảo, chỉ người soạn của đơn vị thấy.")
    if followed:
        lead = _("Triển khai %(document)s: %(summary)s") % {
            "document": show.named(followed),
            "summary": followed.summary,
        }
    context = {
        "title": _("Soạn văn bản triển khai") if followed else _("Ghi văn bản"),
        "lead": lead,
        "up": {"text": _("Văn bản chỉ đạo"), "href": reverse("directives")},
        "form": form,
        "send_href": reverse("directive_new") + (f"?theo={above}" if above else ""),
        "send_text": _("Ghi văn bản"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


def _begun(request: ViewerRequest, above: int | None, followed: Card | None) -> dict[str, Any]:
    viewer, unit_id = request.viewer, unit_of(request)
    own = unit_id if queries.may_write(viewer, unit_id) else viewer.home_unit_id or 0
    known = cards(viewer, [own], viewer.today)
    code = known[own].code if own in known else ""
    begun = {"unit": code, "kind": "plan" if above else "directive", "follows": above, "key": uuid4()}
    if followed:
        begun["summary"] = queries.about_carrying_out(followed)[:300]
    return begun


def _made(request: ViewerRequest, form: NewDirectiveForm) -> Any:
    """Both or neither: the document, and its link to what it carries out."""
    viewer, said, key = request.viewer, form.said(), form.cleaned_data["key"]
    if (known := actions.sent_before(viewer, key)) is not None:
        return known
    act = actions.enter if said.sign.strip() else actions.draft
    with transaction.atomic():
        made = act(by=viewer, unit_id=form.cleaned_data["unit"], written=said, key=key)
        if above := form.cleaned_data["follows"]:
            tying.link(by=viewer, directive_id=made.pk, target_id=above, kind=LinkKind.IMPLEMENTS)
    return made


@require_http_methods(READS)
def directive_change(request: ViewerRequest, directive: int) -> HttpResponse:
    """Write a document otherwise."""
    viewer = request.viewer
    row = one_to_write(viewer, directive)
    units = cards(viewer, queries.recipients(directive), viewer.today)
    form = DirectiveForm(sent(request), viewer=viewer, initial=begun_with(row, [unit.code for unit in units.values()]))

    def do() -> bool:
        seen = form.cleaned_data["version"] or 0
        actions.change(by=viewer, directive_id=directive, seen_version=seen, written=form.said())
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã sửa văn bản."), extra_tags="good")
        return redirect("directive", directive)
    lead = _("Văn bản đã ban hành theo sổ của đơn vị giữ nguyên số, ngày, loại và trích yếu.") if row.issued_id else ""
    return _form(request, directive, form, _("Sửa văn bản"), _("Lưu"), lead=lead)


@require_http_methods(READS)
def directive_out(request: ViewerRequest, directive: int) -> HttpResponse:
    """A draft goes out: with the number on its paper, else with the next one of the unit's register."""
    viewer = request.viewer
    row = one_to_write(viewer, directive)
    if not row.is_draft:
        raise Refused("directives.out_already", sign=row.sign)
    day = row.dated or viewer.today
    form = OutForm(sent(request), initial={"dated": day, "sign": row.sign, "version": row.version})
    own = queries.may_issue(viewer, row.unit_id) and not row.issuer
    form.fields["sign"].help_text = _own_number(request, row, day) if own else _("Như in trên văn bản.")
    form.fields["sign"].mark_optional = own  # type: ignore[attr-defined]  # read by the template

    def do() -> Any:
        said = form.cleaned_data
        seen = said["version"] or 0
        if said["sign"].strip() or not own:
            return actions.put_out(
                by=viewer, directive_id=directive, seen_version=seen, sign=said["sign"], dated=said["dated"]
            )
        seal = seal_of(viewer, row.unit_id, DocumentKind(row.kind), said["dated"])
        return actions.issue(by=viewer, directive_id=directive, seen_version=seen, on=said["dated"], seal=seal)

    if request.method == "POST":
        out = tried(form, do)
        if out is not None:
            messages.success(request, _("Đã ban hành: số %(sign)s.") % {"sign": out.sign}, extra_tags="good")
            return redirect("directive", directive)
    lead = _("Ban hành rồi thì mọi đơn vị được gửi đều thấy.")
    return _form(request, directive, form, _("Ban hành văn bản"), _("Ban hành"), lead=lead)


def _own_number(request: ViewerRequest, row: Any, day: Any) -> str:
    """What happens where no number is typed."""
    try:
        sign = next_sign(request.viewer, row.unit_id, DocumentKind(row.kind), day)
    except Refused:
        return _("Để trống thì lấy số tiếp theo trong sổ của đơn vị.")
    return _("Để trống thì lấy số tiếp theo trong sổ của đơn vị, dự kiến %(sign)s.") % {"sign": sign}


@require_http_methods(READS)
def directive_withdraw(request: ViewerRequest, directive: int) -> HttpResponse:
    """A document is taken back."""
    viewer = request.viewer
    row = one_to_write(viewer, directive)
    if row.is_draft:
        raise Refused("directives.still_draft")
    form = WithdrawForm(sent(request), initial=WithdrawForm.begun(viewer.today, row.version))

    def do() -> bool:
        said = form.cleaned_data
        seen = said["version"] or 0
        actions.withdraw(by=viewer, directive_id=directive, seen_version=seen, on=said["on"], why=said["why"])
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã thu hồi văn bản."), extra_tags="good")
        return redirect("directive", directive)
    lead = _("Văn bản vẫn đọc được, ghi rõ đã thu hồi; số không cấp lại.")
    return _form(request, directive, form, _("Thu hồi văn bản"), _("Thu hồi"), lead=lead)


@require_POST
def directive_discard(request: ViewerRequest, directive: int) -> HttpResponse:
    """Throw a draft away."""
    actions.discard(by=request.viewer, directive_id=directive, seen_version=_version(request))
    messages.success(request, _("Đã bỏ dự thảo."), extra_tags="good")
    return redirect("directives")


@require_POST
def directive_remind(request: ViewerRequest, directive: int) -> HttpResponse:
    """Draft a letter to those of a branch who are overdue."""
    unit, kind = whole(request.POST.get("unit")) or 0, request.POST.get("kind", "")
    made = remind(by=request.viewer, directive_id=directive, unit_id=unit, kind=kind, key=sent_key(request))
    said = _("Đã soạn dự thảo công văn gửi đúng các đơn vị quá hạn. Hãy đọc lại, sửa rồi ban hành.")
    messages.success(request, said, extra_tags="good")
    return redirect("directive", made.pk)


@require_POST
def directive_count(request: ViewerRequest, directive: int) -> HttpResponse:
    """Count who carries a document out as an indicator of its own."""
    count_directive(by=request.viewer, directive_id=directive)
    said = _("Đã lập chỉ tiêu cho văn bản này. Số liệu có sau ít phút.")
    messages.success(request, said, extra_tags="good")
    return redirect("directive", directive)


@require_http_methods(READS)
def directive_attach(request: ViewerRequest, directive: int) -> HttpResponse:
    """Attach a file."""
    one_to_write(request.viewer, directive)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()

    def do() -> bool:
        upload = form.cleaned_data["file"]
        if upload.size > settings.UPLOAD_LIMIT:
            raise Refused("text.too_large", field="file", limit=settings.UPLOAD_LIMIT, size=upload.size)
        file = brought(upload.read(), upload.name or "")
        tying.attach(by=request.viewer, directive_id=directive, file=file)
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã đính kèm tệp."), extra_tags="good")
        return redirect("directive", directive)
    return _form(request, directive, form, _("Đính kèm tệp"), _("Đính kèm"), files=True)


@require_POST
def directive_detach(request: ViewerRequest, attachment: int) -> HttpResponse:
    """Take a file away."""
    directive = tying.detach(by=request.viewer, attachment_id=attachment, seen_version=_version(request))
    messages.success(request, _("Đã gỡ tệp."), extra_tags="good")
    return redirect("directive", directive)


@require_http_methods(READS)
def directive_link(request: ViewerRequest, directive: int) -> HttpResponse:
    """Link a document to another."""
    viewer = request.viewer
    one_to_write(viewer, directive)
    form = LinkForm(sent(request))

    def do() -> bool:
        said = form.cleaned_data
        target = queries.meant(viewer, said["target"])
        tying.link(by=viewer, directive_id=directive, target_id=target, kind=LinkKind(said["kind"]))
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã nối hai văn bản."), extra_tags="good")
        return redirect("directive", directive)
    return _form(request, directive, form, _("Nối với văn bản khác"), _("Nối"))


@require_POST
def directive_unlink(request: ViewerRequest, link: int) -> HttpResponse:
    """Take a link away."""
    directive = tying.unlink(by=request.viewer, link_id=link, seen_version=_version(request))
    messages.success(request, _("Đã gỡ mối nối."), extra_tags="good")
    return redirect("directive", directive)


def _version(request: ViewerRequest) -> int:
    return page_number(request.POST.get("version"))


def _form(
    request: ViewerRequest,
    directive: int,
    form: Any,
    title: str,
    send_text: str,
    *,
    lead: str = "",
    files: bool = False,
) -> HttpResponse:
    card = queries.card(request.viewer, directive)[1]
    context = {
        "title": title,
        "lead": lead or card.summary,
        "up": {"text": show.named(card), "href": reverse("directive", args=[directive])},
        "form": form,
        "send_href": request.path,
        "send_text": send_text,
        "files": files,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
