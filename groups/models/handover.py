"""引き継ぎ and 解散: what was decided about a group's own life, beside the dated row of its stage."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.models.group import Group
from iri_exchange.lib.fields import DayField, LongTextField
from iri_exchange.lib.history import History


class Handover(models.Model):
    """The office hands a group over: one for each group, begun with the first thing that is written about it.

    From which day the group runs itself, the dated row of its stage tells. `gaps` are the sentences of the checklist
    that were open when it was decided all the same, for an `override_reason`; `told_on` is the day on which both sides
    were told that it is so now.
    """

    group = models.OneToOneField(Group, models.CASCADE, related_name="handover", verbose_name="グループ")
    adviser_not_wanted_on = DayField("助言者の継続は要らないと聞いた日", null=True, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="決めた人",
    )
    override_reason = LongTextField("そろわないまま引き継ぐ理由", max_length=400, blank=True)
    gaps = models.JSONField("そのとき残っていたこと", default=list, blank=True)
    told_on = DayField("当日のお知らせを送った日", null=True, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "引き継ぎ"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="handover_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(override_reason="", told_on__isnull=True),
                name="handover_told_once_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}の引き継ぎ"


class Dissolution(models.Model):
    """A group ends, from the day of its stage on. `files_entrusted`: its members leave minutes and files to the office."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="dissolution", verbose_name="グループ")
    reason = LongTextField("解散の理由", max_length=400)
    files_entrusted = models.BooleanField("議事録と資料を、事務局に預ける", default=False)
    decided_at = models.DateTimeField("決めた日時")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登録した人"
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "解散"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dissolution_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.group}の解散"
