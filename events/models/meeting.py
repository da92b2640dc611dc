"""A meeting of a group. So far its date, place and kind; notice, replies and minutes hang on it later."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from groups.models import Group
from groups.models.terms import T
from iri_exchange.lib import states
from iri_exchange.lib.fields import LongTextField, NameField
from iri_exchange.lib.history import History


class MeetingQuerySet(models.QuerySet[T]):
    def upcoming(self) -> Self:
        """Those that are planned and not over, the next first."""
        return self.filter(state=Meeting.State.PLANNED, ends_at__gte=timezone.now())

    def gone(self) -> Self:
        """Those that are over, and the cancelled ones, the latest first."""
        over = Q(ends_at__lt=timezone.now()) | ~Q(state=Meeting.State.PLANNED)
        return self.filter(over).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """One meeting. `number` is the n of 第n回, counted over the group's regular meetings and corrected by hand."""

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
        PLANNED = "planned", "予定"
        CANCELLED = "cancelled", "中止"
        HELD = "held", "終了"

    MOVES: ClassVar[states.Moves] = {
        "": [State.PLANNED],
        State.PLANNED: [State.CANCELLED, State.HELD],
        State.CANCELLED: [],
        State.HELD: [],
    }

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings", verbose_name="グループ")
    kind = models.CharField("種類", max_length=10, choices=Kind.choices, default=Kind.REGULAR)
    number = models.PositiveSmallIntegerField("第n回", null=True, blank=True)
    title = NameField("件名", max_length=80)
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    place = NameField("会場", max_length=80, blank=True)
    address = NameField("会場の住所", max_length=160, blank=True)
    note = LongTextField("ひとこと", max_length=400, blank=True)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.PLANNED)
    history = History()

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
