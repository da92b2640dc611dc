"""当番と発表の順: who looks after which meeting of the year, who presents, and who has not had a turn yet."""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from events.models import Meeting, Turn
from events.planning.people import members_of
from groups.models import Group, Membership
from groups.visibility import Listing, as_listed
from iri_exchange.lib import history, japan

Role = Turn.Role
MOST = 2  # of one role at one meeting, as the page asks; more stay as they are
STRANGER = "会員でない方が選ばれています。選び直してください。"


class Line(NamedTuple):
    """One meeting and whose turn it is."""

    meeting: Meeting
    duty: list[Membership]
    presenting: list[Membership]


class Table(NamedTuple):
    """The meetings of one of the group's years; `without`: who of today's members has no turn in it, by role."""

    year: int
    first: datetime.date
    lines: list[Line]
    without: dict[str, list[Membership]]


def year_of(group: Group, day: datetime.date) -> int:
    """The calendar year in which the group's own year began."""
    return japan.fiscal_year(day, group.fiscal_year_start)


def table_of(group: Group, year: int, *, known: Q | None = None) -> Table:
    """A fixed number of queries. `known`: the members of which the reader knows although they are not listed; None for all.

    Who is not to be listed is not among those `without`; whose turn it is, everybody is told.
    """
    first = datetime.date(year, group.fiscal_year_start, 1)
    meetings = list(meetings_of(group, year))
    found: dict[int, dict[str, list[Membership]]] = {
        each.pk: {role: [] for role in Role.values} for each in meetings
    }
    rows = Turn.objects.filter(meeting__in=meetings).order_by("pk")
    for turn in rows.select_related("membership__company", "membership__person", "membership__group"):
        found[turn.meeting_id][turn.role].append(turn.membership)
    lines = [Line(each, found[each.pk][Role.DUTY], found[each.pk][Role.PRESENTER]) for each in meetings]
    members = members_of(group, timezone.localdate())
    if known is not None:
        rows_listed = as_listed(Membership.objects.filter(group=group), timezone.localdate(), in_full=known)
        listed = set(rows_listed.filter(listing__gt=Listing.HIDDEN).values_list("pk", flat=True))
        members = [each for each in members if each.pk in listed]
    had = {role: {each.pk for line in found.values() for each in line[role]} for role in Role.values}
    without = {role: [each for each in members if each.pk not in had[role]] for role in Role.values}
    return Table(year, first, lines, without)


def meetings_of(group: Group, year: int) -> QuerySet[Meeting]:
    """Those of the group's year that were not cancelled, in their order; without the officers' own."""
    first = datetime.date(year, group.fiscal_year_start, 1)
    begin, end = (_midnight(day) for day in (first, first.replace(year=year + 1)))
    rows = Meeting.objects.filter(group=group, starts_at__gte=begin, starts_at__lt=end)
    return rows.exclude(state=Meeting.State.CANCELLED).exclude(kind=Meeting.Kind.OFFICERS)


@transaction.atomic
def assign(*, group: Group, turns: Mapping[tuple[int, str], Sequence[int]]) -> int:
    """{(meeting id, role): membership ids}: whose turn it is; what is not named stays. How many meetings changed.

    Raises ValidationError for somebody who is not a member of the group, and a meeting that is not the group's.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    meetings = {each.pk: each for each in Meeting.objects.filter(group=group, pk__in={pk for pk, _ in turns})}
    wanted = {pk for ids in turns.values() for pk in ids}
    members = {each.pk: each for each in Membership.objects.filter(group=group, pk__in=wanted)}
    if len(meetings) != len({pk for pk, _ in turns}) or len(members) != len(wanted):
        raise ValidationError(STRANGER, code="stranger")
    rows = list(Turn.objects.filter(meeting__in=meetings))
    changed = set()
    with history.in_step("当番と発表の順"):
        for (pk, role), ids in turns.items():
            there = {row.membership_id: row for row in rows if (row.meeting_id, row.role) == (pk, role)}
            if set(there) != set(ids):
                changed.add(pk)
            for membership in set(there) - set(ids):
                there[membership].delete()
            for membership in dict.fromkeys(each for each in ids if each not in there):
                Turn.objects.create(meeting=meetings[pk], membership=members[membership], role=role)
    return len(changed)


@transaction.atomic
def set_theme(*, group: Group, theme: str) -> None:
    """今年のテーマ. Raises ValidationError for one that is too long."""
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    locked.theme = theme
    locked.clean_fields(exclude=[field.name for field in Group._meta.fields if field.name != "theme"])
    with history.in_step("今年のテーマ"):
        locked.save(update_fields=["theme", "search_key"])


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
