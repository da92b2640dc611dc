"""A calendar that somebody's phone subscribes to: no login can be typed there, so that the address is the key."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from groups.models import Group
from iri_exchange.lib.history import History


class CalendarFeed(models.Model):
    """One user's calendar, of one group or (without one) of all that concern the user. What it tells is what the user
    may see on the day the phone asks. `generation` as in Reply.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds", verbose_name="利用する人"
    )
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="グループ"
    )
    generation = models.PositiveIntegerField("リンクの代", default=1, editable=False)
    made_at = models.DateTimeField("つくった日時", auto_now_add=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "カレンダーの購読"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="calendar_feed_once_per_group"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(group__isnull=True), name="calendar_feed_one_of_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.group or 'すべて'}"
