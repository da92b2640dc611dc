"""Secret addresses of calendars: made, renewed, ended by their user; what they tell is asked anew each time."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from events import links
from events.models import CalendarFeed
from groups.models import Group
from iri_exchange.lib import history
from members.models import User


@transaction.atomic
def start(*, user: Any, group: Group | None = None) -> CalendarFeed:
    """The user's calendar of one group, or of everything; the one there is, if there is one."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    with history.in_step("カレンダーの購読"):
        feed, _ = CalendarFeed.objects.get_or_create(user=user, group=group)
    return feed


@transaction.atomic
def renew(*, feed: CalendarFeed) -> CalendarFeed:
    """Another address; whoever holds the one before reads nothing any more."""
    feed = CalendarFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
    feed.generation += 1
    with history.in_step("カレンダーの新しいアドレス"):
        feed.save(update_fields=["generation"])
    return feed


@transaction.atomic
def end(*, feed: CalendarFeed) -> None:
    """The address opens nothing any more."""
    with history.in_step("カレンダーの購読をやめる"):
        feed.delete()


def find(token: str) -> CalendarFeed | None:
    """The feed that the address opens; None for an old one, one that was ended, and for anything else."""
    key = links.key_of(CalendarFeed, token)
    if key is None:
        return None
    feeds = CalendarFeed.objects.select_related("group", "user__person")
    return feeds.filter(pk=key[0], generation=key[1]).first()


def feeds_of(user: Any) -> QuerySet[CalendarFeed]:
    """One's own, the calendar of everything first."""
    feeds = CalendarFeed.objects.filter(user_id=user.pk or 0).select_related("group")
    return feeds.order_by(F("group").asc(nulls_first=True), "pk")


def path_of(feed: CalendarFeed) -> str:
    return reverse("feed", args=[links.token_of(feed)])
