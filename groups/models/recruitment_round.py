"""The yearly call for members: one per fiscal year and office, which fills one forming group."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from groups.models.group import Group
from groups.models.office import Office
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayField, LongTextField, NameField
from iri_exchange.lib.history import History


class RecruitmentRound(models.Model):
    """募集. Opens at the first second of a day and closes with the last one of another, both in Japan.

    `announced_at` is when the results of the round were announced, all at once; before it no applicant reads one.
    """

    fiscal_year = models.PositiveSmallIntegerField(
        "年度",
        validators=[MinValueValidator(1984), MaxValueValidator(2200)],
        help_text="西暦で。例：2027（令和9年度）",
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="rounds", verbose_name="拠点")
    group = models.OneToOneField(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recruitment_round",
        verbose_name="準備中のグループ",
        help_text="採択した企業が入る、準備の段階のグループです。",
    )
    opens_on = DayField("受付の始まり", help_text="この日の0時から受け付けます。")
    closes_on = DayField("受付の終わり", help_text="この日の23時59分59秒まで受け付けます。")
    results_on = DayField("結果をお知らせする予定の日", null=True, blank=True)
    launch_on = DayField("発会式の予定日", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("定員（社）", default=25, validators=[MinValueValidator(1)])
    text = LongTextField(
        "募集のご案内", max_length=1_000, blank=True, help_text="どなたにも見えます。1,000字まで"
    )
    needs_two = models.BooleanField(
        "採否は二人で決める", default=False, help_text="もう一人の職員が確かめてから、採否が決まります。"
    )
    announced_at = models.DateTimeField("結果をお知らせした日時", null=True, blank=True, editable=False)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="お知らせした人",
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "募集"
        ordering = ["-fiscal_year", "office__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "office"],
                name="round_one_per_year_and_office",
                violation_error_message="この年度のこの拠点の募集は、もうあります。",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_it_opens",
                violation_error_message="受付の終わりを、始まりより後の日にしてください。",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="round_capacity_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{japan.fiscal_year_label(self.fiscal_year)} {self.office}の募集"

    def takes_on(self, day: datetime.date) -> bool:
        """Whether one may apply on a day in Japan."""
        return self.opens_on <= day <= self.closes_on


class Scenario(models.Model):
    """シミュレーション: who would be in the group, put aside under a name, to be compared with another one.

    `places` maps the id of an application to what would become of it (`Application.Decision`), as text.
    """

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="scenarios", verbose_name="募集")
    name = NameField("名前", max_length=40)
    places = models.JSONField("顔ぶれ", default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="つくった人"
    )
    made_at = models.DateTimeField("つくった日時", auto_now_add=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "顔ぶれの案"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="scenario_name_once_per_round",
                violation_error_message="この名前の案は、もうあります。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.name}"
