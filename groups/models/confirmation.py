"""Asking the members of a group whether what the directory knows of them is right."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from groups.models.group import Group
from groups.models.membership import Membership
from iri_exchange.lib.fields import EmailField
from iri_exchange.lib.history import History
from members.models import Person

LINK_VALID_FOR = datetime.timedelta(days=30)


class ConfirmationRound(models.Model):
    """One asking of all members of a group; a group has one at a time that runs."""

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="confirmation_rounds", verbose_name="グループ"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="始めた人"
    )
    started_at = models.DateTimeField("始めた日時", default=timezone.now)
    reminded_at = models.DateTimeField("もう一度お願いした日時", null=True, blank=True)
    ended_at = models.DateTimeField("終えた日時", null=True, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "登録内容の確認"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(ended_at__isnull=True),
                name="confirmation_round_one_at_a_time",
                violation_error_message="登録内容の確認は、もう始まっています。",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="confirmation_round_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} 登録内容の確認（{timezone.localdate(self.started_at)}から）"


class Confirmation(models.Model):
    """One member's answer in one round: open until somebody has confirmed the data, by the link or by the office.

    `person` is who is asked. `source` says how the answer came; `confirmed_by` who wrote it down for the member.
    """

    class Source(models.TextChoices):
        LINK = "link", "メールのリンク"
        PHONE = "phone", "電話"
        FAX = "fax", "FAX"
        POST = "post", "郵送"
        MEETING = "meeting", "会って"

    round = models.ForeignKey(
        ConfirmationRound, models.CASCADE, related_name="confirmations", verbose_name="登録内容の確認"
    )
    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="confirmations", verbose_name="会員"
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name="お願いした方",
    )
    confirmed_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    source = models.CharField("確かめ方", max_length=8, blank=True, choices=Source.choices)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="書きとめた人",
    )
    corrected = models.BooleanField("直したところがある", default=False)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "会員の確認"
        ordering = ["membership__sequence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "membership"], name="confirmation_once_per_member"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, source="")
                | (Q(confirmed_at__isnull=False) & ~Q(source="")),
                name="confirmation_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["", "link"], confirmed_by__isnull=True)
                | (~Q(source__in=["", "link"]) & Q(confirmed_by__isnull=False)),
                name="confirmation_for_another_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}（{self.round}）"

    @property
    def group_id(self) -> int:
        return self.round.group_id


class ConfirmationLink(models.Model):
    """One letter's link. Each letter has its own, so that a reminder does not shut the one before it.

    The token stands in the letter alone; the link is good for the address it was sent to and no other.
    """

    confirmation = models.ForeignKey(
        Confirmation, models.CASCADE, related_name="links", verbose_name="会員の確認"
    )
    email = EmailField("送り先", max_length=254)
    token_hash = models.CharField("リンクの照合", max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("送った日時")
    expires_at = models.DateTimeField("期限")

    class Meta:
        verbose_name = verbose_name_plural = "確認のリンク"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="confirmation_link_expires_after_it_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.confirmation}：{self.made_at}"
