"""What somebody says beforehand: comes, does not, sends somebody. What happened is Attendance."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from events.models.joint import InvitedGroup
from events.models.meeting import Meeting
from groups.models import Membership
from groups.models.terms import T
from iri_exchange.lib.fields import LongTextField, NameField
from iri_exchange.lib.history import History
from members.models import Person

MOST_GUESTS = 9


def is_asked() -> Q:
    """Replies of the meeting's own group, of a group that agreed to hold it together, and of who took an open seat."""
    agreed = InvitedGroup.objects.agreed().filter(
        meeting=OuterRef("meeting"), group=OuterRef("membership__group")
    )
    return Q(membership__group=F("meeting__group")) | Q(is_seat=True) | Q(Exists(agreed))


class ReplyQuerySet(models.QuerySet[T]):
    def asked(self) -> Self:
        """Without those of groups that have stepped back, or were asked no longer: what they answered stays, and counts
        no more.
        """
        return self.filter(is_asked())


class Reply(models.Model):
    """One person's answer to one meeting; without an answer until there is one. `person` attends for `membership`.

    `generation` is what a personal link is good for: one higher, and the links before open nothing any more.
    `is_seat`: came from another group by itself, on a seat that was open to everybody's members.
    `entrusts`: the 委任状 of a general meeting; `entrusted_to` a name, or empty for the chair.
    """

    class Answer(models.TextChoices):
        YES = "yes", "出席"
        NO = "no", "欠席"
        PROXY = "proxy", "代理"
        OPEN = "open", "未定"

    class Party(models.TextChoices):
        YES = "yes", "参加"
        NO = "no", "不参加"
        OPEN = "open", "未定"

    class Source(models.TextChoices):
        LINK = "link", "メールのリンク"
        LOGIN = "login", "ログインして"
        PHONE = "phone", "電話"
        FAX = "fax", "FAX"
        POST = "post", "郵送"
        MEETING = "meeting", "会って"

    OWN = [Source.LINK, Source.LOGIN]
    COMING = [Answer.YES, Answer.PROXY]

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies", verbose_name="会合")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="replies", verbose_name="会員")
    person = models.ForeignKey(Person, models.CASCADE, related_name="replies", verbose_name="お返事の方")
    is_seat = models.BooleanField("ほかのグループからの席", default=False)
    answer = models.CharField("出欠", max_length=6, blank=True, choices=Answer.choices)
    proxy_name = NameField("代理の方のお名前", max_length=80, blank=True)
    party = models.CharField("懇親会", max_length=6, blank=True, choices=Party.choices)
    guests = models.PositiveSmallIntegerField(
        "ごいっしょの方", default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    guest_names = NameField("ごいっしょの方のお名前", max_length=200, blank=True)
    comment = LongTextField("ひとこと", max_length=400, blank=True)
    entrusts = models.BooleanField("委任状を出す", default=False)
    entrusted_to = NameField("委任する方", max_length=80, blank=True)
    source = models.CharField("受け方", max_length=8, blank=True, choices=Source.choices)
    answered_at = models.DateTimeField("お返事の日時", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="書きとめた人",
    )
    caller = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="電話でたずねる人",
    )
    generation = models.PositiveIntegerField("リンクの代", default=1, editable=False)
    history = History()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "出欠の回答"
        ordering = ["meeting", "membership__sequence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="reply_once_per_person"),
            models.CheckConstraint(
                condition=Q(answer__in=["", "yes", "no", "proxy", "open"]), name="reply_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(party__in=["", "yes", "no", "open"]), name="reply_party_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", source="", answered_at__isnull=True)
                | ~Q(answer="") & ~Q(source="") & Q(answered_at__isnull=False),
                name="reply_has_a_source_and_a_time",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["", "link", "login"], answered_by__isnull=True)
                | ~Q(source__in=["", "link", "login"]) & Q(answered_by__isnull=False),
                name="reply_for_another_names_who",
            ),
            models.CheckConstraint(
                condition=Q(answer="proxy") & ~Q(proxy_name="") | ~Q(answer="proxy") & Q(proxy_name=""),
                name="reply_proxy_has_a_name",
                violation_error_message="代理の方のお名前を入れてください。",
            ),
            models.CheckConstraint(
                condition=Q(entrusts=False, entrusted_to="") | Q(entrusts=True, answer="no"),
                name="reply_entrusts_when_absent",
                violation_error_message="委任状は、欠席のときに出せます。",
            ),
            models.CheckConstraint(condition=Q(guests__lte=MOST_GUESTS), name="reply_guests_at_most_9"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.meeting}）"
