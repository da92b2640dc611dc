"""How many were there, by the database: one query for any number of meetings.

A member (a membership) was there if anybody was there for it, late, early or as a proxy. Counted are the members whose
attendance was ticked and who were 在会 on the meeting's day: 休会 members are neither counted as there nor as absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from events.models import Attendance, Meeting
from groups.models import Membership, MembershipStatus

FORMULA = "出席率 ＝ 出席した会員（遅刻・早退・代理を含みます） ÷ 出欠をつけた会員（その日に休会していた会員は数えません）"


@dataclass(frozen=True)
class Counted:
    """Of one meeting or of several: members that were there and that are counted, and everybody who was there."""

    there: int = 0
    counted: int = 0
    people: int = 0

    @property
    def rate(self) -> int | None:
        """In per cent, rounded half up; None where nobody is counted."""
        return percent(self.there, self.counted)

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.there + other.there, self.counted + other.counted, self.people + other.people)


def percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None


def counts_of(meetings: Iterable[int]) -> dict[int, Counted]:
    """{meeting id: its count}; meetings at which nobody was ticked are left out."""
    own = Q(membership__group=F("meeting__group"), status_then=Membership.Status.ACTIVE)
    there = Q(kind__in=Attendance.THERE)
    rows = with_status_then(Attendance.objects.filter(meeting_id__in=list(meetings)).exclude(kind=""))
    counted = (
        rows.order_by()
        .values("meeting")
        .annotate(
            there=Count("membership", distinct=True, filter=own & there),
            counted=Count("membership", distinct=True, filter=own),
            people=Count("pk", filter=there),
        )
    )
    return {row["meeting"]: Counted(row["there"], row["counted"], row["people"]) for row in counted}


def with_status_then(rows: QuerySet[Attendance]) -> QuerySet[Any]:
    """Annotate `status_then`: what the membership was on the day of the meeting."""
    status = MembershipStatus.objects.filter(
        membership=OuterRef("membership"), since__lte=OuterRef("day_then")
    )
    return rows.annotate(
        day_then=TruncDate("meeting__starts_at"),
        status_then=Subquery(status.order_by("-since").values("state")[:1]),
    )


def held(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those that count: held, and open to all members. To a 幹事会 the officers alone are invited."""
    return meetings.filter(state=Meeting.State.HELD).exclude(kind=Meeting.Kind.OFFICERS)
