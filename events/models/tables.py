"""分散会: who sits with whom, round by round; and whom people would like to meet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.joint_exchange import JointExchange
from events.models.registration import Registration
from iri_exchange.lib import states
from iri_exchange.lib.fields import NameField
from iri_exchange.lib.history import History


class Wish(models.Model):
    """Somebody would like to meet somebody. Told to nobody but the office; the tables prefer it."""

    wisher = models.ForeignKey(
        Registration, models.CASCADE, related_name="wishes", verbose_name="会いたいと言った方"
    )
    wanted = models.ForeignKey(
        Registration, models.CASCADE, related_name="wished_for", verbose_name="会いたい方"
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "会いたい方"
        constraints = [
            models.UniqueConstraint(fields=["wisher", "wanted"], name="wish_once"),
            models.CheckConstraint(condition=~Q(wisher=F("wanted")), name="wish_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.wisher} → {self.wanted}"


class TablePlan(models.Model):
    """The tables of one exchange, worked out by the worker; worked out anew it keeps the seats that are locked.

    Same people, wishes, locks and `seed`: same tables. What could not be kept is counted: `repeats` pairs that meet twice,
    `same_house` pairs of one group or company at one table; `wishes_met` of `wishes_total`.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "順番待ち"
        WORKING = "working", "作成中"
        DONE = "done", "できあがり"
        FAILED = "failed", "中断"

    MOVES: ClassVar[states.Moves] = {
        "": [State.QUEUED],
        State.QUEUED: [State.WORKING, State.FAILED],
        State.WORKING: [State.DONE, State.FAILED],
        State.DONE: [State.QUEUED],
        State.FAILED: [State.QUEUED],
    }
    OPEN = (State.QUEUED, State.WORKING)

    exchange = models.OneToOneField(
        JointExchange, models.CASCADE, related_name="table_plan", verbose_name="合同交流会"
    )
    seed = models.PositiveIntegerField("種", default=1)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.QUEUED)
    steps_total = models.PositiveIntegerField("段階の数", default=0)
    steps_done = models.PositiveIntegerField("終わった段階", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="作る人"
    )
    asked_at = models.DateTimeField("受付日時")
    moved_at = models.DateTimeField("進んだ日時", null=True, blank=True)
    finished_at = models.DateTimeField("終わった日時", null=True, blank=True)
    people = models.PositiveIntegerField("人数", default=0)
    repeats = models.PositiveIntegerField("二度会う組", default=0)
    same_house = models.PositiveIntegerField("同じグループ・企業の組", default=0)
    wishes_met = models.PositiveIntegerField("かなった希望", default=0)
    wishes_total = models.PositiveIntegerField("希望", default=0)
    message = NameField("ことば", max_length=300, blank=True)
    history = History(excluded_fields=["steps_total", "steps_done", "moved_at"])

    class Meta:
        verbose_name = verbose_name_plural = "分散会の席"

    def __str__(self) -> str:
        return f"{self.exchange} 分散会の席"


class TableSeat(models.Model):
    """Where somebody sits in one round; rounds and tables count from 1. A locked seat stays when it is worked out anew."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="seats", verbose_name="分散会の席")
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="seats", verbose_name="参加する方"
    )
    round = models.PositiveSmallIntegerField("回")
    table = models.PositiveSmallIntegerField("卓")
    is_locked = models.BooleanField("動かさない", default=False)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "席"
        ordering = ["round", "table", "registration__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "round", "registration"], name="table_seat_once_a_round"),
            models.CheckConstraint(
                condition=Q(round__gte=1, table__gte=1), name="table_seat_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} 第{self.round}回 {self.table}卓"
