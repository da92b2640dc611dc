"""Exhibiting at the joint exchange: the circuits of the hall, and the booths."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from events.models.joint_exchange import JointExchange
from events.models.partner import PartnerGroup
from groups.models import Group
from iri_exchange.lib import states
from iri_exchange.lib.fields import EmailField, LongTextField, NameField, PhoneField, UrlField
from iri_exchange.lib.history import History
from iri_exchange.lib.japan.industry import INDUSTRIES
from members.models import Company

MOST_WATTS = 1500
TRADES = list(INDUSTRIES.items())


class Circuit(models.Model):
    """One circuit of the hall, by the letter that its places bear on the floor plan."""

    exchange = models.ForeignKey(
        JointExchange, models.CASCADE, related_name="circuits", verbose_name="合同交流会"
    )
    letter = models.CharField(
        "記号", max_length=1, validators=[RegexValidator("^[A-Z]$", "AからZまでの一文字にしてください。")]
    )
    watts = models.PositiveIntegerField(
        "使える電力（W）", default=1500, validators=[MinValueValidator(100), MaxValueValidator(100_000)]
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "電源の回路"
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "letter"], name="circuit_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} 回路{self.letter}"


class Booth(models.Model):
    """What a company, a group, or a group of the partner corporation shows. Exactly one of the three exhibits.

    `place_row` and `place_column` count from 0 on the floor plan. `generation` is what the exhibitor's link is good for.
    The two people are names as typed. `cards` and `talks` are the result: business cards, and talks that go on.
    """

    class State(models.TextChoices):
        APPLIED = "applied", "受付"
        ACCEPTED = "accepted", "出展"
        DECLINED = "declined", "お断り"
        WITHDRAWN = "withdrawn", "取り下げ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.APPLIED],
        State.APPLIED: [State.ACCEPTED, State.DECLINED, State.WITHDRAWN],
        State.ACCEPTED: [State.APPLIED, State.WITHDRAWN],
        State.DECLINED: [State.APPLIED, State.ACCEPTED],
        State.WITHDRAWN: [State.APPLIED],
    }

    exchange = models.ForeignKey(
        JointExchange, models.PROTECT, related_name="booths", verbose_name="合同交流会"
    )
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.APPLIED)
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="booths", verbose_name="企業"
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="booths", verbose_name="グループ"
    )
    partner_group = models.ForeignKey(
        PartnerGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="booths",
        verbose_name="公社のグループ",
    )
    exhibitor = NameField("出展者の名前", max_length=100, help_text="会場と公開の一覧に、このまま出ます。")
    title = NameField("見出し", max_length=40, help_text="40字まで")
    words = LongTextField("展示の内容", max_length=200, help_text="200字まで。どなたにも見えます。")
    trade = models.CharField("業種", max_length=1, choices=TRADES, blank=True)
    technologies = NameField(
        "技術のことば", max_length=100, blank=True, help_text="読点で区切ります。例：精密切削、めっき、検査"
    )
    url = UrlField("ホームページ", max_length=200, blank=True)
    picture = models.BinaryField("写真", null=True, blank=True)
    picture_format = models.CharField(
        "写真の形式", max_length=4, blank=True, choices=[("png", "PNG"), ("jpeg", "JPEG")]
    )
    desks = models.PositiveSmallIntegerField(
        "机の数", default=1, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    watts = models.PositiveSmallIntegerField(
        "使う電力（W）",
        default=0,
        validators=[MaxValueValidator(MOST_WATTS)],
        help_text="電気を使わないときは、0。1500Wまで",
    )
    first_person = NameField("立ち会う方", max_length=80)
    second_person = NameField("立ち会う方（二人目）", max_length=80, blank=True)
    email = EmailField("連絡のメール", max_length=254, blank=True)
    phone = PhoneField("連絡の電話", max_length=20, blank=True)
    request = LongTextField("ご希望", max_length=200, blank=True, help_text="事務局だけが読みます。")

    number = models.PositiveSmallIntegerField(
        "番号", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    place_row = models.PositiveSmallIntegerField("会場図の段", null=True, blank=True)
    place_column = models.PositiveSmallIntegerField("会場図の列", null=True, blank=True)
    answer_words = LongTextField("出展者へのことば", max_length=400, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申し込んだ人"
    )
    applied_at = models.DateTimeField("申込の日時", auto_now_add=True)
    told_at = models.DateTimeField("出展のご案内を送った日時", null=True, blank=True)
    asked_at = models.DateTimeField("結果をたずねた日時", null=True, blank=True)
    cards = models.PositiveSmallIntegerField(
        "交換した名刺の数", null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    talks = models.PositiveSmallIntegerField(
        "続いている商談・相談の数", null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    result_words = LongTextField("出展してのひとこと", max_length=400, blank=True)
    result_at = models.DateTimeField("結果の日時", null=True, blank=True)
    generation = models.PositiveIntegerField("リンクの代", default=1, editable=False)
    history = History(excluded_fields=["picture"])

    class Meta:
        verbose_name = verbose_name_plural = "出展"
        ordering = ["number", "applied_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(company__isnull=False, group__isnull=True, partner_group__isnull=True)
                | Q(company__isnull=True, group__isnull=False, partner_group__isnull=True)
                | Q(company__isnull=True, group__isnull=True, partner_group__isnull=False),
                name="booth_of_one_exhibitor",
                violation_error_message="出展するのは、企業かグループのどちらか一つです。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "accepted", "declined", "withdrawn"]),
                name="booth_state_is_known",
            ),
            models.CheckConstraint(condition=Q(desks__gte=1, desks__lte=2), name="booth_desks_1_or_2"),
            models.CheckConstraint(condition=Q(watts__lte=MOST_WATTS), name="booth_watts_at_most_1500"),
            models.UniqueConstraint(
                fields=["exchange", "number"],
                name="booth_number_once",
                violation_error_message="この番号は、別の出展が使っています。",
            ),
            models.UniqueConstraint(
                fields=["exchange", "place_row", "place_column"],
                name="booth_place_once",
                violation_error_message="この場所には、別の出展があります。",
            ),
            models.CheckConstraint(
                condition=Q(place_row__isnull=True, place_column__isnull=True)
                | Q(place_row__isnull=False, place_column__isnull=False),
                name="booth_place_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(number__isnull=True, place_row__isnull=True),
                name="booth_number_and_place_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(picture__isnull=True, picture_format="")
                | Q(picture__isnull=False) & ~Q(picture_format=""),
                name="booth_picture_has_a_format",
            ),
            models.CheckConstraint(
                condition=Q(cards=None, talks=None, result_words="") | Q(result_at__isnull=False),
                name="booth_result_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor}「{self.title}」"
