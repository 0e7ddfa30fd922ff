"""Acts upon people as forms: join, work, take a post, be exempt, end any of these, put a name right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org import officials
from chithi.org import people as acts
from chithi.org.kinds import EmploymentKind
from chithi.org.people import NewPost
from chithi.org.people_queries import one_entry, one_person
from chithi.web.manage.desk import tried
from chithi.web.manage.people_forms import (
    CorrectForm,
    EmployForm,
    EndForm,
    ExemptForm,
    JoinForm,
    PostForm,
    WhomForm,
)
from chithi.web.middleware import ViewerRequest
from chithi.web.show import people as show
from chithi.web.templatetags.chithi_format import day
from chithi.web.undo import offer
from chithi.web.undo_ways import day_fact
from chithi.web.whole import whole


@dataclass(frozen=True)
class Adding:
    """One way of adding: its form, what it does with it (giving the row made), its words."""

    form: type[WhomForm]
    do: Callable[[Viewer, Any], Any]
    title: object
    send: object


def _join(by: Viewer, form: WhomForm) -> Any:
    said = form.cleaned_data
    return acts.join(
        by=by, person=form.whom(), unit_id=said["unit"], since=said["since"], probationary=said["probationary"]
    )


def _employ(by: Viewer, form: WhomForm) -> Any:
    said = form.cleaned_data
    kind = EmploymentKind(said["kind"])
    return officials.employ(by=by, person=form.whom(), unit_id=said["unit"], kind=kind, since=said["since"])


def _take(by: Viewer, form: WhomForm) -> Any:
    said = form.cleaned_data
    post = NewPost(said["title"], is_key_leader=said["is_key_leader"], is_head=said["is_head"])
    return acts.take_post(by=by, person=form.whom(), unit_id=said["unit"], post=post, since=said["since"])


ADDING: dict[str, Adding] = {
    "dang-vien": Adding(JoinForm, _join, gettext_lazy("Vào chi bộ"), gettext_lazy("Ghi đảng viên")),
    "lam-viec": Adding(EmployForm, _employ, gettext_lazy("Làm việc tại cơ quan"), gettext_lazy("Ghi nơi làm việc")),
    "chuc-vu": Adding(PostForm, _take, gettext_lazy("Giao chức vụ"), gettext_lazy("Ghi chức vụ")),
}


@require_http_methods(["GET", "POST"])
def person_add(request: ViewerRequest, what: str) -> HttpResponse:
    """Somebody known (`?nguoi=`) or new comes into a unit (`?don-vi=`) in one of the ways of `ADDING`."""
    viewer, adding = request.viewer, ADDING.get(what)
    viewer.require_anywhere(Capability.PEOPLE)
    if adding is None:
        raise Absent("org.no_such_row", row=what)
    asked = request.GET.get("nguoi", "")
    known = one_person(viewer, whole(asked) or 0) if asked else None
    initial = {"unit": request.GET.get("don-vi", "")[:120]}
    form = adding.form(request.POST or None, viewer=viewer, known=known.pk if known else None, initial=initial)
    if request.method == "POST":
        made = tried(form, lambda: adding.do(viewer, form))
        if made is not None:
            messages.success(request, _("Đã ghi, từ ngày %(day)s.") % {"day": day(made.since)}, extra_tags="good")
            return redirect("person", person=made.person_id)
    up = reverse("person", args=[known.pk]) if known else reverse("people")
    return _form(request, form, f"{adding.title}: {known.name}" if known else adding.title, adding.send, up=up)


ENDING: dict[str, tuple[object, Callable[..., Any], str]] = {
    "dang-vien": (gettext_lazy("Ra khỏi chi bộ"), acts.leave, "membership_id"),
    "mien": (gettext_lazy("Thôi miễn công tác, sinh hoạt"), acts.end_exemption, "exemption_id"),
    "chuc-vu": (gettext_lazy("Thôi giữ chức vụ"), acts.leave_post, "post_id"),
    "lam-viec": (gettext_lazy("Thôi làm việc tại cơ quan"), officials.end_employment, "employment_id"),
}


@require_http_methods(["GET", "POST"])
def person_end(request: ViewerRequest, what: str, row: int) -> HttpResponse:
    """A membership, exemption, post or employment ends on a day."""
    viewer = request.viewer
    entry = one_entry(viewer, show.SLUGS.get(what, ""), row)
    title, do, key = ENDING[what]
    form = EndForm(request.POST or None, initial={"version": entry.row.version, "on": viewer.today})
    if request.method == "POST":

        def end() -> Any:
            said = form.cleaned_data
            return do(by=viewer, **{key: row}, seen_version=said["version"], on=said["on"])

        ended = tried(form, end)
        if ended is not None:
            words = _("Đã ghi thôi từ %(day)s.") % {"day": day(ended.until)}
            facts = {"what": show.SLUGS[what], "id": row, "version": ended.version}
            return offer(request, words, "stay_ended", facts, back=reverse("person", args=[ended.person_id]))
    whose = one_person(viewer, entry.row.person_id).name
    lead = f"{show.said(entry)} · {show.place(entry)} · {show.span(entry.row.since, entry.row.until)}"
    up = reverse("person", args=[entry.row.person_id])
    return _form(request, form, f"{title}: {whose}", _("Ghi ngày kết thúc"), up=up, lead=lead)


@require_http_methods(["GET", "POST"])
def person_exempt(request: ViewerRequest, membership: int) -> HttpResponse:
    """A member is exempt from work and meetings in their cell."""
    viewer = request.viewer
    entry = one_entry(viewer, "membership", membership)
    form = ExemptForm(request.POST or None, initial={"since": viewer.today})
    if request.method == "POST":

        def exempt() -> Any:
            said = form.cleaned_data
            return acts.exempt(by=viewer, person_id=entry.row.person_id, unit_id=entry.row.unit_id, **said)

        made = tried(form, exempt)
        if made is not None:
            return _exempted(request, made)
    whose = one_person(viewer, entry.row.person_id).name
    lead = _("Trong thời gian được miễn, đảng viên không tính vào mẫu số của học tập và đăng ký.")
    up = reverse("person", args=[entry.row.person_id])
    title = _("Miễn công tác, sinh hoạt: %(name)s") % {"name": whose}
    return _form(request, form, title, _("Ghi việc miễn"), up=up, lead=lead)


def _exempted(request: ViewerRequest, made: Any) -> HttpResponse:
    """To the person's page; an exemption that has an end already cannot be ended, so it is not offered to be undone."""
    said, back = _("Đã ghi việc miễn; người này không tính vào mẫu số nữa."), reverse("person", args=[made.person_id])
    if made.until is None:
        facts = {"id": made.pk, "version": made.version, "since": day_fact(made.since)}
        return offer(request, said, "exempted", facts, back=back)
    messages.success(request, said, extra_tags="good")
    return redirect(back)


@require_http_methods(["GET", "POST"])
def person_correct(request: ViewerRequest, person: int) -> HttpResponse:
    """A name or year of birth is put right."""
    viewer = request.viewer
    found = one_person(viewer, person)
    initial = {"name": found.name, "birth_year": found.birth_year, "version": found.version}
    form = CorrectForm(request.POST or None, initial=initial)
    if request.method == "POST":

        def correct() -> Any:
            said = form.cleaned_data
            return acts.correct(
                by=viewer,
                person_id=person,
                seen_version=said["version"],
                name=said["name"],
                birth_year=said["birth_year"],
            )

        if tried(form, correct) is not None:
            messages.success(request, _("Đã sửa."), extra_tags="good")
            return redirect("person", person=person)
    lead = _("Chỉ sửa chỗ ghi sai. Nhật ký ghi rằng đã sửa, không ghi tên cũ.")
    up = reverse("person", args=[person])
    return _form(request, form, _("Sửa họ tên: %(name)s") % {"name": found.name}, _("Lưu"), up=up, lead=lead)


def _form(
    request: ViewerRequest, form: forms.Form, title: object, send: object, *, up: str, lead: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": {"text": _("Người trong đơn vị"), "href": up},
        "form": form,
        "send_href": request.get_full_path(),
        "send_text": send,
        "send_note": "",
        "files": False,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
