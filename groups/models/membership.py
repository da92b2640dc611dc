"""A company, or a person without one, belongs to a group: number, dated status, representatives, consent."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from groups.models.group import Group
from groups.models.terms import T, Term
from iri_exchange.lib import states
from iri_exchange.lib.fields import DayField, NameField
from iri_exchange.lib.history import History
from members.models import Company, ConsentText, Person


class MembershipQuerySet(models.QuerySet[T]):
    def as_of(self, day: datetime.date) -> "MembershipQuerySet[Any]":
        """Annotate `status`, and `consent` to the group's roster (None: 未確認), as they were on a day."""
        return self.annotate(
            status=states.on(MembershipStatus, "membership", day),
            consent=states.on(RosterConsent, "membership", day, field="answer"),
        )

    def belonging(self, day: datetime.date) -> "MembershipQuerySet[Any]":
        """Those in the group on a day: 在会 or 休会, annotated as by `as_of`."""
        return self.as_of(day).filter(status__in=Membership.BELONGING)

    def of_launched(self, day: datetime.date) -> Self:
        """Without those of groups that are being formed on a day: of these the office alone knows."""
        forming = Group.objects.as_of(day).filter(stage=Group.Stage.FORMING)
        return self.exclude(group__in=forming.order_by().values("pk"))


class Membership(models.Model):
    """One company, or one person, in one group: one record for good, so that its number is never reused."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "正会員"
        INDIVIDUAL = "individual", "個人会員"
        SPECIAL = "special", "特別会員"
        ALUMNUS = "alumnus", "OB会員"
        COUNSEL = "counsel", "顧問"

    class Status(models.TextChoices):
        ACTIVE = "active", "在会"
        ON_LEAVE = "on_leave", "休会"
        LEFT = "left", "退会"

    MOVES: ClassVar[states.Moves] = {
        "": [Status.ACTIVE],
        Status.ACTIVE: [Status.ON_LEAVE, Status.LEFT],
        Status.ON_LEAVE: [Status.ACTIVE, Status.LEFT],
        Status.LEFT: [Status.ACTIVE],
    }
    BELONGING = [Status.ACTIVE, Status.ON_LEAVE]

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships", verbose_name="グループ")
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="企業"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="個人"
    )
    sequence = models.PositiveIntegerField("連番", editable=False)
    kind = models.CharField("区分", max_length=12, choices=Kind.choices, default=Kind.REGULAR)
    joined_on = DayField("入会日", null=True, blank=True, help_text="分からないときは空けておきます。")
    introduced_by = NameField("紹介者", max_length=80, blank=True)
    history = History()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会員"
        ordering = ["group", "sequence"]
        constraints = [
            models.CheckConstraint(
                condition=Q(company__isnull=False, person__isnull=True)
                | Q(company__isnull=True, person__isnull=False),
                name="membership_of_a_company_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["group", "company"],
                name="membership_once_per_group_and_company",
                violation_error_message="この企業は、すでにこのグループの会員です。",
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                name="membership_once_per_group_and_person",
                violation_error_message="この方は、すでにこのグループの会員です。",
            ),
            models.UniqueConstraint(fields=["group", "sequence"], name="membership_number_never_reused"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.member}"

    @property
    def number(self) -> str:
        """会員番号: T24-001."""
        return f"{self.group.number_prefix}-{self.sequence:03}"

    @property
    def member(self) -> Company | Person:
        """The company, or the person without one."""
        return self.company or self.person  # type: ignore[return-value]

    def status_on(self, day: datetime.date) -> str:
        """在会, 休会 or 退会 as a code on a day; "" before the first."""
        row = self.statuses.filter(since__lte=day).order_by("since").last()
        return row.state if row else ""


class MembershipStatus(models.Model):
    """Dated: from this day on the membership has this status, until the next row."""

    class Reason(models.TextChoices):
        """Why a member left. Coded, so that it can be counted."""

        RETIRED = "retired", "経営者の引退・交代"
        CONTACT_LEFT = "contact_left", "担当者の退職・異動"
        CLOSED = "closed", "廃業・合併"
        BUSY = "busy", "多忙"
        DISTANCE = "distance", "移転・遠方"
        COST = "cost", "会費などの負担"
        NO_MATCH = "no_match", "期待との違い"
        DECEASED = "deceased", "逝去"
        DISSOLVED = "dissolved", "グループの解散"
        OTHER = "other", "その他"
        UNKNOWN = "unknown", "不明"

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="statuses", verbose_name="会員")
    state = models.CharField("状態", max_length=10, choices=Membership.Status.choices)
    since = DayField("いつから")
    reason = models.CharField("退会の理由", max_length=12, blank=True, choices=Reason.choices)
    note = NameField("メモ", max_length=200, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "会員の状態"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "since"], name="membership_status_one_per_day"),
            models.CheckConstraint(
                condition=Q(state__in=Membership.Status.values), name="membership_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="left") & ~Q(reason="") | ~Q(state="left") & Q(reason=""),
                name="membership_status_reason_for_leaving_only",
                violation_error_message="退会のときだけ、理由を選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}：{self.get_state_display()}（{self.since}から）"


class Representative(Term):
    """登録者: one of the one or two persons who attend for a company. `rank` 1 is the first contact."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="representatives", verbose_name="会員"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="representations", verbose_name="登録者")
    rank = models.PositiveSmallIntegerField("順", default=1)
    history = History()

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "登録者"
        ordering = ["rank", "since", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "person"],
                condition=Q(until__isnull=True),
                name="representative_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["membership", "rank"],
                condition=Q(until__isnull=True),
                name="representative_one_per_rank",
            ),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=9), name="representative_rank_1_to_9"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.membership}）"


class RosterConsent(models.Model):
    """Dated: what the member lets its own group's roster show. No row: 未確認, shown to staff and the group only."""

    class Answer(models.TextChoices):
        YES = "yes", "のせてよい"
        COMPANY_ONLY = "company", "企業だけ"
        NO = "no", "のせない"

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="roster_consents", verbose_name="会員"
    )
    answer = models.CharField("名簿への掲載", max_length=8, choices=Answer.choices)
    since = DayField("いつから")
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, verbose_name="見せた文面")
    note = NameField("確かめ方", max_length=100, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "名簿への掲載の同意"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "since"], name="roster_consent_one_per_day"),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "company", "no"]), name="roster_consent_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}：{self.get_answer_display()}（{self.since}から）"
