"""What everybody does with their own account: password, language, second factor, sessions."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import update_session_auth_hash, user_login_failed
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from chithi.access import second_factor, sessions
from chithi.access.keeping import tell
from chithi.access.models import OneTimeCode, User
from chithi.access.sign_in import end_tokens
from chithi.core.errors import Refused
from chithi.db.viewer import Viewer

CAME_BY_CODE = "came_by_code"
"""In a session: it began with a one-time code, so its owner may set a password without knowing the earlier one."""
_WRONG = {
    "password_too_short": "access.password_short",
    "password_too_common": "access.password_common",
    "password_too_similar": "access.password_like_name",
}


def asks_old_password(request: HttpRequest, user: User) -> bool:
    """Whether a change of the password asks for the present one."""
    return user.has_usable_password() and not request.session.get(CAME_BY_CODE)


def set_password(request: HttpRequest, *, by: Viewer, old: str, new: str, again: str) -> None:
    """Change the own password; other sessions and API tokens end.

    Wrong tries at the present one count as wrong log-ins.
    """
    user = _self(by)
    if asks_old_password(request, user):
        _check_password(request, user, old)
    if new != again:
        raise Refused("access.passwords_differ", field="again")
    _strong_enough(user, new)
    with transaction.atomic():
        user.set_password(new)
        user.save(update_fields=["password"])
        OneTimeCode.objects.filter(user=user, used_at__isnull=True).delete()
        tell(by, user, "access.password_changed")
        before = request.session.session_key
        request.session.pop(CAME_BY_CODE, None)
        update_session_auth_hash(request, user)
        sessions.renamed(before, request.session.session_key)
        sessions.end_all(user.pk, but=request.session.session_key)
        end_tokens(user.pk)


def set_language(*, by: Viewer, language: str) -> None:
    """Change the language of the own account."""
    if language not in ("vi", "en"):
        raise Refused("access.no_language", field="language")
    User.objects.filter(pk=by.user_id or 0).update(language=language)


def tour_done(*, by: Viewer) -> None:
    """Offer the first steps no more on the own account."""
    User.objects.filter(pk=by.user_id or 0).update(toured_on=by.today)


def begin_second_factor(*, by: Viewer) -> tuple[str, str]:
    """What an application needs to be told: the secret as one types it, the address as a picture holds it."""
    user = _self(by)
    if second_factor.has(user.pk):
        raise Refused("access.second_factor_there")
    device = second_factor.offered(user)
    return second_factor.written(device), device.config_url


def confirm_second_factor(request: HttpRequest, *, by: Viewer, code: str) -> list[str]:
    """Take the second factor into use; returns recovery codes, shown once. Other sessions end."""
    user = _self(by)
    if second_factor.has(user.pk):
        raise Refused("access.second_factor_there")
    codes = second_factor.confirm(user, code)
    tell(by, user, "access.second_factor_on")
    request.session[second_factor.MARK] = True
    sessions.end_all(user.pk, but=request.session.session_key)
    return codes


def renew_recovery_codes(*, by: Viewer, code: str) -> list[str]:
    """Fresh recovery codes for whoever shows the second factor; earlier ones stop working."""
    user = _self(by)
    second_factor.check(user.pk, code)
    tell(by, user, "access.recovery_codes_made")
    return second_factor.new_recovery_codes(user)


def end_second_factor(*, by: Viewer, code: str) -> None:
    """Go back to the password alone, where the installation lets one choose."""
    user = _self(by)
    if second_factor.must_have(by):
        raise Refused("access.second_factor_required")
    second_factor.check(user.pk, code)
    second_factor.put_away(user.pk)
    tell(by, user, "access.second_factor_off")


def end_session(*, by: Viewer, seat_id: int) -> None:
    """End one of the own sessions."""
    sessions.end_one(_self(by).pk, seat_id)


def end_other_sessions(request: HttpRequest, *, by: Viewer) -> int:
    """End all own sessions but this; returns how many."""
    return sessions.end_all(_self(by).pk, but=request.session.session_key)


def confirm_password(request: HttpRequest, *, by: Viewer, typed: str, field: str) -> None:
    """Make sure that the account's owner sits there before something is signed; wrong tries count as wrong log-ins."""
    try:
        _check_password(request, _self(by), typed)
    except Refused as problem:
        raise Refused(problem.code, field=field, **problem.facts) from None


def _self(by: Viewer) -> User:
    return User.objects.get(pk=by.user_id or 0, is_active=True)


def _check_password(request: HttpRequest, user: User, old: str) -> None:
    """Refused where this is not the present password; wrong tries count as wrong log-ins and lock as they do."""
    credentials = {"username": user.username}
    if not AxesProxyHandler.is_allowed(request, credentials):
        raise Refused("access.too_many_tries", field="old")
    if not user.check_password(old):
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        request.axes_locked_out = False  # type: ignore[attr-defined]  # told beside the field, not by the log-in page
        raise Refused("access.wrong_password", field="old")


def _strong_enough(user: User, new: str) -> None:
    try:
        validate_password(new, user)
    except ValidationError as problem:
        first = problem.error_list[0]
        params = first.params or {}
        code = _WRONG.get(first.code or "", "access.password_short")
        raise Refused(code, field="new", least=int(params.get("min_length", 10))) from None
