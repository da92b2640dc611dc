"""The joint exchange (合同交流会): the one day of a fiscal year on which all groups meet, and its programme."""

import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from events.models.meeting import map_of
from groups.models import Group, Office
from iri_exchange.lib import states
from iri_exchange.lib.fields import LongTextField, NameField
from iri_exchange.lib.history import History

MOST_PEOPLE, MOST_ROUNDS, MOST_SEATS = 2000, 6, 12


class JointExchange(models.Model):
    """One a fiscal year: that of February 2027 belongs to 2026 (令和8年度).

    `floor` is the plan of the hall, a letter a square metre or so, a line a row: "." nothing, "#" closed, "=" a door,
    "A" to "Z" a place for a booth on that circuit. `last_number` counts the numbers of those who take part.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "準備中"
        PUBLISHED = "published", "公開中"
        HELD = "held", "終了"
        CANCELLED = "cancelled", "中止"

    MOVES: ClassVar[states.Moves] = {
        "": [State.DRAFT],
        State.DRAFT: [State.PUBLISHED],
        State.PUBLISHED: [State.HELD, State.CANCELLED],
        State.HELD: [],
        State.CANCELLED: [],
    }

    fiscal_year = models.PositiveSmallIntegerField(
        "年度",
        unique=True,
        validators=[MinValueValidator(1984), MaxValueValidator(2200)],
        help_text="西暦で。2027年2月に開くものは、2026（令和8年度）です。",
    )
    title = NameField("名称", max_length=80, default="異業種交流グループ合同交流会")
    theme = NameField("今年のテーマ", max_length=80, blank=True)
    introduction = LongTextField("ご案内の文", max_length=800, blank=True)
    organisers = LongTextField("主催・共催", max_length=400, blank=True)
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    place = NameField("会場", max_length=80)
    address = NameField("会場の住所", max_length=160, blank=True)
    way = LongTextField("会場への行き方", max_length=400, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="exchanges", verbose_name="問い合わせを受ける拠点"
    )

    member_capacity = models.PositiveSmallIntegerField(
        "会員の定員", validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    public_capacity = models.PositiveSmallIntegerField(
        "一般の方の定員", validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    registration_from = models.DateTimeField("参加申込の始まり")
    registration_until = models.DateTimeField("参加申込の締切")
    booths_from = models.DateTimeField("出展の募集の始まり")
    booths_until = models.DateTimeField("出展の募集の締切")

    has_party = models.BooleanField("懇親会がある", default=False)
    party_time = models.TimeField("懇親会の始まり", null=True, blank=True)
    party_place = NameField("懇親会の会場", max_length=80, blank=True)
    party_fee = models.PositiveIntegerField(
        "懇親会の会費（円）", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )

    table_rounds = models.PositiveSmallIntegerField(
        "分散会の回数",
        default=0,
        validators=[MaxValueValidator(MOST_ROUNDS)],
        help_text="分散会を開かないときは、0。",
    )
    table_seats = models.PositiveSmallIntegerField(
        "一つの卓の人数", default=6, validators=[MinValueValidator(3), MaxValueValidator(MOST_SEATS)]
    )
    table_minutes = models.PositiveSmallIntegerField(
        "分散会の一回の長さ（分）", default=20, validators=[MinValueValidator(5), MaxValueValidator(120)]
    )

    floor = LongTextField("会場図", max_length=4000, blank=True)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.DRAFT)
    cancel_reason = NameField("中止の理由", max_length=200, blank=True)
    tables_shown_at = models.DateTimeField("席を見せた日時", null=True, blank=True, editable=False)
    report_words = LongTextField("開催してのまとめ", max_length=2000, blank=True)
    sequence = models.PositiveIntegerField("改訂", default=0, editable=False)
    last_number = models.PositiveIntegerField("最後の参加番号", default=0, editable=False)
    changed_at = models.DateTimeField("最後に変えた日時", auto_now=True, editable=False)
    history = History(excluded_fields=["changed_at", "last_number"])

    class Meta:
        verbose_name = verbose_name_plural = "合同交流会"
        ordering = ["-fiscal_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="joint_exchange_ends_after_it_begins",
                violation_error_message="終わりの時刻を、始まりより後にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(registration_until__gt=F("registration_from"))
                & Q(registration_until__lte=F("ends_at")),
                name="joint_exchange_registration_period",
                violation_error_message="参加申込の締切を、始まりより後、交流会の終わりより前にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(booths_until__gt=F("booths_from")) & Q(booths_until__lte=F("starts_at")),
                name="joint_exchange_booths_period",
                violation_error_message="出展の募集の締切を、始まりより後、交流会の始まりより前にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(has_party=True) | Q(party_time=None, party_place="", party_fee=None),
                name="joint_exchange_party_facts_of_a_party",
                violation_error_message="懇親会の内容を入れるときは、「懇親会がある」を選んでください。",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | Q(cancel_reason=""),
                name="joint_exchange_reason_when_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "held", "cancelled"]),
                name="joint_exchange_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.fiscal_year}年度）"

    @property
    def day(self) -> datetime.date:
        """In Japan."""
        return timezone.localdate(self.starts_at)

    @property
    def uid(self) -> str:
        """UID of RFC 5545: never another one, wherever the portal is served."""
        return f"joint-exchange-{self.pk}@iri-exchange"

    @property
    def map_url(self) -> str:
        return map_of(self.address or self.place)

    @property
    def takes_registrations(self) -> bool:
        """Published, and within the period; to the second."""
        now = timezone.now()
        return self.state == self.State.PUBLISHED and self.registration_from <= now <= self.registration_until

    @property
    def takes_booths(self) -> bool:
        """Published, and within the call for exhibitors; to the second."""
        return self.state == self.State.PUBLISHED and self.booths_from <= timezone.now() <= self.booths_until


class ProgrammeItem(models.Model):
    """One item of the day's programme. `group`: which group introduces itself."""

    class Kind(models.TextChoices):
        OPENING = "opening", "開会・閉会"
        TALK = "talk", "講演"
        GROUP = "group", "グループの紹介"
        TABLES = "tables", "分散会"
        BOOTHS = "booths", "展示・見学"
        PARTY = "party", "懇親会"
        OTHER = "other", "そのほか"

    exchange = models.ForeignKey(
        JointExchange, models.CASCADE, related_name="programme", verbose_name="合同交流会"
    )
    position = models.PositiveSmallIntegerField("順")
    time = models.TimeField("時刻", null=True, blank=True)
    kind = models.CharField("種類", max_length=8, choices=Kind.choices, default=Kind.OTHER)
    title = NameField("内容", max_length=100)
    speaker = NameField("話す方", max_length=100, blank=True)
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programme_items",
        verbose_name="紹介するグループ",
    )
    words = LongTextField("くわしく", max_length=400, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "プログラム"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "position"],
                name="programme_item_one_per_position",
                violation_error_message="同じ順の項目があります。順を直してください。",
            ),
            models.CheckConstraint(
                condition=Q(group=None) | Q(kind="group"), name="programme_item_group_introduces_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} {self.title}"


class ExchangePhoto(models.Model):
    """A photograph of the day, drawn anew and kept in the database. Shown to everybody only where all whom it shows have
    agreed.
    """

    exchange = models.ForeignKey(
        JointExchange, models.CASCADE, related_name="photos", verbose_name="合同交流会"
    )
    caption = NameField("説明", max_length=100)
    format = models.CharField("形式", max_length=4, choices=[("png", "PNG"), ("jpeg", "JPEG")])
    content = models.BinaryField("写真")
    all_agreed = models.BooleanField("写っている方が、みな承知している", default=False)
    is_public = models.BooleanField("どなたにも見せる", default=False)
    uploaded_by = models.ForeignKey(
        "members.User", models.PROTECT, related_name="+", verbose_name="登録した人"
    )
    uploaded_at = models.DateTimeField("登録の日時", auto_now_add=True)
    history = History(excluded_fields=["content"])

    class Meta:
        verbose_name = verbose_name_plural = "合同交流会の写真"
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(all_agreed=True),
                name="exchange_photo_public_by_consent",
                violation_error_message="どなたにも見せるには、写っている方のみなの承知が要ります。",
            ),
            models.CheckConstraint(
                condition=Q(format__in=["png", "jpeg"]), name="exchange_photo_format_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} {self.caption}"
