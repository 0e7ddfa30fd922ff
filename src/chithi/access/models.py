"""Accounts, the roles granted to them, roles of the installation's own, ways in, sessions and what they leave."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from chithi.db.guard import NoGuardedJoins
from chithi.db.models import Guarded, Open

FORGOTTEN = "~"
"""Begins the user name of a closed account whose name was replaced for good; none can be opened under such a name."""


class UserManager(BaseUserManager["User"]):
    """Accounts are made by `access.actions.open_account`; here only what Django's log-in asks for."""

    def get_queryset(self) -> models.QuerySet[User]:
        return models.QuerySet(self.model, NoGuardedJoins(self.model), using=self._db)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account for someone who needs one. Holds no rights itself: see `RoleGrant`.

    `folded` is the name without tone marks, for searching; `person` whom of the organisation's people it belongs to,
    where that was said; `version` is compared by whoever changes the account for somebody else; `toured_on` the day its
    owner went through the first steps, or did not want to. `email` is an address that its owner has shown to be theirs;
    `unread` counts the notices not looked at yet (kept by `chithi.work`, here so that no page asks for it).
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, default="")
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="vi", choices=[("vi", "vi"), ("en", "en")])
    opened_at = models.DateTimeField(auto_now_add=True)
    toured_on = models.DateField(null=True)
    email = models.CharField(max_length=254, default="", blank=True)
    unread = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    objects = UserManager()


class OwnRole(Open):
    """A role that the installation defined itself: its code, its names, what it may (`Capability` values, sorted).

    Retired from a day on it gives nothing any more and cannot be given. What a role may is asked of
    `chithi.access.role_sets`, which knows the shipped ones too.
    """

    code = models.CharField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    may = models.JSONField(default=list)
    retired_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)


class RoleGrant(Guarded):
    """A role in a unit over an interval of days. `role` is the code of a shipped role or of an `OwnRole`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["user", "since"], name="role_grant_user")]


class OneTimeCode(Open):
    """A code that lets its account in once, before it expires. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ApiToken(Open):
    """A bearer token for the API. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80)
    expires_at = models.DateTimeField()


class Identity(Open):
    """Who the organisation's own log-in says an account is: `subject` at `issuer`, bound at the first log-in.

    A name may be given to somebody else there one day; the subject is never given again, so it decides.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField(auto_now_add=True)

    class Meta(Open.Meta):
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="identity_one_a_provider"),
        ]


class RecoveryCode(Open):
    """Lets its account in once in place of a code of the second factor. Only its digest is kept; used, it is gone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta(Open.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]


class SignIn(Open):
    """A session of an account: when it began, on what device and from where, when it was last seen.

    `session_key` names Django's session until it ends; `address` is kept only as long (`access.sessions` says how
    long the rest is kept). `last_seen` is written every few minutes at most.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique while it lives
    device = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    began = models.DateTimeField()
    last_seen = models.DateTimeField(db_index=True)

    class Meta(Open.Meta):
        indexes = [models.Index(fields=["user", "-last_seen"], name="sign_in_user")]


class EmailClaim(Open):
    """An address that an account says is its own, until a code sent there comes back or the time is up.

    The code is reckoned from `key` (`access.email`), so it stands nowhere; `tries` counts wrong ones.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
