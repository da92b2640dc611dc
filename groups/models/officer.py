"""Who leads a group, and who advises it: dated terms."""

from django.db import models

from groups.models.group import Group
from groups.models.terms import Term
from iri_exchange.lib.fields import NameField
from iri_exchange.lib.history import History
from members.models import Person


class OfficerTerm(Term):
    """役員: a person holds an office of the group for a term. The order of the roles is the order of the roster."""

    class Role(models.TextChoices):
        CHAIR = "chair", "代表幹事"
        VICE_CHAIR = "vice_chair", "副代表幹事"
        BOARD = "board", "幹事"
        TREASURER = "treasurer", "会計"
        AUDITOR = "auditor", "監査"
        SECRETARY = "secretary", "事務局"
        COUNSEL = "counsel", "顧問"

    group = models.ForeignKey(Group, models.CASCADE, related_name="officer_terms", verbose_name="グループ")
    person = models.ForeignKey(Person, models.PROTECT, related_name="officer_terms", verbose_name="役員")
    role = models.CharField("役職", max_length=12, choices=Role.choices)
    history = History()

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "役員の任期"
        ordering = ["-since", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "person", "role", "since"], name="officer_term_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["chair", "vice_chair", "board", "treasurer", "auditor", "secretary", "counsel"]
                ),
                name="officer_term_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.get_role_display()} {self.person}"


class Adviser(Term):
    """助言者: commissioned for the launch year, and for one more year if the group asks."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="advisers", verbose_name="グループ")
    person = models.ForeignKey(Person, models.PROTECT, related_name="adviser_terms", verbose_name="助言者")
    note = NameField("メモ", max_length=200, blank=True)
    history = History()

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "助言者"
        ordering = ["-since", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(fields=["group", "person", "since"], name="adviser_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.group} 助言者 {self.person}"
