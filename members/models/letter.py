"""Letters: what the portal writes, to whom, what became of it, and which addresses take none.

docs/decisions/0014-letters.md.
"""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from iri_exchange.lib import states
from iri_exchange.lib.fields import EmailField, LongTextField, NameField
from iri_exchange.lib.history import History
from members.models.person import Person

SENT_STATES = ["sent", "returned"]


class Letter(models.Model):
    """One letter to one address: written with what it is about, sent by the worker.

    `text` and `html` are as sent; emptied when they are not to be kept any longer: those of a secret letter once it
    is sent, all others after 24 months. `claimed_until` is the claim of the sender that has it in hand.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "送信待ち"
        SENDING = "sending", "送信中"
        SENT = "sent", "送信済み"
        RETURNED = "returned", "届かなかった"
        STOPPED = "stopped", "止まった"
        SHOWN = "shown", "画面に表示"

    # SENDING → SENDING: the sender died, and another one has taken the letter up.
    MOVES: ClassVar[states.Moves] = {
        "": [State.QUEUED, State.STOPPED, State.SHOWN],
        State.QUEUED: [State.SENDING, State.STOPPED],
        State.SENDING: [State.SENDING, State.QUEUED, State.SENT, State.STOPPED],
        State.SENT: [State.RETURNED],
        State.STOPPED: [State.QUEUED],
        State.RETURNED: [],
        State.SHOWN: [],
    }

    kind = models.CharField("種類", max_length=60)
    to = EmailField("あて先", max_length=254)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="letters", verbose_name="受取人"
    )
    subject = models.CharField("件名", max_length=300)
    text = models.TextField("本文", blank=True)
    html = models.TextField("本文（HTML）", blank=True)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    is_secret = models.BooleanField("本文を見せない", default=False)
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField("理由", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("送ってみた回数", default=0)
    due_at = models.DateTimeField("次に送る日時", default=timezone.now)
    claimed_until = models.DateTimeField("送信中の期限", null=True, blank=True)
    written_at = models.DateTimeField("書いた日時", default=timezone.now)
    sent_at = models.DateTimeField("送った日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "手紙"
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], name="letter_waiting", condition=Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["state", "-written_at"], name="letter_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "returned", "stopped", "shown"]),
                name="letter_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", claimed_until__isnull=False)
                | (~Q(state="sending") & Q(claimed_until__isnull=True)),
                name="letter_claimed_while_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SENT_STATES, sent_at__isnull=False)
                | (~Q(state__in=SENT_STATES) & Q(sent_at__isnull=True)),
                name="letter_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["stopped", "returned"]) | ~Q(reason=""),
                name="letter_stopped_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(is_secret=True, state__in=SENT_STATES) | Q(text="", html=""),
                name="letter_secret_is_erased_once_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}（{self.to}）"


class LetterWording(models.Model):
    """What the office wrote in place of the standard text of one kind of letter."""

    kind = models.CharField("種類", max_length=60)
    subject = NameField("件名", max_length=120)
    text = LongTextField("本文", max_length=4000)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "手紙の文面"
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["kind"], name="letter_wording_one_per_kind")]

    def __str__(self) -> str:
        return self.kind


class Bounce(models.Model):
    """A letter did not arrive: a server said so, a notification, or somebody on the telephone."""

    letter = models.ForeignKey(
        Letter, models.SET_NULL, null=True, blank=True, related_name="bounces", verbose_name="手紙"
    )
    address = models.CharField("アドレス", max_length=254)
    at = models.DateTimeField("日時", default=timezone.now)
    is_hard = models.BooleanField("このアドレスには届かない")
    detail = models.CharField("相手のサーバーの返事", max_length=300, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="記録した人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "届かなかった記録"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["address", "at"], name="bounce_by_address")]

    def __str__(self) -> str:
        return f"{self.address}（{timezone.localtime(self.at):%Y-%m-%d}）"


class Suppression(models.Model):
    """An address to which nothing is sent, until somebody lifts it. Lifted ones stay, to be looked up."""

    address = models.CharField("アドレス", max_length=254)
    since = models.DateTimeField("いつから", default=timezone.now)
    is_hard = models.BooleanField("このアドレスには届かない")
    why = models.CharField("理由", max_length=300)
    lifted_at = models.DateTimeField("送るのを再開した日時", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="再開した人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "送るのを止めたアドレス"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(lifted_at__isnull=True),
                name="suppression_one_per_address",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="suppression_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.since)
