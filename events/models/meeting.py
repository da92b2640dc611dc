"""A meeting of a group: what kind, when and where, who else is invited, what stands on its agenda."""

import datetime
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from groups.models import Group, Membership
from groups.models.terms import T
from iri_exchange.lib import states
from iri_exchange.lib.fields import LongTextField, NameField, UrlField
from iri_exchange.lib.history import History

MAP = "https://www.google.com/maps/search/?"


def map_of(where: str) -> str:
    """The address of a map that searches for a place; "" where none is known."""
    return MAP + urlencode({"api": 1, "query": where}) if where else ""


class MeetingQuerySet(models.QuerySet[T]):
    def upcoming(self) -> Self:
        """Those that take place and are not over, the next first."""
        return self.filter(state__in=Meeting.AHEAD, ends_at__gte=timezone.now())

    def gone(self) -> Self:
        """Those that are over, and the cancelled ones, the latest first."""
        over = Q(ends_at__lt=timezone.now()) | ~Q(state__in=Meeting.AHEAD)
        return self.filter(over).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """One meeting. `number` is the n of 第n回, counted over the group's regular meetings and corrected by hand.

    `sequence` is that of RFC 5545: phones that hold the meeting in their calendar know by it what is new.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", "定例会"
        LAUNCH = "launch", "発会式"
        VISIT = "visit", "見学会"
        GENERAL = "general", "総会"
        LECTURE = "lecture", "講演会"
        CAMP = "camp", "合宿研修"
        EXCHANGE = "exchange", "交流会"
        OFFICERS = "officers", "幹事会"

    class State(models.TextChoices):
        DRAFT = "draft", "予定"
        ANNOUNCED = "announced", "案内済"
        CANCELLED = "cancelled", "中止"
        HELD = "held", "終了"

    MOVES: ClassVar[states.Moves] = {
        "": [State.DRAFT],
        # A meeting that nobody was told of by the portal can have taken place, too.
        State.DRAFT: [State.ANNOUNCED, State.HELD, State.CANCELLED],
        State.ANNOUNCED: [State.HELD, State.CANCELLED],
        State.CANCELLED: [],
        State.HELD: [],
    }
    AHEAD = [State.DRAFT, State.ANNOUNCED]

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings", verbose_name="グループ")
    kind = models.CharField("種類", max_length=10, choices=Kind.choices, default=Kind.REGULAR)
    number = models.PositiveSmallIntegerField("第n回", null=True, blank=True)
    title = NameField("件名", max_length=80)
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    place = NameField("会場", max_length=80, blank=True)
    address = NameField("会場の住所", max_length=160, blank=True)
    online_url = UrlField("オンラインのアドレス", max_length=300, blank=True)
    fee = models.PositiveIntegerField(
        "会費（円）", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    capacity = models.PositiveSmallIntegerField(
        "定員", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    open_seats = models.PositiveSmallIntegerField(
        "ほかのグループの方の席",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    note = LongTextField("ひとこと", max_length=400, blank=True)
    reply_until = models.DateTimeField("お返事の期限", null=True, blank=True)

    has_party = models.BooleanField("懇親会がある", default=False)
    party_time = models.TimeField("懇親会の始まり", null=True, blank=True)
    party_place = NameField("懇親会の会場", max_length=80, blank=True)
    party_fee = models.PositiveIntegerField(
        "懇親会の会費（円）", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    party_until = models.DateTimeField("懇親会のお返事の期限", null=True, blank=True)

    invited = models.ManyToManyField(
        Group, through="events.InvitedGroup", related_name="invitations", verbose_name="招くグループ"
    )
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.DRAFT)
    cancel_reason = NameField("中止の理由", max_length=200, blank=True)
    sequence = models.PositiveIntegerField("改訂", default=0, editable=False)
    changed_at = models.DateTimeField("最後に変えた日時", auto_now=True, editable=False)
    history = History(excluded_fields=["changed_at"])

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会合"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message="終わりの時刻を、始まりより後にしてください。",
            ),
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=~Q(state="cancelled"),
                name="meeting_number_once",
                violation_error_message="この回は、もうあります。",
            ),
            models.CheckConstraint(
                condition=Q(reply_until__isnull=True) | Q(reply_until__lt=F("starts_at")),
                name="meeting_replies_before_it_begins",
                violation_error_message="お返事の期限を、始まりより前にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(party_until__isnull=True) | Q(party_until__lt=F("ends_at")),
                name="meeting_party_replies_before_its_end",
                violation_error_message="懇親会のお返事の期限を、会合の終わりより前にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(has_party=True)
                | Q(party_time=None, party_place="", party_fee=None, party_until=None),
                name="meeting_party_facts_of_a_party",
                violation_error_message="懇親会の内容を入れるときは、「懇親会がある」を選んでください。",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | Q(cancel_reason=""),
                name="meeting_reason_when_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.title}（{timezone.localdate(self.starts_at)}）"

    @property
    def name(self) -> str:
        """第3回 定例会: what everybody may know of it."""
        kind = self.get_kind_display()
        return f"第{self.number}回 {kind}" if self.number else kind

    @property
    def day(self) -> datetime.date:
        """In Japan."""
        return timezone.localdate(self.starts_at)

    @property
    def uid(self) -> str:
        """UID of RFC 5545: never another one, wherever the portal is served."""
        return f"meeting-{self.pk}@iri-exchange"

    @property
    def map_url(self) -> str:
        """A search for the address, or for the place where only that is known."""
        return map_of(self.address or self.place)

    @property
    def takes_replies(self) -> bool:
        """Announced, and the deadline (or else the beginning) is not over."""
        return self.state == self.State.ANNOUNCED and timezone.now() <= (self.reply_until or self.starts_at)

    @property
    def takes_party_replies(self) -> bool:
        """The 懇親会 may close before or after the meeting itself."""
        last = self.party_until or self.reply_until or self.starts_at
        return self.has_party and self.state == self.State.ANNOUNCED and timezone.now() <= last


class AgendaItem(models.Model):
    """One item of the agenda. `presenter` is a name as typed; `membership` the member that it is about, if one is.

    What was said about it is written beside it (`summary`); a general meeting counts votes on those that are motions.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="会合")
    position = models.PositiveSmallIntegerField("順")
    time = models.TimeField("時刻", null=True, blank=True)
    title = NameField("内容", max_length=100)
    presenter = NameField("発表する方", max_length=80, blank=True)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name="会員"
    )
    is_motion = models.BooleanField("議案", default=False)
    votes_for = models.PositiveSmallIntegerField("賛成", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("反対", null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField("保留", null=True, blank=True)
    summary = LongTextField("内容の要約", max_length=4000, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "次第"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_item_one_per_position",
                violation_error_message="同じ順の項目があります。順を直してください。",
            ),
            models.CheckConstraint(
                condition=Q(is_motion=True) | Q(votes_for=None, votes_against=None, votes_abstained=None),
                name="agenda_item_votes_on_motions_only",
                violation_error_message="賛否の数は、議案にだけ入れられます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.title}"


class Turn(models.Model):
    """Whose turn it is at a meeting: to look after it (当番), or to present (発表)."""

    class Role(models.TextChoices):
        DUTY = "duty", "当番"
        PRESENTER = "presenter", "発表"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns", verbose_name="会合")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="turns", verbose_name="会員")
    role = models.CharField("役割", max_length=10, choices=Role.choices)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "当番と発表の順"
        ordering = ["meeting__starts_at", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership", "role"], name="turn_once"),
            models.CheckConstraint(condition=Q(role__in=["duty", "presenter"]), name="turn_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.get_role_display()}（{self.meeting}）"
