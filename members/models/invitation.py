"""An invitation to a login: a letter with a link that opens once, to the person and the address it was made for."""

import datetime
import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from iri_exchange.lib.fields import EmailField
from members.models.person import Person

VALID_FOR = datetime.timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither used, taken back nor run out."""
        return self.open().filter(expires_at__gt=timezone.now())

    def open(self) -> "InvitationQuerySet":
        """Neither used nor taken back; it may have run out. A person has one at most."""
        return self.filter(claimed_at=None, revoked_at=None)

    def named(self, token: str) -> "InvitationQuerySet":
        """The one whose link has this token."""
        return self.filter(token_hash=hash_of(token))


class Invitation(models.Model):
    """One link. A new letter has a new link and is a new row; the one before it is taken back.

    What the invited person asks for (once more, to another address) keeps `made_at` and `made_by` of the
    invitation it goes back to.

    The token itself stands in the letter alone: who reads the database cannot open the link.
    """

    class State(models.TextChoices):
        """Not stored: read from the dates."""

        WAITING = "waiting", "招待中"
        EXPIRED = "expired", "期限が過ぎた"
        CLAIMED = "claimed", "ログインをつくった"
        REVOKED = "revoked", "取り消した"

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations", verbose_name="招待した方")
    email = EmailField("送り先", max_length=254)
    token_hash = models.CharField("リンクの照合", max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_made",
        verbose_name="招待した人",
    )
    made_at = models.DateTimeField("招待した日時")
    expires_at = models.DateTimeField("期限")
    claimed_at = models.DateTimeField("ログインをつくった日時", null=True, blank=True)
    revoked_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "ログインへの招待"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(claimed_at=None, revoked_at=None),
                name="invitation_one_open_per_person",
                violation_error_message="この方には、すでに招待を送っています。",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at=None) | Q(revoked_at=None),
                name="invitation_claimed_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.state.label}"

    @property
    def state(self) -> State:
        if self.claimed_at:
            return self.State.CLAIMED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.WAITING if self.expires_at > timezone.now() else self.State.EXPIRED


def hash_of(token: str) -> str:
    """What is stored of a token: 192 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
