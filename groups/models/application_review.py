"""What the office writes and asks about an application, and the places it offers from the waiting list."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.models.application import Application
from iri_exchange.lib.fields import DayField, LongTextField
from iri_exchange.lib.history import History


class ApplicationNote(models.Model):
    """審査メモ: the office's own, shown to nobody else."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes", verbose_name="応募")
    text = LongTextField("メモ", max_length=1_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="書いた職員"
    )
    at = models.DateTimeField("日時", auto_now_add=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "審査メモ"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application}：{self.at}"


class ApplicationQuestion(models.Model):
    """追加照会: a question to the applicant and the answer."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="questions", verbose_name="応募"
    )
    question = LongTextField("お尋ね", max_length=600)
    due = DayField("お返事の期限", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="尋ねた職員"
    )
    asked_at = models.DateTimeField("尋ねた日時", auto_now_add=True)
    answer = LongTextField("お返事", max_length=1_000, blank=True)
    answered_at = models.DateTimeField("お返事の日時", null=True, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "追加照会"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="application_question_answered_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="application_question_one_at_a_time",
                violation_error_message="まえのお尋ねに、まだお返事がありません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.asked_at}"


class Offer(models.Model):
    """繰り上げ: a place that became free is offered to the next on the waiting list until the end of a day."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="offers", verbose_name="応募")
    due = DayField("お返事の期限")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ご案内した職員"
    )
    offered_at = models.DateTimeField("ご案内の日時")
    taken = models.BooleanField("受ける", null=True, blank=True)
    answered_at = models.DateTimeField("お返事の日時", null=True, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "繰り上げのご案内"
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="offer_one_at_a_time",
                violation_error_message="この応募には、もうご案内しています。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.due}まで"
