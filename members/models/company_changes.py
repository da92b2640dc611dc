"""What became of a company: where it was before, and how it ended."""

from django.db import models
from django.db.models import F, Q

from iri_exchange.lib.fields import DayField, NameField, PhoneField, PostalCodeField
from iri_exchange.lib.history import History
from members.models.company import Company


class FormerAddress(models.Model):
    """Where the company no longer is, and the numbers it had there; `until` is the last day."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="former_addresses", verbose_name="企業")
    postal_code = PostalCodeField("郵便番号", max_length=8, blank=True)
    address = NameField("所在地", max_length=300, blank=True)
    phone = PhoneField("電話", max_length=20, blank=True)
    fax = PhoneField("FAX", max_length=20, blank=True)
    until = DayField("いつまで")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "前の所在地"
        ordering = ["-until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "until"],
                name="former_address_one_per_day",
                violation_error_message="同じ日に移転した記録が、もうあります。日を確かめてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.address or self.phone}（前の所在地）"


class CompanyClosing(models.Model):
    """From this day on the company is no more: closed (廃業), or merged (合併) into another, if that is known."""

    company = models.OneToOneField(Company, models.CASCADE, related_name="closing", verbose_name="企業")
    status = models.CharField(
        "どうなったか",
        max_length=10,
        choices=[choice for choice in Company.Status.choices if choice[0] != Company.Status.CONTINUING],
    )
    since = DayField("いつから", help_text="会社がなくなった最初の日。例：2026-10-01、R8.10.1")
    merged_into = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_companies",
        verbose_name="合併した先",
    )
    note = NameField("メモ", max_length=200, blank=True)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "廃業・合併"
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["merged", "closed"]), name="company_closing_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status="merged"),
                name="company_closing_merged_into_when_merged",
                violation_error_message="合併した先は、合併のときだけ入れてください。",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("company")),
                name="company_closing_not_into_itself",
                violation_error_message="合併した先には、ほかの企業を選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}：{self.get_status_display()}（{self.since}から）"
