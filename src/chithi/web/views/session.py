"""Coming in, going out, choosing a language; and whether the machine is well."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from chithi.access import sessions
from chithi.access.coming_in import begin, finish, half_in
from chithi.access.models import User
from chithi.access.oidc import provider
from chithi.access.own import CAME_BY_CODE
from chithi.web.manage.desk import sent, tried


class SignInForm(forms.Form):
    """User name and password or one-time code."""

    username = forms.CharField(max_length=60, label=gettext_lazy("Tên đăng nhập"))
    password = forms.CharField(
        max_length=200,
        strip=True,
        label=gettext_lazy("Mật khẩu hoặc mã dùng một lần"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """As accounts are named, so that wrong tries are counted by account and not by way of writing."""
        return str(self.cleaned_data["username"]).strip().lower()


class SecondStepForm(forms.Form):
    """The code of the moment, or a recovery code."""

    code = forms.CharField(
        max_length=40,
        label=gettext_lazy("Mã 6 số hoặc mã dự phòng"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The log-in page; a wrong pair is answered the same whether or not the account exists."""
    after = safe_target(request, request.POST.get("next") or request.GET.get("next"))
    form = SignInForm(sent(request), initial={"username": request.GET.get("ten", "")})
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
        if isinstance(user, User):
            return let_in(request, user, after)
        wrong = _("Tên đăng nhập hoặc mật khẩu chưa đúng. Mã dùng một lần chỉ dùng được một lần.")
        form.add_error(None, wrong)
    status = 401 if form.errors else 200
    return render(
        request, "login.html", {"form": form, "next": after, "organisation": organisation(after)}, status=status
    )


def let_in(request: HttpRequest, user: User, after: str, *, strong: bool = False) -> HttpResponse:
    """Every way in ends here, once it is known who it is (`user.backend` says by which way).

    On to the code of the second factor where the account has one; `strong`: the way in has asked for one itself.
    """
    if not begin(request, user, strong=strong):
        return redirect(f"{reverse('second_step')}?{urlencode({'next': after})}")
    return _welcome(request, user, after)


@require_http_methods(["GET", "POST"])
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """The code after the password. Whoever is not between the two steps begins anew."""
    after = safe_target(request, request.POST.get("next") or request.GET.get("next"))
    if half_in(request) is None:
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': after})}")
    form = SecondStepForm(sent(request))
    if request.method == "POST":
        user = tried(form, lambda: finish(request, form.cleaned_data["code"]))
        if user is not None:
            return _welcome(request, user, after)
    context = {"form": form, "next": after, "step": _("Gõ mã trong ứng dụng trên điện thoại.")}
    return render(request, "login.html", context, status=401 if form.errors else 200)


def _welcome(request: HttpRequest, user: User, after: str) -> HttpResponse:
    """In, in the language of the account, to what is to be done unless another page was asked for.

    Whoever came by a one-time code is told how to come in the next time.
    """
    if request.session.get(CAME_BY_CODE):
        messages.info(
            request,
            _("Mã vừa dùng không dùng lại được. Để lần sau tự vào, hãy đặt mật khẩu ở mục Tài khoản của tôi."),
        )
    answer = HttpResponseRedirect(reverse("work") if after == reverse("home") else after)
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return answer


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.end_this(request)
    logout(request)
    return redirect("sign_in")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and, for someone logged in, with the account."""
    language = request.POST.get("language", "vi")
    answer = HttpResponseRedirect(safe_target(request, request.POST.get("next")))
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", max_age=365 * 24 * 3600)
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=language)
    return answer


def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `ok` where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """After too many wrong tries the door stays shut for a while."""
    form = SignInForm({"username": request.POST.get("username", "")[:60], "password": "-"})
    form.is_valid()
    form.add_error(None, _("Đã thử sai quá nhiều lần. Hãy đợi 15 phút rồi thử lại."))
    return render(request, "login.html", {"form": form, "next": "/"}, status=429)


def organisation(after: str) -> dict[str, str] | None:
    """For login.html: what the organisation's own log-in is called and where its button leads; None without one."""
    set_up = provider()
    if set_up is None:
        return None
    return {"name": set_up.name, "href": f"{reverse('organisation_begin')}?{urlencode({'next': after})}"}


def safe_target(request: HttpRequest, target: str | None) -> str:
    """An address of ours to go on to; the first page for any other."""
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return "/"
