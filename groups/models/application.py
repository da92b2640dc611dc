"""A company asks to become a member: what it says of itself, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from groups.models.membership import Membership
from groups.models.recruitment_round import RecruitmentRound
from iri_exchange.lib import states
from iri_exchange.lib.fields import (
    EmailField,
    FoldedKeyField,
    KanaField,
    LongTextField,
    NameField,
    PhoneField,
)
from iri_exchange.lib.history import History
from members.models import Company, CompanyFacts, ConsentText

LEAST_MOTIVE, MOST_MOTIVE = 20, 600


class Application(CompanyFacts):
    """応募. Sent but not confirmed it is a DRAFT without a number; the number is given with the confirmation.

    `state` is what is known inside the office. What the applicant is told of it until the results are announced is
    審査中 (`groups.recruitment.telling`). `decision` is recorded first and becomes the state when it is announced.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "確認待ち"
        SUBMITTED = "submitted", "受付"
        UNDER_REVIEW = "under_review", "審査中"
        INFO_REQUESTED = "info_requested", "追加照会中"
        ACCEPTED = "accepted", "採択"
        WAITLISTED = "waitlisted", "補欠"
        OFFERED = "offered", "繰り上げのご案内中"
        DECLINED = "declined", "不採択"
        WITHDRAWN = "withdrawn", "取下げ"

    MOVES: ClassVar[states.Moves] = {
        "": [State.DRAFT, State.SUBMITTED],
        State.DRAFT: [State.SUBMITTED, State.WITHDRAWN],
        State.SUBMITTED: [State.UNDER_REVIEW, State.WITHDRAWN],
        State.UNDER_REVIEW: [
            State.INFO_REQUESTED,
            State.ACCEPTED,
            State.WAITLISTED,
            State.DECLINED,
            State.WITHDRAWN,
        ],
        State.INFO_REQUESTED: [State.UNDER_REVIEW, State.WITHDRAWN],
        State.ACCEPTED: [State.WITHDRAWN],
        State.WAITLISTED: [State.OFFERED, State.DECLINED, State.WITHDRAWN],
        State.OFFERED: [State.ACCEPTED, State.WAITLISTED, State.WITHDRAWN],
        State.DECLINED: [],
        State.WITHDRAWN: [],
    }
    OPEN = [State.SUBMITTED, State.UNDER_REVIEW, State.INFO_REQUESTED]

    class Route(models.TextChoices):
        WEB = "web", "ウェブ"
        PAPER = "paper", "紙"
        FAX = "fax", "FAX"

    class Decision(models.TextChoices):
        ACCEPT = "accept", "採択"
        WAIT = "wait", "補欠"
        DECLINE = "decline", "不採択"

    class Hope(models.TextChoices):
        DEVELOPMENT = "development", "技術開発"
        SALES = "sales", "販路"
        INFORMATION = "information", "情報"
        MANAGEMENT = "management", "経営"
        PEOPLE = "people", "人脈"

    class Source(models.TextChoices):
        SITE = "site", "都産技研のホームページ・メール"
        STAFF = "staff", "都産技研の職員"
        MEMBER = "member", "グループの会員"
        EVENT = "event", "展示会・合同交流会"
        PARTNER = "partner", "公社・商工会・金融機関など"
        PRESS = "press", "新聞・雑誌"
        OTHER = "other", "そのほか"

    round = models.ForeignKey(
        RecruitmentRound, models.PROTECT, related_name="applications", verbose_name="希望拠点"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度", editable=False)
    serial = models.PositiveIntegerField("連番", null=True, blank=True, editable=False)
    state = models.CharField("状態", max_length=15, choices=State.choices, default=State.DRAFT)
    route = models.CharField("届き方", max_length=5, choices=Route.choices, default=Route.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代わりに入れた職員",
    )
    sent_at = models.DateTimeField("送信の日時")
    confirmed_at = models.DateTimeField("受付の日時", null=True, blank=True)
    # Sent twice by a double click, a second tab or after a timeout, one draft makes one application.
    draft_key = models.CharField("下書き", max_length=64, unique=True, null=True, blank=True, editable=False)

    contact_name = NameField("ご連絡先のお名前", max_length=80)
    contact_email = EmailField("ご連絡先のメール", max_length=254, blank=True)
    contact_phone = PhoneField("ご連絡先の電話", max_length=20, blank=True)
    motive = LongTextField(
        "参加の動機",
        max_length=MOST_MOTIVE,
        validators=[MinLengthValidator(LEAST_MOTIVE, "20字以上で書いてください。")],
        help_text="20字から600字まで。箇条書きでもかまいません。",
    )
    hopes = models.JSONField("期待すること", default=list, blank=True)
    other_groups = LongTextField("ほかのグループへの参加", max_length=200, blank=True)
    source = models.CharField("知ったきっかけ", max_length=8, blank=True, choices=Source.choices)
    no_antisocial_ties = models.BooleanField("反社会的勢力と関係がない", default=False)

    decision = models.CharField("採否（お知らせの前）", max_length=8, blank=True, choices=Decision.choices)
    decision_reason = NameField("採否の理由", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="決めた職員",
    )
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="確かめた職員",
    )
    approved_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    waiting_place = models.PositiveSmallIntegerField("補欠の順番", null=True, blank=True)
    known_company = models.ForeignKey(
        Company,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="名簿にある同じ企業",
    )
    is_new_company = models.BooleanField("名簿にない企業と確かめた", default=False)
    membership = models.OneToOneField(
        Membership, models.SET_NULL, null=True, blank=True, related_name="application", verbose_name="会員"
    )
    search_key = FoldedKeyField()
    history = History(excluded_fields=["search_key"])

    class Meta:
        verbose_name = verbose_name_plural = "応募"
        ordering = ["fiscal_year", "serial", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="application_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(serial__isnull=False),
                name="application_received_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(route="web") | Q(entered_by__isnull=False),
                name="application_on_paper_names_who_entered_it",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("decided_by")),
                name="application_approved_by_another",
                violation_error_message="採否は、決めた方とは別の職員が確かめてください。",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_by__isnull=False), name="application_decision_names_who"
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="application_of_a_round")]

    def search_text(self) -> tuple[str, list[str], list[str]]:
        return self.name, [self.kana, self.other_names], [self.trade, self.products, self.contact_name]

    @property
    def number(self) -> str:
        """受付番号: 2027-014; empty before it was received."""
        return f"{self.fiscal_year}-{self.serial:03}" if self.serial else ""

    @property
    def hopes_in_words(self) -> str:
        labels = dict(self.Hope.choices)
        return "・".join(labels[each] for each in self.hopes if each in labels)


class Participant(models.Model):
    """参加者: who would attend for the company, one or two."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="participants", verbose_name="応募"
    )
    order = models.PositiveSmallIntegerField("順", validators=[MinValueValidator(1), MaxValueValidator(2)])
    family_name = NameField("氏", max_length=40)
    given_name = NameField("名", max_length=40)
    family_kana = KanaField("フリガナ（氏）", max_length=60)
    given_kana = KanaField("フリガナ（名）", max_length=60)
    title = NameField("役職", max_length=60, blank=True)
    department = NameField("部署", max_length=60, blank=True)
    email = EmailField("メール", max_length=254, blank=True)
    phone = PhoneField("電話", max_length=20, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "参加者"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["application", "order"], name="participant_one_per_place"),
            models.CheckConstraint(condition=Q(order__in=[1, 2]), name="participant_first_or_second"),
        ]

    def __str__(self) -> str:
        return f"{self.family_name} {self.given_name}"


class ApplicationConsent(models.Model):
    """What was agreed to when applying, each by itself, with the text that was shown.

    `kind` is one of Consent.Kind, "roster" for the group's roster, or "purpose" for the use of what is written.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents", verbose_name="応募")
    kind = models.CharField("種類", max_length=20)
    given = models.BooleanField("同意する")
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, verbose_name="見せた文面")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "応募のときの同意"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="application_consent_once")
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.kind}"


class ApplicationStep(models.Model):
    """One line of an application's time line: when it came into a state, by whom, and what was said to the applicant."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", verbose_name="応募")
    state = models.CharField("状態", max_length=15, choices=Application.State.choices)
    at = models.DateTimeField("日時")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="職員"
    )
    note = NameField("応募した方へのひとこと", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "応募の経過"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application}：{self.get_state_display()}"
