"""One person's attendance, or one member's: what they were at the last meetings, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from events.attendance.counting import Counted, with_status_then
from events.models import Attendance, Meeting
from groups.models import Membership
from members.models import Person

SHOWN = 12
# Two attend for one member: at most so many rows for one meeting.
AT_MOST = 9
Kind = Attendance.Kind


@dataclass(frozen=True)
class Record:
    """The last meetings at which somebody was ticked. `count` leaves out what `counting` does: those while the member
    was 休会, other groups' and 幹事会.
    """

    rows: list[Attendance]
    count: Counted


def of_person(person: Person) -> Record:
    """Two queries at most."""
    return _record(Attendance.objects.filter(person=person))


def of_membership(membership: Membership) -> Record:
    """Of two who attend for the member, the one who was there the most."""
    return _record(Attendance.objects.filter(membership=membership, person__isnull=False))


def _record(found: QuerySet[Attendance]) -> Record:
    rows = with_status_then(found.filter(meeting__state=Meeting.State.HELD).exclude(kind=""))
    rows = rows.select_related("meeting__group", "membership", "person").order_by("-meeting__starts_at", "pk")
    best = _best(rows[: SHOWN * AT_MOST])[:SHOWN]
    counted = [row for row in best if _is_counted(row)]
    there = sum(row.kind in Attendance.THERE for row in counted)
    return Record(best, Counted(there, len(counted), there))


def _is_counted(row: Any) -> bool:
    meeting = row.meeting
    if row.membership.group_id != meeting.group_id or meeting.kind == Meeting.Kind.OFFICERS:
        return False
    return bool(row.status_then == Membership.Status.ACTIVE)


def _best(rows: Iterable[Any]) -> list[Any]:
    by_meeting: dict[int, Any] = {}
    order = list(Kind)
    for row in rows:
        known = by_meeting.get(row.meeting_id)
        if known is None or order.index(Kind(row.kind)) < order.index(Kind(known.kind)):
            by_meeting[row.meeting_id] = row
    return list(by_meeting.values())
