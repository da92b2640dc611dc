"""The partner corporation (東京都中小企業振興公社): its groups and its people take part in the joint exchange, and only there."""

from django.db import models

from groups.models.terms import Term
from iri_exchange.lib.fields import KanaField, NameField, SortKeyField
from iri_exchange.lib.history import History
from members.models import Person


class PartnerGroup(models.Model):
    """A group that the partner corporation looks after. It is none of ours: it has no page, no members, no meetings."""

    name = NameField("名称", max_length=60, unique=True)
    kana = KanaField("フリガナ", max_length=80, blank=True)
    is_current = models.BooleanField("いまもある", default=True)
    sort_key = SortKeyField()
    history = History(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = verbose_name_plural = "公社のグループ"
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def sort_text(self) -> tuple[str, str]:
        return self.kana, self.name


class PartnerTerm(Term):
    """A person of the partner corporation enters its groups' people and booths. Read at every request."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="partner_terms", verbose_name="公社の担当の方"
    )
    history = History()

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "公社の担当"
        ordering = ["-since", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(fields=["person", "since"], name="partner_term_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（公社）"
