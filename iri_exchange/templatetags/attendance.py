"""Attendance on the pages of others: of a meeting, a member, the reader."""

from typing import Any, NamedTuple

from django import template
from django.utils import timezone

from events.attendance import own
from events.attendance.counting import Counted, counts_of
from events.models import Attendance, Meeting
from groups.models import Membership
from groups.standing import Standing, standing
from groups.unnamed import unnamed_to
from groups.visibility import Listing, listed_members
from members.models import Person

register = template.Library()


class Present(NamedTuple):
    """Who was at a meeting, as far as the reader may know it: (kind in a word with its shape, names); `hidden`: others."""

    by_kind: list[tuple[str, list[str]]]
    guests: list[str]
    hidden: int


@register.simple_tag
def attendance_count(meeting: Meeting) -> Counted | None:
    """How many were at a meeting; None where nobody was ticked. One query, and none before its day."""
    if meeting.day > timezone.localdate():
        return None
    return counts_of([meeting.pk]).get(meeting.pk)


@register.simple_tag(takes_context=True)
def attendance_present(context: template.Context, meeting: Meeting) -> Present:
    """Who was there. Who runs the meeting knows everybody; members are not told of those who asked not to be listed."""
    user = context["request"].user
    there = meeting.attendances.filter(kind__in=Attendance.THERE)
    rows: list[Any] = list(there.select_related("person", "membership__company", "membership__group"))
    people = sorted((row for row in rows if row.person_id), key=lambda row: row.person.sort_key)
    listed = None if user.has_perm("events.run_meeting", meeting) else _listed(standing(user))
    unnamed = unnamed_to(user)
    told = [
        (row, name) for row in people if row.membership_id not in unnamed and (name := _named(row, listed))
    ]
    by_kind = [
        (f"{Attendance.SHAPES[kind]} {kind.label}", [name for row, name in told if row.kind == kind])
        for kind in Attendance.THERE
    ]
    guests = [
        f"{row.name}（{row.affiliation}）" if row.affiliation else row.name
        for row in rows
        if not row.person_id
    ]
    return Present([each for each in by_kind if each[1]], guests, len(people) - len(told))


@register.simple_tag
def attendance_of_person(person: Person | None) -> own.Record | None:
    """None where nothing was ticked yet."""
    record = own.of_person(person) if person else None
    return record if record and record.rows else None


@register.simple_tag
def attendance_of_membership(membership: Membership) -> own.Record | None:
    record = own.of_membership(membership)
    return record if record.rows else None


def _listed(who: Standing) -> dict[int, int]:
    """{membership: how much of it the reader may know}"""
    return dict(listed_members(who).values_list("pk", "listing")) | dict.fromkeys(
        who.memberships, Listing.FULL
    )


def _named(row: Any, listed: dict[int, int] | None) -> str:
    """As far as the reader may know: of some the company alone, of others nothing."""
    where = row.membership.company.name if row.membership.company else ""
    how = Listing.FULL if listed is None else listed.get(row.membership_id, Listing.HIDDEN)
    if how < Listing.FULL:
        return where if how == Listing.COMPANY_ONLY else ""
    stands_in = f"（代理 {row.name}）" if row.kind == Attendance.Kind.PROXY and row.name else ""
    return f"{row.person.name}{stands_in}" + (f"　{where}" if where else "")
