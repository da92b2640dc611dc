"""When the groups of the demo meet, and what about: three years back and some months ahead, dates only."""

import datetime
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from events.meeting_dates import Rule, day_in
from events.models import Meeting
from groups.models import Group
from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.tables.meetings import CAMP, GENERAL, JOINT, LAUNCH, TOPICS, VISITS, Topic
from iri_exchange.demo.world import SEED, World
from iri_exchange.lib import japan, working_days
from members.models import User

JST = datetime.timezone(datetime.timedelta(hours=9))
DAY = datetime.timedelta(days=1)
Kind, State = Meeting.Kind, Meeting.State
MEETING_STAGES = (Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED)
BACK, AHEAD = 36, 3  # months; meetings
# So many of twelve evenings a year bear a number.
REGULAR = 0.955
CAMPING = ("techno25", "forum21")
TAMA24, NEIGHBOUR = "tama24", "tama22"
# The theme of the next meeting of TAMA24.
NEXT = next(place for place, topic in enumerate(TOPICS) if topic.title.startswith("ばねの見立て"))


@dataclass
class Plan:
    """One meeting. `by` writes for the group: nobody, where nobody has a login. `dice` are the group's."""

    group: Group
    day: datetime.date
    kind: str
    state: str
    topic: Topic
    by: User | None
    dice: random.Random
    number: int | None = None
    meeting: Meeting | None = None

    @property
    def made(self) -> Meeting:
        assert self.meeting is not None
        return self.meeting

    @property
    def is_tama24(self) -> bool:
        return self.group.slug == TAMA24


def plans_of(world: World, row: GroupRow, group: Group, by: User | None) -> list[Plan]:
    """All of one group, the earliest first."""
    about = {"group": group, "by": by, "dice": random.Random(f"{SEED} {row.slug}")}
    stages = list(group.stages.order_by("since").values_list("since", "state"))
    found: list[Plan] = []
    ahead = 0
    for year, month in _months(world.today):
        plan = _plan(row, stages, year, month, about)
        if plan is None:
            continue
        if plan.day >= world.today:
            ahead += 1
            soon = ahead == 1 or (ahead == 2 and found[-1].day - world.today < 4 * DAY)
            plan.state = State.ANNOUNCED if soon else State.DRAFT
            if ahead > AHEAD and not _before_april(world, stages, plan.day):
                break
        found.append(plan)
    _choose_topics(world, row, found)
    _cancel(world, found)
    _number(group, found)
    return found


def _months(today: datetime.date) -> Iterator[tuple[int, int]]:
    now = today.year * 12 + today.month - 1
    for number in range(now - BACK, now + 12):
        yield number // 12, number % 12 + 1


def _plan(row: GroupRow, stages: Any, year: int, month: int, about: dict[str, Any]) -> Plan | None:
    group: Group = about["group"]
    rule = Rule(group.meeting_week or 2, group.meeting_weekday or 0)
    day = day_in(year, month, rule)
    launched = stages[0][0]
    if day and (year, month) == (launched.year, launched.month):
        day = working_days.next_working_day(launched + DAY)
        return Plan(day=day, kind=Kind.LAUNCH, state=State.HELD, topic=LAUNCH, **about)
    stage = next((state for since, state in reversed(stages) if day and since <= day), "")
    rests = month == 8 and group.founded_year % 2
    if day is None or rests or stage not in MEETING_STAGES:
        return None
    if stage == Group.Stage.LAUNCHED and day >= datetime.date(launched.year + 1, 4, 1):
        return None  # whose it is then is not decided yet
    kind, topic = Kind.REGULAR, TOPICS[0]
    if month == row.fiscal_year_start and stage == Group.Stage.SELF_MANAGED:
        kind, topic = Kind.GENERAL, GENERAL
    elif month == 10:
        kind, topic = Kind.VISIT, about["dice"].choice(VISITS)
    elif month == 9 and row.slug in CAMPING:
        kind, topic = Kind.CAMP, CAMP
    elif month == 11 and row.slug == TAMA24:
        kind, topic = Kind.EXCHANGE, JOINT
    return Plan(day=day, kind=kind, state=State.HELD, topic=topic, **about)


def _before_april(world: World, stages: Any, day: datetime.date) -> bool:
    """Whether it is still the institute's: its meetings are planned until March."""
    launched = stages[0][0] == world.launched
    return launched and day < datetime.date(japan.fiscal_year(world.launched) + 1, 4, 1)


def _choose_topics(world: World, row: GroupRow, plans: list[Plan]) -> None:
    """One after the other; each group begins elsewhere."""
    regular = [plan for plan in plans if plan.kind == Kind.REGULAR]
    gone = sum(plan.day < world.today for plan in regular)
    offset = NEXT - gone if row.slug == TAMA24 else sum(map(ord, row.slug))
    for place, plan in enumerate(regular):
        plan.topic = TOPICS[(offset + place) % len(TOPICS)]


def _cancel(world: World, plans: list[Plan]) -> None:
    """Of TAMA24 the last September's; elsewhere one in forty."""
    past = [plan for plan in plans if plan.day < world.today and plan.kind == Kind.REGULAR]
    for plan in past:
        luck = plan.dice.random()
        of_september = plan.day.month == 9 and world.today - plan.day < 365 * DAY
        if of_september if plan.is_tama24 else luck < 0.025:
            plan.state = State.CANCELLED


def _number(group: Group, plans: list[Plan]) -> None:
    """A meeting that was off leaves its number to the next."""
    regular = [plan for plan in plans if plan.kind == Kind.REGULAR]
    counted = sum(plan.state != State.CANCELLED for plan in regular)
    number = 1
    if regular and plans[0].kind != Kind.LAUNCH:
        last = regular[-1].day
        months = (last.year - group.founded_year) * 12 + last.month - 6
        number = max(round(months * REGULAR) - counted + 1, 1)
    for plan in regular:
        plan.number = number
        number += plan.state != State.CANCELLED


def at(day: datetime.date, hour: int = 10, minute: int = 0) -> datetime.datetime:
    """A moment in Tokyo."""
    return datetime.datetime.combine(day, datetime.time(hour, minute), JST)


def stamp(moments: Collection[tuple[Model, datetime.datetime]], field: str) -> None:
    """What the database dates by itself, dated as in the story."""
    for record, moment in moments:
        setattr(record, field, moment)
    if moments:
        rows = [record for record, _ in moments]
        type(rows[0])._default_manager.bulk_update(rows, [field], batch_size=200)
