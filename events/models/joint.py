"""Between groups: who is invited to whose meeting and has agreed to it, and what groups offer each other."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from events.models.meeting import Meeting
from groups.models import Group
from groups.models.terms import T
from iri_exchange.lib import states
from iri_exchange.lib.fields import DayField, LongTextField, NameField
from iri_exchange.lib.history import History


class InvitedGroupQuerySet(models.QuerySet[T]):
    def agreed(self) -> Self:
        """Those whose members read the notice and reply."""
        return self.filter(state=InvitedGroup.State.AGREED)


class InvitedGroup(models.Model):
    """Another group is asked to a meeting. Once it has agreed, its members read the notice and reply; the minutes are
    not theirs. `words` came with the answer.
    """

    class State(models.TextChoices):
        ASKED = "asked", "お返事待ち"
        AGREED = "agreed", "いっしょに開く"
        DECLINED = "declined", "見送り"

    MOVES: ClassVar[states.Moves] = {
        # Who runs both groups need not ask.
        "": [State.ASKED, State.AGREED],
        State.ASKED: [State.AGREED, State.DECLINED],
        State.AGREED: [State.DECLINED],
        State.DECLINED: [State.ASKED, State.AGREED],
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invited_groups", verbose_name="会合")
    group = models.ForeignKey(Group, models.PROTECT, related_name="invited_to", verbose_name="招くグループ")
    state = models.CharField("お返事", max_length=10, choices=State.choices, default=State.ASKED)
    words = NameField("ひとこと", max_length=200, blank=True)
    asked_at = models.DateTimeField("たずねた日時", default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="お返事をした人",
    )
    answered_at = models.DateTimeField("お返事の日時", null=True, blank=True)
    history = History()

    objects = InvitedGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "招くグループ"
        ordering = ["group__founded_year", "group__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "group"], name="invited_group_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "declined"]), name="invited_group_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(answered_at=None, answered_by=None),
                name="invited_group_asked_is_not_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}（{self.meeting}）"


class GroupOfferQuerySet(models.QuerySet[T]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class GroupOffer(models.Model):
    """いっしょに開きませんか: a group offers the others to meet, in some months, on a topic, perhaps in its own room.

    `first_month` and `last_month` are the first days of months.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="offers", verbose_name="グループ")
    topic = NameField("話したいこと", max_length=80, help_text="例：たがいの工場を見学しあう")
    words = LongTextField("くわしく", max_length=400, blank=True)
    first_month = DayField("いつから")
    last_month = DayField("いつまで")
    hosts = models.BooleanField("会場を用意できる", default=False)
    place = NameField("会場", max_length=80, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="のせた人"
    )
    posted_at = models.DateTimeField("のせた日時", auto_now_add=True)
    closed_at = models.DateTimeField("下げた日時", null=True, blank=True)
    history = History()

    objects = GroupOfferQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "合同会合の呼びかけ"
        ordering = ["first_month", "posted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="group_offer_ends_after_it_begins",
                violation_error_message="終わりの月を、始まりの月より後にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(hosts=True) | Q(place=""),
                name="group_offer_place_of_a_host",
                violation_error_message="会場を入れるときは、「会場を用意できる」を選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}「{self.topic}」"


class OfferAnswer(models.Model):
    """Another group would like to. `meeting` is what became of it."""

    offer = models.ForeignKey(GroupOffer, models.CASCADE, related_name="answers", verbose_name="呼びかけ")
    group = models.ForeignKey(Group, models.CASCADE, related_name="offer_answers", verbose_name="グループ")
    words = LongTextField("ひとこと", max_length=400, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="手をあげた人"
    )
    answered_at = models.DateTimeField("手をあげた日時", auto_now_add=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="offers", verbose_name="開いた会合"
    )
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "呼びかけへの返事"
        ordering = ["answered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "group"], name="offer_answer_once")]

    def __str__(self) -> str:
        return f"{self.group}：{self.offer}"
