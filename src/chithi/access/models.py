"""Accounts, the roles granted to them, one-time codes and tokens for the API."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from chithi.access.roles import Role
from chithi.db.guard import NoGuardedJoins
from chithi.db.models import Guarded, Open


class UserManager(BaseUserManager["User"]):
    """Accounts are made by `access.actions.open_account`; here only what Django's log-in asks for."""

    def get_queryset(self) -> models.QuerySet[User]:
        return models.QuerySet(self.model, NoGuardedJoins(self.model), using=self._db)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account for someone who needs one. Holds no rights itself: see `RoleGrant`."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="vi", choices=[("vi", "vi"), ("en", "en")])
    opened_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = UserManager()


class RoleGrant(Guarded):
    """A role in a unit over an interval of days."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
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
