"""What stood on the agenda of the demo's meetings, and what was written down."""

import datetime

from events.models import AgendaItem, Attendance, Minutes, Reply, Todo
from groups.models import Membership
from iri_exchange.demo.meeting_people import Attendee, Belonging
from iri_exchange.demo.meeting_plans import DAY, Kind, Plan, State, at
from iri_exchange.demo.tables.meetings import MOTIONS, NEWS
from iri_exchange.demo.world import World
from iri_exchange.lib import history

# Of other groups the agenda is remembered for so long; of TAMA24, all.
REMEMBERED = 200 * DAY
BATCH = 400
ACTIVITY = (Kind.REGULAR, Kind.LECTURE)


def add(world: World, plans: list[Plan], people: Belonging) -> None:
    items: list[AgendaItem] = []
    minutes: list[Minutes] = []
    todos: list[Todo] = []
    for place, plan in enumerate(plans):
        after = plans[place + 1] if place + 1 < len(plans) else None
        following = after if after and after.group == plan.group else None
        here = people.on(plan.group, plan.day)
        remembered = plan.is_tama24 or world.today - plan.day < REMEMBERED
        if plan.state in (State.ANNOUNCED, State.HELD) and here and remembered:
            items += _agenda(world, plan, here)
        if plan.state == State.HELD and here:
            minutes.append(_minutes(world, plan, following, here, people))
            todos += _todos(world, plan, here)
    history.create(items, batch_size=BATCH)
    history.create(minutes, batch_size=BATCH)
    history.create(todos, batch_size=BATCH)


def presenter(plan: Plan, here: list[Attendee], second: int = 0) -> Attendee:
    """Whose turn it is: all, one after the other."""
    return here[(plan.day.year * 12 + plan.day.month + second * 7) % len(here)]


def _agenda(world: World, plan: Plan, here: list[Attendee]) -> list[AgendaItem]:
    if plan.kind == Kind.GENERAL:
        return _motions(plan, here)
    told = plan.state == State.HELD
    who = presenter(plan, here)
    company = who.membership.company
    said = (
        f"{company.products or company.trade}について伺った。"
        if company
        else "これまでの仕事について伺った。"
    )
    rows: list[tuple[str, str, Membership | None, str]] = [(plan.topic.title, "", None, plan.topic.summary)]
    if plan.kind in ACTIVITY:
        introduced = f"自社紹介　{company.name if company else who.person.name}"
        rows.insert(0, (introduced, who.person.name, who.membership, f"{who.person.name}さんから、{said}"))
        rows.append(("近況とお知らせ", "", None, plan.dice.choice(NEWS)))
    start = plan.made.starts_at
    return [
        AgendaItem(
            meeting=plan.made,
            position=position,
            time=(start + datetime.timedelta(minutes=40 * (position - 1))).time(),
            title=title,
            presenter=name,
            membership=membership,
            summary=summary if told else "",
        )
        for position, (title, name, membership, summary) in enumerate(rows, start=1)
    ]


def _motions(plan: Plan, here: list[Attendee]) -> list[AgendaItem]:
    """The chair does not vote, and one or two are not of the same mind."""
    told = plan.state == State.HELD
    came = Attendance.objects.filter(meeting=plan.made, kind__in=Attendance.THERE, membership__isnull=False)
    entrusted = Reply.objects.filter(meeting=plan.made, entrusts=True).count()
    voting = max(came.count() + entrusted - 1, 0) if told else 0
    rows = []
    for position, title in enumerate(MOTIONS, start=1):
        against = min(plan.dice.choice([0, 0, 0, 1]), voting)
        abstained = min(plan.dice.choice([0, 0, 1]), voting - against)
        rows.append(
            AgendaItem(
                meeting=plan.made,
                position=position,
                title=title,
                is_motion=True,
                votes_for=voting - against - abstained if told else None,
                votes_against=against if told else None,
                votes_abstained=abstained if told else None,
                summary="説明のあと、質問はなく、採決した。" if told else "",
            )
        )
    return rows


def _minutes(
    world: World, plan: Plan, following: Plan | None, here: list[Attendee], people: Belonging
) -> Minutes:
    topic, general = plan.topic, plan.kind == Kind.GENERAL
    published = plan.day + 4 * DAY < world.today
    members = len({each.membership.pk for each in here})
    duty = presenter(following, here, 1).person.name if following else ""
    return Minutes(
        meeting=plan.made,
        chair=people.officer(plan.group, "chair", plan.day),
        writer=people.officer(plan.group, "secretary", plan.day) or "拠点の職員",
        body=topic.summary if general or plan.kind == Kind.LAUNCH else plan.dice.choice(NEWS),
        decisions=topic.decision,
        public_summary=topic.public,
        next_at=following.made.starts_at if following else None,
        next_duty=duty,
        voters=members if general else None,
        quorum=members * plan.group.quorum_percent // 100 + 1 if general else None,
        state=Minutes.State.PUBLISHED if published else Minutes.State.DRAFT,
        published_at=at(plan.day + 4 * DAY) if published else None,
        published_by=plan.by if published else None,
    )


def _todos(world: World, plan: Plan, here: list[Attendee]) -> list[Todo]:
    """Of the last half year; most were done by the next meeting."""
    if not plan.topic.todo or world.today - plan.day > REMEMBERED:
        return []
    who, due = presenter(plan, here, 2), plan.day + 25 * DAY
    late = world.today - plan.day < 45 * DAY or plan.dice.random() < 0.15
    done = None if late else due - plan.dice.randrange(1, 9) * DAY
    return [Todo(meeting=plan.made, what=plan.topic.todo, who=who.person.name, due=due, done_on=done)]
