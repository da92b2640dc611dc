"""Whose minutes a reader may open, and what stands at their head: where, when, and who was there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from events.models import Attendance, Meeting, Minutes, Reply, Turn
from events.visibility import INSTITUTES, meetings_visible_to
from groups.models import Group, Membership
from groups.standing import standing
from groups.unnamed import unnamed_to
from groups.visibility import Listing, as_listed

Kind = Attendance.Kind


@dataclass(frozen=True)
class There:
    """One person as the minutes name them; without a name for a reader from whom consent hides it.

    `company` is empty for individuals and for guests from nowhere.
    """

    kind: str
    company: str
    name: str
    is_guest: bool = False

    @property
    def called(self) -> str:
        """株式会社青葉精機 青木一郎; "" for somebody who is only counted."""
        return " ".join(part for part in (self.company, self.name) if part)


@dataclass(frozen=True)
class Circle:
    """Those of one kind: 出席 12. `unnamed`: how many of them are counted without a name."""

    kind: str
    label: str
    people: tuple[There, ...]

    @property
    def count(self) -> int:
        return len(self.people)

    @property
    def names(self) -> list[str]:
        return [each.called for each in self.people if each.called]

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)


@dataclass(frozen=True)
class Header:
    """Who was at a meeting, as one reader may know it. `circles` holds only kinds that somebody is of."""

    people: tuple[There, ...]

    @cached_property
    def circles(self) -> list[Circle]:
        found = []
        for kind in Kind:
            those = tuple(each for each in self.people if each.kind == kind and not each.is_guest)
            found.append(Circle(kind.value, kind.label, those))
        guests = tuple(each for each in self.people if each.is_guest and each.kind != Kind.ABSENT)
        found.append(Circle("guest", "会員のほかの方", guests))
        return [circle for circle in found if circle.people]

    @property
    def there(self) -> int:
        """How many came, guests included."""
        return sum(circle.count for circle in self.circles if circle.kind != Kind.ABSENT)


def minutes_visible_to(user: Any) -> QuerySet[Meeting]:
    """Meetings whose minutes the user may open: insiders the published ones of their groups, who runs the meetings
    also drafts and what is not written yet; staff those of meetings at which the institute was the secretariat.
    """
    who = standing(user)
    published = Q(minutes__state=Minutes.State.PUBLISHED)
    seen = Q(group__in=who.insider_of) & published | Q(group__in=who.runs_meetings_of)
    if who.is_staff:
        seen |= Q(stage_then__in=INSTITUTES)
    return meetings_visible_to(user).filter(seen).select_related("minutes")


def minutes_of(meeting: Meeting) -> Minutes | None:
    """None where nothing is written yet."""
    try:
        return meeting.minutes
    except Minutes.DoesNotExist:
        return None


def wait_for(meeting: Meeting) -> Meeting:
    """As it is now; whoever writes about it at the same moment waits. The group first, as the plan's verbs do."""
    Group.objects.select_for_update(no_key=True).get(pk=meeting.group_id)
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    return Meeting.objects.select_related("group__office").get(pk=meeting.pk)


def header_of(meeting: Meeting, user: Any, *, in_full: bool = False) -> Header:
    """Who was there. Who runs the meeting reads every name (and who has it `in_full`), others as far as the rosters of
    today let them.
    """
    rows = (
        Attendance.objects.filter(meeting=meeting)
        .exclude(kind="")
        .select_related("person", "membership__company")
        .order_by("membership__sequence", "pk")
    )
    listed = None if in_full else _listed(meeting, user)
    unnamed = frozenset() if in_full else unnamed_to(user)
    own = standing(user).person_id
    return Header(tuple(_there(rows, listed, own, unnamed)))


def _there(
    rows: Iterable[Attendance], listed: Mapping[int, int] | None, own: int | None, unnamed: Collection[int]
) -> Iterator[There]:
    for row in rows:
        if row.person_id is None:
            yield There(row.kind, row.affiliation, f"{row.name}様", is_guest=True)
            continue
        company = row.membership.company.name if row.membership and row.membership.company else ""
        name = f"{row.person}（代理 {row.name}）" if row.kind == Kind.PROXY and row.name else str(row.person)
        if row.membership_id in unnamed:
            yield There(row.kind, "", "")
            continue
        how = Listing.FULL if listed is None or row.person_id == own else _how(row, listed)
        yield There(row.kind, company if how > Listing.HIDDEN else "", name if how == Listing.FULL else "")


def _how(row: Attendance, listed: Mapping[int, int]) -> int:
    return listed.get(row.membership_id or 0, Listing.GONE)


def _listed(meeting: Meeting, user: Any) -> dict[int, int] | None:
    """{membership: how much of it the reader may know}; None for who knows them all."""
    if user.has_perm("events.run_meeting", meeting):
        return None
    members = as_listed(Membership.objects.filter(group=meeting.group_id), meeting.day)
    return dict(members.values_list("pk", "listing"))


def on_duty(meeting: Meeting | None) -> str:
    """Whose turn it is to look after a meeting, as one line."""
    if meeting is None:
        return ""
    turns = Turn.objects.filter(meeting=meeting, role=Turn.Role.DUTY).select_related(
        "membership__company", "membership__person"
    )
    return "、".join(str(turn.membership.member) for turn in turns)[:80]


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The one that is planned after it, or None."""
    later = Meeting.objects.filter(
        group=meeting.group_id, starts_at__gt=meeting.starts_at, state__in=Meeting.AHEAD
    )
    return later.exclude(kind=Meeting.Kind.OFFICERS).order_by("starts_at", "pk").first()


def minutes_before(meeting: Meeting) -> Minutes | None:
    """Those of the meeting of its kind before it: most often the same people lead it and write."""
    earlier = Minutes.objects.filter(
        meeting__group=meeting.group_id, meeting__kind=meeting.kind, meeting__starts_at__lt=meeting.starts_at
    )
    return earlier.order_by("-meeting__starts_at", "-meeting_id").first()


def expected(meeting: Meeting) -> int:
    """How many said that they come; for a header before anybody is ticked."""
    return Reply.objects.filter(meeting=meeting, answer__in=Reply.COMING).count()
