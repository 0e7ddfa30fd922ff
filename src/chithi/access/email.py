"""The address an account is written to: claimed by its owner, in use once a code sent there came back."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from chithi.access.keeping import tell
from chithi.access.models import EmailClaim, User
from chithi.core.errors import Refused
from chithi.db.viewer import Viewer
from chithi.jobs.actions import ask
from chithi.jobs.letters import Letter, is_set_up, send
from chithi.jobs.queries import problem_of
from chithi.jobs.running import Asked, Deed, Write

VALID_FOR = timedelta(hours=1)
BETWEEN = timedelta(minutes=5)
"""Nobody has more letters than this sent to an address that may be a stranger's."""
MOST_TRIES = 5
DIGITS = 8
LONGEST = 254


def claimed(user_id: int) -> str:
    """The address that waits for its code; "" where none does."""
    waiting = EmailClaim.objects.filter(user_id=user_id, expires_at__gt=timezone.now())
    return waiting.values_list("address", flat=True).first() or ""


def why_not_sent(user_id: int) -> str:
    """What went wrong the last time the code was sent, as the queue keeps it; "" where nothing did. Two queries."""
    made = EmailClaim.objects.filter(user_id=user_id, expires_at__gt=timezone.now()).first()
    return problem_of(CODE_LETTER.name, str(made.key)) if made is not None else ""


@transaction.atomic
def claim(*, by: Viewer, address: str) -> EmailClaim:
    """Have a code sent to an address; the one in use stays until it comes back."""
    if not is_set_up():
        raise Refused("access.mail_not_set_up", field="address")
    address = address.strip()
    try:
        validate_email(address)
        if len(address) > LONGEST:
            raise ValidationError("too long for any mail server")
    except ValidationError:
        raise Refused("access.bad_email", field="address") from None
    now, user = timezone.now(), User.objects.select_for_update().get(pk=by.user_id or 0, is_active=True)
    before = EmailClaim.objects.filter(user=user).first()
    if before is not None and before.expires_at - VALID_FOR + BETWEEN > now:
        raise Refused("access.email_wait", field="address", minutes=int(BETWEEN.total_seconds() // 60))
    if before is not None:
        before.delete()
    made = EmailClaim.objects.create(user=user, address=address, expires_at=now + VALID_FOR)
    ask(CODE_LETTER.name, str(made.key), {"claim": made.pk})
    return made


def confirm(*, by: Viewer, code: str) -> User:
    """Take the address into use with the code that was sent there; wrong codes are counted."""
    found = EmailClaim.objects.filter(user_id=by.user_id or 0, expires_at__gt=timezone.now()).first()
    again = EmailClaim.objects.filter(pk=found.pk if found else 0, tries__lt=MOST_TRIES)
    if found is None or not again.update(tries=F("tries") + 1):
        raise Refused("access.email_code_old", field="code")
    typed = "".join(code.split())
    if not constant_time_compare(typed.encode("utf-8", "replace"), code_of(found).encode()):
        raise Refused("access.email_code_wrong", field="code")
    with transaction.atomic():
        user = User.objects.get(pk=found.user_id, is_active=True)
        user.email = found.address
        user.save(update_fields=["email"])
        found.delete()
        tell(by, user, "access.email_set")
    return user


@transaction.atomic
def drop(*, by: Viewer) -> None:
    """Be written to no more."""
    user = User.objects.get(pk=by.user_id or 0, is_active=True)
    EmailClaim.objects.filter(user=user).delete()
    if user.email:
        user.email = ""
        user.save(update_fields=["email"])
        tell(by, user, "access.email_dropped")


def code_of(made: EmailClaim) -> str:
    """The code of a claim, reckoned from its key and the installation's own; it is stored nowhere."""
    number = int(salted_hmac("chithi.access.email", f"{made.key} {made.address}").hexdigest(), 16)
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _letter(asked: Asked) -> Write | None:
    made = EmailClaim.objects.filter(pk=asked.facts["claim"], expires_at__gt=timezone.now()).first()
    user = User.objects.filter(pk=made.user_id, is_active=True).first() if made else None
    if made is None or user is None or not is_set_up():
        return None
    code = code_of(made)
    vi = (
        f"Mã xác nhận địa chỉ thư: {code}",
        f"Mã: {code}. Gõ mã này vào trang Tài khoản của tôi trong một giờ để nhận thư nhắc việc ở địa chỉ này.",
        "Nếu không yêu cầu mã này thì bỏ qua thư: địa chỉ chỉ được dùng khi mã được gõ lại.",
    )
    en = (
        f"Code to confirm this address: {code}",
        f"Code: {code}. Type it on the page My account within an hour to receive reminders at this address.",
        "If you did not ask for it, leave this letter: the address is used only once the code is typed.",
    )
    subject, opening, foot = en if user.language == "en" else vi
    letter = Letter(made.address, subject, opening, (), foot)
    return lambda: send(letter, asked)


CODE_LETTER = Deed("access.email_code", _letter, outward=True, awaited=True)
