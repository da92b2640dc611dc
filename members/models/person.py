"""A person: a representative of a company, an individual member, an adviser, one of the staff."""

import datetime

from django.db import models
from django.db.models import Q

from iri_exchange.lib.fields import DayField, FoldedKeyField, KanaField, NameField, SortKeyField
from iri_exchange.lib.history import History
from members.models.company import Company
from members.models.contact import Contact


class Person(Contact):
    """One human being, whatever companies and groups they pass through.

    Address and trade are filled for those without a company only. No birth date, nothing about health.
    """

    class ContactMethod(models.TextChoices):
        EMAIL = "email", "メール"
        FAX = "fax", "FAX"
        POST = "post", "郵送"
        PHONE = "phone", "電話"

    class AgeBand(models.TextChoices):
        UNDER_30 = "20", "20代まで"
        THIRTIES = "30", "30代"
        FORTIES = "40", "40代"
        FIFTIES = "50", "50代"
        SIXTIES = "60", "60代"
        OVER_70 = "70", "70代から"

    family_name = NameField("氏", max_length=40)
    given_name = NameField("名", max_length=40, blank=True)
    family_kana = KanaField("氏のフリガナ", max_length=60, blank=True)
    given_kana = KanaField("名のフリガナ", max_length=60, blank=True)
    other_names = NameField(
        "別表記", max_length=120, blank=True, help_text="髙橋と高橋など、さがすときの手がかり。"
    )
    title = NameField("役職", max_length=60, blank=True, help_text="例：代表取締役")
    department = NameField("部署", max_length=60, blank=True)
    contact_method = models.CharField(
        "連絡手段", max_length=10, choices=ContactMethod.choices, default=ContactMethod.EMAIL
    )
    age_band = models.CharField("年代", max_length=2, blank=True, choices=AgeBand.choices)
    confirmed_on = DayField("最終確認日", null=True, blank=True, help_text="本人が内容を確かめた日")
    search_key = FoldedKeyField()
    sort_key = SortKeyField(db_index=True)
    history = History(excluded_fields=["search_key", "sort_key"])

    class Meta:
        verbose_name = verbose_name_plural = "人"
        ordering = ["sort_key", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(family_name=""), name="person_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_name}".rstrip()

    @property
    def kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}".strip()

    def search_text(self) -> tuple[str, list[str], list[str]]:
        return self.name, [self.kana, self.other_names], [self.trade, self.products]

    def sort_text(self) -> tuple[str, str]:
        return self.kana, self.name

    def company_on(self, day: datetime.date) -> Company | None:
        """The company the person belonged to on a day."""
        row = self.employments.filter(since__lte=day).select_related("company").order_by("since").last()
        return row.company if row else None


class Employment(models.Model):
    """Dated: from this day on the person belongs to this company, or to none."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments", verbose_name="人")
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="employments", verbose_name="所属企業"
    )
    since = DayField("いつから")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "所属"
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "since"], name="employment_one_per_day")]

    def __str__(self) -> str:
        return f"{self.person}：{self.company or '所属なし'}"
