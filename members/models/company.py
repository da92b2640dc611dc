"""A member company: a legal body with an address and a trade, whatever groups it is in."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from iri_exchange.lib.fields import (
    CorporateNumberField,
    DayField,
    FoldedKeyField,
    KanaField,
    LongTextField,
    NameField,
    SortKeyField,
)
from iri_exchange.lib.history import History
from iri_exchange.lib.japan import INDUSTRIES, sme_hint
from members.models.contact import Contact


class CompanyFacts(Contact):
    """What is asked of a company, in the directory and of an applicant. Source: 会員名簿, 申込書, 法人番号公表サイト."""

    class SmeCategory(models.TextChoices):
        """中小企業基本法 第2条."""

        MANUFACTURING = "manufacturing", "製造業その他"
        WHOLESALE = "wholesale", "卸売業"
        SERVICE = "service", "サービス業"
        RETAIL = "retail", "小売業"

    class Audience(models.TextChoices):
        GROUP = "group", "同じグループの会員"
        MEMBERS = "members", "すべてのグループの会員"
        PUBLIC = "public", "どなたでも"

    name = NameField("企業名", max_length=100, help_text="登記の名前を、略さずに。例：株式会社〇〇製作所")
    kana = KanaField("フリガナ", max_length=120, blank=True, help_text="「カブシキガイシャ」は入れません。")
    other_names = NameField(
        "別表記", max_length=200, blank=True, help_text="通称や旧字体など、さがすときの手がかり。"
    )
    corporate_number = CorporateNumberField(
        "法人番号",
        max_length=13,
        null=True,
        blank=True,
        help_text="13けた。分からなければ空けておいてください。",
    )
    in_tokyo = models.BooleanField("都内に事業所がある", null=True, blank=True)
    representative_title = NameField("代表者の役職", max_length=60, blank=True)
    representative_name = NameField("代表者の氏名", max_length=80, blank=True)
    representative_kana = KanaField("代表者のフリガナ", max_length=100, blank=True)
    founded = models.CharField(
        "設立年月",
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"^[12]\d{3}(-(0[1-9]|1[0-2]))?$", "1968-04 または 1968 のように入れてください。")
        ],
        help_text="西暦で。例：1968-04。年だけでもかまいません。",
    )
    capital = models.PositiveIntegerField("資本金（万円）", null=True, blank=True)
    employees = models.PositiveIntegerField("従業員数（人）", null=True, blank=True)
    industry = models.CharField(
        "業種（大分類）",
        max_length=1,
        blank=True,
        choices=list(INDUSTRIES.items()),
        help_text="日本標準産業分類 第14回",
    )
    industry_middle = models.CharField("業種（中分類）", max_length=2, blank=True)
    sme_category = models.CharField("中小企業の区分", max_length=20, blank=True, choices=SmeCategory.choices)
    strengths = LongTextField("得意技術・設備", max_length=400, blank=True, help_text="400字まで")
    strengths_for = models.CharField(
        "見せる相手", max_length=10, choices=Audience.choices, default=Audience.GROUP
    )
    seeking = LongTextField("求める連携", max_length=400, blank=True, help_text="400字まで")
    seeking_for = models.CharField(
        "見せる相手", max_length=10, choices=Audience.choices, default=Audience.GROUP
    )
    pr = LongTextField("ひとことPR", max_length=400, blank=True, help_text="400字まで")
    pr_for = models.CharField("見せる相手", max_length=10, choices=Audience.choices, default=Audience.GROUP)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """An empty number is no number: only then do two companies without one not clash."""
        self.corporate_number = self.corporate_number or None

    @property
    def sme(self) -> str:
        """該当, 非該当 or 要確認: a hint; staff decide."""
        return sme_hint(self.sme_category, self.capital, self.employees)


class Company(CompanyFacts):
    """One legal body, once in the directory."""

    class Status(models.TextChoices):
        CONTINUING = "continuing", "存続"
        MERGED = "merged", "合併"
        CLOSED = "closed", "廃業"

    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.CONTINUING)
    search_key = FoldedKeyField()
    sort_key = SortKeyField(db_index=True)
    history = History(excluded_fields=["search_key", "sort_key"])

    class Meta:
        verbose_name = verbose_name_plural = "企業"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_number"],
                name="company_corporate_number_unique",
                violation_error_message="この法人番号の企業は、すでに名簿にあります。",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="company_has_a_name"),
        ]

    def search_text(self) -> tuple[str, list[str], list[str]]:
        former = self.former_names.values_list("name", flat=True) if self.pk else []
        return self.name, [self.kana, self.other_names, *former], [self.trade, self.products]

    def sort_text(self) -> tuple[str, str]:
        return self.kana, self.name


class FormerName(models.Model):
    """A name the company no longer has; letters and old rosters still know it."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="former_names", verbose_name="企業")
    name = NameField("旧社名", max_length=100)
    kana = KanaField("フリガナ", max_length=120, blank=True)
    until = DayField("いつまで")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "旧社名"
        ordering = ["-until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "until"], name="former_name_one_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（旧社名）"
