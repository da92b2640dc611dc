"""What somebody is shown of the replies to a meeting: all of them, or what the group's setting allows.

A member reads the names of their own group alone, as its roster would show them; of the others, how many they are.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from events.models import Meeting, Reply
from groups.models import Group, Membership
from groups.visibility import Listing, as_listed

Shown = Group.RepliesShown


@dataclass(frozen=True)
class Counts:
    """Persons by answer; `guests` come with those who come, `party` takes part in the 懇親会 (with them, too)."""

    asked: int
    yes: int
    proxy: int
    no: int
    open: int
    silent: int
    guests: int
    party: int

    @property
    def coming(self) -> int:
        """Guests included."""
        return self.yes + self.proxy + self.guests


@dataclass(frozen=True)
class Told:
    """`counts` is None where nothing is told; `names` (company, person) of who comes, `unnamed` how many others."""

    counts: Counts | None = None
    names: list[tuple[str, str]] = field(default_factory=list)
    unnamed: int = 0
    is_named: bool = False


def counts_of(meeting: Meeting) -> Counts:
    """In one query."""
    coming = Q(answer__in=Reply.COMING)
    found = (
        Reply.objects.asked()
        .filter(meeting=meeting)
        .aggregate(
            asked=Count("pk"),
            yes=Count("pk", filter=Q(answer=Reply.Answer.YES)),
            proxy=Count("pk", filter=Q(answer=Reply.Answer.PROXY)),
            no=Count("pk", filter=Q(answer=Reply.Answer.NO)),
            open=Count("pk", filter=Q(answer=Reply.Answer.OPEN)),
            silent=Count("pk", filter=Q(answer="")),
            guests=Sum("guests", filter=coming),
            party=Count("pk", filter=Q(party=Reply.Party.YES)),
        )
    )
    return Counts(**{name: number or 0 for name, number in found.items()})


def told(meeting: Meeting, reader: Membership) -> Told:
    """What a member is told who replies for `reader`, in at most three queries."""
    setting = meeting.group.replies_shown
    if setting == Shown.NOTHING:
        return Told()
    counts = counts_of(meeting)
    if setting == Shown.COUNT:
        return Told(counts)
    return _named(meeting, reader, counts)


def _named(meeting: Meeting, reader: Membership, counts: Counts) -> Told:
    coming = Reply.objects.filter(meeting=meeting, answer__in=Reply.COMING)
    near = coming.filter(membership__group=reader.group_id).select_related("membership__company", "person")
    rows = list(near.order_by("membership__sequence", "pk"))
    listed = _listings(rows)
    names: list[tuple[str, str]] = []
    for row in rows:
        company = row.membership.company.name if row.membership.company else ""
        if listed.get(row.membership_id) == Listing.FULL or row.membership_id == reader.pk:
            names.append((company, row.proxy_name or row.person.name))
        elif listed.get(row.membership_id) == Listing.COMPANY_ONLY and company:
            names.append((company, ""))
    return Told(counts, names, counts.coming - len(names), is_named=True)


def _listings(rows: list[Reply]) -> Counter[int]:
    """{membership id: how much of it a member may know}"""
    members = Membership.objects.filter(pk__in={row.membership_id for row in rows})
    listed: Any = as_listed(members, timezone.localdate()) if rows else []
    return Counter({each.pk: each.listing for each in listed})
