"""Notices, how one wants to be told, and the address letters go to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access import email
from chithi.jobs.letters import is_set_up
from chithi.org.queries import cards
from chithi.web.manage.desk import pager, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.moments import when
from chithi.web.show.work import due_words
from chithi.web.show.work_later import why
from chithi.web.templatetags.chithi_format import language
from chithi.web.whole import page_number
from chithi.work import feeds
from chithi.work.choices import WAYS, choices, choose
from chithi.work.kinds import How, Topic
from chithi.work.notices import page_of, read, read_all

GET_OR_POST = require_http_methods(["GET", "POST"])


def topic_word(topic: Topic) -> str:
    """What one chooses about."""
    return {
        Topic.FIGURES: _("Số liệu phải ghi, phải xác nhận"),
        Topic.REPORTS: _("Báo cáo phải soạn, phải ban hành"),
        Topic.TEXTS: _("Con số trong báo cáo đã đưa vào"),
        Topic.TASKS: _("Nhiệm vụ"),
        Topic.DIRECTIVES: _("Văn bản chỉ đạo"),
        Topic.PEOPLE: _("Chuyển sinh hoạt đảng, bàn giao chức vụ"),
        Topic.SHEETS: _("Bảng tính đã kiểm tra, phương án đã tính thử"),
        Topic.WEEKLY: _("Thư mỗi thứ Hai: mọi việc trong tuần"),
    }[topic]


def how_word(topic: Topic, how: How) -> str:
    """A way of being told."""
    if topic is Topic.WEEKLY:
        return _("Gửi") if how is How.MAIL else _("Không gửi")
    return {
        How.MAIL: _("Trên trang và qua thư"),
        How.APP: _("Chỉ trên trang"),
        How.DIGEST: _("Chỉ trong thư mỗi tuần"),
        How.OFF: _("Không báo"),
    }[how]


class ChoicesForm(forms.Form):
    """One choice a topic."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for topic in Topic:
            offered = [(how.value, how_word(topic, how)) for how in WAYS[topic]]
            self.fields[topic.value] = forms.ChoiceField(label=topic_word(topic), choices=offered)


class EmailForm(forms.Form):
    """An address to be written to."""

    address = forms.CharField(
        max_length=254,
        label=gettext_lazy("Địa chỉ thư điện tử"),
        help_text=gettext_lazy("Một mã được gửi tới đó; gõ lại mã thì địa chỉ mới được dùng."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EmailCodeForm(forms.Form):
    """The code that was sent to the address."""

    code = forms.CharField(
        max_length=20,
        label=gettext_lazy("Mã trong thư"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@require_safe
def notices(request: ViewerRequest) -> HttpResponse:
    """What one was told of, newest first."""
    page = page_number(request.GET.get("trang"))
    rows, total = page_of(request.viewer, page)
    units = cards(request.viewer, {row.unit_id for row in rows}, request.viewer.today)
    context = {
        "lines": [
            {
                "new": row.read_at is None,
                "text": row.what_en if language() == "en" else row.what_vi,
                "unit": units[row.unit_id].short_name if row.unit_id in units else "",
                "at": when(row.at),
                "by": due_words(row.due_on, request.viewer.today),
                "late": row.due_on is not None and row.due_on < request.viewer.today,
                "href": reverse("notice_open", args=[row.pk]),
            }
            for row in rows
        ],
        "unread": request.user.unread,
        "read_all_href": reverse("notices_read"),
        "choices_href": reverse("notice_choices"),
        "pager": pager(request, page, total),
    }
    return render(request, "notices.html", context)


@require_POST
def notice_open(request: ViewerRequest, notice: int) -> HttpResponse:
    """Look at what a notice is about; it counts as read from then on."""
    return redirect(read(by=request.viewer, notice_id=notice).address)


@require_POST
def notices_read(request: ViewerRequest) -> HttpResponse:
    """All of them have been looked at."""
    done = read_all(by=request.viewer)
    said = ngettext("Đã đánh dấu %(count)s tin là đã xem.", "Đã đánh dấu %(count)s tin là đã xem.", done)
    messages.success(request, said % {"count": done}, extra_tags="good")
    return redirect("notices")


@GET_OR_POST
def notice_choices(request: ViewerRequest) -> HttpResponse:
    """One place where each chooses what they are told of, and how."""
    form = ChoicesForm(sent(request), initial=_chosen(request))
    if request.method == "POST":
        saved = tried(form, lambda: choose(by=request.viewer, wanted=form.cleaned_data))
        if saved is not None:
            messages.success(request, _("Đã lưu cách báo tin."), extra_tags="good")
            return redirect("notice_choices")
    return _choices_page(request, form)


def _chosen(request: ViewerRequest) -> dict[str, str]:
    return {topic.value: how.value for topic, how in choices(request.user.pk).items()}


def _choices_page(request: ViewerRequest, form: ChoicesForm, address: str = "") -> HttpResponse:
    context = {
        "title": _("Cách báo tin"),
        "lead": _("Báo trước hạn 7, 3, 1 ngày, đúng ngày, rồi mỗi tuần khi đã quá hạn."),
        "up": {"text": _("Tin báo"), "href": reverse("notices")},
        "form": form,
        "send_href": reverse("notice_choices"),
        "send_text": _("Lưu cách báo tin"),
        "mail": _mail(request),
        "calendar": {
            "there": bool(address) or feeds.has_feed(request.user.pk),
            "address": address,
            "href": reverse("my_calendar"),
            "end_href": reverse("my_calendar_end"),
        },
    }
    return render(request, "notice_choices.html", context, status=400 if form.errors else 200)


def _mail(request: ViewerRequest) -> dict[str, Any]:
    return {
        "set_up": is_set_up(),
        "address": request.user.email,
        "claimed": email.claimed(request.user.pk),
        "unsent": _code_words(request) if email.why_not_sent(request.user.pk) else "",
        "href": reverse("my_email"),
        "code_href": reverse("my_email_code"),
        "drop_href": reverse("my_email_drop"),
    }


@GET_OR_POST
@never_cache
def my_email(request: ViewerRequest) -> HttpResponse:
    """Give an address; a code goes there."""
    form = EmailForm(sent(request), initial={"address": request.user.email})
    if request.method == "POST":
        done = tried(form, lambda: email.claim(by=request.viewer, address=form.cleaned_data["address"]))
        if done is not None:
            messages.info(request, _("Một mã đang được gửi tới địa chỉ này, chừng một phút là có."))
            return redirect("my_email_code")
    context = _form_page(form, _("Địa chỉ nhận thư"), reverse("my_email"), _("Gửi mã tới địa chỉ này"))
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@GET_OR_POST
@never_cache
def my_email_code(request: ViewerRequest) -> HttpResponse:
    """Type the code back."""
    form = EmailCodeForm(sent(request))
    if request.method == "POST":
        done = tried(form, lambda: email.confirm(by=request.viewer, code=form.cleaned_data["code"]))
        if done is not None:
            messages.success(request, _("Từ nay thư nhắc việc gửi tới địa chỉ này."), extra_tags="good")
            return redirect("notice_choices")
    context = _form_page(form, _("Xác nhận địa chỉ nhận thư"), reverse("my_email_code"), _("Dùng địa chỉ này"))
    context["lead"] = _code_words(request)
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


def _code_words(request: ViewerRequest) -> str:
    """Where the code was sent to, or why it was not."""
    address, problem = email.claimed(request.user.pk), email.why_not_sent(request.user.pk)
    if not problem:
        return address
    said = _("Chưa gửi được mã tới %(address)s. %(why)s. Máy sẽ tự gửi lại; nếu địa chỉ sai thì thêm lại địa chỉ.")
    return said % {"address": address, "why": why(problem)}


@require_POST
def my_email_drop(request: ViewerRequest) -> HttpResponse:
    """Be written to no more."""
    email.drop(by=request.viewer)
    messages.success(request, _("Từ nay không gửi thư nữa; tin báo vẫn có trên trang."), extra_tags="good")
    return redirect("notice_choices")


@require_POST
@never_cache
def my_calendar(request: ViewerRequest) -> HttpResponse:
    """A new secret address for the own calendar, shown this once; the one before ends."""
    address = f"{settings.PUBLIC_URL}{reverse('calendar', args=[feeds.renew(by=request.viewer)])}"
    return _choices_page(request, ChoicesForm(initial=_chosen(request)), address)


@require_POST
def my_calendar_end(request: ViewerRequest) -> HttpResponse:
    """Nobody follows the own calendar any more."""
    feeds.end(by=request.viewer)
    messages.success(request, _("Lịch cũ không ai xem được nữa."), extra_tags="good")
    return redirect("notice_choices")


@require_safe
@never_cache
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at its secret address, without a log-in: programs follow it."""
    found = feeds.calendar_of(secret)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")


def _form_page(form: forms.Form, title: str, href: str, send: str) -> dict[str, Any]:
    up = {"text": _("Cách báo tin"), "href": reverse("notice_choices")}
    return {"title": title, "lead": "", "up": up, "form": form, "send_href": href, "send_text": send}
