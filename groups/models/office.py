"""The institute's sites and the staff who work there."""

from django.db import models

from groups.models.terms import Term
from iri_exchange.lib.fields import NameField, PhoneField
from iri_exchange.lib.history import History


class Office(models.Model):
    """A site of the institute that looks after groups (本部, 多摩テクノプラザ …)."""

    name = NameField("名称", max_length=60, unique=True)
    short_name = NameField("略称", max_length=10)
    slug = models.SlugField("URL用の名前", unique=True)
    address = NameField("所在地", max_length=120, blank=True)
    phone = PhoneField("電話", max_length=20, blank=True)
    fax = PhoneField("FAX", max_length=20, blank=True, help_text="紙の申込書に、送り先として入ります。")
    order = models.PositiveSmallIntegerField("並び順", default=0)
    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "拠点"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class StaffAssignment(Term):
    """A person of the institute works at an office from a day on. Read at every request: an ended one ends the right."""

    person = models.ForeignKey(
        "members.Person", models.PROTECT, related_name="staff_assignments", verbose_name="職員"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="staff_assignments", verbose_name="拠点")
    history = History()

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "職員の配置"
        ordering = ["-since", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(fields=["person", "office", "since"], name="staff_assignment_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.office}）"
