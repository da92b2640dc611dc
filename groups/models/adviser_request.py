"""A group asks the office for its adviser for one more year."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.models.group import Group
from groups.models.officer import Adviser
from iri_exchange.lib import states
from iri_exchange.lib.fields import LongTextField, NameField
from iri_exchange.lib.history import History


class AdviserRequest(models.Model):
    """The wish of a group for its first self-managed year, and the office's answer; one at a time for a year.

    `term` is what an accepted request led to. A declined one has its sentence in `answer`.
    """

    class State(models.TextChoices):
        ASKED = "asked", "お返事待ち"
        ACCEPTED = "accepted", "承認"
        DECLINED = "declined", "見送り"
        WITHDRAWN = "withdrawn", "取り下げ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.ASKED],
        State.ASKED: [State.ACCEPTED, State.DECLINED, State.WITHDRAWN],
        State.ACCEPTED: [],
        State.DECLINED: [],
        State.WITHDRAWN: [],
    }

    group = models.ForeignKey(Group, models.CASCADE, related_name="adviser_requests", verbose_name="グループ")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    note = LongTextField("ひとこと", max_length=400, blank=True)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="依頼した人"
    )
    asked_at = models.DateTimeField("依頼の日時", auto_now_add=True)
    answer = NameField("お返事", max_length=200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="返事をした人",
    )
    answered_at = models.DateTimeField("返事の日時", null=True, blank=True)
    term = models.ForeignKey(
        Adviser, models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name="任期"
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "助言者の継続の依頼"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "fiscal_year"],
                condition=Q(state__in=["asked", "accepted"]),
                name="adviser_request_one_for_a_year",
                violation_error_message="この年度のお願いは、もう届いています。",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="adviser_request_answered_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="adviser_request_declined_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} 助言者の継続（{self.fiscal_year}年度）"
