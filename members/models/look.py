"""When one of the staff looked at the portal as somebody else, to help: whose eyes, whose, from when to when, and why."""

import datetime
import math

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from iri_exchange.lib.fields import NameField
from members.models.person import Person

LASTS = datetime.timedelta(minutes=30)


class LookQuerySet(models.QuerySet["Look"]):
    def latest_few(self) -> "LookQuerySet":
        """The last five, with who looked: for the person's own page."""
        return self.select_related("looker__person")[:5]


class Look(models.Model):
    """One look. Only its end is written later; it is never deleted, and the person reads it on their own page."""

    looker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks_taken", verbose_name="見た職員"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="looks", verbose_name="どなたの画面を")
    why = NameField(
        "見る理由",
        max_length=200,
        help_text="ご本人へのお知らせに、そのまま書かれます。例：名簿が開けないというお電話をいただいたため",
    )
    started_at = models.DateTimeField("見はじめた日時")
    expires_at = models.DateTimeField("期限")
    ended_at = models.DateTimeField("終えた日時", null=True, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "本人の画面を見た記録"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="look_has_a_reason"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("started_at")), name="look_expires_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="look_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.looker} → {self.person}"

    @property
    def is_on(self) -> bool:
        return self.ended_at is None and timezone.now() < self.expires_at

    @property
    def minutes_left(self) -> int:
        """Begun minutes count: 30 at first, 1 in the last one."""
        return max(0, math.ceil((self.expires_at - timezone.now()) / datetime.timedelta(minutes=1)))

    @property
    def over_at(self) -> datetime.datetime | None:
        """When it ended, by the button or by the clock; None while it lasts."""
        return self.ended_at or (None if self.is_on else self.expires_at)
