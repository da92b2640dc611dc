"""日程調整: which of some days suits everybody. Answered by a personal link, decided into a meeting."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.meeting import Meeting
from groups.models import Group, Membership
from iri_exchange.lib import states
from iri_exchange.lib.fields import LongTextField, NameField
from iri_exchange.lib.history import History
from members.models import Person


class DatePoll(models.Model):
    """One asking. Decided, it has become a meeting."""

    class State(models.TextChoices):
        OPEN = "open", "受付中"
        DECIDED = "decided", "決定"
        DROPPED = "dropped", "取りやめ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.OPEN],
        State.OPEN: [State.DECIDED, State.DROPPED],
        State.DECIDED: [],
        State.DROPPED: [],
    }

    group = models.ForeignKey(Group, models.PROTECT, related_name="date_polls", verbose_name="グループ")
    kind = models.CharField("種類", max_length=10, choices=Meeting.Kind.choices, default=Meeting.Kind.REGULAR)
    title = NameField("件名", max_length=80)
    place = NameField("会場", max_length=80, blank=True)
    note = LongTextField("ひとこと", max_length=400, blank=True)
    answer_until = models.DateTimeField("お返事の期限")
    state = models.CharField("状態", max_length=8, choices=State.choices, default=State.OPEN)
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, blank=True, related_name="poll", verbose_name="決まった会合"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="始めた人"
    )
    started_at = models.DateTimeField("始めた日時", auto_now_add=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "日程調整"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="decided", meeting__isnull=False)
                | ~Q(state="decided") & Q(meeting__isnull=True),
                name="date_poll_decided_into_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.title}"


class PollDate(models.Model):
    """One of the proposed times."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="dates", verbose_name="日程調整")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "候補の日"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at"],
                name="poll_date_once",
                violation_error_message="同じ日時の候補があります。",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="poll_date_ends_after_it_begins",
                violation_error_message="終わりの時刻を、始まりより後にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll}：{self.starts_at}"


class PollVoter(models.Model):
    """Somebody who is asked; the answers hang here. `generation` as in Reply."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="voters", verbose_name="日程調整")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+", verbose_name="会員")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="お返事の方")
    comment = LongTextField("ひとこと", max_length=400, blank=True)
    answered_at = models.DateTimeField("お返事の日時", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="書きとめた人",
    )
    generation = models.PositiveIntegerField("リンクの代", default=1, editable=False)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "日程調整のお返事"
        ordering = ["membership__sequence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="poll_voter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.poll}）"


class PollAnswer(models.Model):
    """○, △ or × of one voter for one date."""

    class Mark(models.TextChoices):
        YES = "yes", "○"
        MAYBE = "maybe", "△"
        NO = "no", "×"

    voter = models.ForeignKey(PollVoter, models.CASCADE, related_name="answers", verbose_name="お返事")
    date = models.ForeignKey(PollDate, models.CASCADE, related_name="answers", verbose_name="候補の日")
    mark = models.CharField("都合", max_length=6, choices=Mark.choices)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "候補の日の都合"
        ordering = ["date__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["voter", "date"], name="poll_answer_once"),
            models.CheckConstraint(
                condition=Q(mark__in=["yes", "maybe", "no"]), name="poll_answer_mark_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter}：{self.get_mark_display()}"
