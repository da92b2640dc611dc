"""The login. A person may have one; most never need it."""

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from iri_exchange.lib.fields import EmailField
from iri_exchange.lib.history import History


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email, is_active=True)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser):
    """An e-mail address and a password. What one may do is read from dated records, never stored here.

    Addresses are unique among active logins only: people share addresses, leave, and come back.
    A superuser installs the portal and appoints the first staff; nothing else.
    """

    email = EmailField("メールアドレス", max_length=254)
    person = models.ForeignKey(
        "members.Person", models.PROTECT, null=True, blank=True, related_name="users", verbose_name="本人"
    )
    is_active = models.BooleanField("有効", default=True)
    is_superuser = models.BooleanField(
        "設置者", default=False, help_text="設置と最初の職員の登録だけができます。"
    )
    joined_at = models.DateTimeField("登録日時", auto_now_add=True)
    history = History(excluded_fields=["password", "last_login"])

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = verbose_name_plural = "ログイン"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(is_active=True),
                name="user_email_unique_among_active",
                violation_error_message="このメールアドレスは、すでに別のログインで使われています。",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_active=True),
                name="user_one_active_per_person",
                violation_error_message="この方には、すでに有効なログインがあります。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the rules; being a superuser opens nothing by itself. Raises LookupError for an unknown rule."""
        if not rules.perm_exists(perm):
            raise LookupError(f"no rule is called {perm}")
        return bool(self.is_active and rules.has_perm(perm, self, obj))
