"""A group that runs itself and has something planned, with people of every kind."""

import datetime
from dataclasses import dataclass

import pytest
from django.apps import apps

from events.models import GroupOffer, InvitedGroup, Meeting
from events.planning import polls
from events.telling import notices
from groups import advising, confirming
from groups.models import Group
from tests.conftest import Actor
from tests.factories import make_meeting, make_membership

TODAY = datetime.date(2026, 11, 25)
DAY = datetime.timedelta(days=1)
APRIL = datetime.date(2027, 4, 1)


@dataclass(frozen=True)
class Busy:
    """`soon` was announced, `later` is planned, `before` lies before `APRIL`'s change, `theirs` another group's."""

    group: Group
    soon: Meeting
    later: Meeting
    theirs: Meeting


@pytest.fixture
def busy(group, other_group, secretary: Actor, member: Actor, staff: Actor) -> Busy:
    """Two meetings, a poll, an offer, an answer to another group, an asking; one member is not reached by letter."""
    silent = make_membership(group).representatives.get().person
    silent.email = ""
    silent.save()
    soon = make_meeting(group, TODAY + 10 * DAY)
    notices.send(meeting=soon, by=secretary.user, people=[member.person, silent])
    later = make_meeting(group, TODAY + 40 * DAY)
    theirs = make_meeting(other_group, TODAY + 20 * DAY)
    InvitedGroup.objects.create(meeting=theirs, group=group)
    GroupOffer.objects.create(
        group=group,
        topic="工場の見学",
        first_month=datetime.date(2026, 12, 1),
        last_month=datetime.date(2027, 2, 1),
        posted_by=secretary.user,
    )
    polls.start(
        group=group,
        by=secretary.user,
        times=[(theirs.starts_at, theirs.ends_at)],
        title="春の見学会",
        answer_until=soon.starts_at,
    )
    confirming.start(group=group, by=secretary.user)
    advising.commission(
        group=group, person=make_membership(other_group).representatives.get().person, since=TODAY
    )
    return Busy(group, soon, later, theirs)


def everything() -> dict[str, list[dict]]:
    """All rows of all our tables: {model: its rows}, histories too."""
    ours = (apps.get_app_config(app).get_models() for app in ("events", "groups", "members"))
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for models in ours
        for model in models
    }
