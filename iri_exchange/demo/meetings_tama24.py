"""What only TAMA24 shows: a joint meeting, a day that is being sought, turns, papers and pictures."""

import datetime
import io
import random

from PIL import Image, ImageDraw

from events.models import (
    DatePoll,
    InvitedGroup,
    LibraryFile,
    Meeting,
    PollAnswer,
    PollDate,
    PollVoter,
    Turn,
)
from groups.models import Group
from iri_exchange.demo.meeting_minutes import presenter
from iri_exchange.demo.meeting_people import Belonging
from iri_exchange.demo.meeting_plans import DAY, NEIGHBOUR, TAMA24, Kind, Plan, State, at, stamp
from iri_exchange.demo.records import paper
from iri_exchange.demo.world import World
from iri_exchange.lib import history, working_days
from members.models import User

HOURS = datetime.timedelta(hours=2)
LEAFLET = (
    "TAMA24　ごあんない",
    "多摩のものづくり企業を中心に21社が、毎月第2木曜日に集まります。",
    "自社紹介、工場の見学、困りごとの相談。終わったあとは懇親会です。",
    "見学を歓迎します。お気軽にお問い合わせください。",
)
MANNERS = (
    "TAMA24　申し合わせ",
    "1　聞いた話は、外に出さない。",
    "2　発表は、1社15分まで。資料は当日に配る。",
    "3　欠席のときは、前の日までに知らせる。",
    "4　懇親会の費用は、その場で分ける。",
)
# Grounds and blocks of the pictures: nobody is on them.
COLOURS = ((214, 205, 188), (120, 138, 128), (86, 104, 140), (158, 120, 90), (92, 92, 88))


def invite(plans: list[Plan]) -> dict[int, Group]:
    """{meeting id: the group that is invited}: the neighbours to the joint meetings, TAMA24 to their next one."""
    groups = {plan.group.slug: plan.group for plan in plans}
    if not {TAMA24, NEIGHBOUR} <= groups.keys():
        return {}
    joint = [plan for plan in plans if plan.is_tama24 and plan.kind == Kind.EXCHANGE]
    theirs = [p for p in plans if p.group.slug == NEIGHBOUR and p.state == State.ANNOUNCED][:1]
    invited = {plan.made.pk: groups[NEIGHBOUR] for plan in joint if plan.state != State.DRAFT}
    invited |= {plan.made.pk: groups[TAMA24] for plan in theirs}
    days = {plan.made.pk: at(plan.day - 50 * DAY, 9) for plan in [*joint, *theirs]}
    rows = [
        InvitedGroup(
            meeting_id=key,
            group=group,
            state=InvitedGroup.State.AGREED,
            asked_at=days[key],
            answered_at=days[key] + 2 * DAY,
        )
        for key, group in invited.items()
    ]
    history.create(rows)
    return invited


def add(world: World, plans: list[Plan], people: Belonging, by: User) -> None:
    _take_turns(world, plans, people)
    _seek_a_day(world, plans, people, by)
    _keep_files(world, plans, by)


def _take_turns(world: World, plans: list[Plan], people: Belonging) -> None:
    """Of the last year, and of what is ahead: who looks after the evening, and who presents."""
    rows = []
    for plan in plans:
        here = people.on(plan.group, min(plan.day, world.today))
        if plan.kind == Kind.REGULAR and world.today - plan.day < 365 * DAY and here:
            turns = {Turn.Role.DUTY: presenter(plan, here, 1), Turn.Role.PRESENTER: presenter(plan, here)}
            rows += [
                Turn(meeting=plan.made, membership=each.membership, role=role) for role, each in turns.items()
            ]
    history.create(rows)


def _seek_a_day(world: World, plans: list[Plan], people: Belonging, by: User) -> None:
    """For a visit in two months."""
    group = plans[0].group
    # At the turn of the year two of them fall on one day.
    days = sorted({working_days.next_working_day(world.today + number * DAY) for number in (55, 58, 62, 69)})
    (poll,) = history.create(
        [
            DatePoll(
                group=group,
                kind=Meeting.Kind.VISIT,
                title="春の見学会（計測の会社）",
                place="日野市内の会員企業",
                note="2時間ほどの見学のあと、近くで懇親会をします。",
                answer_until=at(world.today + 9 * DAY, 17),
                started_by=by,
            )
        ]
    )
    stamp([(poll, at(world.today - 4 * DAY))], "started_at")
    dates = history.create(
        [PollDate(poll=poll, starts_at=at(day, 14), ends_at=at(day, 14) + HOURS) for day in days]
    )
    _answer(world, poll, dates, people, plans[0].dice)


def _answer(
    world: World, poll: DatePoll, dates: list[PollDate], people: Belonging, dice: random.Random
) -> None:
    """Half of the members have, in the last three days."""
    voters = [
        PollVoter(
            poll=poll,
            membership=each.membership,
            person=each.person,
            answered_at=at(world.today - dice.randrange(1, 4) * DAY, 20) if dice.random() < 0.5 else None,
        )
        for each in people.on(poll.group, world.today)
    ]
    marks = PollAnswer.Mark
    answers = [
        PollAnswer(
            voter=voter, date=date, mark=dice.choices([marks.YES, marks.MAYBE, marks.NO], [6, 2, 3])[0]
        )
        for voter in history.create(voters)
        if voter.answered_at
        for date in dates
    ]
    history.create(answers)


def _keep_files(world: World, plans: list[Plan], by: User) -> None:
    """The group's papers; of the last meetings what was handed out, and a few pictures."""
    kinds, group = LibraryFile.Kind, plans[0].group
    past = [plan for plan in plans if plan.state == State.HELD][-6:]
    soon = [plan for plan in plans if plan.state == State.ANNOUNCED][:1]
    rows: list[tuple[LibraryFile, datetime.datetime]] = []

    def keep(day: datetime.date, content: bytes, shape: str, **about: object) -> None:
        name = f"{about['title']}.{shape}"
        kept = LibraryFile(
            group=group,
            content=content,
            size=len(content),
            format=shape,
            filename=name,
            uploaded_by=by,
            **about,
        )
        rows.append((kept, at(day, 11)))

    keep(world.today - 400 * DAY, paper(LEAFLET), "pdf", kind=kinds.LEAFLET, title="TAMA24のごあんない")
    keep(world.today - 390 * DAY, paper(MANNERS), "pdf", kind=kinds.RULES, title="申し合わせ")
    for plan in past:
        lines = (f"TAMA24　{plan.made.name}", plan.topic.title, plan.topic.public)
        about = {"meeting": plan.made, "title": f"{plan.made.name}の資料"}
        keep(plan.day, paper(lines), "pdf", kind=kinds.MATERIAL, **about)
    for number, plan in enumerate(past[-3:]):
        about = {"meeting": plan.made, "title": f"{plan.made.name}の会場"}
        keep(min(plan.day + DAY, world.today - DAY), _picture(number), "png", kind=kinds.PHOTO, **about)
    for plan in soon:
        lines = (f"TAMA24　{plan.made.name}", plan.topic.title, "見本をお持ちの方は、1つお持ちください。")
        about = {"meeting": plan.made, "title": "当日の進め方", "is_open": True}
        keep(world.today - 6 * DAY, paper(lines), "pdf", kind=kinds.MATERIAL, **about)
    made = history.create([kept for kept, _ in rows])
    stamp([(kept, moment) for kept, (_, moment) in zip(made, rows, strict=True)], "uploaded_at")


def _picture(number: int) -> bytes:
    """A room with a table and some parts on it."""
    drawn = Image.new("RGB", (640, 480), COLOURS[0])
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 300, 640, 480), fill=COLOURS[3])
    pen.rectangle((60 + 40 * number, 60, 300 + 40 * number, 220), fill="white", outline=COLOURS[4], width=4)
    for place in range(5):
        left = 50 + place * 115 + number * 9
        pen.ellipse((left, 330, left + 70, 400), fill=COLOURS[(place + number) % 4 + 1])
    out = io.BytesIO()
    drawn.save(out, format="PNG", optimize=True)
    return out.getvalue()
