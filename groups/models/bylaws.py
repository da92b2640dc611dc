"""The by-laws of a group, as a file."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.models.group import Group
from iri_exchange.lib.fields import DayField, NameField
from iri_exchange.lib.history import History


class Bylaws(models.Model):
    """One version of a group's by-laws (会則), valid from a day until the next one.

    `content` is the PDF as it came. It lies in the database, so that no server of files can hand it out.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="bylaws", verbose_name="グループ")
    valid_from = DayField("いつから有効か", help_text="例：2027-04-01、R9.4.1")
    filename = NameField("ファイル名", max_length=200)
    content = models.BinaryField("ファイル")
    size = models.PositiveIntegerField("大きさ")
    note = NameField("メモ", max_length=100, blank=True, help_text="例：総会で、会費の条を改めた")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登録した人"
    )
    uploaded_at = models.DateTimeField("登録の日時", auto_now_add=True)
    history = History(excluded_fields=["content"])

    class Meta:
        verbose_name = verbose_name_plural = "会則"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "valid_from"],
                name="bylaws_one_per_day",
                violation_error_message="この日から有効な会則は、もう登録されています。日を変えるか、登録済みのほうを先に取り消してください。",
            ),
            models.CheckConstraint(condition=Q(size__gte=1), name="bylaws_are_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.group} 会則（{self.valid_from}から）"
