"""Helper sections: those in reach, one with who sits in it; named, changed, ended; people come and go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.db.viewer import Capability
from chithi.directives import queries as directives
from chithi.dossiers import sections
from chithi.dossiers.kinds import Part
from chithi.dossiers.queries import documents_of, one_seat, one_section, seats_of, sections_in
from chithi.org.queries import cards, one_unit
from chithi.web.chosen import unit_of
from chithi.web.manage.desk import listing, nothing, pager, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as documents
from chithi.web.show import dossiers as show
from chithi.web.templatetags.chithi_format import day
from chithi.web.views.dossier_forms import EndForm, NewSectionForm, SeatForm, SectionForm
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]


@require_safe
def helper_sections(request: ViewerRequest) -> HttpResponse:
    """The sections of all units in reach, or of one unit; those in force first."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.READ)
    asked, page = request.GET.get("don-vi", ""), page_number(request.GET.get("trang"))
    unit_id = (whole(asked) or 0) if asked else None
    unit = None if unit_id is None else one_unit(viewer, unit_id, viewer.today)
    found, total = sections_in(viewer, unit_id, page=page)
    units = cards(viewer, {row.unit_id for row in found} | {unit_of(request)}, viewer.today)
    about = documents_of(viewer, found)
    writes = viewer.may_anywhere(Capability.ENTER) if unit is None else directives.may_write(viewer, unit.id)
    new = reverse("helper_section_new") + (f"?don-vi={unit.id}" if unit else "")
    text, action = _("Chưa có bộ phận giúp việc nào."), _("Lập bộ phận giúp việc")
    empty = nothing(request, text, new, action if writes else "")
    if unit is not None and page == 1:
        empty = {"none": text, "none_href": new if writes else "", "none_action": action if writes else ""}
    acts: list[dict[str, Any]] = [{"text": action, "href": new, "main": True}] if writes else []
    own = units.get(unit_of(request))
    if unit is None and own is not None and total > 1:
        only = _("Chỉ xem của %(unit)s") % {"unit": own.short_name}
        acts.append({"text": only, "href": f"{request.path}?don-vi={own.id}", "main": False})
    context = {
        "title": _("Bộ phận giúp việc"),
        "lead": unit.name if unit else _("Ai giúp cấp ủy theo dõi việc thực hiện, theo quyết định nào."),
        "up": {"text": _("Bộ phận giúp việc"), "href": reverse("helper_sections")} if unit else None,
        "actions": acts,
        "filter": None,
        "notes": [],
        "listing": listing(
            _("Bộ phận giúp việc"),
            [_("Tên bộ phận"), _("Đơn vị"), _("Theo văn bản"), _("Từ ngày"), _("Tình trạng")],
            [
                show.section_row(
                    row,
                    units[row.unit_id].short_name if row.unit_id in units else "–",
                    about.get(row.directive_id or 0, "") if row.directive_id else "",
                )
                for row in found
            ],
            pager=pager(request, page, total),
            **empty,
        ),
    }
    return render(request, "manage/list.html", context)


@require_safe
def helper_section(request: ViewerRequest, section: int) -> HttpResponse:
    """One section: by which decision, for which document, who sits and sat in it."""
    viewer = request.viewer
    found = one_section(viewer, section)
    unit = one_unit(viewer, found.unit_id, viewer.today)
    request.unit_id = unit.id  # type: ignore[attr-defined]  # for the frame
    writes = found.until is None and directives.may_write(viewer, unit.id)
    acts = [("helper_seat", _("Thêm người"), True), ("helper_section_change", _("Sửa"), False)]
    acts.append(("helper_section_end", _("Cho thôi hoạt động"), False))
    context = {
        "title": found.name,
        "lead": _facts(request, found),
        "up": {"text": unit.name, "href": f"{reverse('helper_sections')}?don-vi={unit.id}"},
        "actions": [{"text": text, "href": reverse(route, args=[section]), "main": main} for route, text, main in acts]
        if writes
        else [],
        "filter": None,
        "notes": [],
        "listing": listing(
            _("Những người trong bộ phận"),
            [_("Họ tên"), _("Làm gì trong bộ phận"), _("Từ ngày"), _("Tình trạng")],
            [show.seat_row(one, may_write=writes) for one in seats_of(viewer, section)],
            none=_("Chưa có ai. Thêm trưởng bộ phận trước."),
        ),
    }
    return render(request, "manage/list.html", context)


def _facts(request: ViewerRequest, found: Any) -> str:
    """In one line: the decision, the document, from when to when."""
    about = documents_of(request.viewer, [found]).get(found.directive_id or 0, "")
    facts = [about if found.directive_id else _("Chung cho mọi văn bản")]
    if found.decision:
        facts.append(_("Quyết định số %(sign)s") % {"sign": found.decision})
    if found.decided_on:
        facts.append(_("ngày %(day)s") % {"day": day(found.decided_on)})
    facts.append(_("hoạt động từ %(day)s") % {"day": day(found.since)})
    if found.until:
        facts.append(_("thôi từ %(day)s") % {"day": day(found.until)})
    return " · ".join(fact for fact in facts if fact)


@require_http_methods(READS)
def helper_section_new(request: ViewerRequest) -> HttpResponse:
    """Name a section; `theo` is the directive that it is for."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ENTER)
    above = whole(request.GET.get("theo"))
    card = directives.card(viewer, above)[1] if above else None
    form = NewSectionForm(sent(request), viewer=viewer, initial=_begun(request, above))

    def do() -> Any:
        said = form.cleaned_data
        return sections.name_section(by=viewer, unit_id=said["unit"], said=form.said(), directive_id=said["directive"])

    if request.method == "POST":
        made = tried(form, do)
        if made is not None:
            messages.success(request, _("Đã lập bộ phận giúp việc. Hãy thêm người."), extra_tags="good")
            return redirect("helper_section", made.pk)
    lead = _("Giúp thực hiện %(document)s.") % {"document": documents.named(card)} if card else ""
    up = {"text": _("Bộ phận giúp việc"), "href": reverse("helper_sections")}
    send_href = reverse("helper_section_new") + (f"?theo={above}" if above else "")
    lead = lead or _("Chung cho mọi văn bản. Lập riêng cho một văn bản thì mở hồ sơ của đơn vị theo văn bản đó.")
    return _form(request, form, _("Lập bộ phận giúp việc"), _("Lập"), up, lead=lead, send_href=send_href)


def _begun(request: ViewerRequest, above: int | None) -> dict[str, Any]:
    viewer = request.viewer
    unit_id = whole(request.GET.get("don-vi")) or unit_of(request)
    own = unit_id if directives.may_write(viewer, unit_id) else viewer.home_unit_id or 0
    known = cards(viewer, [own], viewer.today)
    code = known[own].code if own in known else ""
    return {"unit": code, "directive": above, "since": viewer.today, "name": _("Bộ phận giúp việc")}


@require_http_methods(READS)
def helper_section_change(request: ViewerRequest, section: int) -> HttpResponse:
    """Say it otherwise."""
    found = sections.section_to_write(request.viewer, section)
    names = ("name", "decision", "decided_on", "since", "version")
    form = SectionForm(sent(request), initial={name: getattr(found, name) for name in names})

    def do() -> Any:
        seen = form.cleaned_data["version"] or 0
        return sections.change_section(by=request.viewer, section_id=section, seen_version=seen, said=form.said())

    return _done(request, section, form, do, _("Sửa bộ phận giúp việc"), _("Lưu"), _("Đã sửa bộ phận giúp việc."))


@require_http_methods(READS)
def helper_section_end(request: ViewerRequest, section: int) -> HttpResponse:
    """It works no more."""
    found = sections.section_to_write(request.viewer, section)
    form = EndForm(sent(request), initial={"on": request.viewer.today, "version": found.version})

    def do() -> Any:
        said = form.cleaned_data
        seen = said["version"] or 0
        return sections.end_section(by=request.viewer, section_id=section, seen_version=seen, on=said["on"])

    title, done = _("Cho bộ phận thôi hoạt động"), _("Bộ phận đã thôi hoạt động.")
    return _done(request, section, form, do, title, _("Cho thôi hoạt động"), done)


@require_http_methods(READS)
def helper_seat(request: ViewerRequest, section: int) -> HttpResponse:
    """Somebody comes into a section."""
    viewer = request.viewer
    found = sections.section_to_write(viewer, section)
    begun = {"since": max(found.since, viewer.today), "part": Part.MEMBER.value, "version": found.version}
    form = SeatForm(sent(request), viewer=viewer, unit_id=found.unit_id, initial=begun)

    def do() -> Any:
        said = form.cleaned_data
        return sections.seat(
            by=viewer,
            section_id=section,
            seen_version=said["version"] or 0,
            part=Part(said["part"]),
            who=said["who"],
            since=said["since"],
        )

    return _done(request, section, form, do, _("Thêm người vào bộ phận"), _("Thêm người"), _("Đã thêm người."))


@require_http_methods(READS)
def helper_unseat(request: ViewerRequest, seat: int) -> HttpResponse:
    """Somebody leaves a section."""
    found = one_seat(request.viewer, seat)
    form = EndForm(sent(request), initial={"on": request.viewer.today, "version": found.version})

    def do() -> Any:
        said = form.cleaned_data
        return sections.unseat(by=request.viewer, seat_id=seat, seen_version=said["version"] or 0, on=said["on"])

    title, done = _("Cho thôi làm trong bộ phận"), _("Đã cho thôi.")
    return _done(request, found.section_id, form, do, title, _("Cho thôi"), done)


def _done(
    request: ViewerRequest, section: int, form: Any, do: Any, title: str, send_text: str, done: str
) -> HttpResponse:
    if request.method == "POST" and tried(form, do):
        messages.success(request, done, extra_tags="good")
        return redirect("helper_section", section)
    up = {"text": one_section(request.viewer, section).name, "href": reverse("helper_section", args=[section])}
    return _form(request, form, title, send_text, up)


def _form(
    request: ViewerRequest,
    form: Any,
    title: str,
    send_text: str,
    up: dict[str, str],
    *,
    lead: str = "",
    send_href: str = "",
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": up,
        "form": form,
        "send_href": send_href or request.path,
        "send_text": send_text,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
