"""What a person or a company has agreed to: separate, dated, withdrawable, with the text they saw.

The last row on or before a day decides; no row means 未確認. The consent to stand in a group's roster
belongs to a membership and lives in `groups.RosterConsent`.
"""

from django.db import models
from django.db.models import Q

from iri_exchange.lib.fields import DayField, LongTextField, NameField
from iri_exchange.lib.history import History


class ConsentText(models.Model):
    """The wording people agreed to. A new wording is a new row; old ones are never changed.

    The highest version is the one shown. `kind` is one of Consent.Kind, or "roster" for that of a membership.
    """

    kind = NameField("種類", max_length=20, help_text="これまでの文面と同じ語。名簿への掲載は roster。")
    version = NameField(
        "版", max_length=20, help_text="年と月。例：2026-11。いちばん新しい版を、みなさんに見せます。"
    )
    text = LongTextField("文面")

    class Meta:
        verbose_name = verbose_name_plural = "同意の文面"
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="consent_text_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Consent(models.Model):
    """One answer of one person, or of one company, to one question."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", "事務局が連絡に使うこと"
        HANDOVER = "handover", "自主運営のとき、グループの役員に名簿を引き継ぐこと"
        JOINT_ROSTER = "joint_roster", "合同交流会で、ほかのグループと公社の名簿にのせること"
        PUBLIC_PROFILE = "public_profile", "企業の紹介をどなたにも公開すること"
        PHOTOGRAPH = "photograph", "写真を使うこと"
        MAIL = "mail", "今後の案内を送ること"

    person = models.ForeignKey(
        "members.Person", models.CASCADE, null=True, blank=True, related_name="consents", verbose_name="人"
    )
    company = models.ForeignKey(
        "members.Company", models.CASCADE, null=True, blank=True, related_name="consents", verbose_name="企業"
    )
    kind = models.CharField("種類", max_length=20, choices=Kind.choices)
    given = models.BooleanField("同意する")
    since = DayField("いつから")
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, verbose_name="見せた文面")
    note = NameField("確かめ方", max_length=100, blank=True, help_text="例：申込書、電話、本人の画面")
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "同意"
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, company__isnull=False)
                | Q(person__isnull=False, company__isnull=True),
                name="consent_of_a_person_or_a_company",
            ),
            models.CheckConstraint(
                condition=Q(kind="public_profile", company__isnull=False)
                | (~Q(kind="public_profile") & Q(person__isnull=False)),
                name="consent_public_profile_is_the_companys",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "since"], name="consent_one_per_person_kind_and_day"
            ),
            models.UniqueConstraint(
                fields=["company", "kind", "since"], name="consent_one_per_company_kind_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.company}：{self.get_kind_display()} {'同意する' if self.given else '同意しない'}"
