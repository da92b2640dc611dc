"""What those who were at the joint exchange say of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from events.models.registration import Registration
from iri_exchange.lib.fields import LongTextField
from iri_exchange.lib.history import History


class Feedback(models.Model):
    """アンケート: what somebody who was there says of the day. One answer each, put right as often as they like."""

    class TalksOn(models.TextChoices):
        YES = "yes", "ある"
        MAYBE = "maybe", "これからありそう"
        NO = "no", "ない"

    USEFUL = (
        ("talks", "講演"),
        ("groups", "グループの紹介"),
        ("tables", "分散会"),
        ("booths", "展示"),
        ("party", "懇親会"),
    )

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="feedback", verbose_name="参加した方"
    )
    satisfaction = models.PositiveSmallIntegerField(
        "よかったですか（5が最もよい）", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    useful = models.JSONField("役に立ったもの", default=list, blank=True)
    met = models.PositiveSmallIntegerField(
        "名刺を交換した人数", null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    talks_on = models.CharField("続きの話", max_length=5, blank=True, choices=TalksOn.choices)
    comes_again = models.BooleanField("来年も参加したい", null=True, blank=True)
    words = LongTextField("ご意見", max_length=1000, blank=True)
    answered_at = models.DateTimeField("お答えの日時", default=timezone.now)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "アンケートの答え"
        ordering = ["answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__gte=1, satisfaction__lte=5), name="feedback_satisfaction_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}"
