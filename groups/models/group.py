"""A cross-industry exchange group: its name, its by-laws as settings, its dated stages."""

import datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from groups.models.office import Office
from groups.models.terms import T
from iri_exchange.lib import states
from iri_exchange.lib.fields import (
    DayField,
    FoldedKeyField,
    KanaField,
    LongTextField,
    NameField,
    SortKeyField,
    UrlField,
)
from iri_exchange.lib.history import History
from iri_exchange.lib.marks import mark_choices


class GroupQuerySet(models.QuerySet[T]):
    def as_of(self, day: datetime.date) -> "GroupQuerySet[Any]":
        """Annotate `stage`: the stage in force on a day (None before the first)."""
        return self.annotate(stage=states.on(GroupStage, "group", day))


class Group(models.Model):
    """One exchange group. What its by-laws decide are settings here, with the usual values as defaults."""

    class Stage(models.TextChoices):
        FORMING = "forming", "準備"
        LAUNCHED = "launched", "発足年度"
        SELF_MANAGED = "self_managed", "自主運営"
        DORMANT = "dormant", "休止"
        DISSOLVED = "dissolved", "解散"

    MOVES: ClassVar[states.Moves] = {
        "": [Stage.FORMING, Stage.LAUNCHED],
        Stage.FORMING: [Stage.LAUNCHED, Stage.DISSOLVED],
        Stage.LAUNCHED: [Stage.SELF_MANAGED, Stage.DISSOLVED],
        Stage.SELF_MANAGED: [Stage.DORMANT, Stage.DISSOLVED],
        Stage.DORMANT: [Stage.SELF_MANAGED, Stage.DISSOLVED],
        Stage.DISSOLVED: [],
    }

    class Authority(models.TextChoices):
        INSTITUTE = "institute", "都産技研"
        CORPORATION = "corporation", "公社"

    class SameTrade(models.TextChoices):
        ANY = "any", "制限なし"
        WARN = "warn", "ご相談ください"
        ONE = "one", "1業種1社"

    class Room(models.TextChoices):
        """The group's colour; static/css/tokens.css names the same twelve."""

        GREEN = "green", "深緑"
        PLUM = "plum", "梅"
        SEA = "sea", "海"
        WOOD = "wood", "木"
        VIOLET = "violet", "菫"
        BRICK = "brick", "煉瓦"
        MOSS = "moss", "苔"
        STEEL = "steel", "鋼"
        TEAL = "teal", "青竹"
        WINE = "wine", "葡萄"
        OCHRE = "ochre", "黄土"
        NIGHT = "night", "夜"

    class RepliesShown(models.TextChoices):
        """What a member sees of the others' replies to a meeting."""

        NAMES = "names", "お名前と出欠"
        COUNT = "count", "人数だけ"
        NOTHING = "nothing", "見せない"

    class Weekday(models.IntegerChoices):
        MON = 0, "月曜日"
        TUE = 1, "火曜日"
        WED = 2, "水曜日"
        THU = 3, "木曜日"
        FRI = 4, "金曜日"

    name = NameField("名称", max_length=60, unique=True)
    kana = KanaField("フリガナ", max_length=80, blank=True)
    slug = models.SlugField(
        "URL用の名前", unique=True, help_text="半角の英小文字と数字。あとから変えません。"
    )
    number_prefix = NameField("会員番号のはじめ", max_length=8, help_text="例：T24")
    founded_year = models.PositiveSmallIntegerField(
        "発足年度",
        validators=[MinValueValidator(1950), MaxValueValidator(2200)],
        help_text="西暦で。例：2012",
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="groups", verbose_name="拠点")
    authority = models.CharField(
        "所管", max_length=12, choices=Authority.choices, default=Authority.INSTITUTE
    )
    introduction = LongTextField(
        "紹介文", max_length=400, blank=True, help_text="どなたにも見えます。400字まで"
    )
    theme = NameField("今年のテーマ", max_length=60, blank=True)
    url = UrlField("ホームページ", max_length=200, blank=True)
    accepts_visits = models.BooleanField("見学を受け付ける", default=True)
    room = models.CharField("色", max_length=10, choices=Room.choices, default=Room.STEEL)
    mark = models.CharField("図案", max_length=20, blank=True, choices=mark_choices)
    logo = models.ImageField(
        "ロゴ画像", upload_to="logos/", blank=True, help_text="図案のかわりに使います。PNG・JPEG、5MBまで"
    )

    capacity = models.PositiveSmallIntegerField("定員", default=25, validators=[MinValueValidator(1)])
    representatives_max = models.PositiveSmallIntegerField(
        "1社の登録者数", default=2, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    same_trade = models.CharField("同業種", max_length=5, choices=SameTrade.choices, default=SameTrade.WARN)
    fiscal_year_start = models.PositiveSmallIntegerField(
        "会計年度の始まる月", default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    meeting_week = models.PositiveSmallIntegerField(
        "定例会の週（第n）", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    meeting_weekday = models.PositiveSmallIntegerField(
        "定例会の曜日", null=True, blank=True, choices=Weekday.choices
    )
    meeting_time = models.TimeField("定例会の時刻", null=True, blank=True)
    meeting_place = NameField("定例会の場所", max_length=80, blank=True)
    replies_shown = models.CharField(
        "ほかの方のお返事", max_length=8, choices=RepliesShown.choices, default=RepliesShown.NAMES
    )
    quorum_percent = models.PositiveSmallIntegerField(
        "総会の定足数（％）",
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="会員のうち、この割合を超える出席と委任状で成り立ちます。例：50",
    )
    officers_run_meetings_from = DayField(
        "役員が定例会を運営する日",
        null=True,
        blank=True,
        help_text="発足年度のうちに任せるときだけ入れます。",
    )
    last_member_number = models.PositiveIntegerField("最後の会員番号", default=0, editable=False)
    search_key = FoldedKeyField()
    sort_key = SortKeyField(db_index=True)
    history = History(excluded_fields=["search_key", "sort_key", "last_member_number"])

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "グループ"
        ordering = ["founded_year", "sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="group_capacity_at_least_one"),
            models.CheckConstraint(
                condition=Q(representatives_max__gte=1, representatives_max__lte=9),
                name="group_representatives_1_to_9",
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year_start__gte=1, fiscal_year_start__lte=12),
                name="group_fiscal_year_starts_in_a_month",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100), name="group_quorum_at_most_100_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def search_text(self) -> tuple[str, list[str], list[str]]:
        return self.name, [self.kana], [self.introduction, self.theme]

    def sort_text(self) -> tuple[str, str]:
        return self.kana, self.name

    def stage_on(self, day: datetime.date) -> str:
        """The stage in force on a day; "" before the first."""
        row = self.stages.filter(since__lte=day).order_by("since").last()
        return row.state if row else ""

    def anniversary(self, fiscal_year: int) -> int:
        """周年: full years since the founding year."""
        return fiscal_year - self.founded_year

    @property
    def meeting_rule(self) -> str:
        """第2水曜日 15:00から, as far as it is known."""
        if self.meeting_weekday is None:
            return ""
        week = f"第{self.meeting_week}" if self.meeting_week else "毎月 "
        time = f" {self.meeting_time:%-H:%M}から" if self.meeting_time else ""
        return f"{week}{self.get_meeting_weekday_display()}{time}"


class GroupStage(models.Model):
    """Dated: from this day on the group is in this stage, until the next row."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="stages", verbose_name="グループ")
    state = models.CharField("段階", max_length=12, choices=Group.Stage.choices)
    since = DayField("いつから")
    note = NameField("メモ", max_length=200, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "グループの段階"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "since"], name="group_stage_one_per_day"),
            models.CheckConstraint(condition=Q(state__in=Group.Stage.values), name="group_stage_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.group}：{self.get_state_display()}（{self.since}から）"
