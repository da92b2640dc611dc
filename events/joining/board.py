"""The board of all groups: who would like to meet with others in which month, and whose meetings have open seats."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import GroupOffer, InvitedGroup, Meeting, OfferAnswer, Reply
from events.visibility import MEETING, board_offers_visible_to
from groups.models import Group
from groups.standing import standing


@dataclass(frozen=True)
class Offered:
    """One offer as a reader sees it. `answers` for those who keep it; `may_answer`: in the name of another group."""

    offer: GroupOffer
    is_kept: bool
    may_answer: bool
    answers: list[OfferAnswer]
    answered_by_us: bool


@dataclass(frozen=True)
class Open:
    """A meeting with `left` seats for other groups' members; `has_seat`: the reader has one."""

    meeting: Meeting
    left: int
    may_take: bool
    has_seat: bool


@dataclass(frozen=True)
class Board:
    """`months`: [(first day of the month, offers from then on)]; `posts_for`: groups in whose name the reader offers."""

    months: list[tuple[datetime.date, list[Offered]]]
    open: list[Open]
    posts_for: list[Group]


def board_of(user: Any) -> Board:
    """In a number of queries that does not grow with the offers."""
    mine = list(speaks_for(user))
    return Board(_by_month(user, mine), _open_seats(user), mine)


def speaks_for(user: Any) -> QuerySet[Group]:
    """The groups that meet and whose meetings the user runs today."""
    who = standing(user)
    rows = Group.objects.as_of(who.day).filter(stage__in=MEETING)
    own = Q(pk__in=who.runs_meetings_of)
    if who.is_staff:
        own |= Q(stage=Group.Stage.LAUNCHED)
    return rows.filter(own)


def _by_month(user: Any, mine: list[Group]) -> list[tuple[datetime.date, list[Offered]]]:
    this_month = timezone.localdate().replace(day=1)
    ours = {group.pk for group in mine}
    rows = board_offers_visible_to(user).prefetch_related(
        "answers__group", "answers__answered_by__person", "answers__meeting"
    )
    found: dict[datetime.date, list[Offered]] = defaultdict(list)
    for offer in rows:
        answers = list(offer.answers.all())
        answered = {each.group_id for each in answers}
        is_kept = offer.group_id in ours
        found[max(offer.first_month, this_month)].append(
            Offered(
                offer=offer,
                is_kept=is_kept,
                may_answer=bool(ours - {offer.group_id} - answered),
                answers=answers if is_kept else [],
                answered_by_us=bool(answered & ours),
            )
        )
    return sorted(found.items())


def _open_seats(user: Any) -> list[Open]:
    """Of announced meetings that still take replies; full ones only for who has a seat there."""
    who, now = standing(user), timezone.now()
    coming = Q(replies__is_seat=True, replies__answer__in=Reply.COMING)
    rows = Meeting.objects.upcoming().filter(state=Meeting.State.ANNOUNCED, open_seats__isnull=False)
    rows = rows.filter(Q(reply_until__gte=now) | Q(reply_until=None, starts_at__gte=now))
    rows = rows.select_related("group__office").annotate(
        taken=Coalesce(Sum(1 + F("replies__guests"), filter=coming), 0)
    )
    seats = set(
        Reply.objects.filter(is_seat=True, person=who.person_id, answer__in=Reply.COMING).values_list(
            "meeting_id", flat=True
        )
        if who.person_id
        else ()
    )
    joint = set(
        InvitedGroup.objects.agreed().filter(group__in=who.member_of).values_list("meeting_id", flat=True)
    )
    found = []
    for each in rows.order_by("starts_at", "pk"):
        left = max((each.open_seats or 0) - each.taken, 0)
        has_seat, is_own = each.pk in seats, each.group_id in who.insider_of or each.pk in joint
        if left or has_seat or is_own:
            may_take = bool(left and who.memberships) and not (has_seat or is_own)
            found.append(Open(each, left, may_take, has_seat))
    return found
