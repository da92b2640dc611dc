"""The minutes of a meeting: the members' part and, apart from it, the summary for everybody; and what is to be done."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.meeting import Meeting
from iri_exchange.lib import states
from iri_exchange.lib.fields import DayField, LongTextField, NameField
from iri_exchange.lib.history import History


class Minutes(models.Model):
    """One record per meeting. What was said about each item of the agenda stands beside the item.

    `chair`, `writer`, `next_duty`: names as typed. The header (place, time, who was there) is read from the meeting.
    `published_at` is set when the members are told; what is corrected later is seen at once.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "下書き"
        PUBLISHED = "published", "公開"

    MOVES: ClassVar[states.Moves] = {
        "": [State.DRAFT],
        State.DRAFT: [State.PUBLISHED],
        State.PUBLISHED: [],
    }

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes", verbose_name="会合")
    chair = NameField("議長", max_length=80, blank=True)
    writer = NameField("書いた方", max_length=80, blank=True)
    body = LongTextField("話し合ったこと", max_length=10_000, blank=True)
    decisions = LongTextField("決まったこと", max_length=4000, blank=True)
    public_summary = LongTextField(
        "一般向けの概要",
        max_length=1000,
        blank=True,
        help_text="どなたにも見えます。会員の発言は書きません。",
    )
    next_at = models.DateTimeField("次回の日時", null=True, blank=True)
    next_duty = NameField("次回の当番", max_length=80, blank=True)
    # 総会: how many members there were to count, and what the by-laws ask for.
    voters = models.PositiveSmallIntegerField("議決権のある会員の数", null=True, blank=True)
    quorum = models.PositiveSmallIntegerField("定足数", null=True, blank=True)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField("公開した日時", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公開した人",
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "議事録"
        ordering = ["meeting__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None, published_by=None)
                | Q(state="published", published_at__isnull=False),
                name="minutes_published_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} 議事録"


class Todo(models.Model):
    """Something to be done, by whom and until when; shown at the next meetings until it is done."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="todos", verbose_name="決めた会合")
    what = NameField("やること", max_length=200)
    who = NameField("だれが", max_length=80, blank=True)
    due = DayField("いつまで", null=True, blank=True)
    done_on = DayField("すんだ日", null=True, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "宿題"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what
