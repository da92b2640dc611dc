"""What a book was asked for."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from groups.models import Group
from groups.rosters.variants import Variant

# Whose rosters may stand together in one book.
VARIANTS = (Variant.MEMBER, Variant.OFFICE)
LIVING = (Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED, Group.Stage.DORMANT)


@dataclass(frozen=True)
class Order:
    """Which rosters, as of when, of which groups (ids), what for, for whom. `whole`: all groups were meant."""

    variant: Variant
    day: datetime.date
    group_ids: tuple[int, ...]
    whole: bool = True
    purpose: str = ""
    receiver: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "variant": self.variant.value,
            "day": self.day.isoformat(),
            "groups": list(self.group_ids),
            "whole": self.whole,
            "purpose": self.purpose,
            "receiver": self.receiver,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Order":
        return cls(
            variant=Variant(stored["variant"]),
            day=datetime.date.fromisoformat(stored["day"]),
            group_ids=tuple(stored["groups"]),
            whole=stored["whole"],
            purpose=stored["purpose"],
            receiver=stored["receiver"],
        )

    @property
    def title(self) -> str:
        return "全グループの会員名簿" if self.whole else "グループの会員名簿"

    @property
    def groups(self) -> list[Group]:
        """The groups in the order of the book; those that are gone by now are left out."""
        return list(in_order(Group.objects.filter(pk__in=self.group_ids)))


def living(day: datetime.date) -> QuerySet[Group]:
    """The groups that exist on a day: launched and not dissolved, in the order of the book."""
    return in_order(Group.objects.as_of(day).filter(stage__in=LIVING))


def in_order(groups: QuerySet[Group]) -> QuerySet[Group]:
    """By office, then the oldest first."""
    return groups.select_related("office").order_by(
        "office__order", "office_id", "founded_year", "sort_key", "pk"
    )
