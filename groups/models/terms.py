"""Terms with a first and a last day; they may overlap."""

import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from iri_exchange.lib.fields import DayField

T = TypeVar("T", bound=models.Model, covariant=True)


class TermQuerySet(models.QuerySet[T]):
    def on(self, day: datetime.date) -> Self:
        """The terms in force on a day; an empty `until` means: still."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Term(models.Model):
    """Abstract: from `since` to `until`, both days included."""

    since = DayField("いつから")
    until = DayField("いつまで", null=True, blank=True, help_text="続いているあいだは空けておきます。")

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message="終わりの日を、始まりの日より後にしてください。",
            )
        ]
