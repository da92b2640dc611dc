"""A search that somebody keeps, to come back to it."""

from django.db import models
from django.db.models import Q

from iri_exchange.lib.fields import NameField
from members.models.user import User


class SavedSearch(models.Model):
    """Its own address bar under a name; only who kept it sees it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches", verbose_name="だれの")
    name = NameField("名前", max_length=40)
    query = models.CharField("条件", max_length=1_000)
    made_at = models.DateTimeField("保存した日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "保存した検索"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_search_name_once",
                violation_error_message="この名前の条件は、すでに保存してあります。別の名前にしてください。",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
