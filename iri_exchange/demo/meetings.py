"""Three years of meetings: what was planned, who was told, who came, what was written down. Same day, same data.

Thousands of records: written many at once (`history.create`), each with its history row, after the members are told.
"""

import datetime
from collections.abc import Collection

from django.db.models import F

from events.models import Meeting
from groups.models import Group
from iri_exchange.demo import meeting_minutes, meeting_replies, meetings_tama24
from iri_exchange.demo.meeting_people import Belonging
from iri_exchange.demo.meeting_plans import (
    DAY,
    TAMA24,
    Kind,
    Plan,
    State,
    at,
    plans_of,
)
from iri_exchange.demo.tables.groups import HONBU_ROOM, TAMA_ROOM, GroupRow
from iri_exchange.demo.tables.meetings import CANCELLED, PARTY_PLACES
from iri_exchange.demo.world import World
from iri_exchange.lib import history
from members.models import User

ADDRESSES = {TAMA_ROOM: "東京都昭島市東町3-6-1", HONBU_ROOM: "東京都江東区青海2-4-10"}
ONLINE = "tsunagari3"
TOLD = 28 * DAY  # before the meeting
HOURS = datetime.timedelta(hours=2)


def add(world: World, rows: Collection[tuple[GroupRow, Group]], *, office: User, secretary: User) -> None:
    """All meetings of these groups; the launch year's were kept by the office, TAMA24's by its secretary."""
    people = Belonging([group for _, group in rows])
    plans = []
    for row, group in rows:
        by = secretary if row.slug == TAMA24 else office if row.year == 0 else None
        plans += plans_of(world, row, group, by)
    made = history.create([_meeting(plan) for plan in plans], batch_size=200)
    for plan, meeting in zip(plans, made, strict=True):
        plan.meeting = meeting
    _date(world)
    invited = meetings_tama24.invite(plans)
    meeting_replies.add(world, plans, people, invited)
    meeting_minutes.add(world, plans, people)
    if tama24 := [plan for plan in plans if plan.is_tama24]:
        meetings_tama24.add(world, tama24, people, secretary)


def _meeting(plan: Plan) -> Meeting:
    group, dice = plan.group, plan.dice
    hour = group.meeting_time.hour if group.meeting_time else 15
    starts_at = at(plan.day, hour)
    ends_at = at(plan.day + DAY, 12) if plan.kind == Kind.CAMP else starts_at + HOURS
    is_off = plan.state == State.CANCELLED
    goes_out = plan.kind in (Kind.VISIT, Kind.CAMP)
    place = "会員企業の工場" if goes_out else group.meeting_place
    has_party = dice.random() < 0.7 and plan.kind != Kind.CAMP
    party = {
        "has_party": True,
        "party_time": (ends_at + datetime.timedelta(minutes=30)).time(),
        "party_place": dice.choice(PARTY_PLACES),
        "party_fee": dice.choice([4000, 4500, 5000]),
        "party_until": starts_at - 3 * DAY,
    }
    titles = {Kind.GENERAL: "総会", Kind.LAUNCH: "発会式"}
    return Meeting(
        group=group,
        kind=plan.kind,
        number=plan.number,
        title=titles.get(Kind(plan.kind), plan.topic.title),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        address="" if goes_out else ADDRESSES.get(place, ""),
        online_url=f"https://meet.example.jp/{group.slug}" if group.slug == ONLINE else "",
        fee=None if place in ADDRESSES else 500,
        reply_until=_reply_until(plan, starts_at),
        state=plan.state,
        cancel_reason=dice.choice(CANCELLED) if is_off else "",
        sequence=1 if is_off else 0,
        **(party if has_party else {}),
    )


def _reply_until(plan: Plan, starts_at: datetime.datetime) -> datetime.datetime | None:
    """A week before, at five; one that comes soon takes replies until the evening before."""
    if plan.state == State.DRAFT:
        return None
    days = 7 if plan.state != State.ANNOUNCED else 2
    return at(plan.day - days * DAY, 17) if starts_at > at(plan.day - days * DAY, 17) else None


def _date(world: World) -> None:
    """When each was changed last: when it was told of, or yesterday."""
    yesterday = at(world.today - DAY)
    Meeting.objects.update(changed_at=yesterday)
    Meeting.objects.filter(starts_at__lt=yesterday + TOLD).update(changed_at=F("starts_at") - TOLD)
