"""Taking part in the joint exchange: who is asked, who comes, who waits for a place."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from events.models.booth import TRADES
from events.models.joint_exchange import JointExchange
from events.models.partner import PartnerGroup
from groups.models import Group, Membership
from groups.models.terms import T
from iri_exchange.lib import states
from iri_exchange.lib.fields import (
    EmailField,
    FoldedKeyField,
    KanaField,
    LongTextField,
    NameField,
    PhoneField,
    SortKeyField,
)
from iri_exchange.lib.history import History
from members.models import ConsentText, Person


class RegistrationQuerySet(models.QuerySet[T]):
    def holding_a_place(self) -> Self:
        """Those for whom a place is kept now: who is coming, and who has been offered one and still may take it."""
        offered = Q(state=Registration.State.OFFERED, offered_until__gte=timezone.now())
        return self.filter(Q(state=Registration.State.CONFIRMED) | offered)

    def coming(self) -> Self:
        return self.filter(state=Registration.State.CONFIRMED)


class Registration(models.Model):
    """One person and one joint exchange: from being asked (INVITED, members only) to having been there (`arrived_at`).

    A number, once given, is that person's for good, also when they cancel. `generation` is what the personal link is good
    for. PENDING waits for the address to be confirmed until `confirm_until` and holds no place; OFFERED holds one until
    `offered_until`. Members and those of the partner corporation share one number of places, the public has its own, and
    guests, staff and the press need none.
    """

    class Kind(models.TextChoices):
        MEMBER = "member", "会員"
        PARTNER = "partner", "公社のグループ"
        PUBLIC = "public", "一般"
        GUEST = "guest", "来賓"
        STAFF = "staff", "職員"
        PRESS = "press", "報道"

    class State(models.TextChoices):
        INVITED = "invited", "お返事待ち"
        PENDING = "pending", "確認待ち"
        CONFIRMED = "confirmed", "受付"
        WAITING = "waiting", "補欠"
        OFFERED = "offered", "繰り上げのご案内中"
        LAPSED = "lapsed", "期限切れ"
        DECLINED = "declined", "不参加"
        CANCELLED = "cancelled", "取消"

    class Source(models.TextChoices):
        LINK = "link", "メールのリンク"
        LOGIN = "login", "ログインして"
        WEB = "web", "申込フォーム"
        OFFICE = "office", "事務局"
        GROUP = "group", "グループの役員"
        PARTNER = "partner", "公社"
        DOOR = "door", "当日の受付"

    MOVES: ClassVar[states.Moves] = {
        "": [State.INVITED, State.PENDING, State.CONFIRMED, State.WAITING],
        State.INVITED: [State.CONFIRMED, State.WAITING, State.DECLINED],
        State.DECLINED: [State.CONFIRMED, State.WAITING],
        State.PENDING: [State.CONFIRMED, State.WAITING, State.LAPSED, State.CANCELLED],
        State.CONFIRMED: [State.CANCELLED],
        State.WAITING: [State.OFFERED, State.CONFIRMED, State.CANCELLED],
        State.OFFERED: [State.CONFIRMED, State.LAPSED, State.CANCELLED],
        State.LAPSED: [State.PENDING, State.CONFIRMED, State.WAITING],
        State.CANCELLED: [State.PENDING, State.CONFIRMED, State.WAITING],
    }
    # Which kinds share which of the two capacities of the exchange.
    OF_MEMBERS = [Kind.MEMBER, Kind.PARTNER]
    OF_THE_PUBLIC = [Kind.PUBLIC]

    exchange = models.ForeignKey(
        JointExchange, models.PROTECT, related_name="registrations", verbose_name="合同交流会"
    )
    kind = models.CharField("種類", max_length=8, choices=Kind.choices)
    state = models.CharField("状態", max_length=10, choices=State.choices)
    number = models.PositiveIntegerField("参加番号", null=True, blank=True, editable=False)
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="会員の方",
    )
    membership = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="会員",
    )
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="グループ",
    )
    partner_group = models.ForeignKey(
        PartnerGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="公社のグループ",
    )
    affiliation = NameField("ご所属", max_length=100, blank=True, help_text="会社や団体のお名前")
    name = NameField("お名前", max_length=80)
    kana = KanaField("フリガナ", max_length=120, blank=True)
    title = NameField("役職", max_length=60, blank=True)
    email = EmailField("メール", max_length=254, blank=True)
    phone = PhoneField("電話", max_length=20, blank=True)
    trade = models.CharField("業種", max_length=1, blank=True, choices=TRADES)

    wants_party = models.BooleanField("懇親会に参加する", default=False)
    wants_tables = models.BooleanField("分散会に参加する", default=True)
    is_listed = models.BooleanField(
        "参加者の一覧に、所属と名前をのせる",
        default=False,
        help_text="申し込んだ方どうしで、会いたい方を選ぶときに使います。",
    )
    photo_agreed = models.BooleanField("写真に写ってもよい", default=False)
    mail_agreed = models.BooleanField("来年の案内を受け取る", default=False)
    consent_text = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意した文面"
    )
    consented_at = models.DateTimeField("同意した日時", null=True, blank=True)
    words = LongTextField("ひとこと", max_length=400, blank=True)

    source = models.CharField("受け方", max_length=8, blank=True, choices=Source.choices)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="書きとめた人",
    )
    made_at = models.DateTimeField("申込の日時", default=timezone.now)
    invited_at = models.DateTimeField("ご案内した日時", null=True, blank=True)
    reminded_at = models.DateTimeField("もう一度ご案内した日時", null=True, blank=True)
    confirm_until = models.DateTimeField("アドレスを確かめる期限", null=True, blank=True)
    waiting_since = models.DateTimeField("補欠になった日時", null=True, blank=True)
    offered_until = models.DateTimeField("繰り上げのお返事の期限", null=True, blank=True)
    ended_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    arrived_at = models.DateTimeField("来た時刻", null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="受け付けた人",
    )
    badge_prints = models.PositiveSmallIntegerField("名札を刷った回数", default=0, editable=False)
    thanked_at = models.DateTimeField("お礼を送った日時", null=True, blank=True)
    erased_at = models.DateTimeField("お名前などを消した日時", null=True, blank=True, editable=False)
    generation = models.PositiveIntegerField("リンクの代", default=1, editable=False)
    search_key = FoldedKeyField()
    sort_key = SortKeyField()
    history = History(excluded_fields=["search_key", "sort_key", "badge_prints"])

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参加申込"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["exchange", "state", "kind"], name="registration_places"),
            models.Index(fields=["exchange", "sort_key"], name="registration_order"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "number"], name="registration_number_once"),
            models.UniqueConstraint(fields=["exchange", "person"], name="registration_once_per_person"),
            models.CheckConstraint(
                condition=Q(kind__in=["member", "partner", "public", "guest", "staff", "press"]),
                name="registration_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "invited",
                        "pending",
                        "confirmed",
                        "waiting",
                        "offered",
                        "lapsed",
                        "declined",
                        "cancelled",
                    ]
                ),
                name="registration_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "waiting", "offered"]) | Q(number__isnull=False),
                name="registration_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="pending") | Q(confirm_until__isnull=False),
                name="registration_pending_until",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "offered"]) | Q(waiting_since__isnull=False),
                name="registration_waits_since",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False),
                name="registration_offered_until",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(state="confirmed"),
                name="registration_arrived_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(kind="partner") | Q(partner_group__isnull=True),
                name="registration_partner_group_of_a_partner",
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(kind="member", person__isnull=False),
                name="registration_invited_is_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.exchange}）"

    def search_text(self) -> tuple[str, list[str], list[str]]:
        return self.name, [self.kana, self.affiliation], [self.email]

    def sort_text(self) -> tuple[str, str]:
        return self.kana, self.name

    @property
    def is_waiting_for_an_answer(self) -> bool:
        """A place was offered, and may still be taken."""
        until = self.offered_until
        return self.state == self.State.OFFERED and until is not None and timezone.now() <= until
