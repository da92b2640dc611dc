"""What was sent about a meeting: the notice, what changed, reminders, that it is off, that the minutes are there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.meeting import Meeting
from events.models.reply import Reply
from iri_exchange.lib.fields import LongTextField
from iri_exchange.lib.history import History
from members.models import Letter


class Notice(models.Model):
    """One sending. What each person was sent is a Delivery, so that nobody gets one sending twice."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "案内"
        CHANGE = "change", "変更のお知らせ"
        REMINDER = "reminder", "お返事のお願い"
        CANCELLED = "cancelled", "中止のお知らせ"
        MINUTES = "minutes", "議事録のお知らせ"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notices", verbose_name="会合")
    kind = models.CharField("種類", max_length=10, choices=Kind.choices)
    words = LongTextField("添えたことば", max_length=600, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="送った人",
        help_text="決めた日に自動で送ったものは、空です。",
    )
    sent_at = models.DateTimeField("送った日時", auto_now_add=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "会合のお知らせ"
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["notice", "change", "reminder", "cancelled", "minutes"]),
                name="notice_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.get_kind_display()}"


class Delivery(models.Model):
    """One person's part of a sending: by letter (`letter`), or on paper for those off e-mail.

    `reminds` makes a person's automatic reminder of a meeting one in all, whatever happens to the job.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "メール"
        PAPER = "paper", "紙・FAX・電話"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name="お知らせ")
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="deliveries", verbose_name="出欠の回答")
    channel = models.CharField("届け方", max_length=6, choices=Channel.choices)
    letter = models.ForeignKey(
        Letter, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="手紙"
    )
    reminds = models.BooleanField("自動のお願い", default=False)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "お知らせの届け先"
        ordering = ["notice", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "reply"], name="delivery_once_per_notice"),
            models.UniqueConstraint(
                fields=["reply"], condition=Q(reminds=True), name="delivery_reminds_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["email", "paper"]), name="delivery_channel_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply}：{self.get_channel_display()}"
