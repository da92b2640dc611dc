"""What happened: who was there, late, left early, was stood in for; who came besides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.meeting import Meeting
from groups.models import Membership
from iri_exchange.lib.fields import NameField
from iri_exchange.lib.history import History
from members.models import Person


class Attendance(models.Model):
    """One person at one meeting. A member's person, or (`person` empty) a guest with a name: one who came along with a
    member, or who walked in.

    `kind` is empty until somebody has ticked it. `by_proxy`'s name stands in `name`.
    """

    class Kind(models.TextChoices):
        PRESENT = "present", "出席"
        LATE = "late", "遅刻"
        EARLY = "early", "早退"
        PROXY = "proxy", "代理"
        ABSENT = "absent", "欠席"

    THERE = [Kind.PRESENT, Kind.LATE, Kind.EARLY, Kind.PROXY]
    # A state is a word and a shape, on screens and on paper.
    SHAPES: ClassVar = {
        Kind.PRESENT: "○",
        Kind.LATE: "△",
        Kind.EARLY: "▽",
        Kind.PROXY: "◇",
        Kind.ABSENT: "×",
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="会合")
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="会員"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="参加する方"
    )
    name = NameField("代理や会員のほかの方のお名前", max_length=80, blank=True)
    affiliation = NameField("ご所属", max_length=80, blank=True)
    kind = models.CharField("出欠", max_length=8, blank=True, choices=Kind.choices)
    party = models.BooleanField("懇親会に参加", default=False)
    fee_paid = models.BooleanField("会費を受け取った", default=False)
    party_fee_paid = models.BooleanField("懇親会費を受け取った", default=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="つけた人",
    )
    marked_at = models.DateTimeField("つけた日時", null=True, blank=True)
    # Made by the phone that added a guest, so that sending the same guest again adds nobody.
    key = models.UUIDField("受付の番号", null=True, blank=True, unique=True, editable=False)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "出席の実績"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once_per_person"),
            models.CheckConstraint(
                condition=Q(kind__in=["", "present", "late", "early", "proxy", "absent"]),
                name="attendance_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, membership__isnull=False)
                | Q(person__isnull=True) & ~Q(name="") & ~Q(kind__in=["proxy"]),
                name="attendance_of_a_member_or_a_named_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.name}（{self.meeting}）"

    @property
    def shape(self) -> str:
        """○, △ … , "" while nobody has ticked it."""
        return self.SHAPES[self.Kind(self.kind)] if self.kind else ""
