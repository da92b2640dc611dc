"""An application that is not sent yet, and the links by which applicants come back."""

import datetime

from django.db import models
from django.db.models import Q

from groups.models.application import Application
from iri_exchange.lib.fields import EmailField


class ApplicationDraft(models.Model):
    """What an applicant has typed so far, as it was typed; kept for thirty days and opened by a mailed link.

    `key` stands in the browser's form; with it a draft becomes one application, however often it is sent.
    """

    KEPT_FOR = datetime.timedelta(days=30)

    key = models.CharField("下書きの照合", max_length=64, unique=True, editable=False)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    typed = models.JSONField("入れたこと", default=dict)
    email = EmailField("リンクの送り先", max_length=254, blank=True)
    made_at = models.DateTimeField("始めた日時", auto_now_add=True)
    saved_at = models.DateTimeField("保存の日時", auto_now=True)
    expires_at = models.DateTimeField("期限")

    class Meta:
        verbose_name = verbose_name_plural = "応募の下書き"
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.fiscal_year}年度の下書き（{self.saved_at}）"


class ApplicationLink(models.Model):
    """A link in a letter to an applicant. The token stands in the letter alone; each is good for one purpose."""

    class Purpose(models.TextChoices):
        RESUME = "resume", "下書きの続き"
        CONFIRM = "confirm", "アドレスの確認"
        STATUS = "status", "応募の状況"

    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="応募"
    )
    draft = models.ForeignKey(
        ApplicationDraft, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="下書き"
    )
    purpose = models.CharField("用途", max_length=7, choices=Purpose.choices)
    email = EmailField("送り先", max_length=254)
    token_hash = models.CharField("リンクの照合", max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("送った日時")
    expires_at = models.DateTimeField("期限", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "応募のリンク"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="resume", draft__isnull=False, application__isnull=True)
                | (Q(purpose__in=["confirm", "status"], draft__isnull=True, application__isnull=False)),
                name="application_link_fits_its_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}：{self.made_at}"
