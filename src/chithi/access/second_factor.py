"""The second factor: a code that changes every half minute, by an application of one's own, and ten recovery codes.

django-otp keeps the device, compares, accepts no code twice and makes wrong tries wait, longer each time; a wrong
recovery code counts as one. Of recovery codes only digests are kept. Nothing here asks who may: see `own` and
`keeping`.
"""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from chithi.access.models import RecoveryCode, User
from chithi.access.sign_in import digest, new_letters
from chithi.core.errors import Refused
from chithi.db.viewer import Capability, Viewer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

RECOVERY_CODES = 10
MARK = "second_factor"
"""In a session: its second factor was shown."""


class Required(StrEnum):
    """Who must have a second factor (setting CHITHI_SECOND_FACTOR)."""

    CHOICE = "choice"
    ADMINISTRATORS = "administrators"
    ALL = "all"


def must_have(viewer: Viewer) -> bool:
    """Whether this installation asks a second factor of somebody with these capabilities."""
    asked = Required(settings.SECOND_FACTOR)
    keeps = viewer.may_anywhere(Capability.ACCOUNTS) or viewer.may_anywhere(Capability.SYSTEM)
    return asked is Required.ALL or (asked is Required.ADMINISTRATORS and keeps)


def owes(session: Mapping[str, Any], viewer: Viewer) -> bool:
    """Whether this session may do nothing before a second factor was set up. No query."""
    return must_have(viewer) and not session.get(MARK)


def has(user_id: int) -> bool:
    """Whether an account has a second factor in use. One query."""
    return bool(TOTPDevice.objects.filter(user_id=user_id, confirmed=True).exists())


def who_have(user_ids: Collection[int]) -> set[int]:
    """Those of the accounts with a second factor in use. One query."""
    return set(TOTPDevice.objects.filter(user_id__in=user_ids, confirmed=True).values_list("user_id", flat=True))


def left(user_id: int) -> int:
    """How many recovery codes are left."""
    return RecoveryCode.objects.filter(user_id=user_id).count()


def offered(user: User) -> TOTPDevice:
    """The device being set up: the same on each call until it is confirmed, so that a page may be opened again."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
        return found or TOTPDevice.objects.create(user=user, name="totp", confirmed=False)


def written(device: TOTPDevice) -> str:
    """Its secret as one types it: base 32 in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def confirm(user: User, code: str) -> list[str]:
    """Take the offered device into use where the code is right; returns fresh recovery codes. Refused else."""
    device = offered(user)
    _try(device.pk, code)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        return new_recovery_codes(user)


def check(user_id: int, code: str) -> None:
    """Refused where this is neither the code of the moment nor an unused recovery code, or where one must wait."""
    device = TOTPDevice.objects.filter(user_id=user_id, confirmed=True).values_list("pk", flat=True).first()
    if device is None:
        raise Refused("access.wrong_second_code", field="code")
    _try(device, code, recovery_of=user_id)


def new_recovery_codes(user: User) -> list[str]:
    """Ten fresh ones, each good once; earlier ones stop working."""
    codes = [f"{new_letters(5)}-{new_letters(5)}" for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=digest(code)) for code in codes)
    return codes


def put_away(user_id: int) -> None:
    """Take the second factor of an account away, with its recovery codes."""
    TOTPDevice.objects.filter(user_id=user_id).delete()
    RecoveryCode.objects.filter(user_id=user_id).delete()


def forgive(user_id: int) -> None:
    """Forget wrong tries: the next code is looked at, at once."""
    TOTPDevice.objects.filter(user_id=user_id).update(throttling_failure_timestamp=None, throttling_failure_count=0)


def all_waiting() -> dict[int, datetime]:
    """Until when accounts with wrong codes must wait, those that must. One query."""
    found = {}
    for device in TOTPDevice.objects.filter(confirmed=True, throttling_failure_count__gt=0):
        allowed, facts = device.verify_is_allowed()
        if not allowed and facts:
            found[device.user_id] = facts["locked_until"]
    return found


def all_who_have() -> models.QuerySet[Any]:
    """The ids of all accounts with a second factor in use, as a subquery."""
    ids: models.QuerySet[Any] = TOTPDevice.objects.filter(confirmed=True).values("user_id")
    return ids


def _try(device_id: int, code: str, recovery_of: int | None = None) -> None:
    """Compare under a lock on the device; a wrong try is kept though the answer is a refusal."""
    plain = code.replace(" ", "").strip().lower()[:40]
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device_id)
        allowed, facts = device.verify_is_allowed()
        problem = None if allowed else _wait(facts)
        if problem is None and not _right(device, plain, recovery_of):
            problem = Refused("access.wrong_second_code", field="code")
    if problem is not None:
        raise problem


def _right(device: TOTPDevice, plain: str, recovery_of: int | None) -> bool:
    if recovery_of is not None and not plain.isdecimal():
        used, _ = RecoveryCode.objects.filter(user_id=recovery_of, digest=digest(plain)).delete()
        if used:
            device.throttle_reset()
        else:
            device.throttle_increment()
        return bool(used)
    known = plain if plain.isascii() and plain.isdecimal() and len(plain) == device.digits else "x"
    return bool(device.verify_token(known))


def _wait(facts: dict[str, Any] | None) -> Refused:
    until = (facts or {}).get("locked_until") or timezone.now()
    seconds = max(1, int((until - timezone.now()).total_seconds()) + 1)
    return Refused("access.second_code_wait", field="code", seconds=seconds)
