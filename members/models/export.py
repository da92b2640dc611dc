"""What left the portal: who took which list, when, with which columns, for what, for whom."""

from django.conf import settings
from django.db import models

from members.models.company import Company
from members.models.person import Person


class Export(models.Model):
    """One copy of one list. Written by the GET that served the file; never changed, never deleted by hand.

    `people` and `companies` are those it tells of, so that a copy in wrong hands can be answered for.
    """

    taken_at = models.DateTimeField("日時", auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="exports", verbose_name="出した人"
    )
    subject = models.CharField("もとの一覧", max_length=120, help_text="例：groups/tama24/roster")
    variant = models.CharField("種類", max_length=20)
    file_format = models.CharField("形式", max_length=4)
    as_of = models.DateField("いつ現在")
    columns = models.JSONField("列")
    row_count = models.PositiveIntegerField("件数")
    purpose = models.CharField("目的", max_length=200, default="未記入")
    receiver = models.CharField("お渡し先", max_length=100, blank=True)
    copy_number = models.PositiveIntegerField("部数番号")
    people = models.ManyToManyField(Person, related_name="copies", blank=True, verbose_name="載っている人")
    companies = models.ManyToManyField(
        Company, related_name="copies", blank=True, verbose_name="載っている企業"
    )

    class Meta:
        verbose_name = verbose_name_plural = "名簿の出力"
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "copy_number"], name="export_copy_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.variant} {self.copy_number:03}"
