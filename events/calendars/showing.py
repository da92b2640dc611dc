"""Which meetings stand in whose calendar."""

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from events.calendars import exchanges, writing
from events.calendars.invitation import page_of
from events.models import CalendarFeed, InvitedGroup, Meeting
from events.visibility import (
    INSTITUTES,
    concerns_guest,
    meetings_visible_to,
    of_group,
    was_told_to_guests,
    with_partners,
    with_stage,
)
from groups.models import Group
from groups.standing import Standing, standing
from groups.visibility import groups_visible_to

# What lies longer back leaves the calendar: phones fetch it whole each time.
SHOWN_FOR, KEPT_PUBLIC_FOR = datetime.timedelta(days=400), datetime.timedelta(days=100)
ALL = "異業種交流グループの会合"


def public_meetings(group: Group | None = None) -> QuerySet[Meeting]:
    """Of launched groups, as everybody knows them: for a calendar."""
    since = timezone.now() - KEPT_PUBLIC_FOR
    meetings = meetings_visible_to(AnonymousUser()).filter(ends_at__gte=since)
    chosen = meetings.filter(of_group(group)) if group else meetings
    found: QuerySet[Meeting] = with_partners(chosen).order_by("starts_at", "pk")
    return found


def upcoming_events() -> QuerySet[Meeting]:
    """Of all launched groups that meet, the next first."""
    groups: Any = groups_visible_to(AnonymousUser())
    groups = groups.exclude(stage=Group.Stage.DISSOLVED)
    ahead = Meeting.objects.upcoming().filter(group__in=groups.order_by().values("pk"))
    found: QuerySet[Meeting] = with_partners(ahead.select_related("group__office"))
    return found.order_by("starts_at", "group__sort_key", "pk")


def public_calendar(group: Group | None = None) -> str:
    """All groups', with the joint exchange, or one's public face: days only of the meetings."""
    name = f"{group.name}の会合" if group else ALL
    days = [writing.for_everybody(each, url=page_of(each)) for each in public_meetings(group)]
    shared = [] if group else [exchanges.event_of(each) for each in exchanges.in_calendar()]
    return writing.text_of(name, [*shared, *days])


def calendar_of(feed: CalendarFeed) -> str:
    """What its user may see today, with places and hours; nothing any more for who has left, or may not log in."""
    name = f"{feed.group.name}の会合" if feed.group else ALL
    rows = with_partners(concerning(feed.user)).order_by("starts_at", "pk")
    days = with_partners(agreed_upon(feed.user)).order_by("starts_at", "pk")
    if feed.group:
        rows, days = rows.filter(of_group(feed.group)), days.filter(of_group(feed.group))
    full = [writing.in_full(each, url=page_of(each)) for each in rows]
    return writing.text_of(name, [*full, *(writing.for_everybody(each, url=page_of(each)) for each in days)])


def concerning(user: Any) -> QuerySet[Meeting]:
    """The meetings of the user's own groups; those of others that they are at, once the notice was sent; for staff those
    of their offices that were the institute's on that day.
    """
    if not user.is_active:
        return Meeting.objects.none()
    return _lately().filter(_concerns(user))


def agreed_upon(user: Any) -> QuerySet[Meeting]:
    """What the user's groups hold together with another that is still to tell of it: the day alone stands fast."""
    who = standing(user)
    if not (user.is_active and who.member_of):
        return Meeting.objects.none()
    agreed = InvitedGroup.objects.agreed().filter(meeting=OuterRef("pk"), group__in=who.member_of)
    rows = _lately().filter(Exists(agreed), state=Meeting.State.DRAFT)
    return rows.exclude(_concerns(user))


def _lately() -> QuerySet[Meeting]:
    since = timezone.now() - SHOWN_FOR
    meetings: QuerySet[Meeting] = with_stage(Meeting.objects.filter(ends_at__gte=since))
    return meetings.select_related("group")


def _concerns(user: Any) -> Q:
    who: Standing = standing(user)
    mine = Q(group__in=who.insider_of)
    if who.member_of:
        mine |= was_told_to_guests() & concerns_guest(user)
    if who.is_staff:
        mine |= Q(group__office__in=who.offices, stage_then__in=INSTITUTES)
    return mine
